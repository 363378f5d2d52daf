"""Where an event opens for staff: how it stands, what it asks of them, and what its record lacks."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from events.admin.access import any_event
from events.admin.room_due import due, of_page
from events.admin.room_programme import ProgrammeViews
from events.admin.room_record import lacking, record_lines, with_counts
from events.answer_plot import answer_plot, ticks
from events.desk_notes import tell_notes
from events.explain import explain
from events.explained import why_next
from events.models import Event, TeamMember
from events.seat_bar import SeatBar
from events.templatetags.room_tags import Sight
from sistercities.pages.admin_uploads import address

IN_LINE, NOTES = 5, 8


class Rooms(ChangeList):
    """The list of events, in which each leads to its room."""

    def url_for_result(self, result: Any) -> str:
        return reverse("admin:events_event_room", args=[result.pk])


class RoomViews(ProgrammeViews):
    """Mixed into the admin of events."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Rooms

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/room/", wrap(self.room), name="events_event_room"),
            path("<int:pk>/record/", wrap(self.record), name="events_event_record"),
        ]
        return own + super().get_urls()

    @method_decorator(require_safe)
    def room(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The event at a glance; of its guests as much as the reader may see."""
        event = any_event(request, pk, "view_event")
        sight = Sight(request.user, event)
        sees_guests = sight.has_rules and sight.may("events.view_rsvp")
        context = {
            "title": _("Overview"),
            "tab": "room",
            "due": list(of_page(event)) if sight.may("events.change_event") else None,
            "team": team_of(event) if sight.may("events.view_teammember") else None,
            "may_edit": sight.may("events.change_event"),
            "may_choose_team": sight.may("events.add_teammember"),
            **(of_guests(event, request.user) if sees_guests else {}),
        }
        return self.answer(request, "room", event, context)

    @method_decorator(require_safe)
    def record(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What stands on the record of the event, and what is wanting."""
        known = any_event(request, pk, "view_event")
        event = with_counts(Event.objects.select_related("rsvp_policy")).get(pk=known.pk)
        lines = record_lines(event)
        context = {
            "title": pgettext_lazy("of an event", "Record"),
            "tab": "record",
            "lines": lines,
            "lacking": lacking(lines),
            "upload_url": address("upload", event),
            "may_edit": Sight(request.user, event).may("events.change_event"),
        }
        return self.answer(request, "record", event, context)


def team_of(event: Event) -> list[TeamMember]:
    return list(event.team.select_related("member"))


def of_guests(event: Event, user: Any) -> dict[str, Any]:
    """How the seats stand, who is next, what is due, and how the answers came in."""
    known = explain(event)
    plot = answer_plot(event)
    notes = event.desk_notes.select_related("member").order_by("-pk")[:NOTES]
    return {
        "known": known,
        "bar": SeatBar.of(known),
        "why": why_next(known),
        "line": known.line[:IN_LINE],
        "more": max(len(known.line) - IN_LINE, 0),
        "due": due(known, user),
        "plot": plot,
        "ticks": ticks(plot) if plot else [],
        "notes": tell_notes(notes, event),
    }
