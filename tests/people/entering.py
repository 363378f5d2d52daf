"""How tests sign in: they give an address, read the letter, and enter its code."""

import re
from typing import Any

from django.core import mail
from django.test import Client

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
