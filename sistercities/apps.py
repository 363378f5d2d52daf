from django.contrib.admin.apps import AdminConfig

from sistercities.stock_words import name_things


class CurationConfig(AdminConfig):
    """The stock admin, with a site of our own in it, and words of our own where libraries have none."""

    default_site = "sistercities.curation.CuratorSite"

    def ready(self) -> None:
        name_things()
        super().ready()
