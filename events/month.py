"""Months and years as sheets of a calendar, and what stands on which of their days.

Pure: no Django, no clock. Days are local ones: an evening that ends after midnight stands on the day it began. What is
known only by its month or year has no day, and none is invented.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sistercities.pages.dates import HistoricalDate, Sense, days_of

T = TypeVar("T")
FIRST_YEAR, LAST_YEAR = 1, 9999
# Weeks begin as on the reader's own wall: on Sunday in Los Angeles, on Monday in China.
FIRST_WEEKDAY = {"en": calendar.SUNDAY}
_YEAR, _MONTH = re.compile("[0-9]{4}"), re.compile("[0-9]{2}")


class NoSuchMonth(ValueError):
    """An address that names no month, or not in the one form that has a page."""


def read_year(text: str) -> int:
    """A year of four digits, 0001 to 9999. Raises NoSuchMonth for anything else."""
    if not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise NoSuchMonth(text)
    return int(text)


@dataclass(frozen=True, order=True)
class Month:
    """A month of our era."""

    year: int
    number: int

    @classmethod
    def read(cls, year: str, month: str) -> "Month":
        """From an address: 2026 and 06. Raises NoSuchMonth for what there is not."""
        if not _MONTH.fullmatch(month) or not 1 <= int(month) <= 12:
            raise NoSuchMonth(month)
        return cls(read_year(year), int(month))

    @property
    def first_day(self) -> int:
        return days_of(self.year, self.number, 1)

    @property
    def last_day(self) -> int:
        return self.first_day + self.length - 1

    @property
    def length(self) -> int:
        return calendar.monthrange(self.year, self.number)[1]

    @property
    def when(self) -> HistoricalDate:
        return HistoricalDate(self.year, self.number)

    def neighbour(self, step: int) -> "Month | None":
        """The month so many further on; None beyond the ends of the calendar."""
        year, number = divmod(self.year * 12 + self.number - 1 + step, 12)
        return Month(year, number + 1) if FIRST_YEAR <= year <= LAST_YEAR else None

    def day(self, number: int) -> date:
        return date(self.year, self.number, number)

    def weeks(self, first_weekday: int) -> list[list[int]]:
        """Its days week by week; 0 stands for a day of another month."""
        return calendar.Calendar(first_weekday).monthdayscalendar(self.year, self.number)


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def months_of(year: int) -> list[Month]:
    return [Month(year, number) for number in range(1, 13)]


def first_weekday(language: str) -> int:
    return FIRST_WEEKDAY.get(language, calendar.MONDAY)


def weekdays(language: str) -> list[int]:
    """The days of the week in the order of the reader's calendar, Monday being 0."""
    return [(first_weekday(language) + step) % 7 for step in range(7)]


@dataclass(frozen=True)
class Item(Generic[T]):
    """Something with a place in the calendar: from a day, a month or a year on, perhaps until a later one."""

    of: T
    first: HistoricalDate
    last: HistoricalDate

    @property
    def has_days(self) -> bool:
        return self.first.as_date is not None and self.last.as_date is not None

    @property
    def has_month(self) -> bool:
        """Whether at least its month is known."""
        return self.first.month is not None and self.last.month is not None


@dataclass(frozen=True)
class OnDay(Generic[T]):
    """What stands on a day; ``goes_on`` when it began on an earlier one."""

    of: T
    goes_on: bool = False


def lies_open(when: HistoricalDate) -> bool:
    """Before or after some date: that may be any month, and so is written on none."""
    return when.sense in (Sense.BEFORE, Sense.AFTER)


def by_day(items: Iterable[Item[T]], month: Month) -> dict[int, list[OnDay[T]]]:
    """The days of a month that hold something, in order; on each what stands on it, in the order given."""
    found: dict[int, list[OnDay[T]]] = {}
    for item in items:
        if not item.has_days:
            continue
        begins = item.first.first_day - month.first_day + 1
        ends = item.last.last_day - month.first_day + 1
        for day in range(max(begins, 1), min(ends, month.length) + 1):
            found.setdefault(day, []).append(OnDay(item.of, goes_on=day > begins))
    return dict(sorted(found.items()))


def some_time_in(items: Iterable[Item[T]], month: Month) -> list[T]:
    """What is known to belong to a month, and not to which of its days."""
    return [
        item.of
        for item in items
        if not item.has_days
        and item.has_month
        and not lies_open(item.first)
        and item.first.first_day <= month.last_day
        and item.last.last_day >= month.first_day
    ]
