"""Events as entries on the thread of a relationship."""

from collections.abc import Iterator

from django.db.models import Q

from events.models import Event
from relationships.models import Relationship
from relationships.timeline import Entry, contributes


@contributes
def events_on_the_thread(bond: Relationship) -> Iterator[Entry]:
    """The events that belong to the bond or marked one of its anniversaries, future ones too."""
    ours = (
        Event.objects.listed()
        .filter(Q(relationships=bond) | Q(marks=bond))
        .distinct()
        .order_by("held_first", "slug")
    )
    for event in ours:
        kind = str(event.get_kind_display())
        yield Entry(
            event.held,
            "event",
            kind,
            event,
            event.get_absolute_url(),
            event.summary or None,
            event.held_until,
        )
