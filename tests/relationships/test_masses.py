"""A directory of 15,000 bonds between 10,000 cities: every page stays light, quick and good to use."""

import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Member
from relationships.models import Relationship
from relationships.views.cities import CITIES
from sistercities.moving import tables
from tests import factories
from tests.masses import plant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAVIEST = 100_000  # bytes of a page
# Generous, for a machine that does other things too; without the care that is taken these took minutes.
LONGEST = 5.0

PAGES = {
    "/": 12,
    "/relationships/": 12,
    "/relationships/?page=2": 9,
    "/relationships/?page=200": 9,
    "/relationships/?country=DE": 10,
    "/relationships/?country=DE&with=JP": 10,
    "/relationships/?kind=cooperation-cities&standing=in-force": 10,
    "/relationships/?area=-25,170,-10,-175": 10,
    "/relationships/?q=bar": 10,
    "/relationships/?standing=ended": 10,
    "/relationships/anniversaries/": 7,
    "/relationships/anniversaries.ics": 6,
    "/cities/": 3,
    "/cities/?country=DE": 6,
    "/cities/?country=US&page=2": 5,
    "/timeline/": 4,
    "/events/calendar/2026/": 12,
    "/agreements/": 9,
}


def measured(client: Client, path: str) -> tuple[int, int, float]:
    """Queries, bytes and seconds of a page that was not kept."""
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        response = client.get(path)
        seconds = time.perf_counter() - began
    assert response.status_code == 200, (path, [row["sql"] for row in queries.captured_queries[-2:]])
    return len(queries), len(response.content), seconds


def too_much(
    client: Client, pages: dict[str, int], most: int = HEAVIEST
) -> dict[str, tuple[int, int, float]]:
    """The pages that ask more of the database, of the line or of the reader's patience than they may."""
    found = {path: measured(client, path) for path in pages}
    return {
        path: seen
        for path, seen in found.items()
        if seen[0] > pages[path] or seen[1] > most or seen[2] > LONGEST
    }


def spoken(pages: dict[str, int], *languages: str) -> dict[str, int]:
    return {f"/{code}{path}": number for path, number in pages.items() for code in languages}


def keep_counters_away() -> None:
    """PostgreSQL's own statistician finds tables empty whose rows nobody has committed, and plans are made for that.

    Within this lock it passes them by; what it noted of them before, after other tests, goes with emptying them.
    """
    with connection.cursor() as cursor:
        cursor.execute("select quote_ident(tablename) from pg_tables where schemaname = current_schema()")
        names = ", ".join(name for (name,) in cursor.fetchall())
        cursor.execute(f"lock table {names} in share update exclusive mode")
    with tables.emptied(name for name in tables.tables() if name.startswith(("relationships_", "events_"))):
        pass


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("analyze relationships_city, relationships_party, relationships_relationship")


def test_masses_leave_every_page_light_and_quick(client: Client) -> None:
    """One test, for the masses are planted once: for readers, where all bonds are our own, and for staff."""
    keep_counters_away()
    factories.cite(factories.agreement(factories.relationship(), "accord"))
    hub = plant().slug
    one = Relationship.objects.filter(is_ours=False, established=None).first()
    pages = {**PAGES, f"/cities/{hub}/": 11, f"/relationships/{one.slug}/": 12}
    # The statistics are those of an empty database: nobody has looked at the tables since they were filled.
    assert too_much(client, spoken(pages, "en")) == {}
    analyse()
    assert too_much(client, spoken(pages, "en", "zh-hans")) == {}
    assert len(cities_with_links(client)) == 10_002
    # Of our own bonds it is asked too what happened last.
    Relationship.objects.update(is_ours=True)
    assert too_much(client, spoken(dict.fromkeys(PAGES, 12), "zh-hans")) == {}
    client.force_login(Member.objects.create_superuser("curator@example.org", "a password of a test"))
    assert too_much(client, pages_of_staff(one.pk), 250_000) == {}


def pages_of_staff(bond: int) -> dict[str, int]:
    paths = (
        "",
        "relationships/relationship/",
        "relationships/relationship/?p=200",
        "relationships/relationship/?q=barfel",
        "relationships/relationship/?sources=none",
        f"relationships/relationship/{bond}/change/",
        "relationships/city/",
        "relationships/city/?q=barfel",
        "relationships/milestone/add/",
        "relationships/tally/",
        "events/event/add/",
        "events/event/plan/",
    )
    # The desk asks every app what needs somebody, what comes, and how the next events stand.
    return {f"/admin/{path}": 20 if path else 30 for path in paths}


def cities_with_links(client: Client) -> set[str]:
    """Which cities one reaches from the list of countries."""
    found: set[str] = set()
    for country in client.get("/en/cities/").context["countries"]:
        for number in range(1, -(-country.number // CITIES) + 1):
            response = client.get(f"/en/cities/?country={country.code}&page={number}")
            content = response.content.decode()
            found |= {each.url for each in response.context["page_obj"] if f'href="{each.url}"' in content}
    return found


def test_city_of_two_hundred_partners_stays_light(client: Client) -> None:
    slug = plant(bonds=900, cities=600, hub=200).slug
    for code in ("en", "zh-hans"):
        response = client.get(f"/{code}/cities/{slug}/")
        assert sum(len(rows) for _country, rows in response.context["partners"]) == 200
        assert len(response.content) < HEAVIEST


def test_quiet_is_said_of_our_own_bonds_alone(client: Client) -> None:
    ours = factories.relationship(established="1985")
    theirs = factories.relationship(*ours.cities, slug="theirs", kind="cooperation-cities", is_ours=False)
    assert "Nothing on record since" in client.get(ours.get_absolute_url()).content.decode()
    assert "Nothing on record since" not in client.get(theirs.get_absolute_url()).content.decode()
