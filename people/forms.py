"""What members fill in to sign in and to keep their account, in the association's own words."""

from typing import Any

from allauth.account import forms as library
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from sistercities.pages.forms_for_strangers import AddressField

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "remember": _("Keep me signed in on this device"),
    "code": _("Code"),
}
MISSING = {"code": _("Please enter the code.")}
GOOD_PASSWORD = _(
    "At least 8 characters; none of the common passwords, and nothing like your name or address."
)
# The library says it inside its own check; noted here, it is in our catalogue and takes our translation.
gettext_noop("You must type the same password each time.")


class OwnWords:
    """Puts our labels and messages in place of the library's; a label that is seen needs no placeholder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = getattr(self, "fields", {})
        for name, field in fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = MISSING.get(name, _("Please fill this in."))
        for name in {"login", "email"} & fields.keys():
            fields[name] = AddressField(label=LABELS[name], widget=fields[name].widget)
        if "password1" in fields:
            fields["password1"].help_text = GOOD_PASSWORD


class LoginForm(OwnWords, library.LoginForm):
    pass


class RequestLoginCodeForm(OwnWords, library.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(OwnWords, library.ConfirmLoginCodeForm):
    pass


class ConfirmEmailForm(OwnWords, library.ConfirmEmailVerificationCodeForm):
    pass


class AddEmailForm(OwnWords, library.AddEmailForm):
    pass


class ReauthenticateForm(OwnWords, library.ReauthenticateForm):
    pass


class ChangePasswordForm(OwnWords, library.ChangePasswordForm):
    pass


class SetPasswordForm(OwnWords, library.SetPasswordForm):
    pass


class ResetPasswordForm(OwnWords, library.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OwnWords, library.ResetPasswordKeyForm):
    pass
