"""A walk through the whole demonstration as a stranger: every link of every page, in both languages."""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, unquote, urldefrag, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve

pytestmark = pytest.mark.django_db
OF_A_SHAPE = 3
HTML_LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
# Every address of the table in the README; a walk by links alone must come by each of them.
PLACES = [
    r"/",
    r"/relationships/",
    r"/relationships/[\w-]+/",
    r"/relationships/[\w-]+/calendar\.ics",
    r"/cities/[\w-]+/",
    r"/relationships/anniversaries/",
    r"/relationships/anniversaries\.ics",
    r"/timeline/",
    r"/agreements/",
    r"/agreements/[\w-]+/",
    r"/sources/",
    r"/sources/[\w-]+/",
    r"/events/",
    r"/events/[\w-]+/",
    r"/events/[\w-]+/rsvp/",
    r"/events/[\w-]+/calendar\.ics",
    r"/events/calendar\.ics",
    r"/events/calendar/[0-9]{4}/",
    r"/events/calendar/[0-9]{4}/[0-9]{2}/",
    r"/events/series/[\w-]+/",
    r"/remarks/",
    r"/remarks/[\w-]+/",
    r"/people/",
    r"/people/offices/",
    r"/correction/",
    r"/people/[\w-]+/",
    r"/search/",
    r"/data/",
    r"/about/",
    r"/privacy/",
    r"/contact/",
    r"/newsletter/",
    r"/imprint/",
    r"/links/",
    r"/news/",
    r"/news/[\w-]+/",
]


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.ids: list[str] = []
        self.language = self.title = ""
        self.inline: list[str] = []
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in pairs}
        if tag == "html":
            self.language = found.get("lang", "")
        self._in_title = tag == "title" if not self.title else False
        if tag == "a" and found.get("href"):
            self.links.add(found["href"])
        if tag in ("link", "script", "img", "source", "iframe") and found.get("rel") not in (
            "alternate",
            "canonical",
        ):
            self.fetched |= {found[name] for name in ("href", "src") if found.get(name)}
        if "id" in found:
            self.ids.append(found["id"])
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        if tag == "style" or (
            tag == "script" and "src" not in found and found.get("type") != "application/ld+json"
        ):
            self.inline.append(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title, self._in_title = data.strip(), False


def shape(address: str) -> tuple[str, ...]:
    """What addresses have in common that differ in numbers alone; with a query: the view, and how many filters."""
    parts = urlsplit(address)
    if not parts.query:
        return (re.sub("[0-9]+", "0", parts.path),)
    return resolve(parts.path).view_name, str(len(parse_qs(parts.query, keep_blank_values=True)))


def walk(client: Client, start: str, of_a_shape: int = OF_A_SHAPE) -> dict[str, Any]:
    """Every answer that can be reached by links from the start, staying in its language.

    Of months, pages of lists and combined filters there are thousands: of each shape of address a few are opened.
    """
    found: dict[str, Any] = {}
    opened: Counter[tuple[str, ...]] = Counter()
    todo = deque([start])
    while todo:
        address = todo.popleft()
        if address in found or opened[shape(address)] >= of_a_shape:
            continue
        opened[shape(address)] += 1
        found[address] = response = client.get(address, follow=True)
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        for link in Page(response.content.decode()).links:
            target = urldefrag(link).url
            if target.startswith("?"):
                target = urlsplit(address).path + target
            if target.startswith(start) and target not in found:
                todo.append(target)
    return found


@pytest.fixture
def demonstration(db: None) -> None:
    call_command("demo", verbosity=0)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_place_is_reached_by_links_and_none_is_dead_or_in_the_wrong_language(
    client: Client, demonstration: None, language: str
) -> None:
    answers = walk(client, f"/{language}/")
    assert {
        address: answer.status_code for address, answer in answers.items() if answer.status_code != 200
    } == {}
    paths = {urlsplit(address).path.removeprefix(f"/{language}") for address in answers}
    assert [place for place in PLACES if not any(re.fullmatch(place, path) for path in paths)] == []
    for address, answer in answers.items():
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = Page(answer.content.decode())
        assert page.language == HTML_LANGUAGES[language], address
        assert page.title, address
        assert page.inline == [], address
        assert sorted(set(page.ids)) == sorted(page.ids), f"an id twice on {address}"
        own = (
            "/static/",
            "/media/",
            "/favicon.ico",
            "/apple-touch-icon",
            "/manifest.",
            f"/{language}/qr.svg?page=/",
        )
        assert all(unquote(each).startswith(own) for each in page.fetched), address
        if answer.redirect_chain:
            continue
        other = "zh-hans" if language == "en" else "en"
        here = address.removeprefix(f"/{language}/")
        assert f"/{other}/{here}" in page.links, f"no way to {other} on {address}"
        own = {link for link in page.links if link.startswith("#") and len(link) > 1}
        assert {link for link in own if link[1:] not in page.ids} == set(), (
            f"a mark that leads nowhere on {address}"
        )


def test_no_cookie_is_set_for_reading(client: Client, demonstration: None) -> None:
    for address, answer in walk(client, "/en/", of_a_shape=1).items():
        assert answer.cookies == {} or re.search("/(rsvp|members|correction|contact|newsletter)/", address), (
            address
        )


HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/nowhere-at-all/",
        "/feed.en.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/static/css/site.css",
        "/admin/login/",
        "/healthz",
    ],
)
def test_every_kind_of_answer_carries_the_security_headers(client: Client, address: str) -> None:
    answer = client.get(address)
    for name, value in HEADERS.items():
        assert value in answer.get(name, ""), f"{name} of {address}"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_address_that_does_not_exist_is_answered_in_the_readers_language(
    client: Client, language: str
) -> None:
    answer = client.get(f"/{language}/nowhere-at-all/")
    assert answer.status_code == 404
    assert Page(answer.content.decode()).language == HTML_LANGUAGES[language]


@pytest.mark.parametrize(
    ("accepts", "leads_to"),
    [("zh-CN,zh;q=0.9", "/zh-hans/"), ("en-GB", "/en/"), ("fr", "/en/"), ("", "/en/")],
)
def test_the_bare_address_leads_to_the_readers_language(client: Client, accepts: str, leads_to: str) -> None:
    assert client.get("/", headers={"accept-language": accepts}).url == leads_to
