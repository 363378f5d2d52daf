"""Events as entries on the thread of a relationship."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from events.models import Event
from relationships.models import Relationship
from relationships.timeline import Entry, contributes


@contributes
def events_on_the_thread(bond: Relationship) -> Iterable[Entry]:
    """The events that belong to the bond or marked one of its anniversaries, future ones too."""
    ours = (
        Event.objects.listed()
        .filter(Q(relationships=bond) | Q(marks=bond))
        .distinct()
        .order_by("held_first", "slug")
    )
    return map(of_event, ours)


def of_event(event: Event) -> Entry:
    kind = event.get_kind_display()
    if event.state != Event.State.ON:
        kind = _("%(kind)s, %(state)s") % {"kind": kind, "state": event.get_state_display()}
    return Entry(
        event.held,
        "event",
        str(kind),
        event,
        event.get_absolute_url(),
        event.summary or None,
        event.held_until,
        label="illustration" if event.is_illustration else "",
        took_place=event.state == Event.State.ON and not event.is_illustration,
        claim="held",
    )
