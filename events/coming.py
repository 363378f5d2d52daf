"""The next events, as they stand on the desk: when, how far away, the seats as a bar, and where their work is done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from events.models import Event, RsvpPolicy
from events.scoping import within
from events.seat_bar import SeatBar
from events.what_waits import bar_of, with_seats
from events.when import spell_instant
from sistercities.desk import far_away
from sistercities.pages.bilingual import current_language

SHOWN = 5
LONG_TEXTS = ("search", "search_text", "names_folded", "language_marks", "body_en", "body_zh_hans")


@dataclass(frozen=True)
class Coming:
    """One event to come; without a bar where it takes no RSVPs, or where the reader may not see how many come.

    ``names_only``: the reader sees who comes there, and no more of them.
    """

    event: Any
    when: str
    distance: str
    bar: SeatBar | None
    names_only: bool = False


def next_events(user: Any) -> list[Coming]:
    """The events that the reader may see and that are not over, the next one first; in one query."""
    rows = within(user, "events.view_event", Event.objects.filter(ends_at__gt=timezone.now()))
    rows = rows.select_related("rsvp_policy", "venue").defer(*LONG_TEXTS).order_by("starts_at", "pk")
    shown = list(with_seats(rows)[:SHOWN])
    # Whoever reads all events may still count guests, or see their names, at their own alone.
    counted, named = (at(user, right, shown) for right in ("events.view_rsvp", "events.view_guestnames"))
    return [
        as_coming(event, may_count=event.pk in counted, may_name=event.pk in named - counted)
        for event in shown
    ]


def at(user: Any, permission: str, events: list[Any]) -> set[int]:
    """At which of these events somebody has a permission."""
    mine = within(user, permission, Event.objects.filter(pk__in=[event.pk for event in events]))
    return set(mine.order_by().values_list("pk", flat=True))


def as_coming(event: Any, *, may_count: bool, may_name: bool) -> Coming:
    takes_rsvps = hasattr(event, "rsvp_policy") and event.rsvp_policy.mode != RsvpPolicy.Mode.NONE
    day = event.starts_at.astimezone(event.zone).date()
    return Coming(
        event,
        spell_instant(event.starts_at, event.zone, current_language()),
        far_away(day, timezone.localdate()),
        bar_of(event) if takes_rsvps and may_count else None,
        takes_rsvps and may_name,
    )
