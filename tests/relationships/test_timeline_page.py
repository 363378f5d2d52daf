"""The timeline as a page: narrowed by its address, each entry with an address of its own, light with 500 of them."""

import gzip
import re

import pytest
from django.db import connection

from relationships.models import Milestone, Sector, Signature, Tenure
from sistercities.pages.dates import parse
from tests import factories

pytestmark = pytest.mark.django_db
ALL = "/en/timeline/"


def long_thread(number: int):
    """A bond with so many entries in all, of all kinds, one a year from 1525 on, each cited."""
    bond = factories.relationship()
    sector = Sector.objects.create(slug="trade", name_en="Trade", name_zh_hans="经贸")
    source = factories.source("report")
    person = factories.person("tom-bradley")
    accord = factories.agreement(bond, "accord", signed=parse("1526"))
    Signature.objects.create(agreement=accord, person=person)
    Tenure.objects.create(person=person, office_en="Mayor", office_zh_hans="市长", began=parse("1981-12-09"))
    words = "The two cities exchange delegations on harbours, schools, hospitals and the arts. " * 3
    rows = Milestone.objects.bulk_create(
        Milestone(title_en=f"Delegation {at}", title_zh_hans=f"第{at}团", text_en=words, relationship=bond,
                  happened=parse(str(1525 + at)), happened_first=at)
        for at in range(number - 3)
    )  # fmt: skip
    for row in rows[:: max(1, len(rows) // 20)]:
        row.sectors.add(sector)
        factories.cite(row, source)
    factories.past_event("reception", held="1981-12-10").relationships.add(bond)
    return bond


@pytest.mark.parametrize("number", [4, 500])
def test_timeline_costs_the_same_with_500_entries(client, django_assert_num_queries, number: int) -> None:
    long_thread(number)
    with django_assert_num_queries(4):
        client.get(ALL)
    with django_assert_num_queries(1):
        client.get(ALL)


@pytest.mark.parametrize("number", [4, 500])
def test_bond_costs_the_same_with_500_entries(client, django_assert_num_queries, number: int) -> None:
    address = long_thread(number).get_absolute_url()
    with django_assert_num_queries(12):
        client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


def test_500_entries_do_not_wait_for_a_clever_plan(client) -> None:
    """Right after a large import the database knows nothing of its tables: the page must come all the same."""
    bond = long_thread(500)
    with connection.cursor() as cursor:
        for means in (
            "hashjoin",
            "mergejoin",
            "indexscan",
            "indexonlyscan",
            "bitmapscan",
            "material",
            "memoize",
        ):
            cursor.execute(f"set local enable_{means} = off")
        cursor.execute("set local statement_timeout = '3s'")
    for path in (ALL, bond.get_absolute_url()):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_500_entries_are_light_in_both_languages(client, language: str) -> None:
    bond = long_thread(500)
    for path in ("timeline/", "timeline/?page=13", f"relationships/{bond.slug}/"):
        content = client.get(f"/{language}/{path}").content
        assert len(content) < 100_000
        assert len(gzip.compress(content)) < 30_000


def test_each_entry_has_an_address_that_finds_it_on_its_part(client) -> None:
    bond = long_thread(100)
    last = bond.events.get()
    for path in (ALL, bond.get_absolute_url()):
        response = client.get(path, {"entry": f"event-{last.pk}"})
        assert response.context["page_obj"].number == 3
        content = response.content.decode()
        assert f'id="event-{last.pk}"' in content
        assert f'href="{path}?entry=event-{last.pk}#event-{last.pk}"' in content
        assert client.get(path, {"entry": "event-0"}).status_code == 404


def test_entry_tied_into_an_event_is_found_by_its_own_address(client) -> None:
    bond = factories.relationship()
    accord, event = factories.agreement(bond), factories.past_event()
    event.signed.add(accord)
    content = client.get(ALL, {"entry": f"agreement-{accord.pk}"}).content.decode()
    assert content.count(f'id="agreement-{accord.pk}"') == 1
    assert re.search(rf'id="event-{event.pk}".*id="agreement-{accord.pk}"', content, re.S)


def test_decades_lead_to_the_part_on_which_they_begin(client) -> None:
    long_thread(100)
    response = client.get(ALL, {"decade": "decade1600"})
    assert response.context["page_obj"].number == 2
    assert 'id="decade1600">1600s</h3>' in response.content.decode()
    assert client.get(ALL, {"decade": "decade1300"}).status_code == 404
    assert (
        f"{ALL}?kind=milestone&amp;decade=decade1530#decade1530"
        in client.get(ALL, {"kind": "milestone"}).content.decode()
    )


def entries(response) -> set[str]:
    return {entry.page.title_en for knot in response.context["page_obj"] for entry in knot.all}


def test_thread_is_narrowed_by_what_the_address_says(client) -> None:
    gz, la, akl = factories.city(), factories.los_angeles(), factories.city("auckland", "Auckland", "奥克兰")
    pair, other = factories.relationship(gz, la), factories.relationship(la, akl)
    trade = Sector.objects.create(slug="trade", name_en="Trade", name_zh_hans="经贸")
    factories.agreement(pair, title_en="accord").sectors.add(trade)
    factories.milestone(other, title_en="lecture")
    factories.milestone(pair, title_en="fair").sectors.add(trade)
    factories.past_event(title_en="visit", venue=factories.venue(city=akl)).relationships.add(pair)
    for query, found in (
        ({"kind": "milestone"}, {"lecture", "fair"}),
        ({"sector": "trade"}, {"accord", "fair"}),
        ({"city": "auckland"}, {"lecture", "visit"}),
        ({"relationship": pair.slug}, {"accord", "fair", "visit"}),
        ({"sector": "trade", "kind": "agreement"}, {"accord"}),
    ):
        assert entries(client.get(ALL, query)) == found
    assert entries(client.get(pair.get_absolute_url(), {"city": "auckland"})) == {"visit"}


def test_each_choice_says_how_much_it_would_leave(client) -> None:
    long_thread(100)
    response = client.get(ALL, {"kind": "milestone"})
    groups = {group["label"]: group["options"] for group in response.context["thread"].groups}
    kinds = [(str(option["label"]), option["count"]) for option in groups["Kind"]]
    assert kinds == [("All", None), ("Agreements", 1), ("Events", 1), ("Milestones", 97), ("Offices", 1)]
    found = client.get(ALL, {"kind": "milestone", "city": "guangzhou"}).context["thread"].number
    assert [option["count"] for option in groups["City"]] == [None, found, found]
    assert [option["label"] for option in groups["Kind"] if option["current"]] == ["Milestones"]
    assert '?kind=milestone#thread" aria-current="true">Milestones' in response.content.decode()


def test_choice_that_leaves_nothing_says_so_and_leads_back(client) -> None:
    bond = factories.relationship()
    factories.milestone(bond)
    factories.city("lima", "Lima", "利马")
    response = client.get(ALL, {"city": "lima"})
    assert "Nothing on the thread matches this choice." in response.content.decode()
    assert f'href="{ALL}#thread"' in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["kind=war", "sector=x", "city=x", "relationship=x", "entry=x", "decade=1", "page=0", "page=9",
     "city=a%20b", "relationship=draft", "city=hidden"],
)  # fmt: skip
def test_what_there_is_not_is_not_found(client, query: str) -> None:
    bond = factories.relationship()
    factories.milestone(bond)
    factories.relationship(
        factories.city("hidden", status="draft"), bond.cities[0], slug="draft", status="draft"
    )
    assert client.get(f"{ALL}?{query}").status_code == 404


def test_bond_is_not_narrowed_by_another_bond(client) -> None:
    bond = factories.relationship()
    factories.milestone(bond)
    assert len(client.get(bond.get_absolute_url(), {"relationship": "x"}).context["page_obj"]) == 1


def test_short_thread_has_no_choices(client) -> None:
    factories.milestone()
    assert 'class="filters"' not in client.get(ALL).content.decode()


def test_empty_timeline_says_so(client) -> None:
    assert "Nothing is on record yet." in client.get(ALL).content.decode()


def test_undated_entries_stand_last_under_a_heading_of_their_own(client) -> None:
    bond = factories.relationship()
    factories.milestone(bond, None)
    factories.milestone(bond, "1990")
    content = client.get(ALL).content.decode()
    assert content.index('id="decade1990"') < content.index('id="undated">Date not known</h3>')


def test_days_are_told_to_machines_where_they_are_days(client) -> None:
    bond = factories.relationship()
    factories.milestone(bond, "1987-05-04")
    factories.milestone(bond, "about 1890")
    content = client.get(ALL).content.decode()
    assert '<time class="date" datetime="1987-05-04">4 May 1987</time>' in content
    assert "about 1890" in content
    assert 'datetime="1890' not in content
    assert "约1890年" in client.get("/zh-hans/timeline/").content.decode()


def test_timeline_is_reached_from_the_bonds_and_named_in_the_sitemap(client) -> None:
    factories.relationship()
    assert f'href="{ALL}"' in client.get("/en/relationships/").content.decode()
    assert f'href="{ALL}"' in client.get("/en/").content.decode()
    assert b"/zh-hans/timeline/" in client.get("/sitemap.zh-hans.lists.1.xml").getvalue()
