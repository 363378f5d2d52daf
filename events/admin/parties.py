"""One party within the admin: its answer taken or changed for somebody, and what the hosts decide about it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events import rsvp as verbs
from events.admin.access import by_staff, event_with_rules, row_of
from events.admin.deeds import DEEDS, PartyDeed
from events.admin.party_forms import ChangedPartyForm, PartyForm
from events.callers import callers
from events.history import history
from events.invitation_overview import as_number
from events.models import Event, Invitation, Rsvp
from events.outlook import largest_party_of
from events.refusals import tell
from people.models import Member
from sistercities.busy import Busy
from sistercities.traces import NOBODY


class PartyViews:
    """Mixed into the admin of events."""

    admin_site: Any
    message_user: Any
    answer: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/guests/caller/", wrap(self.caller), name="events_event_caller"),
            path("<int:pk>/guests/add/", wrap(self.take_answer), name="events_event_answer"),
            path("guests/<int:pk>/change/", wrap(self.change_party), name="events_party_change"),
            path("guests/<int:pk>/history/", wrap(self.party_history), name="events_party_history"),
            *(
                path(
                    f"guests/<int:pk>/{deed.name}/",
                    wrap(partial(self.do_with_party, deed=deed)),
                    name=f"events_party_{deed.name}",
                )
                for deed in DEEDS
            ),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    @method_decorator(require_safe)
    def caller(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who is on the telephone: the first step. The second is the form, filled in as far as they are known."""
        event = event_with_rules(request, pk, "add_rsvp")
        words = request.GET.get("q", "").strip()[:100]
        found = callers(event, words, with_members=request.user.has_perm("people.view_member"))
        context = {"title": _("Who answers?"), "tab": "guests", "q": words, "found": found}
        return self.answer(request, "caller", event, context)

    def take_answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An answer by phone or letter: a first one, with or without an e-mail address, to an invitation or not."""
        event = event_with_rules(request, pk, "add_rsvp")
        known = known_guest(request, event)
        own_size = bool(known.invitation and known.invitation.largest_party)
        form = PartyForm(
            request.POST or None, largest=known.largest, by_invitation=own_size, initial=known.initial
        )
        status = 200
        if form.is_valid():
            try:
                outcome = verbs.respond(event, form.said(), self.noted_by(request, form), known.invitation)
            except (verbs.Refused, Busy) as problem:
                status = tell(form, problem)
            else:
                return self.recorded(request, outcome)
        context = {"title": _("Record an answer"), "form": form, "invited": known.invitation}
        return self.answer(
            request,
            "party_form",
            event,
            {**context, "outlook": verbs.outlook(event, invitation=known.invitation)},
            status,
        )

    def recorded(self, request: HttpRequest, outcome: verbs.Outcome) -> HttpResponse:
        rsvp = outcome.rsvp
        if outcome.recorded in (verbs.Recorded.KNOWN_ADDRESS, verbs.Recorded.KNOWN_GUEST):
            known = _("The address %(email)s has answered already: see below. Nothing was changed.")
            if not rsvp.email:
                known = _("%(name)s has answered already: see below. Nothing was changed.")
            values = {"email": rsvp.email, "name": rsvp.name}
            self.message_user(request, known % values, messages.WARNING)
            return to_party(rsvp)
        words = _("Recorded: %(name)s, %(status)s.") % {
            "name": rsvp.name,
            "status": rsvp.get_status_display(),
        }
        self.message_user(request, words, messages.SUCCESS)
        return back_to_list(rsvp)

    def change_party(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change an answer for somebody: more seats, fewer, other names, no after yes."""
        rsvp = party(request, pk, "change_rsvp")
        if rsvp.hold_id:
            return HttpResponseRedirect(reverse("admin:events_hold", args=[rsvp.hold_id]))
        if rsvp.name == NOBODY:
            self.message_user(
                request, _("This answer was removed. Record a new one instead."), messages.WARNING
            )
            return to_party(rsvp)
        form, status = ChangedPartyForm(request.POST or None, rsvp=rsvp), 200
        if form.is_valid():
            try:
                fresh = verbs.change(rsvp, form.said(), self.noted_by(request, form))
            except (verbs.Refused, Busy) as problem:
                status = tell(form, problem)
            else:
                return self.done(request, fresh)
        context = {"title": _("Change an answer"), "form": form, "rsvp": rsvp}
        return self.answer(
            request, "party_form", rsvp.event, {**context, "outlook": verbs.outlook(rsvp.event)}, status
        )

    def do_with_party(self, request: HttpRequest, pk: int, deed: PartyDeed) -> HttpResponse:
        """One of the deeds: first what it leads to, then, once it is confirmed with its reason, the verb."""
        rsvp = party(request, pk, "change_rsvp")
        if not deed.is_open(rsvp):
            words = _("Nothing was changed: this is how the answer of %(name)s stands by now.")
            self.message_user(request, words % {"name": rsvp.name}, messages.WARNING)
            return to_party(rsvp)
        form, status = deed.form(request.POST or None, rsvp=rsvp), 200
        if form.is_valid():
            try:
                fresh = deed.verb(rsvp, form.cleaned_data, self.noted_by(request, form))
            except (verbs.Refused, Busy) as problem:
                status = tell(form, problem)
            else:
                return self.done(request, fresh)
        context = {"title": deed.title, "form": form, "rsvp": rsvp, "deed": deed, "hints": deed.hints(rsvp)}
        return self.answer(request, "party_deed", rsvp.event, context, status)

    def party_history(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that was done with one answer, to be read and printed."""
        rsvp = party(request, pk, "view_rsvp")
        context = {"title": _("History"), "rsvp": rsvp, "history": history(rsvp)}
        return self.answer(request, "party_history", rsvp.event, context)

    def noted_by(self, request: HttpRequest, form: Any) -> verbs.By:
        said = form.cleaned_data
        return by_staff(request, said.get("reason", ""), said.get("source", Rsvp.Source.WEB))

    def done(self, request: HttpRequest, rsvp: Rsvp) -> HttpResponse:
        words = _("Done: %(name)s, %(status)s.")
        if rsvp.name == NOBODY:
            words = _("Removed. What is left says only that there was an answer.")
        values = {"name": rsvp.name, "status": rsvp.get_status_display()}
        self.message_user(request, words % values, messages.SUCCESS)
        return back_to_list(rsvp)


@dataclass(frozen=True)
class KnownGuest:
    """Who answers, as far as we know them before: by their invitation, as a member, or by name only."""

    initial: dict[str, Any]
    largest: int
    invitation: Invitation | None = None


def known_guest(request: HttpRequest, event: Event) -> KnownGuest:
    asked = request.GET
    if number := as_number(asked.get("invitation", "")):
        invitation = get_object_or_404(Invitation.objects.live().filter(event=event), pk=number)
        initial = {name: getattr(invitation, name) for name in ("name", "email", "language")}
        return KnownGuest(initial, largest_party_of(event.rsvp_policy, invitation), invitation)
    if number := as_number(asked.get("member", "")):
        may_see_members(request)
        member = get_object_or_404(Member.objects.filter(is_active=True), pk=number)
        initial = {"name": member.name, "email": member.email, "language": member.language}
        return KnownGuest(initial, event.rsvp_policy.largest_party)
    return KnownGuest({"name": asked.get("name", "")[:150]}, event.rsvp_policy.largest_party)


def may_see_members(request: HttpRequest) -> None:
    if not request.user.has_perm("people.view_member"):
        raise PermissionDenied


def party(request: HttpRequest, pk: int, permission: str) -> Rsvp:
    known = Rsvp.objects.select_related("event__rsvp_policy", "hold", "member")
    return row_of(request, permission, known, pk)


def to_party(rsvp: Rsvp) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:events_rsvp_change", args=[rsvp.pk]))


def back_to_list(rsvp: Rsvp) -> HttpResponse:
    return HttpResponseRedirect(guest_list_of(rsvp.event))


def guest_list_of(event: Event) -> str:
    return reverse("admin:events_event_guests", args=[event.pk])
