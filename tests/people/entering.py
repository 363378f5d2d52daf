"""How tests sign in: they give an address, read the letter, and enter its code."""

import hashlib
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
