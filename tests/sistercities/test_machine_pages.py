"""Feeds, sitemaps, and the files that robots and finders of holes ask for, held against their standards."""

from datetime import timedelta
from itertools import chain
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event, EventPicture
from sistercities.pages import sitemaps
from sistercities.pages.models import Source, Status
from sistercities.pages.publishing import refresh
from tests import factories
from tests.standards import body_of
from tests.standards.xml import ATOM, MAP, atom_faults, sitemap_faults, tree_of

pytestmark = pytest.mark.django_db
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
HERE = "http://127.0.0.1:8000"


def read(client: Client, path: str, **headers: str) -> bytes:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, path
    return body_of(answer)


# --- feeds ---------------------------------------------------------------------------------------------------


def feed(client: Client, language: str = "en") -> Any:
    content = read(client, f"/feed.{language}.atom")
    assert atom_faults(content) == []
    return tree_of(content)


@pytest.mark.parametrize(("language", "title"), [("en", "Guangzhou"), ("zh-hans", "广州")])
def test_feed_speaks_its_language_and_names_the_other(client: Client, language: str, title: str) -> None:
    factories.city()
    root = feed(client, language)
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == title
    assert {link.get("hreflang"): link.get("href") for link in entry.iter(f"{ATOM}link")} == {
        "en": f"{HERE}/en/cities/guangzhou/",
        "zh-Hans": f"{HERE}/zh-hans/cities/guangzhou/",
    }
    own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"{HERE}/feed.{language}.atom"]


def test_feed_of_another_language_does_not_exist(client: Client) -> None:
    assert client.get("/feed.fr.atom").status_code == 404


def test_feed_leaves_out_sources_and_what_is_not_public(client: Client) -> None:
    factories.source()
    factories.city(status="draft")
    factories.past_event(visibility=Event.Visibility.UNLISTED)
    factories.remark(embargo_until=timezone.now() + timedelta(days=1), slug="secret")
    assert b"secret" not in read(client, "/feed.en.atom")
    assert b"Guangzhou<" not in read(client, "/feed.en.atom")


def test_feed_leads_with_what_was_published_last_and_keeps_its_identities(client: Client) -> None:
    old = factories.city("old", "Old", publish_at=timezone.now() - timedelta(days=9))
    new = factories.person(en="New Person", publish_at=timezone.now() - timedelta(days=1))
    type(old).objects.filter(pk=old.pk).update(slug="renamed")
    entries = feed(client).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        f"tag:127.0.0.1,2021:people.person/{new.pk}",
        f"tag:127.0.0.1,2021:relationships.city/{old.pk}",
    ]


def test_feed_has_the_whole_text_in_its_own_language(client: Client) -> None:
    factories.city(body_en="", body_zh_hans="珠江**北岸**。", title_en="", summary_en="")
    entry = feed(client).find(f"{ATOM}entry")
    content = entry.find(f"{ATOM}content")
    assert content.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert content.text == "<p>珠江<strong>北岸</strong>。</p>"
    parsed = feedparser.parse(read(client, "/feed.en.atom"))
    assert parsed.bozo is False
    assert parsed.entries[0].title == "广州"


def test_empty_feed_is_valid_and_stays_the_same(client: Client) -> None:
    assert feed(client).find(f"{ATOM}entry") is None
    assert client.get("/feed.en.atom").headers["ETag"] == client.get("/feed.en.atom").headers["ETag"]


def test_feed_is_not_sent_twice(client: Client) -> None:
    factories.city()
    etag = client.get("/feed.en.atom").headers["ETag"]
    assert client.get("/feed.en.atom", headers={"if-none-match": etag}).status_code == 304
    factories.person()
    assert client.get("/feed.en.atom", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_feed_costs_the_same_with_many_pages(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    for each in range(number):
        factories.city(f"city-{each}")
        factories.person()
    with django_assert_num_queries(5):
        read(client, "/feed.en.atom")


# --- sitemaps ------------------------------------------------------------------------------------------------


def maps(client: Client) -> dict[str, bytes]:
    """Every map that the index names, by its address; all of them valid."""
    index = read(client, "/sitemap.xml")
    assert sitemap_faults(index) == []
    places = [str(place.text).removeprefix(HERE) for place in tree_of(index).iter(f"{MAP}loc")]
    found = {place: read(client, place) for place in places}
    assert {
        place: sitemap_faults(content) for place, content in found.items() if sitemap_faults(content)
    } == {}
    return found


def urls(content: bytes) -> list[str]:
    return [str(url.findtext(f"{MAP}loc")) for url in tree_of(content).iter(f"{MAP}url")]


def test_sitemaps_name_each_public_page_in_each_language_with_its_counterparts(client: Client) -> None:
    factories.city()
    factories.city("hidden", status="draft")
    factories.past_event("secret", visibility=Event.Visibility.UNLISTED)
    found = maps(client)
    assert urls(found["/sitemap.en.city.1.xml"]) == [f"{HERE}/en/cities/guangzhou/"]
    assert urls(found["/sitemap.zh-hans.city.1.xml"]) == [f"{HERE}/zh-hans/cities/guangzhou/"]
    lists = urls(found["/sitemap.en.lists.1.xml"])
    assert {f"{HERE}/en/data/", f"{HERE}/en/cities/"} < set(lists)
    assert len(lists) == len(set(lists))
    assert not any(word in b"".join(found.values()) for word in (b"hidden", b"secret"))
    (url,) = tree_of(found["/sitemap.zh-hans.city.1.xml"]).iter(f"{MAP}url")
    assert {
        link.get("hreflang"): link.get("href") for link in url.iter("{http://www.w3.org/1999/xhtml}link")
    } == {
        "en": f"{HERE}/en/cities/guangzhou/",
        "zh-Hans": f"{HERE}/zh-hans/cities/guangzhou/",
        "x-default": f"{HERE}/en/cities/guangzhou/",
    }


def test_sitemaps_lead_to_pages_that_are_there(client: Client) -> None:
    factories.reception()
    for place, content in maps(client).items():
        for url in urls(content):
            assert client.get(url.removeprefix(HERE)).status_code == 200, place


def test_date_of_a_change_is_that_of_the_page_or_of_the_clock(client: Client) -> None:
    event = factories.reception(days_ahead=-3)
    Event.objects.filter(pk=event.pk).update(updated_at=timezone.now() - timedelta(days=30))
    event.refresh_from_db()
    assert event.ends_at is not None
    content = maps(client)["/sitemap.en.event.1.xml"]
    # The end of the event turned its page from an invitation into a record.
    assert f"<lastmod>{event.ends_at.isoformat(timespec='seconds')}</lastmod>".encode() in content
    assert content.count(b"<lastmod>") == 1


def test_pictures_of_public_pages_are_named(client: Client) -> None:
    event, picture = factories.past_event(), factories.picture()
    EventPicture.objects.create(event=event, picture=picture)
    EventPicture.objects.create(event=factories.past_event(status="draft"), picture=factories.picture())
    factories.city(picture=factories.picture())
    found = maps(client)
    images = [each.text for each in tree_of(found["/sitemap.en.event.1.xml"]).iter(f"{IMAGE}loc")]
    assert images == [HERE + picture.url]
    assert b"image:loc" in found["/sitemap.en.city.1.xml"]


def test_long_maps_are_cut_and_each_part_has_its_own_date(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(sitemaps, "PER_MAP", 3)
    for number in range(7):
        factories.source(f"source-{number}")
    found = maps(client)
    parts = [urls(found[f"/sitemap.en.source.{number}.xml"]) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert len(set(chain(*parts))) == 7
    assert client.get("/sitemap.en.source.4.xml").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/sitemap.fr.city.1.xml", "/sitemap.en.nothing.1.xml", "/sitemap.en.lists.2.xml"),
        *("/sitemap.en.city.0.xml", "/sitemap.en.city.99999999999999999999.xml", "/sitemap.en.city.1.xml"),
    ],
)
def test_a_map_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_sitemaps_cost_the_same_with_many_pages(client: Client, number: int) -> None:
    for each in range(number):
        factories.city(f"city-{each}", picture=factories.picture())
    costs = []
    for path in ("/sitemap.xml", "/sitemap.en.city.1.xml"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client, path)
        costs.append(len(queries))
    assert costs == [3 + len(sitemaps.kinds()), 6]


def test_sitemap_of_thirty_thousand_pages_is_quick(client: Client) -> None:
    """Six maps; each in about a second at most on a slow machine, the index too."""
    texts = {"status": Status.PUBLISHED, "publish_at": factories.PAST, "title_en": "Report"}
    Source.objects.bulk_create([Source(slug=f"bulk-{n}", **texts) for n in range(30_000)], batch_size=5_000)
    began = timezone.now()
    index = read(client, "/sitemap.xml")
    assert index.count(b"source") == 12
    assert len(urls(read(client, "/sitemap.en.source.6.xml"))) == 5_000
    assert timezone.now() - began < timedelta(seconds=6)


def test_map_is_not_sent_twice(client: Client) -> None:
    page = factories.city()
    first = client.get("/sitemap.en.city.1.xml")
    body_of(first)
    tag, since = first.headers["ETag"], first.headers["Last-Modified"]
    assert client.get("/sitemap.en.city.1.xml", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/sitemap.en.city.1.xml", headers={"if-modified-since": since}).status_code == 304
    page.title_en = "Canton"
    refresh(page)
    assert client.get("/sitemap.en.city.1.xml", headers={"if-none-match": tag}).status_code == 200


def test_head_of_a_map_is_answered_without_writing_it(client: Client, django_assert_num_queries: Any) -> None:
    factories.city()
    with django_assert_num_queries(4):
        answer = client.head("/sitemap.en.city.1.xml")
    assert answer.status_code == 200
    assert "ETag" in answer.headers


# --- robots, security ----------------------------------------------------------------------------------------


def test_robots_are_kept_from_personal_pages(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /en/rsvp/" in text
    assert "Disallow: /zh-hans/delegation/" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text


def test_security_contact_has_what_its_standard_demands(client: Client) -> None:
    response = client.get("/.well-known/security.txt")
    lines = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    fields = dict(lines)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert [name for name, _value in lines].count("Expires") == 1
    expires = factories.datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00"))
    assert factories.timezone.now() < expires < factories.timezone.now() + factories.timedelta(days=365)
    assert fields["Contact"].startswith("http")
    assert fields["Canonical"].endswith("/.well-known/security.txt")
