"""What members fill in to sign in and to keep their account, in the association's own words."""

import unicodedata
from typing import Any

from allauth.account import forms as library
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as apps
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from people import account_letters
from people.signing_in import may_ask
from sistercities.limits.networks import sender
from sistercities.pages.bilingual import current_language
from sistercities.pages.fields import single_line
from sistercities.pages.forms_for_strangers import AddressField

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
    "name": _("Name of the passkey"),
}
MISSING = {"code": _("Please enter the code.")}
GOOD_PASSWORD = _(
    "At least 8 characters; none of the common passwords, and nothing like your name or address."
)
# The library says it inside its own check; noted here, it is in our catalogue and takes our translation.
gettext_noop("You must type the same password each time.")


class CodeField(forms.CharField):
    """A code as people type it: with full-width figures, with spaces between."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off"}
        messages = {"required": MISSING["code"]}
        super().__init__(
            label=LABELS["code"], widget=forms.TextInput(attrs), error_messages=messages, max_length=40
        )

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return "".join(unicodedata.normalize("NFKC", text or "").split())


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
        if "code" in fields:
            fields["code"] = CodeField()


class AddressForm(forms.Form):
    """The first page: the address, and no more."""

    email = AddressField(
        label=LABELS["email"],
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "autofocus": True}),
    )


class CodeForm(forms.Form):
    """The second page: the code that came by mail."""

    WRONG = _("This is not the code that we sent. Please enter it again.")

    code = CodeField()


class LoginForm(OwnWords, library.LoginForm):
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
    """The same happens for every address; where it was asked for too often, nothing does."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email

    def save(self, request: Any, **_options: Any) -> str:
        email: str = self.cleaned_data["email"]
        if may_ask(email, sender(request)):
            account_letters.ask_for_new_password(email, current_language())
        return email


class ResetPasswordKeyForm(OwnWords, library.ResetPasswordKeyForm):
    pass


class AuthenticateForm(OwnWords, factors.AuthenticateForm):
    pass


class ProveAgainForm(OwnWords, factors.ReauthenticateForm):
    pass


class ActivateAppForm(OwnWords, apps.ActivateTOTPForm):
    pass


class DeactivateAppForm(OwnWords, apps.DeactivateTOTPForm):
    pass


class Credential:
    """What a device has signed, or whatever else was sent in its place: that is refused in words."""

    NOT_READ = _("This has not worked. Please try again, or take another way.")

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except (ValueError, TypeError, KeyError, AttributeError, LookupError):
            self.cleaned_data: dict[str, Any] = {}
            self.add_error(None, self.NOT_READ)  # type: ignore[attr-defined]


class AddPasskeyForm(Credential, OwnWords, passkeys.AddWebAuthnForm):
    """A name for the passkey; its device must have made sure who its owner is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"] = _name_field(self.initial["name"])

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        values: dict[str, Any] = super().clean()
        return values


class RenamePasskeyForm(OwnWords, passkeys.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(self.initial["name"])


class SignInWithPasskeyForm(Credential, passkeys.LoginWebAuthnForm):
    pass


class SecondFactorPasskeyForm(Credential, passkeys.AuthenticateWebAuthnForm):
    pass


class ProveWithPasskeyForm(Credential, passkeys.ReauthenticateWebAuthnForm):
    pass


def _name_field(initial: str) -> forms.CharField:
    help_text = _("So that you know it again: the name of the device, say.")
    return forms.CharField(
        label=LABELS["name"], initial=initial, max_length=60, validators=[single_line], help_text=help_text
    )
