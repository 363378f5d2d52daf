"""Nobody finds out by the sign-in pages who has an account: known, unknown and resting addresses are answered alike."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Member
from tests import factories
from tests.people.entering import ask, enter, letters

pytestmark = pytest.mark.django_db
ADDRESSES = ["mei@example.org", "nobody@example.org", "resting@example.org"]


def steps(email: str) -> list[tuple[int, str, list[str], str]]:
    """What a browser is told on the way in with a wrong code: status, next page, cookies, text."""
    client, told = Client(), []
    for place, data in [
        ("login/", {"email": email}),
        ("login/code/confirm/", None),
        ("login/code/confirm/", {"code": "1234 5678"}),
        ("login/code/confirm/", {"action": "resend"}),
        ("login/code/confirm/", None),
        ("password/reset/", {"email": email}),
        ("login/password/", {"login": email, "password": "not the one"}),
    ]:
        path = f"/en/members/{place}"
        answer: Any = client.get(path) if data is None else client.post(path, data)
        cookies = [f"{name} {each['path']} {each['max-age']}" for name, each in answer.cookies.items()]
        body = answer.content.decode().replace(email, "…")
        body = body.replace(str(answer.context["csrf_token"]) if answer.context else "…", "…")
        told.append((answer.status_code, answer.get("Location", ""), cookies, body))
    return told


def test_unknown_and_resting_addresses_are_answered_as_known_ones(client: Client, member: Member) -> None:
    factories.member("resting@example.org", is_active=False)
    known, unknown, resting = (steps(email) for email in ADDRESSES)
    assert known == unknown == resting
    assert [status for status, *_ in known] == [303, 200, 422, 303, 200, 302, 422]


def test_every_address_costs_the_same_statements(client: Client, member: Member) -> None:
    factories.member("resting@example.org", is_active=False)
    costs = []
    for email in ADDRESSES:
        browser = Client()
        with CaptureQueriesContext(connection) as asking:
            ask(browser, email)
        with CaptureQueriesContext(connection) as entering:
            enter(browser, "1234 5678")
        costs.append(([shape(each) for each in asking], [shape(each) for each in entering]))
    assert costs[0] == costs[1] == costs[2]
    assert [len(part) for part in costs[0]] == [11, 5]


def shape(statement: dict[str, str]) -> str:
    """A statement without what it is about."""
    return re.sub(r"'[^']*'|\b\d+\b|s\d+_x\d+", "?", statement["sql"])


def test_letters_tell_each_reader_what_is_true(client: Client, member: Member) -> None:
    factories.member("resting@example.org", is_active=False)
    for email in ADDRESSES:
        ask(client, email)
    assert [(letter.to, letter.subject) for letter in letters()] == [
        (["mei@example.org"], "Your code to sign in"),
        (["nobody@example.org"], "No account with this address"),
        (["resting@example.org"], "This account is at rest"),
    ]
