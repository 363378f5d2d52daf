"""How tests sign in: they give an address, read the letter, and enter its code."""

import hashlib
import html
import re
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from people.models import Member
from sistercities.mail import outbox

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"
)
PASSWORD = "a password of a test"
LATIN = re.compile(r"[A-Za-z]{3,}")
KNOWN = {
    "mei",
    "Mei",
    "Chen",
    "example",
    "org",
    "com",
    "Telephone",
    "iPhone",
    "Safari",
    "UTC",
    "Los",
    "Angeles",
}
CODE = re.compile(r"^\s*(\d{4} \d{4})\s*$", re.MULTILINE)


def ask(client: Client, email: str, language: str = "en", **extra: Any) -> None:
    """Give an address on the first page."""
    answer = client.post(f"/{language}/members/login/", {"email": email, **extra})
    assert (answer.status_code, answer["Location"]) == (303, f"/{language}/members/login/code/confirm/")


def letters() -> list[Any]:
    """What the worker has sent by now, all of it."""
    outbox.send_due()
    return mail.outbox


def newest_code() -> str:
    found = CODE.search(letters()[-1].body)
    assert found
    return found[1]


def enter(client: Client, code: str, language: str = "en") -> Any:
    return client.post(f"/{language}/members/login/code/confirm/", {"code": code})


def wrong(code: str) -> str:
    """A code that is another one in its last figure."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def passkey_of(member: Member, name: str = "Telephone") -> Authenticator:
    """A passkey as a device would have made it, which nobody holds."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AttestedCredentialData.create(Aaguid.NONE, b"sixteen letters!", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 0, made)
    said = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"a challenge", "https://testserver")
    credential = {
        "id": websafe_encode(made.credential_id),
        "rawId": websafe_encode(made.credential_id),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(said),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }
    return Authenticator.objects.create(
        user=member, type="webauthn", data={"name": name, "credential": credential}
    )


def come_in(member: Member, language: str = "en", **browser: str) -> Client:
    """A browser with which the member has signed in."""
    client = Client(**{f"HTTP_{name.upper()}": value for name, value in browser.items()})
    ask(client, member.email, language)
    assert enter(client, newest_code(), language).status_code == 302
    return client


def own_part(page: str) -> str:
    return re.sub(r"^[^>]*>", "", page.partition("<main")[2].partition("</main>")[0])


def english_in(page: str) -> list[str]:
    """Words of another language in the part of a page that is its own."""
    main = re.sub(r"(?s)<(script|style|svg|code)\b.*?</\1>", " ", own_part(page))
    told = re.findall(r'(?:alt|title|aria-label|placeholder)="([^"]*)"', main)
    shown = [*told, re.sub(r"<[^>]+>", " ", main)]
    return sorted(set(LATIN.findall(html.unescape(" ".join(shown)))) - KNOWN)
