"""How long an offer of seats stands: a clock that runs only while people are awake. Pure.

The clock runs from 08:00 to 21:00 where the guest lives. An offer stands for the hours that the hosts set, or for an
eighth of the time that is left until the event, whichever is less, but for an hour at least; and never beyond the
beginning of the event. Half of its time gone, one reminder goes out, unless it all is over within two hours.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WAKES, SLEEPS = time(8), time(21)
SHARE = 8  # of the time left until the event
LEAST = timedelta(hours=1)
TOO_SHORT_TO_REMIND = timedelta(hours=2)


@dataclass(frozen=True)
class Clock:
    """When an offer is over, and when its half time is; None where no reminder is worth while."""

    expires_at: datetime
    remind_at: datetime | None


def wind(now: datetime, hours: int, zone: ZoneInfo, starts_at: datetime) -> Clock:
    """The clock of an offer made now for an event that starts later, for a guest in a time zone; whole seconds."""
    now = now.replace(microsecond=0)
    allowed = max(LEAST, min(timedelta(hours=hours), (starts_at - now) / SHARE))
    allowed -= timedelta(microseconds=allowed.microseconds)
    expires_at = min(later(now, allowed, zone), starts_at)
    half = later(now, allowed / 2, zone)
    remind = allowed >= TOO_SHORT_TO_REMIND and now < half < expires_at
    return Clock(expires_at, half.replace(microsecond=0) if remind else None)


def later(start: datetime, waking: timedelta, zone: ZoneInfo) -> datetime:
    """The moment at which so much waking time has passed, in UTC."""
    day = start.astimezone(zone).date()
    while True:
        opens, closes = _waking_hours(day, zone)
        begins = max(start, opens)
        if begins < closes:
            if begins + waking <= closes:
                return begins + waking
            waking -= closes - begins
        day += timedelta(days=1)


def _waking_hours(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The waking hours of a local day as instants; a change of the clocks at night makes none of them longer."""
    opens, closes = (datetime.combine(day, at, zone).astimezone(UTC) for at in (WAKES, SLEEPS))
    return opens, closes
