"""Events in the newsletter: those that are ahead are worth telling of again, and each says when and where."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from events.calendar import labelled
from events.models import Event
from events.occasion import Occasion
from sistercities.newsletter.offering import describes, offers

AHEAD = timedelta(days=92)
MOST = 12


@offers
def events_ahead(now: datetime) -> Iterable[Event]:
    """What takes place within a quarter of a year, the nearest first."""
    soon = Event.objects.listed().upcoming(now).filter(starts_at__lt=now + AHEAD, state=Event.State.ON)
    return list(soon[:MOST])


@describes("events.event")
def when_and_where(pks: list[int]) -> dict[int, str]:
    return {event.pk: _line(Occasion(event)) for event in Event.objects.for_lists().filter(pk__in=pks)}


def _line(occasion: Occasion) -> str:
    parts = (occasion.state, occasion.line, str(occasion.place))
    return labelled(occasion.event, " · ".join(part for part in parts if part))
