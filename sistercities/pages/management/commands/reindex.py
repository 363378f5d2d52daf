"""``manage.py reindex``: write anew under which words and names every page is found."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.text import capfirst

from sistercities.pages.everything import page_models
from sistercities.pages.indexing import refill


class Command(BaseCommand):
    help = "Writes anew under which words and names pages are found: after an import, or after an upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in page_models():
            self.stdout.write(f"{capfirst(str(model._meta.verbose_name_plural))}: {refill(model)}")
            with connection.cursor() as cursor:
                # Without fresh figures the planner thinks of the tables as they were.
                cursor.execute(f"analyze {connection.ops.quote_name(model._meta.db_table)}")
