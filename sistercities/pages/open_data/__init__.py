"""Open data: what is public, as tables for others to reckon with. Documented in docs/open-data.md."""
