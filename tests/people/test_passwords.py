"""Passwords: they open for those who have one, tries have an end, and nobody is locked out by others."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from people import passwords
from people.models import Member
from tests.people.entering import (
    IPHONE,
    PASSWORD,
    ask,
    enter,
    is_signed_in,
    letters,
    newest_code,
)

pytestmark = pytest.mark.django_db


def try_password(client: Client, email: str, password: str) -> Any:
    return client.post("/en/members/login/password/", {"login": email, "password": password})


def test_password_still_opens_for_those_who_have_one(client: Client, member: Member) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    assert try_password(client, "MEI@example.org", "not this one").status_code == 422
    assert try_password(client, "MEI@example.org", PASSWORD).status_code == 302
    assert is_signed_in(client)


def test_owner_is_told_of_a_password_used_on_a_new_device_and_not_on_a_known_one(member: Member) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    for device in (IPHONE, IPHONE, "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/127.0"):
        try_password(Client(HTTP_USER_AGENT=device), member.email, PASSWORD)
    told = [letter for letter in letters() if "new device" in letter.subject]
    assert ["Safari on iPhone" in letter.body for letter in told] == [True, False]


def test_after_too_many_wrong_passwords_the_right_one_opens_nothing_and_a_code_still_does(
    member: Member,
) -> None:
    client = Client()
    pages = [try_password(client, member.email, f"wrong {number}") for number in range(12)]
    refused = try_password(client, member.email, PASSWORD)
    assert {page.status_code for page in pages} == {refused.status_code} == {422}
    assert passwords.FOR_ADDRESS_BY_NETWORK.most == 10
    ask(client, member.email)
    assert enter(client, newest_code()).status_code == 302


def test_stranger_who_tries_passwords_locks_nobody_out(client: Client, member: Member) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    for number in range(15):
        try_password(stranger, member.email, f"wrong {number}")
    assert try_password(client, member.email, PASSWORD).status_code == 302


def test_programs_that_keep_passwords_find_where_to_change_one(client: Client) -> None:
    assert client.get("/.well-known/change-password")["Location"] == "/en/members/password/change/"
