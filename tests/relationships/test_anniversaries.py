"""Which bond turns how many years old, and when."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from relationships.ages import next_of, next_round
from relationships.almanac import ahead, between, of_next_twelve_months, remembered, round_ahead
from relationships.anniversaries import coming, day_in, marked_in, next_anniversary, next_days, years_full
from relationships.models import Relationship
from sistercities.pages.dates import parse
from tests import factories

SIGNED = parse("1981-12-08")
NOVEMBER = time_machine.travel("2026-11-21T20:00:00+00:00", tick=False)


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
    assert [each.of.pk for each in next_round(Relationship.objects.listed(), 5)] == [live.pk]


@pytest.mark.django_db
def test_database_and_calendar_agree_on_what_comes_next() -> None:
    la = factories.los_angeles()
    dates = [
        "1981-12-08",
        "1996-02-29",
        "1972",
        "1990-05",
        "about 1985",
        "2026-11-21",
        "2027-01-01",
        "1987-06-15",
    ]
    for at, began in enumerate([*dates, "2026", "before 1900", "479 BCE", "1971-11-21"]):
        factories.relationship(factories.city(f"c{at}", f"C{at}"), la, established=began)
    factories.relationship(factories.city("theirs", "T"), la, established="1986-11-22", is_ours=False)
    factories.relationship(factories.city("dateless", "D"), la, established=None)
    bonds = [(bond, bond.established) for bond in Relationship.objects.ours() if bond.established]
    for today in (date(2026, 11, 21), date(2027, 2, 28), date(2028, 2, 29), date(2028, 12, 31)):
        by_calendar = [(each.of.pk, each.anniversary) for each in coming((*row, today) for row in bonds)]
        found = of_next_twelve_months(ahead(today), today)
        assert [(each.of.pk, each.anniversary) for each in found] == by_calendar
        round_ones = [pk for pk, anniversary in by_calendar if anniversary.is_round and anniversary.day]
        assert [bond.pk for bond in round_ahead(today)] == round_ones


@pytest.mark.django_db
def test_anniversaries_of_a_directory_are_told_on_its_own_pages_alone(client: Client) -> None:
    bond = factories.relationship(is_ours=False)
    assert "No anniversary is near." in read(client)
    assert "years" in read(client, bond.get_absolute_url())


# --- any year, and the next few -----------------------------------------------------------------------------


def test_anniversary_of_a_year_may_be_past() -> None:
    found = marked_in(SIGNED, 2021)
    assert found is not None
    assert (found.years, found.day, found.days_left) == (40, date(2021, 12, 8), None)
    assert marked_in(SIGNED, 1981) is None


@pytest.mark.parametrize("began", ["1972", "1972-06", "about 1981-12-08", "479 BCE"])
def test_no_day_is_invented_to_mark(began: str) -> None:
    assert marked_in(parse(began), 2026) is None
    assert next_days(parse(began), date(2026, 1, 1), 2) == []


def test_leap_day_comes_every_year() -> None:
    found = next_days(parse("1996-02-29"), date(2026, 3, 1), 3)
    assert [each.day for each in found] == [date(2027, 2, 28), date(2028, 2, 29), date(2029, 2, 28)]


def test_next_days_begin_with_today() -> None:
    assert [each.years for each in next_days(SIGNED, date(2026, 12, 8), 2)] == [45, 46]
    assert [each.years for each in next_days(SIGNED, date(2026, 12, 9), 2)] == [46, 47]


def test_calendar_does_not_end_in_its_last_year() -> None:
    assert [each.year for each in next_days(SIGNED, date(9999, 1, 1), 2)] == [9999]


# --- the page -----------------------------------------------------------------------------------------------


def read(client: Client, path: str = "/en/relationships/anniversaries/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def bonds(db: None) -> dict[str, Relationship]:
    """One of each sort: with a day, a leap day, a year alone; ended, resting, hidden."""
    la, days = factories.los_angeles(), {"day": "1981-12-08", "leap": "1996-02-29", "year": "1972"}
    days |= {"ended": "1990-01-05", "resting": "1991-03-03", "hidden": "1992-04-04"}
    made = {
        name: factories.relationship(factories.city(name, name.title(), f"{name}市"), la, established=began)
        for name, began in days.items()
    }
    Relationship.objects.filter(pk=made["ended"].pk).update(
        ended="2001", ended_first=parse("2001").first_day, ended_last=parse("2001").last_day
    )
    Relationship.objects.filter(pk=made["hidden"].pk).update(status="draft")
    made["resting"].suspensions.create(began=parse("2020"))
    return made


@NOVEMBER
def test_page_counts_days_and_years_in_both_languages(client: Client, bonds: Any) -> None:
    page = read(client)
    assert "In 17 days: 45 years" in page
    assert "28 February 2027" in page
    assert "还有17天：45周年" in read(client, "/zh-hans/relationships/anniversaries/")


@NOVEMBER
def test_page_invents_no_day_and_names_nothing_that_has_none(client: Client, bonds: Any) -> None:
    page = read(client)
    assert "In the course of 2026: 54 years" in page
    for name in ("Ended", "Resting", "Hidden"):
        assert f"{name}–Los Angeles" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "told"),
    [("2026-12-07T15:00Z", False), ("2026-12-07T17:00Z", True), ("2026-12-08T17:00Z", False)],
)
def test_page_says_where_the_day_has_begun(client: Client, moment: str, told: bool) -> None:
    """Nine in the morning of 7 December in Los Angeles is past midnight in Guangzhou."""
    factories.relationship()
    with time_machine.travel(moment, tick=False):
        page = read(client)
    assert ("In Guangzhou the day has begun." in page) is told


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "queries"), [("anniversaries/", 6), ("anniversaries.ics", 5)])
@pytest.mark.parametrize("rows", [1, 30])
def test_cost_does_not_grow_with_the_bonds(
    client: Client, django_assert_num_queries: Any, path: str, queries: int, rows: int
) -> None:
    la = factories.los_angeles()
    for number in range(rows):
        factories.relationship(factories.city(f"city-{number}", f"City {number}", f"城{number}"), la)
    with django_assert_num_queries(queries):
        assert len(read(client, f"/en/relationships/{path}").encode()) < 100_000
    with django_assert_num_queries(1):
        read(client, f"/en/relationships/{path}")


@pytest.mark.django_db
def test_page_without_bonds_says_so(client: Client) -> None:
    assert "No anniversary is near." in read(client)
    assert "近期没有周年。" in read(client, "/zh-hans/relationships/anniversaries/")


# --- the calendar to subscribe to ---------------------------------------------------------------------------


def entries(client: Client, language: str = "en") -> list[icalendar.Event]:
    answer = client.get(f"/{language}/relationships/anniversaries.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


@NOVEMBER
def test_feed_holds_the_next_two_of_each_bond_with_a_day(client: Client, bonds: Any) -> None:
    days = [(entry.start, entry.end - entry.start) for entry in entries(client)]
    wanted = [date(2026, 12, 8), date(2027, 2, 28), date(2027, 12, 8), date(2028, 2, 29)]
    assert days == [(day, timedelta(days=1)) for day in wanted]


@NOVEMBER
def test_feed_fills_whole_days_without_a_zone(client: Client, bonds: Any) -> None:
    text = client.get("/en/relationships/anniversaries.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20261208" in text
    assert "TZID" not in text
    assert "RRULE" not in text


@NOVEMBER
def test_feed_speaks_the_language_of_its_address(client: Client, bonds: Any) -> None:
    assert entries(client)[0]["SUMMARY"] == "45 years: Day–Los Angeles · day市—洛杉矶"
    assert entries(client, "zh-hans")[0]["SUMMARY"] == "45周年：day市—洛杉矶 · Day–Los Angeles"
    assert "1981年12月8日" in entries(client, "zh-hans")[0]["DESCRIPTION"]


def test_entries_keep_their_identity_from_year_to_year(client: Client, bonds: Any) -> None:
    seen = []
    for moment in ("2026-11-21T20:00Z", "2026-12-20T20:00Z"):
        caches["pages"].clear()
        with time_machine.travel(moment, tick=False):
            seen.append({entry["UID"]: (entry.start, entry.DTSTAMP) for entry in entries(client)})
    assert len(seen[0]) == len(seen[1]) == 4
    shared = seen[0].keys() & seen[1].keys()
    assert len(shared) == 3
    assert all(seen[0][uid] == seen[1][uid] for uid in shared)


# --- those of a month ---------------------------------------------------------------------------------------


def test_anniversaries_of_the_past_know_what_lasted_then(bonds: Any) -> None:
    january = list(between(remembered(), date(1999, 1, 1), date(1999, 1, 31)))
    assert [(each.of.slug, each.anniversary.years) for each in january] == [("ended-los-angeles", 9)]
    assert between(remembered(), date(2002, 1, 1), date(2002, 1, 31)) == []


def test_bond_that_rests_has_no_anniversary_while_it_does(bonds: Any) -> None:
    def march(year: int) -> list[int]:
        return [each.anniversary.years for each in between(remembered(), date(year, 3, 1), date(year, 3, 31))]

    assert (march(2019), march(2020)) == ([28], [])
