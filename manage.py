#!/usr/bin/env python
"""Django's command line for this project: `manage.py help` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sistercities.settings")
    os.environ.setdefault("DB_STATEMENT_TIMEOUT", "300")  # migrations and imports take longer than pages
    execute_from_command_line(sys.argv)
