"""The page of one bond: its standing, its cities, its agreements, and what came of it."""

import pytest

from relationships.models import Signature
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
