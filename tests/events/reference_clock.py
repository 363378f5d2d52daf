"""The clock of an offer, counted day by day, as docs/rsvp.md tells of it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)


def offer_end(made: datetime, begins: datetime, hours: int, zone: str) -> datetime:
    """Until when an offer stands: so much waking time, and never past the beginning."""
    left = max(HOUR, min(hours * HOUR, timedelta(seconds=int((begins - made).total_seconds() / 8))))
    day = made.astimezone(ZoneInfo(zone)).date()
    while True:
        wakes, sleeps = (
            datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC) for hour in (8, 21)
        )
        awake = max(made, wakes)
        if awake + left <= sleeps:
            return min(awake + left, begins)
        left -= max(timedelta(0), sleeps - awake)
        day += timedelta(days=1)
