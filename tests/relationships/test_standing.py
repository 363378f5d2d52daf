"""How a bond stands: in words, derived from what is on record."""

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from relationships.models import Relationship, Suspension
from relationships.quiet import quiet_since, year_of_day
from relationships.standing import State, standing_of, with_standing
from sistercities.pages.dates import days_of, parse
from tests import factories

TODAY = date(2026, 11, 22)


def _days(*years: int) -> list[int]:
    return [days_of(year, 12, 31) for year in years]


@pytest.mark.parametrize("year", [-479, 0, 1, 1890, 1900, 1969, 1970, 2000, 2026])
def test_year_is_read_from_the_number_of_a_day(year: int) -> None:
    assert year_of_day(days_of(year, 1, 1)) == year_of_day(days_of(year, 12, 31)) == year


def test_bond_is_quiet_after_more_than_five_calendar_years() -> None:
    assert quiet_since(_days(1981, 2020), TODAY) == 2020
    assert quiet_since(_days(1981, 2021), TODAY) is None
    assert quiet_since(_days(1981, 2027), TODAY) is None
    assert quiet_since([], TODAY) is None


def _html(bond: Relationship) -> str:
    standing = standing_of(Relationship.objects.get(pk=bond.pk), TODAY)
    return render_to_string("relationships/_standing.html", {"standing": standing})


def _words(bond: Relationship) -> str:
    return " ".join(strip_tags(_html(bond)).split())


@pytest.mark.django_db
def test_bond_with_nothing_later_on_record_is_quiet() -> None:
    bond = factories.relationship(established="1981-12-08")
    assert "Nothing on record since 1981" in _words(bond)
    factories.milestone(bond, "2016")
    assert "Nothing on record since 2016" in _words(bond)
    factories.milestone(bond, "2025", is_shown=False)
    factories.agreement(bond, signed=parse("2024"), status="draft")
    assert "Nothing on record since 2016" in _words(bond)
    factories.agreement(bond, signed=parse("2022-05"))
    assert _words(bond) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "is_sign"),
    [
        ({}, True),
        ({"state": "cancelled"}, False),
        ({"status": "draft"}, False),
        ({"is_illustration": True}, False),
    ],
)
def test_only_an_event_that_took_place_is_a_sign_of_life(fields: dict[str, Any], is_sign: bool) -> None:
    bond = factories.relationship(established="1981")
    factories.past_event(held="2025-05-01", **fields).relationships.add(bond)
    assert ("Nothing on record" not in _words(bond)) is is_sign


@pytest.mark.django_db
def test_what_happens_in_an_alliance_is_life_of_the_pairs_it_builds_on() -> None:
    gz, la, akl = factories.city(), factories.los_angeles(), factories.city("auckland", "Auckland", "奥克兰")
    pair, alliance = factories.relationship(gz, la), factories.relationship(gz, la, akl, established="2014")
    factories.milestone(alliance, "2024")
    assert "Nothing on record" in _words(pair)
    alliance.builds_on.add(pair)
    assert "Nothing on record" not in _words(pair)


@pytest.mark.django_db
def test_suspended_bond_says_since_when_and_is_not_called_quiet() -> None:
    bond = factories.relationship(established="1981")
    Suspension.objects.create(relationship=bond, began=parse("1990"), ended=parse("1992"))
    assert "Nothing on record since 1981" in _words(bond)
    Suspension.objects.create(relationship=bond, began=parse("2022-03"))
    assert "Suspended since March 2022" in _words(bond)
    assert "Nothing on record" not in _words(bond)


@pytest.mark.django_db
def test_ended_bond_names_what_took_its_place_once_that_is_public() -> None:
    old = factories.relationship(ended=parse("1999"))
    new = factories.relationship(*old.cities, slug="new", established="1999", status="draft")
    Relationship.objects.filter(pk=old.pk).update(superseded_by=new)
    assert "Ended 1999" in _words(old)
    assert "Superseded by" not in _words(old)
    Relationship.objects.filter(pk=new.pk).update(status="published")
    assert f'href="{new.get_absolute_url()}"' in _html(old)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_standing_of_many_bonds_costs_the_same(django_assert_num_queries: Any, number: int) -> None:
    hub = factories.los_angeles()
    bonds = [factories.relationship(factories.city(f"c{each}", f"C{each}"), hub) for each in range(number)]
    with django_assert_num_queries(3):
        shown = with_standing(bonds, TODAY)
    assert {bond.standing.state for bond in shown} == {State.IN_FORCE}
