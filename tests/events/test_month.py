"""The sheets of the calendar: which months there are, how their weeks begin, and what stands on which day."""

import calendar
from datetime import date

import pytest

from events.month import (
    Item,
    Month,
    NoSuchMonth,
    by_day,
    first_weekday,
    month_of,
    months_of,
    read_year,
    some_time_in,
    weekdays,
)
from sistercities.pages.dates import parse

MAY = Month(2016, 5)


def item(first: str, last: str = "", of: str = "it") -> Item[str]:
    return Item(of, parse(first), parse(last or first))


def days(*items: Item[str], month: Month = MAY) -> dict[int, list[tuple[str, bool]]]:
    return {day: [(each.of, each.goes_on) for each in held] for day, held in by_day(items, month).items()}


@pytest.mark.parametrize(
    ("year", "month"),
    [
        ("2026", "13"),
        ("2026", "00"),
        ("2026", "1"),
        ("2026", "001"),
        ("0000", "01"),
        ("10000", "01"),
        ("26", "01"),
        ("-001", "01"),
        ("２０２６", "01"),
        ("2026", "٠١"),
        ("2026", "1 "),
        ("", ""),
    ],
)
def test_month_that_there_is_not_has_no_sheet(year: str, month: str) -> None:
    with pytest.raises(NoSuchMonth):
        Month.read(year, month)


def test_months_are_read_in_one_form() -> None:
    assert Month.read("2026", "06") == Month(2026, 6)
    assert read_year("0001") == 1


def test_months_have_neighbours_except_at_the_ends_of_the_calendar() -> None:
    assert Month(2026, 12).neighbour(1) == Month(2027, 1)
    assert Month(2026, 1).neighbour(-1) == Month(2025, 12)
    assert Month(2026, 3).neighbour(-24) == Month(2024, 3)
    assert Month(1, 1).neighbour(-1) is None
    assert Month(9999, 12).neighbour(1) is None


@pytest.mark.parametrize("month", [Month(1, 1), Month(2024, 2), Month(9999, 12)])
def test_every_month_has_weeks_with_all_its_days(month: Month) -> None:
    weeks = month.weeks(calendar.SUNDAY)
    assert all(len(week) == 7 for week in weeks)
    assert [day for week in weeks for day in week if day] == list(range(1, month.length + 1))


def test_february_has_its_leap_day() -> None:
    assert (Month(1996, 2).length, Month(1900, 2).length, Month(2000, 2).length) == (29, 28, 29)


def test_weeks_begin_by_the_readers_language() -> None:
    assert (first_weekday("en"), first_weekday("zh-hans")) == (calendar.SUNDAY, calendar.MONDAY)
    assert weekdays("en") == [6, 0, 1, 2, 3, 4, 5]
    # 8 December 2026 is a Tuesday: the third column in Los Angeles, the second in Guangzhou.
    assert Month(2026, 12).weeks(first_weekday("en"))[1].index(8) == 2
    assert Month(2026, 12).weeks(first_weekday("zh-hans"))[1].index(8) == 1


def test_month_of_a_day_and_months_of_a_year() -> None:
    assert month_of(date(2026, 12, 8)) == Month(2026, 12)
    assert months_of(2026)[0].neighbour(11) == months_of(2026)[-1]


def test_day_holds_what_is_dated_to_it() -> None:
    assert days(item("2016-05-16")) == {16: [("it", False)]}
    assert days(item("2016-06-16"), item("1916-05-16")) == {}


def test_event_of_several_days_stands_on_each_and_goes_on() -> None:
    assert days(item("2016-05-16", "2016-05-18")) == {
        16: [("it", False)],
        17: [("it", True)],
        18: [("it", True)],
    }


def test_event_over_the_end_of_a_month_stands_in_both() -> None:
    week = item("2016-05-30", "2016-06-02")
    assert days(week) == {30: [("it", False)], 31: [("it", True)]}
    assert days(week, month=Month(2016, 6)) == {1: [("it", True)], 2: [("it", True)]}


def test_days_stand_in_order_whatever_the_order_of_the_events() -> None:
    assert list(days(item("2016-05-20"), item("2016-05-03"))) == [3, 20]


@pytest.mark.parametrize("vague", ["2016-05", "2016", "2016-05-16~", "../2016-05-16", "2016-05-16/.."])
def test_no_day_is_invented(vague: str) -> None:
    assert days(item(vague)) == {}


@pytest.mark.parametrize(
    ("vague", "found"),
    [
        ("2016-05", ["it"]),
        ("2016-05~", ["it"]),
        ("2016-05-16~", ["it"]),
        ("2016", []),
        ("2016-06", []),
        ("../2016-05", []),
        ("2016-05/..", []),
        ("2016-05-16", []),
    ],
)
def test_what_is_known_by_its_month_belongs_to_the_month(vague: str, found: list[str]) -> None:
    assert some_time_in([item(vague)], MAY) == found
