"""``manage.py reindex``: write anew under which words and names every page is found."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.text import capfirst

from sistercities.pages.everything import page_models
from sistercities.pages.indexing import refill, settle


class Command(BaseCommand):
    help = "Writes anew under which words and names pages are found: after an import, or after an upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in page_models():
            self.stdout.write(f"{capfirst(str(model._meta.verbose_name_plural))}: {refill(model)}")
            settle(model)
