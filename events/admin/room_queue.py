"""What is done with the waiting list from its own tab, and how it is taken back: a place in line, a number of seats."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events import rsvp as verbs
from events.admin.access import by_staff, event_with_rules, row_of
from events.desk_notes import NO_LIMIT
from events.models import Deed, DeskNote, Event, Rsvp, RsvpPolicy, RsvpTransition
from events.refusals import TRY_AGAIN
from sistercities.busy import Busy
from sistercities.undoing import say_with_undo


class QueueViews:
    """Mixed into the admin of events, before what does the deeds: whoever comes from the line goes back to it."""

    admin_site: Any
    message_user: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        place, limit = require_POST(self.undo_place), require_POST(self.undo_limit)
        own = [
            path("guests/<int:pk>/place/undo/", wrap(place), name="events_party_place_undo"),
            path("<int:pk>/seats/limit/undo/", wrap(limit), name="events_event_limit_undo"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def done(self, request: HttpRequest, rsvp: Rsvp) -> HttpResponse:
        """Say what was done with a party; a place in line can be given back, as nobody was told of it."""
        change = last_change(rsvp)
        is_place = change is not None and change.deed == Deed.PRIORITISED
        from_line = request.GET.get("from") == "line"
        if not is_place and not from_line:
            return super().done(request, rsvp)  # type: ignore[misc]
        words = _("Done: %(name)s, %(status)s.") % {"name": rsvp.name, "status": rsvp.get_status_display()}
        if is_place:
            url = reverse("admin:events_party_place_undo", args=[rsvp.pk])
            say_with_undo(request, words, url, change=change.pk)  # type: ignore[union-attr]
        else:
            self.message_user(request, words, messages.SUCCESS)
        return to_line(rsvp.event) if from_line else to_guests(rsvp.event)

    def undo_place(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put a party back into the class in which it waited before, while nothing else has happened to it."""
        rsvp = row_of(request, "change_rsvp", Rsvp.objects.select_related("event__rsvp_policy"), pk)
        change = last_change(rsvp)
        before = class_before(rsvp)
        if change is None or before is None or str(change.pk) != request.POST.get("change"):
            return self.nothing_to_undo(request, rsvp.event)
        return self.take_back(
            request,
            rsvp.event,
            lambda by: verbs.prioritise(rsvp, before, by),
            _("Its place in line is as before."),
        )

    def undo_limit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set the number of seats back, while no other number was set and the seats are not promised."""
        event = event_with_rules(request, pk, "change_rsvppolicy")
        note = last_limit(event)
        if note is None or str(note.pk) != request.POST.get("note"):
            return self.nothing_to_undo(request, event)
        seats = limit_of(note.before)
        return self.take_back(
            request,
            event,
            lambda by: verbs.set_limit(event, seats, by),
            _("The number of seats is as before."),
        )

    def take_back(self, request: HttpRequest, event: Event, act: Any, words: str) -> HttpResponse:
        try:
            act(by_staff(request, _("Taken back")))
        except (verbs.Refused, Busy) as problem:
            why = TRY_AGAIN if isinstance(problem, Busy) else problem.message
            self.message_user(request, why, messages.ERROR)
        else:
            self.message_user(request, words, messages.SUCCESS)
        return to_line(event)

    def nothing_to_undo(self, request: HttpRequest, event: Event) -> HttpResponse:
        self.message_user(request, _("There is nothing to undo any more."), messages.WARNING)
        return to_line(event)


def say_limit_with_undo(request: HttpRequest, event: Event, words: str) -> bool:
    """Say how many seats there are now, with a way back where there is one; False where none is."""
    note = last_limit(event)
    before = limit_of(note.before) if note else None
    rules = RsvpPolicy.objects.get(event=event)
    if note is None or (before is not None and before < max(rules.seats_committed, rules.largest_party)):
        return False
    say_with_undo(request, words, reverse("admin:events_event_limit_undo", args=[event.pk]), note=note.pk)
    return True


def last_limit(event: Event) -> DeskNote | None:
    return event.desk_notes.filter(kind=DeskNote.Kind.LIMIT).order_by("-pk").first()


def limit_of(words: str) -> int | None:
    """A number of seats as it is noted."""
    return None if words == NO_LIMIT else int(words)


def last_change(rsvp: Rsvp) -> RsvpTransition | None:
    return RsvpTransition.objects.filter(rsvp=rsvp).order_by("-pk").first()


def class_before(rsvp: Rsvp) -> int | None:
    """The class of the line in which a party stood before it was put into another, if that was the last thing done."""
    changes = list(RsvpTransition.objects.filter(rsvp=rsvp).order_by("-pk")[:2])
    if len(changes) < 2 or changes[0].deed != Deed.PRIORITISED:
        return None
    return int(changes[1].priority_after)


def to_line(event: Event) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:events_event_seats", args=[event.pk]))


def to_guests(event: Event) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:events_event_guests", args=[event.pk]))
