"""Receptions on a known evening, and what the worker asks for at a known moment before and after them."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from events import reminding
from events.models import Event, Rsvp
from sistercities.mail.models import Message
from tests.events.postbox import lantern_reception, taken_down

# Los Angeles puts its clocks back on 1 November 2026, and forward on 14 March 2027; Auckland forward on 27 September.
EVENING = datetime(2026, 11, 8, 18, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
ANSWERED = "2026-09-01T12:00:00+00:00"


def at(moment: str | datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def evening(start: datetime = EVENING, **rules: Any) -> Event:
    with at(ANSWERED):
        event = lantern_reception(40, **rules)
        event.starts_at, event.ends_at = start, start + timedelta(hours=3)
        event.save()
    return event


def coming(event: Event, seats: int = 1, name: str = "", **fields: Any) -> Rsvp:
    with at(ANSWERED):
        return taken_down(event, seats, name, **fields)


def asked_for(moment: str | datetime, kind: str = "event_reminder") -> list[str]:
    """Let the worker look at that moment, twice; to whom it asked for letters."""
    before = set(Message.objects.filter(kind=kind).values_list("pk", flat=True))
    with at(moment):
        for _time in range(2):
            reminding.remind()
            reminding.thank()
    new = Message.objects.filter(kind=kind).exclude(pk__in=before)
    return sorted(new.values_list("to_email", flat=True))
