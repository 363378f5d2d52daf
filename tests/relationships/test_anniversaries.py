"""Which bond turns how many years old, and when."""

from datetime import date

import pytest
import time_machine

from relationships.ages import next_of, next_round
from relationships.anniversaries import coming, day_in, next_anniversary, years_full
from sistercities.pages.dates import parse
from tests import factories

SIGNED = parse("1981-12-08")


@pytest.mark.parametrize(
    ("today", "years", "days_left"),
    [
        ("2026-11-21", 45, 17),
        ("2026-12-07", 45, 1),
        ("2026-12-08", 45, 0),
        ("2026-12-09", 46, 364),
        ("1981-12-09", 1, 364),
    ],
)
def test_next_anniversary_counts_years_and_days(today: str, years: int, days_left: int) -> None:
    found = next_anniversary(SIGNED, date.fromisoformat(today))
    assert found is not None
    assert (found.years, found.days_left) == (years, days_left)


def test_day_of_the_beginning_itself_is_no_anniversary() -> None:
    assert next_anniversary(SIGNED, date(1981, 12, 8)) is None


def test_leap_day_is_marked_on_the_28th_of_common_years() -> None:
    leap = parse("1996-02-29")
    assert day_in(leap, 2026) == date(2026, 2, 28)
    assert day_in(leap, 2028) == date(2028, 2, 29)
    assert years_full(leap, date(2026, 2, 27)) == 29
    assert years_full(leap, date(2026, 2, 28)) == 30


@pytest.mark.parametrize(
    ("began", "today", "years"),
    [
        ("1981-12-08", "2026-12-07", 44),
        ("1981-12-08", "2026-12-08", 45),
        ("2014-06", "2026-05-31", 11),
        ("2014-06", "2026-06-01", 12),
        ("1972", "2026-01-01", 54),
        ("-0478", "2026-01-01", 2504),
        ("2030", "2026-01-01", 0),
    ],
)
def test_years_are_full_years(began: str, today: str, years: int) -> None:
    assert years_full(parse(began), date.fromisoformat(today)) == years


def test_years_of_what_ended_stop_at_its_end() -> None:
    assert years_full(SIGNED, date(2026, 12, 8), parse("2000-12-07")) == 18


@pytest.mark.parametrize("began", ["about 1981", "before 1981", "after 1981", "479 BCE"])
def test_vague_beginning_has_no_anniversary(began: str) -> None:
    assert next_anniversary(parse(began), date(2026, 1, 1)) is None


def test_bond_known_by_its_year_has_its_anniversary_this_year() -> None:
    found = next_anniversary(parse("1972"), date(2027, 3, 1))
    assert found is not None
    assert (found.years, found.day, found.is_round) == (55, None, True)


def test_coming_anniversaries_stand_in_order_and_may_be_round_only() -> None:
    today = date(2026, 11, 21)
    bonds = [("la", SIGNED, today), ("auckland", parse("1989-02-17"), today), ("early", parse("1972"), today)]
    assert [each.of for each in coming(bonds)] == ["la", "auckland", "early"]
    assert [each.of for each in coming(bonds, only_round=True)] == ["la"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "is_today"), [("2026-12-08T07:00:00+00:00", False), ("2026-12-08T09:00:00+00:00", True)]
)
def test_days_are_counted_where_the_association_lives(moment: str, is_today: bool) -> None:
    with time_machine.travel(moment, tick=False):
        anniversary = next_of(factories.relationship())
    assert anniversary is not None
    assert anniversary.is_today is is_today


@pytest.mark.django_db
@time_machine.travel("2026-11-21T12:00:00+00:00", tick=False)
def test_ended_and_unpublished_bonds_are_not_announced() -> None:
    la = factories.los_angeles()
    factories.relationship(factories.city("a"), la, ended=parse("1999"))
    factories.relationship(factories.city("b"), la, status="draft")
    live = factories.relationship(factories.city("c"), la)
    assert [each.of for each in next_round(5)] == [live]
