"""The guest list of an event within the admin, and what staff may do there: each of it is a verb of ``events.rsvp``."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import rsvp as verbs
from events.admin.forms import ChangedPartyForm, PartyForm, ReasonForm
from events.guest_list import as_csv, count, parties
from events.models import Event, Rsvp, RsvpTransition

SHOWN = [
    ("", _("all")),
    (Rsvp.Status.CONFIRMED, _("confirmed")),
    (Rsvp.Status.WAITLISTED, _("waiting")),
    (Rsvp.Status.DECLINED, _("declined")),
    (Rsvp.Status.CANCELLED, _("withdrawn")),
]


def may(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(f"events.{permission}"):
        raise PermissionDenied


def by_staff(request: HttpRequest, reason: str = "") -> verbs.By:
    return verbs.By(RsvpTransition.Actor.STAFF, request.user, reason)  # type: ignore[arg-type]


def event_with_rules(pk: int) -> Event:
    return get_object_or_404(Event.objects.select_related("rsvp_policy"), pk=pk, rsvp_policy__isnull=False)


class GuestListViews:
    """Mixed into the admin of events."""

    admin_site: Any
    opts: Any
    message_user: Any
    log_change: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/guests/", wrap(self.guest_list), name="events_event_guests"),
            path("<int:pk>/guests.csv", wrap(self.guest_list_csv), name="events_event_guests_csv"),
            path("<int:pk>/guests/add/", wrap(self.take_answer), name="events_event_answer"),
            path("guests/<int:pk>/change/", wrap(self.change_party), name="events_party_change"),
            path("guests/<int:pk>/withdraw/", wrap(self.withdraw_party), name="events_party_withdraw"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def guest_list(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everybody who answered, with the counts above."""
        may(request, "view_rsvp")
        event = event_with_rules(pk)
        known = parties(event)
        status, words = request.GET.get("status", ""), request.GET.get("q", "").strip()
        shown = [party for party in known if not status or party.rsvp.status == status]
        context = {
            "title": _("Guest list"),
            "counts": count(event.rsvp_policy, known),
            "parties": [party for party in shown if not words or party.is_found_by(words)],
            "statuses": SHOWN,
            "status": status,
            "words": words,
            "printed_at": timezone.now(),
            "may_change": request.user.has_perm("events.change_rsvp"),
        }
        return self.answer(request, "guest_list", event, context)

    def guest_list_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        may(request, "view_rsvp")
        event = event_with_rules(pk)
        response = HttpResponse(as_csv(parties(event)), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="guests-{event.slug}.csv"'
        response.headers["Cache-Control"] = "no-store"
        return response

    def take_answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An answer by phone: a first one, with or without an e-mail address."""
        may(request, "add_rsvp")
        event = event_with_rules(pk)
        form = PartyForm(request.POST or None)
        if form.is_valid():
            try:
                outcome = verbs.respond(event, form.said(), by_staff(request, form.cleaned_data["reason"]))
            except verbs.Refused as refused:
                form.add_error(refused.field, str(refused.message))
            else:
                return self.recorded(request, outcome)
        context = {"title": _("Record an answer"), "form": form, "outlook": verbs.outlook(event)}
        return self.answer(request, "party_form", event, context)

    def recorded(self, request: HttpRequest, outcome: verbs.Outcome) -> HttpResponse:
        rsvp = outcome.rsvp
        if outcome.recorded == verbs.Recorded.KNOWN_ADDRESS:
            words = _("%(email)s has answered already: see below. Nothing was changed.") % {
                "email": rsvp.email
            }
            self.message_user(request, words, messages.WARNING)
            return HttpResponseRedirect(reverse("admin:events_rsvp_change", args=[rsvp.pk]))
        words = _("Recorded: %(name)s, %(status)s.") % {
            "name": rsvp.name,
            "status": rsvp.get_status_display(),
        }
        self.message_user(request, words, messages.SUCCESS)
        return self.back_to_list(rsvp)

    def change_party(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change an answer for somebody: more seats, fewer, other names, no after yes."""
        may(request, "change_rsvp")
        rsvp = get_object_or_404(Rsvp.objects.select_related("event__rsvp_policy"), pk=pk)
        form = ChangedPartyForm(request.POST or None, rsvp=rsvp)
        if form.is_valid():
            try:
                fresh = verbs.change(rsvp, form.said(), by_staff(request, form.cleaned_data["reason"]))
            except verbs.Refused as refused:
                form.add_error(refused.field, str(refused.message))
            else:
                words = _("Changed: %(name)s, %(status)s.") % {
                    "name": fresh.name,
                    "status": fresh.get_status_display(),
                }
                self.message_user(request, words, messages.SUCCESS)
                return self.back_to_list(fresh)
        context = {
            "title": _("Change an answer"),
            "form": form,
            "rsvp": rsvp,
            "outlook": verbs.outlook(rsvp.event),
        }
        return self.answer(request, "party_form", rsvp.event, context)

    def withdraw_party(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take an answer back for somebody; the seats go to those who wait."""
        may(request, "change_rsvp")
        rsvp = get_object_or_404(Rsvp.objects.select_related("event"), pk=pk)
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            verbs.withdraw(rsvp, by_staff(request, form.cleaned_data["reason"]))
            self.message_user(request, _("Withdrawn: %(name)s.") % {"name": rsvp.name}, messages.SUCCESS)
            return self.back_to_list(rsvp)
        return self.answer(
            request,
            "party_withdraw",
            rsvp.event,
            {"title": _("Withdraw an answer"), "form": form, "rsvp": rsvp},
        )

    def back_to_list(self, rsvp: Rsvp) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:events_event_guests", args=[rsvp.event_id]))

    def answer(
        self, request: HttpRequest, template: str, event: Event, context: dict[str, Any]
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "event": event}
        has_errors = "form" in context and context["form"].is_bound
        answer = TemplateResponse(
            request,
            f"admin/events/event/{template}.html",
            {**shared, **context},
            status=422 if has_errors else 200,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer
