from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "sistercities.intake"
    label = "intake"
    verbose_name = _("Lists")

    def ready(self) -> None:
        # Each app says in its intake.py which lists it takes in.
        autodiscover_modules("intake")
