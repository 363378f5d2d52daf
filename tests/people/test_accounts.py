"""Signing in with a code: the mails speak the reader's language and carry the association's name."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from people.models import Member

pytestmark = pytest.mark.django_db
CODE_PAGES = [("en", "Your code to sign in"), ("zh-hans", "登录验证码")]
UNKNOWN = [("en", "No account with this address"), ("zh-hans", "此邮箱没有账户")]


@pytest.fixture(autouse=True)
def _in_english_again() -> Iterator[None]:
    """A page that is asked for leaves its language behind."""
    with translation.override("en"):
        yield


def ask(client: Client, language: str, email: str) -> None:
    assert client.post(f"/{language}/members/login/code/", {"email": email}).status_code == 302


@pytest.mark.parametrize(("language", "subject"), CODE_PAGES)
def test_a_code_comes_in_the_language_of_the_page_that_was_asked(
    client: Client, member: Member, mailoutbox: list[Any], language: str, subject: str
) -> None:
    ask(client, language, member.email)
    assert [mail.subject for mail in mailoutbox] == [subject]
    assert settings.SITE_NAME[language] in mailoutbox[0].body
    assert mailoutbox[0].from_email != settings.DEFAULT_FROM_EMAIL


@pytest.mark.parametrize(("language", "subject"), UNKNOWN)
def test_an_unknown_address_is_told_so_and_not_invited_to_sign_up(
    client: Client, mailoutbox: list[Any], language: str, subject: str
) -> None:
    ask(client, language, "nobody@example.org")
    assert [mail.subject for mail in mailoutbox] == [subject]
    assert "/signup/" not in mailoutbox[0].body
