"""The pages of one's own account: in our words, and at what cost."""

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client

from people.models import Member
from tests.people.entering import (
    IPHONE,
    ask,
    come_in,
    english_in,
    enter,
    newest_code,
    passkey_of,
)

pytestmark = pytest.mark.django_db


OPEN = ["login/", "login/password/", "password/reset/", "password/reset/done/", "inactive/", "signup/"]
OWN = [
    "email/",
    "password/set/",
    "logout/",
    "devices/",
    "security/",
    "security/webauthn/add/",
    "security/totp/activate/",
    "security/totp/deactivate/",
    "security/recovery-codes/",
    "security/recovery-codes/generate/",
    "reauthenticate/",
]


@pytest.mark.parametrize("place", OPEN)
def test_chinese_pages_of_signing_in_have_no_english_word(client: Client, place: str) -> None:
    answer = client.get(f"/zh-hans/members/{place}")
    assert (answer.status_code, english_in(answer.content.decode())) == (200, [])


def test_chinese_pages_of_the_own_account_have_no_english_word(member: Member) -> None:
    member.set_unusable_password()
    member.save()
    client = come_in(member, "zh-hans", user_agent=IPHONE)
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(member)
    key = passkey_of(member).pk
    found = {}
    for place in [*OWN, f"security/webauthn/keys/{key}/edit/", f"security/webauthn/keys/{key}/remove/"]:
        answer = client.get(f"/zh-hans/members/{place}", follow=True)
        found[place] = (answer.status_code, english_in(answer.content.decode()))
    assert {place: told for place, told in found.items() if told != (200, [])} == {}


def test_page_of_the_second_factor_has_no_english_word(client: Client, member: Member) -> None:
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    ask(client, member.email, "zh-hans")
    page = client.get(enter(client, newest_code(), "zh-hans")["Location"])
    assert (page.status_code, english_in(page.content.decode())) == (200, [])
    refused = client.post("/zh-hans/members/security/authenticate/", {"code": "000000"})
    assert english_in(refused.content.decode()) == []


COSTS = [("devices/", 5), ("security/", 5), ("security/webauthn/add/", 11), ("email/", 5)]


@pytest.mark.parametrize(("place", "statements"), COSTS)
def test_pages_of_the_own_account_cost_the_same_with_many_devices_and_passkeys(
    member: Member, django_assert_num_queries: Any, place: str, statements: int
) -> None:
    client = come_in(member)
    for known in (0, 5):
        for number in range(known):
            passkey_of(member, f"Telephone {number}")
            other = Client()
            other.force_login(member)
            session = other.session.session_key
            UserSession.objects.create(user=member, session_key=session, ip="192.0.2.1", user_agent=IPHONE)
        with django_assert_num_queries(statements):
            assert client.get(f"/en/members/{place}").status_code == 200
