"""The guest list of an event within the admin: who comes, who waits, who asks to come."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.admin.access import event_with_rules
from events.admin.deeds import open_to
from events.guest_list import as_csv, chosen, count, parties
from events.models import Event, Rsvp

SHOWN = [
    ("", _("all")),
    ("coming", _("confirmed")),
    ("waiting", _("waiting in line")),
    ("offered", _("seats offered")),
    ("requested", _("asks to come")),
    ("declined", _("declined")),
    ("cancelled", _("withdrawn")),
    ("lapsed", _("offer lapsed")),
    ("rejected", _("not admitted")),
    ("unnamed", _("companions without a name")),
]
SOURCES = [("", _("by any way")), *Rsvp.Source.choices]


class GuestListViews:
    """Mixed into the admin of events."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/guests/", wrap(self.guest_list), name="events_event_guests"),
            path("<int:pk>/guests.csv", wrap(self.guest_list_csv), name="events_event_guests_csv"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def guest_list(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everybody who answered, with the counts above; apart whoever has not confirmed the address yet."""
        event = event_with_rules(request, pk, "view_rsvp")
        known = parties(event)
        asked = {name: request.GET.get(name, "").strip() for name in ("status", "source", "q")}
        shown = chosen(known, **asked)
        answers = [party for party in shown if party.counts]
        context = {
            "title": _("Guest list"),
            "tab": "guests",
            "counts": count(event.rsvp_policy, known),
            "parties": answers,
            "rows": [(party, open_to(party.rsvp)) for party in answers],
            "unverified": [party for party in shown if not party.counts],
            "statuses": SHOWN,
            "sources": SOURCES,
            "asked": asked,
            "is_filtered": any(asked.values()),
            "printed_at": timezone.now(),
            "may_change": request.user.has_perm("events.change_rsvp"),
        }
        return self.answer(request, "guest_list", event, context)

    def guest_list_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = event_with_rules(request, pk, "view_rsvp")
        known = [party for party in parties(event) if party.counts]
        response = HttpResponse(as_csv(known), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="guests-{event.slug}.csv"'
        response.headers["Cache-Control"] = "no-store"
        return response

    def answer(
        self, request: HttpRequest, template: str, event: Event, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """A page about the guests of an event; a form that was not valid makes it one of errors."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "event": event}
        has_errors = "form" in context and context["form"].is_bound
        answer = TemplateResponse(
            request,
            f"admin/events/event/{template}.html",
            {**shared, **context},
            status=422 if has_errors and status == 200 else status,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer
