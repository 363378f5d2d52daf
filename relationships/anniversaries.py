"""Which bond turns how many years old, and when.

Pure: no Django, no clock. "Today" is given, and is the date at the place in question: on the evening of 7 December in
Los Angeles the anniversary of 8 December has begun in Guangzhou.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sistercities.pages.dates import HistoricalDate, Sense, from_date

T = TypeVar("T")
ROUND = 5  # every fifth year is celebrated


@dataclass(frozen=True)
class Anniversary:
    """A number of years and the day on which they are full; without a day where only the year or month is known."""

    years: int
    year: int
    day: date | None
    days_left: int | None

    @property
    def is_round(self) -> bool:
        return self.years % ROUND == 0

    @property
    def when(self) -> HistoricalDate:
        """The day, or as much of it as is known."""
        return from_date(self.day) if self.day else HistoricalDate(self.year)

    @property
    def is_today(self) -> bool:
        return self.days_left == 0


@dataclass(frozen=True)
class Coming(Generic[T]):
    """An anniversary and what turns that old."""

    of: T
    anniversary: Anniversary


def day_in(began: HistoricalDate, year: int) -> date | None:
    """The day on which it is marked in a year; None where the day it began is not known."""
    return date(year, *_marked(began, year)) if began.month and began.day else None


def _marked(began: HistoricalDate, year: int) -> tuple[int, int]:
    """Month and day to mark; what began on 29 February is marked on the 28th of common years."""
    if (began.month, began.day) == (2, 29) and not isleap(year):
        return 2, 28
    return began.month or 1, began.day or 1


def years_full(began: HistoricalDate, today: date, ended: HistoricalDate | None = None) -> int:
    """How many years it has lasted, or had lasted when it ended. Where only the years are known, by the years."""
    until = ended or from_date(today)
    years = until.year - began.year
    if began.month and until.month and (until.month, until.day or 31) < _marked(began, until.year):
        years -= 1
    return max(0, years)


def next_anniversary(began: HistoricalDate, today: date) -> Anniversary | None:
    """The anniversary that is today or comes next; of a bond whose day is not known, the one of the present year.

    None for what began "about" or "before" some year, or is still to begin.
    """
    if began.sense is not Sense.EXACT or began.year < 1:
        return None
    day = day_in(began, today.year)
    if day and day < today:
        day = day_in(began, today.year + 1)
    year = day.year if day else today.year
    if year <= began.year:
        return None
    return Anniversary(year - began.year, year, day, (day - today).days if day else None)


def marked_in(began: HistoricalDate, year: int) -> Anniversary | None:
    """The anniversary of a year, past or to come; None where there is none, or no day is known to mark."""
    if began.sense is not Sense.EXACT or began.year < 1 or year <= began.year:
        return None
    day = day_in(began, year)
    return Anniversary(year - began.year, year, day, None) if day else None


def next_days(began: HistoricalDate, today: date, number: int) -> list[Anniversary]:
    """The next anniversaries with a day, the one that is today among them; none where no day is known."""
    found = (
        marked_in(began, year) for year in range(today.year, min(today.year + number, date.max.year) + 1)
    )
    return [each for each in found if each and each.day and each.day >= today][:number]


def coming(bonds: Iterable[tuple[T, HistoricalDate, date]], *, only_round: bool = False) -> list[Coming[T]]:
    """The next anniversaries, each by the date at its place: the nearest first, those without a day last."""
    found = [Coming(of, found) for of, began, today in bonds if (found := next_anniversary(began, today))]
    if only_round:
        found = [each for each in found if each.anniversary.is_round]
    return sorted(found, key=_nearness)


def _nearness(each: Coming[T]) -> tuple[bool, int, int]:
    left = each.anniversary.days_left
    return left is None, left or 0, -each.anniversary.years
