"""What is refused at the door: in words to whoever asked, kept by no cache, and without secrets in the log."""

import logging
import sys
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.links import token_for
from people.models import Member
from sistercities.logs import WithoutLinks
from tests import factories

SECRET = "Jx0Yv1mK4f8l2Qz7c9WbT3aE6hN5sRdU"
OWN = {"origin": "http://testserver"}


def record(message: str, *args: Any, **more: Any) -> logging.LogRecord:
    return logging.LogRecord("x", logging.WARNING, "x.py", 1, message, args, more.get("exc_info"))


# --- the log --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["rsvp", "rsvp/verify", "invitation", "delegation"])
@pytest.mark.parametrize(
    "shape", ["/en/{}/{}/", "/zh-hans/{}/{}", "/en/members/login/?next=%2Fen%2F{}%2F{}%2F"]
)
def test_the_log_names_no_personal_link(page: str, shape: str) -> None:
    address = shape.format(page, SECRET)
    for line in (record("Not Found: %s", address), record(f"Not Found: {address} (again)")):
        written = WithoutLinks().format(line)
        assert SECRET not in written
        assert page in written


def test_the_log_names_no_personal_link_in_a_traceback() -> None:
    try:
        raise ValueError(f"/en/rsvp/{SECRET}/ cannot be read")
    except ValueError:
        written = WithoutLinks().format(record("Broken", exc_info=sys.exc_info()))
    assert SECRET not in written
    assert "cannot be read" in written


def test_the_log_keeps_other_addresses() -> None:
    assert WithoutLinks().format(record("%s", "/en/events/gala/rsvp/")) == "/en/events/gala/rsvp/"


@pytest.mark.django_db
def test_a_refused_change_of_an_answer_leaves_no_link_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    token = token_for(factories.rsvp(factories.reception()))
    with caplog.at_level(logging.INFO):
        assert client.post(f"/en/rsvp/{token}/", {"answer": "?"}).status_code == 422
        Client(enforce_csrf_checks=True).post(f"/en/rsvp/{token}/")
    assert any(token in each.getMessage() for each in caplog.records)
    handler = next(each for each in logging.root.handlers if isinstance(each.formatter, WithoutLinks))
    assert not any(token in handler.format(each) for each in caplog.records)


# --- NUL ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/en/search/?q=%00",
        "/zh-hans/events/a%00b/",
        "/en/events/?a%00=1",
        "/static/a%00b",
        "/%00",
        "/en/rsvp/%00/",
    ],
)
def test_nul_in_a_public_address_is_refused_in_words(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert "无法识别这个请求" in response.content.decode()
    assert response.headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["status", "q", "kind__exact", "event__id__exact"])
@pytest.mark.parametrize("kind", ["events_event", "events_rsvp", "people_person", "pages_source"])
def test_nul_in_an_address_of_the_admin_is_refused(
    client: Client, curator: Member, kind: str, name: str
) -> None:
    client.force_login(curator)
    assert client.get(reverse(f"admin:{kind}_changelist") + f"?{name}=%00").status_code == 400


@pytest.mark.django_db
def test_nul_in_a_cookie_is_refused(client: Client) -> None:
    assert client.get("/en/", headers={"cookie": 'sessionid="\\000aaaaaaaaaaaa"'}).status_code == 400


@pytest.mark.django_db
def test_what_only_looks_like_nul_is_answered(client: Client) -> None:
    assert client.get("/en/search/?q=%2500").status_code == 200


# --- methods and forms ----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
@pytest.mark.parametrize("checks", [True, False])
@pytest.mark.parametrize("page", ["rsvp", "rsvp/verify", "invitation", "delegation"])
def test_no_cache_keeps_the_refusal_of_a_method(page: str, checks: bool, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=checks), method)(f"/en/{page}/{SECRET}/")
    assert response.status_code == 405
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("&".join(f"field-{number}=1" for number in range(6000)), "application/x-www-form-urlencoded"),
        ("a=" + "1" * 3_000_000, "application/x-www-form-urlencoded"),
        ("a=1", "application/x-www-form-urlencoded; charset=latin-1"),
        ("--other\r\nnothing of a form", "multipart/form-data"),
        ("--x\r\nnothing of a form", "multipart/form-data; boundary=x"),
        ('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut o', "multipart/form-data; boundary=x"),
    ],
)
def test_a_form_without_its_key_that_cannot_be_read_is_refused_in_words(body: str, kind: str) -> None:
    response = Client(enforce_csrf_checks=True, headers=OWN).post("/en/rsvp/x/", body, content_type=kind)
    assert response.status_code == 403
    assert "Please send it once more" in response.content.decode()
