from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RelationshipsConfig(AppConfig):
    name = "relationships"
    verbose_name = _("Relationships")

    def ready(self) -> None:
        """Every app may add to the thread of a relationship, and tell of its signs of life, from modules named so."""
        autodiscover_modules("timeline", "standing")
