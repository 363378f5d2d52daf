"""The page of one bond: its standing, its cities, its agreements, and what came of it."""

import pytest
from django.utils.timezone import localdate

from relationships.models import Relationship, RelationshipSector, Sector, Signature
from sistercities.pages.dates import parse
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 30])
def test_bond_costs_the_same_with_a_long_history(client, django_assert_num_queries, number: int) -> None:
    bond = factories.relationship()
    for each in range(number):
        person = factories.person(f"person-{each}")
        Signature.objects.create(agreement=factories.agreement(bond, f"agreement-{each}"), person=person)
        factories.cite(factories.milestone(bond))
        factories.past_event(f"event-{each}").relationships.add(bond)
    with django_assert_num_queries(12):
        client.get(bond.get_absolute_url())


def test_bond_shows_what_it_builds_on_and_what_it_carries(client) -> None:
    gz, la, akl = factories.city(), factories.los_angeles(), factories.city("auckland", "Auckland", "奥克兰")
    pair, alliance = factories.relationship(gz, la), factories.relationship(gz, la, akl)
    alliance.builds_on.add(pair)
    assert client.get(alliance.get_absolute_url()).context["below"] == [pair]
    assert client.get(pair.get_absolute_url()).context["above"] == [alliance]


def test_bond_shows_that_its_sources_disagree(client) -> None:
    bond = factories.relationship()
    factories.cite(bond, claim="age", note_en="Since 1981.")
    factories.cite(bond, claim="age", stance="contradicts", note_en="Since 1982.")
    content = client.get(bond.get_absolute_url()).content.decode()
    assert "Sources disagree" in content
    assert "Since 1982." in content


def test_bond_links_to_no_draft(client) -> None:
    bond = factories.relationship(factories.city(status="draft"), factories.los_angeles())
    hidden = factories.person("hidden", status="draft")
    Signature.objects.create(agreement=factories.agreement(bond, "accord", status="draft"), person=hidden)
    factories.milestone(bond).people.add(hidden)
    factories.cite(bond, factories.source("note", status="draft"))
    content = client.get(bond.get_absolute_url()).content.decode()
    for address in ("/cities/guangzhou/", "/people/hidden/", "/agreements/accord/", "/sources/note/"):
        assert address not in content


def test_bond_of_a_long_history_is_shown_in_parts_and_stays_light(client) -> None:
    bond = factories.relationship()
    for each in range(70):
        factories.past_event(f"event-{each}").relationships.add(bond)
        factories.milestone(bond).people.add(factories.person(f"person-{each}"))
    first = client.get(bond.get_absolute_url())
    assert len(first.context["page_obj"]) == 40
    assert len(first.content) < 100_000
    assert len(client.get(bond.get_absolute_url() + "?page=4").context["page_obj"]) == 20


def test_bond_of_which_only_the_year_is_known_claims_no_exact_number(client) -> None:
    bond = factories.relationship(established="1972")
    year = localdate().year - 1972
    assert f'<dd class="number-value">about {year}' in client.get(bond.get_absolute_url()).content.decode()
    chinese = client.get(f"/zh-hans/relationships/{bond.slug}/").content.decode()
    assert f'<dd class="number-value">约{year}' in chinese


def test_bond_says_when_cities_joined_and_left_and_since_when_they_work_in_a_field(client) -> None:
    gz, la, akl = factories.city(), factories.los_angeles(), factories.city("auckland", "Auckland", "奥克兰")
    bond = factories.relationship(gz, la, akl, factories.city("lima", "Lima", "利马"))
    bond.parties.filter(city=akl).update(joined=parse("1990"), left=parse("1999"))
    trade = Sector.objects.create(slug="trade", name_en="Trade", name_zh_hans="经贸")
    RelationshipSector.objects.create(
        relationship=bond, sector=trade, since=parse("1985"), until=parse("1991")
    )
    content = client.get(bond.get_absolute_url()).content.decode()
    for words in ("joined <time", "left <time", "1985–1991"):
        assert words in content


def test_renewals_stand_behind_what_they_renew(client) -> None:
    bond = factories.relationship()
    first = factories.agreement(bond, "first")
    between = factories.agreement(bond, "between", signed=parse("1985"))
    second = factories.agreement(bond, "second", signed=parse("1991"), renews=first)
    third = factories.agreement(bond, "third", signed=parse("2001"), renews=second)
    chains = client.get(bond.get_absolute_url()).context["chains"]
    assert [[entry.page for entry in chain] for chain in chains] == [[first, second, third], [between]]


def test_bond_says_what_it_follows_and_what_took_its_place(client) -> None:
    old, new = factories.relationship(), factories.relationship(factories.city("x"), factories.city("y"))
    Relationship.objects.filter(pk=old.pk).update(ended=parse("1999"), superseded_by=new)
    assert client.get(new.get_absolute_url()).context["former"] == [old]
    assert "Superseded by" in client.get(old.get_absolute_url()).content.decode()


def test_alliance_is_drawn_on_a_map_whose_arcs_lead_to_its_pairs(client) -> None:
    gz, la, akl = (
        factories.city(),
        factories.los_angeles(),
        factories.city("auckland", "Auckland", "奥克兰", latitude=-37.0),
    )
    pair, alliance = factories.relationship(gz, la), factories.relationship(gz, la, akl)
    alliance.builds_on.add(pair)
    context = client.get(alliance.get_absolute_url()).context
    assert [place.place.lead for place in context["map"].dots] == ["Guangzhou", "Los Angeles", "Auckland"]
    assert sorted(arc.url for arc in context["map"].arcs) == ["", "", pair.get_absolute_url()]
    assert context["cover"] is None
    assert client.get(pair.get_absolute_url()).context["map"] is None
