from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "sistercities.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        # Each app says in its mail.py which kinds of mail it can render.
        autodiscover_modules("mail")
