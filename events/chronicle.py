"""What staff have done with answers, and with the seats of events."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import deeds, desk_notes
from events.models import Actor, DeskNote, RsvpTransition
from sistercities.chronicle import Deed, Strand, add


def answers() -> QuerySet[Any]:
    return RsvpTransition.objects.filter(actor=Actor.STAFF)


def tell_answers(numbers: Sequence[int]) -> dict[int, Deed]:
    found = RsvpTransition.objects.filter(pk__in=numbers).select_related("rsvp__event")
    return {
        change.pk: Deed(
            _with_reason(deeds.what(change), change.reason),
            _("%(guest)s, %(event)s") % {"guest": change.rsvp.name or "–", "event": change.rsvp.event},
            reverse("admin:events_rsvp_change", args=[change.rsvp_id]),
        )
        for change in found
    }


def seats() -> QuerySet[Any]:
    return DeskNote.objects.filter(actor=Actor.STAFF)


def tell_seats(numbers: Sequence[int]) -> dict[int, Deed]:
    found = DeskNote.objects.filter(pk__in=numbers).select_related("event__venue__city")
    return {
        note.pk: Deed(
            _with_reason(desk_notes.what(note, note.event), note.reason),
            str(note.event),
            reverse("admin:events_event_change", args=[note.event_id]),
        )
        for note in found
    }


def _with_reason(what: str, reason: str) -> str:
    return _("%(what)s Reason: %(reason)s") % {"what": _ended(what), "reason": reason} if reason else what


def _ended(what: str) -> str:
    return what if what.endswith((".", "。")) else _("%(sentence)s.") % {"sentence": what}


ANSWERS, SEATS = gettext_lazy("Answers of guests"), gettext_lazy("Seats and rules of events")
add(Strand("answers", ANSWERS, answers, tell_answers, permissions=("events.view_rsvp",)))
add(Strand("seats", SEATS, seats, tell_seats, permissions=("events.view_desknote",)))
