"""Feeds, the sitemap, and the files that robots and finders of holes ask for."""

from xml.etree import ElementTree

import pytest

from events.models import Event
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize(("language", "title"), [("en", "Guangzhou"), ("zh-hans", "广州")])
def test_feed_speaks_its_language(client, language: str, title: str) -> None:
    factories.city()
    response = client.get(f"/feed.{language}.atom")
    entry = ElementTree.fromstring(response.content).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == title
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href", "").endswith(f"/{language}/cities/guangzhou/")


def test_feed_of_another_language_does_not_exist(client) -> None:
    assert client.get("/feed.fr.atom").status_code == 404


def test_feed_leaves_out_sources_and_what_is_not_public(client) -> None:
    factories.source()
    factories.city(status="draft")
    factories.past_event(visibility=Event.Visibility.UNLISTED)
    assert b"<entry>" not in client.get("/feed.en.atom").content


def test_sitemap_names_each_public_page_in_both_languages(client) -> None:
    factories.city()
    factories.city("hidden", status="draft")
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [place.text or "" for place in root.iter(f"{MAP}loc")]
    assert [place for place in places if "cities" in place] == [
        "http://127.0.0.1:8000/en/cities/guangzhou/",
        "http://127.0.0.1:8000/zh-hans/cities/guangzhou/",
    ]
    page = next(url for url in root.iter(f"{MAP}url") if "cities" in (url.findtext(f"{MAP}loc") or ""))
    assert {link.get("hreflang") for link in page.iter("{http://www.w3.org/1999/xhtml}link")} == {
        "en",
        "zh-hans",
    }


def test_sitemap_costs_the_same_with_many_pages(client, django_assert_max_num_queries) -> None:
    for _ in range(30):
        factories.source()
    with django_assert_max_num_queries(6):
        client.get("/sitemap.xml")


def test_robots_are_kept_from_personal_pages(client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /en/rsvp/" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text


def test_security_contact_has_an_end_within_a_year(client) -> None:
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response.headers["Content-Type"].startswith("text/plain")
    expires = factories.datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00"))
    assert factories.timezone.now() < expires < factories.timezone.now() + factories.timedelta(days=365)
