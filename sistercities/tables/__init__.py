"""Lists as files: read whatever program wrote them, and written so that any program, and we again, can read them."""
