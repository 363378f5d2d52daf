"""Since when nothing is on record of a bond. Pure: no Django, no clock."""

from collections.abc import Iterable
from datetime import date

from sistercities.pages.dates import days_of

QUIET_YEARS = 5  # calendar years without an agreement, a milestone or an event


def year_of_day(day: int) -> int:
    """The year in which a day lies that is given by its running number (see ``dates.days_of``)."""
    year = day // 365 + 1970
    while days_of(year, 1, 1) > day:
        year -= 1
    while days_of(year + 1, 1, 1) <= day:
        year += 1
    return year


def quiet_since(days: Iterable[int], today: date) -> int | None:
    """The year of the last sign of life, where more than ``QUIET_YEARS`` calendar years have passed since; else None.

    ``days`` are running numbers. What is planned for later is a sign of life too.
    """
    last = max(days, default=None)
    if last is None:
        return None
    year = year_of_day(last)
    return year if today.year - year > QUIET_YEARS else None
