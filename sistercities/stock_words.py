"""Captions of libraries for which they have no Chinese, or no words at all but the names of their classes."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

# Gathered here for the translation of the site, which goes before those of the libraries.
UNTRANSLATED = (
    gettext_noop("Error:"),
    gettext_noop("WebAuthn"),
    gettext_noop("TOTP Authenticator"),
)
# Translated by Django too, but not as we speak to people: no spaces between signs, "you" as to a guest, no "forms".
SAID_BETTER = (
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Select %s"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Delete selected %(verbose_name_plural)s"),
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    gettext_noop("The %(name)s “%(obj)s” was deleted successfully."),
    gettext_noop("Successfully deleted %(count)d %(items)s."),
    gettext_noop("You may edit it again below."),
    gettext_noop("Added {name} “{object}”."),
    gettext_noop("Changed {fields} for {name} “{object}”."),
    gettext_noop("Deleted {name} “{object}”."),
    gettext_noop("You don’t have permission to view or edit anything."),
    gettext_noop("Enter a valid value."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid time."),
    gettext_noop("Enter a valid date/time."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("This field is required."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    ngettext_lazy("Please submit at least %(num)d form.", "Please submit at least %(num)d forms.", "num"),
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
