"""When letters about a day go out: reminders at nine where the reader is, thanks at ten where the event was. Pure.

Days are counted on the calendar of the place: whoever reads in Guangzhou is reminded of 8 December in Los Angeles on
the morning of 7 December in Guangzhou. A letter that could not be written in its hours is not written at night, and
one that comes a week late says nothing worth reading.
"""

import functools
import zoneinfo
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

REMINDS_AT, THANKS_AT = time(9), time(10)
# From nine in the morning until nine in the evening.
STAYS_DUE = timedelta(hours=12)
THANKS_WITHIN = timedelta(days=7)
# Nowhere is a day's morning more than half a day and three hours away from that in Greenwich.
FURTHEST = timedelta(hours=15)


def morning(day: date, zone: ZoneInfo) -> datetime:
    """Nine o'clock on that day where these clocks stand, in UTC."""
    return datetime.combine(day, REMINDS_AT, zone).astimezone(UTC)


def mornings(day: date, now: datetime, zones: Iterable[str] | None = None) -> dict[str, datetime]:
    """The zones in which it is past nine on that day and not yet nine in the evening, each with its nine o'clock."""
    if not -FURTHEST <= now - morning(day, ZoneInfo("UTC")) < STAYS_DUE + FURTHEST:
        return {}
    begun = {name: morning(day, ZoneInfo(name)) for name in (_known_zones() if zones is None else zones)}
    return {name: at for name, at in begun.items() if timedelta() <= now - at < STAYS_DUE}


def is_time_for_thanks(last_day: date, zone: ZoneInfo, now: datetime) -> bool:
    """Whether it is past ten on the day after, and no more than a week later."""
    at = datetime.combine(last_day + timedelta(days=1), THANKS_AT, zone)
    return timedelta() <= now - at.astimezone(UTC) < THANKS_WITHIN


@functools.cache
def _known_zones() -> tuple[str, ...]:
    return tuple(sorted(zoneinfo.available_timezones()))
