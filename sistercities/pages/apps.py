from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "sistercities.pages"
    label = "pages"
    verbose_name = _("Pages and sources")

    def ready(self) -> None:
        # Each app describes its pages for machines in its linked.py, and adds to open data in its open_tables.py.
        autodiscover_modules("linked", "open_tables")
