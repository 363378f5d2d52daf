"""How long a bond has lasted, as far as its dates prove it.

Pure: no Django, no clock.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from relationships.anniversaries import years_full
from sistercities.pages.dates import HistoricalDate, Sense


@dataclass(frozen=True)
class Lasting:
    """A number of years, and how it is meant: exact, about, after (more than that many) or before (at most so many)."""

    years: int
    sense: Sense


def lasting(began: HistoricalDate, today: date, ended: HistoricalDate | None = None) -> Lasting:
    """The full years; where only the year of the beginning or end is known, one more or less may be true as well."""
    years = years_full(began, today, ended)
    if began.sense in (Sense.BEFORE, Sense.AFTER):
        return Lasting(years, Sense.AFTER if began.sense is Sense.BEFORE else Sense.BEFORE)
    if ended and ended.sense in (Sense.BEFORE, Sense.AFTER):
        return Lasting(years, ended.sense)
    least = years_full(_latest(began), today, ended and _earliest(ended))
    most = years_full(_earliest(began), today, ended and _latest(ended))
    is_exact = least == most and Sense.ABOUT not in (began.sense, (ended or began).sense)
    return Lasting(years, Sense.EXACT if is_exact else Sense.ABOUT)


def _earliest(when: HistoricalDate) -> HistoricalDate:
    return HistoricalDate(when.year, when.month or 1, when.day or 1)


def _latest(when: HistoricalDate) -> HistoricalDate:
    month = when.month or 12
    # The calendar repeats every 400 years, so a year that the library cannot know has a twin that it can.
    return HistoricalDate(when.year, month, when.day or monthrange(when.year % 400 + 2000, month)[1])
