"""Captions of libraries for which they have no Chinese, or no words at all but the names of their classes."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Gathered here for the translation of the site, which goes before those of the libraries.
UNTRANSLATED = (
    gettext_noop("Error:"),
    gettext_noop("WebAuthn"),
    gettext_noop("TOTP Authenticator"),
)
NAMED: dict[str, tuple[Promise, Promise]] = {
    "mfa.authenticator": (_("passkey or app"), _("passkeys and apps")),
}
COLUMNS: dict[str, dict[str, Promise]] = {
    "mfa.authenticator": {
        "user": _("member"),
        "type": _("kind"),
        "created_at": _("added on"),
        "last_used_at": _("last used on"),
    },
}


def name_things() -> None:
    """Give the models of libraries names that can be translated; their migrations do not know of it."""
    for label, (one, many) in NAMED.items():
        meta = apps.get_model(label)._meta
        meta.verbose_name, meta.verbose_name_plural = one, many
    for label, columns in COLUMNS.items():
        for name, words in columns.items():
            apps.get_model(label)._meta.get_field(name).verbose_name = words
