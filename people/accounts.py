"""How signing in works here, where it differs from the library's usual way."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from sistercities.mail.delivery import sender
from sistercities.pages.bilingual import current_language


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff from the list of members; nobody signs up unasked."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Members have no user name."""

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is written; whose mail it is, the sender's name says."""
        return subject

    def get_from_email(self) -> str:
        return sender(current_language())
