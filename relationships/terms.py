"""For how long an agreement holds, as of a day. Pure: no Django, no clock."""

from dataclasses import dataclass
from datetime import date

from sistercities.pages.dates import HistoricalDate, Sense, days_of

COUNTED_IN_DAYS = 60
COUNTED_IN_MONTHS = 24


@dataclass(frozen=True)
class Expiry:
    """When an agreement expires, and how much of its term is left: in days, months or years, only one of them.

    Nothing is counted where no more than the year is known, or where it is "about", "before" or "after".
    """

    when: HistoricalDate
    is_over: bool = False
    days: int | None = None
    months: int | None = None
    years: int | None = None


def expiry(expires: HistoricalDate | None, today: date) -> Expiry | None:
    """None for an agreement without a date of expiry; the last day of a term still belongs to it."""
    if expires is None:
        return None
    left = expires.last_day - days_of(today.year, today.month, today.day)
    if left < 0:
        return Expiry(expires, is_over=True)
    if expires.month is None or expires.sense is not Sense.EXACT:
        return Expiry(expires)
    if left <= COUNTED_IN_DAYS:
        return Expiry(expires, days=left)
    months = (expires.year - today.year) * 12 + expires.month - today.month
    if expires.day and expires.day < today.day:
        months -= 1
    return (
        Expiry(expires, months=months) if months < COUNTED_IN_MONTHS else Expiry(expires, years=months // 12)
    )
