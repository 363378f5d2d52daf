"""Whatever somebody writes into a title, no format breaks by it, and nothing that stands beside it is lost."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from events.models import Event
from people.models import Person, PersonName
from relationships.models import Agreement, City, Organisation, Tenure, Wording
from sistercities.pages.dates import parse
from sistercities.pages.models import Page
from sistercities.pages.publishing import refresh
from sistercities.pages.safe_text import harmless, one_line
from tests import factories
from tests.journeys.public_world import World
from tests.standards import body_of
from tests.standards.ics import ics_faults
from tests.standards.linked import graph
from tests.standards.tables import csv_faults, csv_rows, json_faults
from tests.standards.xml import ATOM, atom_faults, sitemap_faults, tree_of

pytestmark = pytest.mark.django_db
HOSTILE = {
    "end of a script": "</script><script>alert(1)</script>",
    "comment in a script": "<!--<script>",
    "end of CDATA": "]]><![CDATA[",
    "entities": "&amp; &lt;b&gt; &#0; &unknown;",
    "control characters": "a\x01b\x08c\x0bd\x1be\x7ff\x85g\x9fh",
    "line breaks": "one\r\ntwo\nthree\rfour\u2028five\u2029six",
    "a header smuggled in": "x\r\nBEGIN:VEVENT\r\nUID:evil",
    "direction turned around": "\u202eevil\u2066\u200f",
    "beyond the alphabet of XML": "\ufffe\uffff\ufeffx",
    "quotes and backslashes": "\"'`\\n\\,;:|{}[]",
    "a formula": '=HYPERLINK("http://evil.example","x")',
    "a formula with a plus": "+1+cmd|' /C calc'!A0",
    "a formula behind a space": " @SUM(1,2)",
    "a formula in wide letters": "＝1＋1",
    "commas and tabs": "a,b;c\td",
    "letters of four octets, in a row": "𠮷𩸽😀" * 20,
    "nothing but a mark": "\u200b",
    "percent signs": "%s %(x)s {0} %0d%0a",
}
TABLES = ["relationships", "agreements", "people", "events", "cities"]


def hostile_world(words: str) -> World:
    """A small world in which every text says the same."""
    world = World()
    lines = f"{words}\n\n{words}"
    for page in world.pages:
        texts = {"title_en": words[:200], "title_zh_hans": words[:200], "summary_en": lines, "body_en": lines}
        # Past all forms and rules, as an import or a hand in the database might.
        type(page).objects.filter(pk=page.pk).update(**texts, summary_zh_hans=lines, body_zh_hans=lines)
    PersonName.objects.update(family=words[:80], given=words[:100])
    Tenure.objects.update(office_en=words[:160], office_zh_hans=words[:160])
    Organisation.objects.update(name_en=words[:160], name_zh_hans=words[:160])
    City.objects.update(country_en=words[:80], region_en=words[:80], romanisation=words[:80])
    Agreement.objects.update(place_en=words[:160], term_en=words[:160])
    Event.objects.update(place_en=words[:160], attendance_en=words[:200], notice_en=words[:200])
    Person.objects.update(known_for_en=words[:200])
    world.venue.name_en, world.venue.address_en = words[:160], words[:200]
    world.venue.save()
    factories.city("plain", "Plain city", "平常")
    factories.past_event("plain-event", "2001-02-03")
    Wording.objects.create(agreement=world.agreement, language="en", text=words or "x")
    return world


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def world(request: pytest.FixtureRequest) -> World:
    return hostile_world(request.param)


def read(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return body_of(answer)


def pages_of(world: World) -> list[tuple[Page, str]]:
    """All pages, every other in Chinese."""
    found = []
    for at, page in enumerate(world.pages):
        with translation.override(("en", "zh-hans")[at % 2]):
            found.append((page, page.get_absolute_url()))
    return found


@pytest.mark.slow
def test_no_title_breaks_a_format_or_what_stands_beside_it(client: Client, world: World) -> None:
    for code in ("en", "zh-hans"):
        check_feed(read(client, f"/feed.{code}.atom"), world)
        check_calendars(client, code, world)
    check_sitemaps(client)
    check_tables(client)
    check_pages(client, world)


def check_feed(content: bytes, world: World) -> None:
    assert atom_faults(content) == []
    titles = [title.text for title in tree_of(content).iter(f"{ATOM}title")]
    assert {"Plain city", "平常"} & set(titles)
    # That of the feed, those of the world but for its standing page, and the two beside.
    assert len(titles) == 1 + sum(page.is_news for page in world.pages) + 2
    assert all(titles)


def check_calendars(client: Client, code: str, world: World) -> None:
    for path in (
        "events/calendar.ics",
        "relationships/anniversaries.ics",
        f"relationships/{world.bond.slug}/calendar.ics",
        f"events/{world.coming.slug}/calendar.ics",
    ):
        assert ics_faults(read(client, f"/{code}/{path}")) == [], path
    assert b"\r\nUID:evil" not in read(client, f"/{code}/events/calendar.ics")
    assert b"plain-event" in read(client, f"/{code}/events/calendar.ics").replace(b"\r\n ", b"")


def check_sitemaps(client: Client) -> None:
    for path in ("/sitemap.xml", "/sitemap.en.city.1.xml", "/sitemap.zh-hans.event.1.xml"):
        assert sitemap_faults(read(client, path)) == []


def check_tables(client: Client) -> None:
    resources = {
        each["name"]: each for each in json.loads(read(client, "/data/datapackage.json"))["resources"]
    }
    for name in TABLES:
        content, document = read(client, f"/data/{name}.csv"), read(client, f"/data/{name}.json")
        assert csv_faults(content, resources[name]) == []
        assert json_faults(document, json.loads(read(client, f"/data/{name}.schema.json"))) == []
        assert len(csv_rows(content)) == len(json.loads(document)["rows"]) == content.count(b"\r\n") - 1
    assert "Plain city" in {row["title_en"] for row in csv_rows(read(client, "/data/cities.csv"))}


def check_pages(client: Client, world: World) -> None:
    for page, url in pages_of(world):
        content = read(client, url)
        nodes = graph(content)
        assert len(nodes) == 2, page
        block = content.split(b'<script type="application/ld+json">')[1].split(b"</script>")[0]
        assert not {b"<", b">", b"&"} & {block[at : at + 1] for at in range(len(block))}
        assert not any(mark.encode() in block for mark in "\u2028\u2029\u202e\u2066")


# --- the pieces ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\u2028c\td", "a b c d"),
        ("a\x00\x1b\x7f\u202eb", "ab"),
        ("  梁　灵光  ", "梁　灵光"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("", ""),
    ],
)
def test_one_line_holds_what_can_be_read(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "'=1", "＝1", "＠x"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Guangzhou", "1-2", "a=b", "’t Hooft", "", "《=》"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_saved_in_the_ordinary_way_it_is_as_harmless(client: Client) -> None:
    city: Any = factories.city(title_en="</script>]]>\u202e", summary_en="=1+1")
    refresh(city)
    assert atom_faults(read(client, "/feed.en.atom")) == []
    assert parse("1981")
