"""Mail scanners, previews and search engines open every link: GET and HEAD change no row, ever."""

import html
import re
from collections import Counter
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from events import rsvp as verbs
from events.links import hold_url, invitation_url, manage_url, verify_url
from events.models import Invitation, Rsvp, SeatHold, SeatOffer
from people.models import Member
from sistercities.mail.kinds import Overtaken, render
from sistercities.mail.models import Message
from sistercities.newsletter import links as newsletter_links
from sistercities.newsletter.models import Subscriber
from tests import factories
from tests.somebody import STAFF, Somebody, plant

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="([^"#][^"]*)"')
WRITTEN_OUT = re.compile(r"https?://[^\s<>\"]+")
SECRET = re.compile(r"/[\w=-]{32}(?:/|\.ics)")
# Who is signed in, and since when they were seen, is noted by reading; no more than that.
NOT_OF_THE_DOMAIN = {"django_session", "usersessions_usersession", "cache"}


def tables() -> list[str]:
    names = connection.introspection.table_names()
    return sorted(set(names) - NOT_OF_THE_DOMAIN)


def state() -> dict[str, tuple[int, str]]:
    """Of every table how many rows it has, and a hash of all of them: one statement."""
    whole = "coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '')"
    parts = [f"select '{name}', count(*), {whole} from {name} t" for name in tables()]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts))
        return {name: (count, digest) for name, count, digest in cursor.fetchall()}


def own(link: str, page: str = "/") -> str:
    """The path and query of a link of this site; empty for another's, and for files."""
    target = urldefrag(urljoin(settings.SITE_URL + page, html.unescape(link))).url
    if not target.startswith(settings.SITE_URL):
        return ""
    path = target.removeprefix(settings.SITE_URL)
    return "" if path.startswith(("/static/", "/media/")) else path


def links_of_letters() -> set[str]:
    """Every link of every letter that waits, in text and HTML."""
    found: set[str] = set()
    for message in Message.objects.all():
        try:
            letter = render(message)
        except Overtaken:
            continue
        found |= {own(link.rstrip(".,;。)")) for link in WRITTEN_OUT.findall(letter.text)}
        found |= {own(link) for link in LINK.findall(letter.html)}
        found |= {own(link.strip("<>")) for link in WRITTEN_OUT.findall(" ".join(letter.headers.values()))}
    return found - {""}


def kind_of(address: str) -> tuple[str, str]:
    """Addresses that lead to the same view are of one kind; each with a secret is one of its own."""
    parts = urlsplit(address)
    try:
        name = resolve(unquote(parts.path)).view_name
    except Resolver404:
        name = parts.path
    secret = parts.path.partition("/")[2].partition("/")[2] if SECRET.search(address) else ""
    return name, secret


def open_all(client: Client, starts: set[str], within: str = "/") -> dict[str, Any]:
    """Open these by GET and HEAD, and what they lead to below some place: of each kind one."""
    found: dict[str, Any] = {}
    seen: Counter[tuple[str, str]] = Counter()
    todo = sorted(starts)
    for address in todo:
        kind = kind_of(address)
        if address in found or seen[kind]:
            continue
        seen[kind] += 1
        found[address] = answer = client.get(address)
        assert client.head(address).status_code == answer.status_code, address
        assert answer.status_code < 500, address
        if answer.get("Content-Type", "").startswith("text/html"):
            links = (own(link, address) for link in LINK.findall(answer.content.decode()))
            todo += [link for link in links if link.startswith(within) and link not in found]
        if answer.status_code in (301, 302, 303):
            todo.append(own(answer["Location"], address) or "/en/")
    return found


@pytest.fixture
def somebody(db: None) -> Somebody:
    """One of everything, and every kind of link to it."""
    somebody = plant()
    Authenticator.objects.all().delete()  # it opens nothing, and pages of signing in would try it
    must_prove = factories.reception(5, verify_email=True)
    factories.rsvp(must_prove, 1, "Vera Unproved")
    offers = factories.reception(2, promotion="offer")
    leaves = factories.rsvp(offers, 2, "Leaves")
    factories.rsvp(offers, 2, "Gets An Offer")
    verbs.withdraw(leaves)
    assert SeatOffer.objects.live().exists()
    return somebody


def secret_links() -> set[str]:
    """What no letter of this world may hold yet: every personal link there is."""
    found = {manage_url(each.link_handle, each.link_version, "en") for each in Rsvp.objects.all()}
    found |= {link + "data/" for link in found}
    for each in Rsvp.objects.filter(status=Rsvp.Status.UNVERIFIED):
        found.add(verify_url(each.link_handle, each.link_version, "zh-hans"))
    for invitation in Invitation.objects.all():
        found |= {invitation_url(invitation), f"{invitation_url(invitation)}data/"}
    for hold in SeatHold.objects.filter(invitation=None):
        found.add(hold_url(hold.link_handle, hold.link_version, "en"))
    for reader in Subscriber.objects.all():
        found |= {newsletter_links.url_of(reader, purpose, "en") for purpose in newsletter_links.Purpose}
    return {own(link) for link in found}


def test_no_link_of_any_letter_changes_a_row(client: Client, somebody: Somebody) -> None:
    before = state()
    opened = open_all(client, links_of_letters() | secret_links(), within="/en/rsvp/")
    assert state() == before
    assert len([address for address in opened if SECRET.search(address)]) > 20
    check_secret_pages(opened)


def check_secret_pages(opened: dict[str, Any]) -> None:
    """What a page with a secret in its address tells on the way: nothing is stored, found, or told to others."""
    for address, answer in opened.items():
        if not SECRET.search(address):
            continue
        assert "no-store" in answer["Cache-Control"], address
        assert "noindex" in answer["X-Robots-Tag"], address
        assert answer["Referrer-Policy"] == "same-origin", address
        outside = [link for link in LINK.findall(answer.content.decode()) if own(link) == "" and "//" in link]
        assert outside == [], address


@pytest.mark.thorough
def test_no_page_changes_a_row_by_being_read(client: Client, somebody: Somebody) -> None:
    before = state()
    opened = open_all(client, {"/en/", "/zh-hans/"})
    assert state() == before
    assert len(opened) > 60


def test_no_page_of_a_member_changes_a_row_by_being_read(client: Client, somebody: Somebody) -> None:
    client.force_login(somebody.member)
    starts = {"/en/members/", "/en/members/data/", "/en/members/data/download/", "/en/members/data/erase/"}
    before = state()
    opened = open_all(client, starts, within="/en/members/")
    assert state() == before
    assert len(opened) > 12


@pytest.mark.thorough
def test_no_page_of_the_administration_changes_a_row_by_being_read(
    client: Client, somebody: Somebody
) -> None:
    client.force_login(Member.objects.get(email=STAFF))
    before = state()
    opened = open_all(client, {"/admin/"}, within="/admin/")
    assert state() == before
    assert len(opened) > 60
