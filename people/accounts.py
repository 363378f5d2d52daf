"""How signing in works here, where it differs from the library's usual way."""

from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from people import account_letters
from people.devices import device_of
from people.models import Member
from people.proving import join_account
from sistercities.limits.networks import client_address
from sistercities.pages.bilingual import current_language

WAYS_TO_PROVE = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code of your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff from the list of members; nobody signs up unasked."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is at rest. Please write to the association."),
        "cannot_remove_primary_email": _("The main address stays; make another one the main address first."),
        "duplicate_email": _("Your account has this address already."),
        "email_password_mismatch": _(
            "E-mail address and password do not belong together. Please check both."
        ),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This is not the code that we sent. Please enter it again."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This link is no longer good."),
        "invalid_login": _("Signing in has failed. Please try again."),
        "invalid_password_reset": _("This link is no longer good."),
        "max_email_addresses": _("No more than %d addresses, please."),
        "rate_limited": _(
            "There were too many attempts in a short time. Please wait a few minutes and try again."
        ),
        "same_as_current": _("This is what it is already."),
        "too_many_login_attempts": _(
            "There were too many attempts in a short time. Please wait a few minutes and try again."
        ),
        "unknown_email": _("We know no account with this address."),
        "unverified_primary_email": _("The main address must be a confirmed one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Members have no user name."""

    def is_safe_url(self, url: str) -> bool:
        """A page of our own, named by its path."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """How often a password may be tried is counted where it is compared: people/passwords.py."""

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing was counted here."""

    def get_login_stages(self) -> list[str]:
        theirs, ours = "allauth.mfa.stages.AuthenticateStage", "people.second_factor.SecondFactorStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": WAYS_TO_PROVE[method["id"]]} for method in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Ask for the letter; the worker writes it."""
        account_letters.ask(template_prefix, email, context, current_language())

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a member what has become of the account, in the language in which we write to them."""
        to_email = email or EmailAddress.objects.get_primary_email(user) or user.email
        told = (context or {}) | {"name": user.name, "zone": user.timezone}
        account_letters.ask(template_prefix, to_email, told, user.language)

    def post_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse:
        """However a member came in, what was answered meanwhile with a proven address joins the account."""
        for words in join_account(user):
            messages.info(request, words)
        return super().post_login(request, user, **how)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address is confirmed; where there was another, that one is told."""
        is_new = not email_address.verified
        confirmed = super().confirm_email(request, email_address)
        for words in join_account(email_address.user) if confirmed else []:
            messages.info(request, words)
        main = EmailAddress.objects.get_primary_email(email_address.user)
        if confirmed and is_new and main and main != email_address.email:
            told = {"address": email_address.email}
            self.send_notification_mail(account_letters.ADDED, email_address.user, told, main)
        return confirmed


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys and second factors, in our words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("With a second factor no address can be added. Please take it out first."),
        "cannot_delete_authenticator": _("This cannot be taken out."),
        "cannot_generate_recovery_codes": _(
            "Recovery codes belong to a passkey or an app. Add one of these first."
        ),
        "incorrect_code": _("This has not worked. Please try again, or take another way."),
        "unverified_email": _("Please confirm your e-mail address first."),
    }

    def generate_authenticator_name(self, user: Member, type: Any) -> str:  # noqa: A002 - the library's name
        """A passkey is called after the device on which it is made, until its owner says otherwise."""
        return device_of(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_user_entity(self, user: Member) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.name or user.email, "name": user.email}

    def build_totp_svg(self, url: str) -> str:
        """The key of an app as a picture, dark on light also where the page is dark."""
        drawn = BytesIO()
        segno.make(url, micro=False).save(drawn, kind="svg", scale=4, light="#fff")
        return drawn.getvalue().decode()

    def _get_site_name(self) -> str:
        return settings.SITE_NAME[current_language()]
