from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RelationshipsConfig(AppConfig):
    name = "relationships"
    verbose_name = _("Relationships")

    def ready(self) -> None:
        """Every app may add entries to the thread of a relationship, from a module named ``timeline``."""
        autodiscover_modules("timeline")
