"""The whole site as one archive: every table, every file, and what tells whether all of it is there.

For moving house and for keeping. The archive is a ZIP that opens without this program: a table is a CSV file under
``data/``, a picture or document lies under ``media/`` or ``private/``; ``manifest.json`` counts and fingerprints all.
"""
