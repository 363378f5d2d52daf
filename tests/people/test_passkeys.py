"""Passkeys and second factors: what they open, and what opens without them."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from people.models import Member
from tests import factories
from tests.people.entering import (
    ask,
    come_in,
    enter,
    is_signed_in,
    letters,
    newest_code,
    passkey_of,
)

pytestmark = pytest.mark.django_db


def test_member_who_has_lost_the_passkey_comes_in_by_mail_and_takes_it_out(member: Member) -> None:
    lost = passkey_of(member)
    client = come_in(member)
    assert client.post(f"/en/members/security/webauthn/keys/{lost.pk}/remove/").status_code == 302
    assert not Authenticator.objects.exists()
    assert letters()[-1].subject == "A passkey was taken out of your account"


def test_passkey_is_renamed_by_its_owner_and_by_nobody_else(member: Member) -> None:
    mine, theirs = passkey_of(member), passkey_of(factories.member("other@example.org"))
    client = come_in(member)
    for key, status in ((mine, 302), (theirs, 404)):
        path = f"/en/members/security/webauthn/keys/{key.pk}/edit/"
        assert client.post(path, {"name": "My telephone"}).status_code == status
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert [mine.wrap().name, theirs.wrap().name] == ["My telephone", "Telephone"]


def test_curator_with_a_passkey_needs_it_after_a_code_by_mail(client: Client, curator: Member) -> None:
    passkey_of(curator)
    ask(client, curator.email)
    assert enter(client, newest_code())["Location"] == "/en/members/security/authenticate/"
    assert not is_signed_in(client)


def test_recovery_code_opens_in_place_of_a_lost_passkey_and_once(curator: Member) -> None:
    passkey_of(curator)
    [first, *_] = RecoveryCodes.activate(curator).get_unused_codes()
    for opens in (True, False):
        client = Client()
        ask(client, curator.email)
        enter(client, newest_code())
        client.post("/en/members/security/authenticate/", {"code": first})
        assert is_signed_in(client) is opens


def test_looking_at_recovery_codes_and_keeping_them_changes_nothing(curator: Member) -> None:
    client = come_in(curator)
    codes = RecoveryCodes.activate(curator).get_unused_codes()
    before = list(Authenticator.objects.values())
    assert codes[0] in client.get("/en/members/security/recovery-codes/").content.decode()
    kept = client.get("/en/members/security/recovery-codes/download/")
    assert kept.content.decode().split() == codes
    assert "no-store" in kept["Cache-Control"]
    assert list(Authenticator.objects.values()) == before


HOSTILE = [
    "",
    "{}",
    "[]",
    "null",
    "7",
    '"x"',
    '{"id": 5}',
    '{"response": []}',
    "{" * 900,
    '{"id":"AA","rawId":"A"}',
]
WHOLE = '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"AAAA",%s}}'
HOSTILE += [WHOLE % '"authenticatorData":"AAAA","signature":"AAAA","userHandle":"MQ"']
HOSTILE += [
    WHOLE % '"attestationObject":"AAAA"',
    WHOLE % '"authenticatorData":"!!","signature":4,"userHandle":[]',
]


def test_whatever_is_sent_in_place_of_a_passkey_opens_nothing_and_breaks_nothing(member: Member) -> None:
    passkey_of(member)
    inside, outside = come_in(member), Client()
    for said in HOSTILE:
        outside.get("/en/members/security/webauthn/login/", headers={"Accept": "application/json"})
        inside.get("/en/members/security/webauthn/add/")
        for client, place, data in [
            (outside, "webauthn/login/", {"credential": said}),
            (inside, "webauthn/add/", {"credential": said, "name": "x"}),
            (inside, "webauthn/reauthenticate/", {"credential": said}),
        ]:
            assert client.post(f"/en/members/security/{place}", data).status_code in (200, 302, 429), (
                place,
                said,
            )
    assert not is_signed_in(outside)
    assert Authenticator.objects.count() == 1
