"""Addresses that hold a secret: no log keeps it, no other site learns of it, nothing on the way stores the page."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from gunicorn.config import Config

from sistercities.logs import WithoutLinks, without_links
from sistercities.web_log import WithoutLinks as WebLog

SECRET = "abcdefghijklmnopqrstuvwxyz012345"
NAMED = re.compile(r"<(?:\w+:)?(token|secret)>")


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Every address of the site, as it is written in urls.py."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def secret_addresses() -> list[str]:
    found = [NAMED.sub(SECRET, route) for route in routes(get_resolver().url_patterns) if NAMED.search(route)]
    return [f"/{address.lstrip('/')}" for address in found if "<" not in address and "(" not in address]


ADDRESSES = secret_addresses()


def test_there_are_such_addresses() -> None:
    known = " ".join(ADDRESSES)
    for place in (
        "rsvp/verify/",
        "rsvp/",
        "invitation/",
        "delegation/",
        "calendar/",
        "newsletter/leave/",
        "preview/",
    ):
        assert f"{place}{SECRET}" in known, place


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_log_keeps_the_secret(address: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (address,), None)
    assert SECRET not in WithoutLinks().format(record)
    assert SECRET not in without_links(f"GET /en/members/login/?next={address.replace('/', '%2F')}&a=b")


@pytest.mark.parametrize(
    "written",
    ["/en/members/password/reset/key/1g-{}/", "%2Fen%2Fmembers%2Fpassword%2Freset%2Fkey%2F1g-{}%2F"],
)
def test_no_log_keeps_the_link_to_a_new_password(written: str) -> None:
    assert SECRET not in without_links(f"Forbidden (CSRF token missing.): {written.format(SECRET)}")


def test_a_wrong_link_leaves_no_secret_in_what_is_written(
    client: Client, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = logging.getLogger().handlers
    assert [
        type(each.formatter)
        for each in handler
        if each.formatter and "sistercities" in type(each.formatter).__module__
    ]
    for address in ADDRESSES:
        client.get(address)
    assert SECRET not in "".join(capsys.readouterr())


def test_log_of_the_web_server_keeps_neither_the_secret_nor_the_readers_address() -> None:
    class Request:
        headers = [("REFERER", f"https://sistercities.example/en/rsvp/{SECRET}/")]

    class Response:
        status, headers, response_length, sent = "200 OK", [], 1, 1

    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"/en/rsvp/{SECRET}/",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": f"/en/rsvp/{SECRET}/",
        "HTTP_REFERER": f"https://sistercities.example/en/rsvp/{SECRET}/",
        "REMOTE_ADDR": "192.0.2.7",
    }
    written: dict[str, Any] = {}
    exec((settings.BASE_DIR / "deploy" / "gunicorn.conf.py").read_text(), written)
    assert written["logger_class"] == "sistercities.web_log.WithoutLinks"
    atoms = WebLog(Config()).atoms(Response(), Request(), environ, timedelta(milliseconds=3))
    line = written["access_log_format"] % atoms
    assert "/en/rsvp/…/" in line
    assert SECRET not in line
    assert "192.0.2.7" not in line


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_wrong_link_is_not_stored_indexed_or_told_to_others(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (404, 410), address
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
