"""How signing in works here, where it differs from the library's usual way."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sistercities.mail.delivery import sender
from sistercities.pages.bilingual import current_language


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

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is written; whose mail it is, the sender's name says."""
        return subject

    def get_from_email(self) -> str:
        return sender(current_language())
