"""Blocks of seats within the admin: kept for delegations and invited guests. Each act is a verb of ``events.rsvp``."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events import rsvp as verbs
from events.admin.access import by_staff, event_with_rules, row_of
from events.admin.forms import ReasonForm
from events.admin.hold_forms import HoldForm, ListForm, ResizeForm, TermsForm
from events.desk_notes import ToldNote, tell_notes
from events.history import Told, history
from events.hold_terms import amend_hold
from events.links import hold_url
from events.models import DeskNote, Event, Rsvp, RsvpPolicy, SeatHold
from events.refusals import tell
from events.roster import changes, fixed_from, in_a_row, roster_of, twice
from sistercities.busy import Busy
from sistercities.undoing import say_with_undo

KEPT = (DeskNote.Kind.HOLD, DeskNote.Kind.RELEASE)
NOTES = 100
TOLD_OF = ("names", "seats", "release")  # of these the owner of a block gets a mail


class HoldViews:
    """Mixed into the admin of events."""

    admin_site: Any
    opts: Any
    message_user: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/holds/", wrap(self.holds), name="events_event_holds"),
            path("<int:pk>/holds/add/", wrap(self.add_hold), name="events_hold_add"),
            path("holds/<int:pk>/", wrap(self.hold), name="events_hold"),
            path("holds/<int:pk>/names/", wrap(self.name_people), name="events_hold_names"),
            path("holds/<int:pk>/seats/", wrap(self.resize), name="events_hold_seats"),
            path("holds/<int:pk>/terms/", wrap(self.change_terms), name="events_hold_terms"),
            path("holds/<int:pk>/release/", wrap(self.release), name="events_hold_release"),
            path("holds/<int:pk>/link/", wrap(self.renew_link), name="events_hold_link"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def holds(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All blocks of an event, with what is named and what is kept, and what was done with them."""
        event = event_with_rules(request, pk, "view_rsvp")
        blocks = list(event.holds.select_related("rsvp", "invitation__rsvp"))
        for block in blocks:
            block.event = event
        notes = event.desk_notes.filter(kind__in=KEPT).select_related("member")
        context = {
            "title": _("Blocks of seats"),
            "blocks": [(block, _named(block), fixed_from(block)) for block in blocks],
            "told": tell_notes(notes.order_by("-pk")[:NOTES], event),
            "is_list": True,
        }
        return self.hold_page(request, "list", event, context)

    def add_hold(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep a block of free seats."""
        event = event_with_rules(request, pk, "change_rsvp")
        form = HoldForm(request.POST or None, event=event, initial=request.GET.dict())
        status = 200
        if form.is_valid():
            by = by_staff(request, form.cleaned_data["reason"])
            words = _("Kept for %(name)s.") % {"name": form.cleaned_data["name"]}
            status = self.attempt(request, form, partial(verbs.hold_seats, event, form.block(), by), words)
            if not status:
                return HttpResponseRedirect(reverse("admin:events_event_holds", args=[event.pk]))
        context = {"title": _("Keep seats"), "form": form, "button": _("Keep the seats"), "act": "seats"}
        return self.hold_page(request, "form", event, context, status)

    def hold(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One block: who is named, the link of its owner, and all that was done with it."""
        hold = block_of(request, pk, "view_rsvp")
        context = {
            "title": _("Block of seats"),
            "roster": roster_of(hold),
            "link": hold_url(hold.link_handle, hold.link_version, hold.language),
            "told": _told(hold),
        }
        return self.hold_page(request, "detail", hold.event, context, hold=hold)

    def name_people(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Name people for the owner, who said them on the telephone."""
        hold = self.to_change(request, pk)
        roster = roster_of(hold)
        form, status = ListForm(request.POST or None, roster=roster), 200
        if form.is_valid():
            names, source = form.cleaned_data["names"], form.cleaned_data["source"]
            by = by_staff(request, form.cleaned_data["reason"], source or Rsvp.Source.WEB)
            act = partial(verbs.name_delegates, hold, names, by, roster.names)
            status = self.attempt(request, form, act)
            if not status:
                self.say_changes(request, roster.names, names)
                return to_block(hold)
        context = {
            "title": _("Name the people"),
            "form": form,
            "button": _("Record the list"),
            "act": "names",
        }
        return self.hold_page(request, "form", hold.event, context, status, hold)

    def say_changes(self, request: HttpRequest, before: tuple[str, ...], after: tuple[str, ...]) -> None:
        for words in changes(before, after).words or [str(_("Nothing was changed."))]:
            self.message_user(request, words, messages.SUCCESS)
        if doubled := twice(after):
            warning = _("More than one guest is called %(names)s.")
            self.message_user(request, warning % {"names": in_a_row(doubled)}, messages.WARNING)

    def resize(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a block larger or smaller."""
        hold = self.to_change(request, pk)
        form, status = ResizeForm(request.POST or None, initial={"seats": hold.seats}), 200
        if form.is_valid():
            seats, by = form.cleaned_data["seats"], by_staff(request, form.cleaned_data["reason"])
            words = ngettext(
                "Seats of the block: now %(count)d.", "Seats of the block: now %(count)d.", seats
            )
            words %= {"count": seats}
            status = self.attempt(request, form, partial(verbs.resize_hold, hold, seats, by))
            if not status:
                self.say_resized(request, hold, words)
                return to_block(hold)
        context = {"title": _("Change the number of seats"), "form": form, "button": _("Change the number")}
        return self.hold_page(request, "form", hold.event, {**context, "act": "seats"}, status, hold)

    def say_resized(self, request: HttpRequest, before: SeatHold, words: str) -> None:
        """With a way back where nobody was told by mail."""
        if before.owner_email:
            self.message_user(request, words, messages.SUCCESS)
        else:
            back = {"seats": before.seats, "reason": _("Taken back")}
            say_with_undo(request, words, reverse("admin:events_hold_seats", args=[before.pk]), **back)

    def change_terms(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change who names the people, and until when; an old address opens nothing then."""
        hold = self.to_change(request, pk)
        form, status = TermsForm(request.POST or None, event=hold.event, hold=hold), 200
        if form.is_valid():
            by = by_staff(request, form.cleaned_data["reason"])
            act = partial(amend_hold, hold, by, **form.terms)
            status = self.attempt(request, form, act, _("Saved: “%(name)s”.") % {"name": hold})
            if not status:
                self.say_link(request, hold, form.terms["owner_email"])
                return to_block(hold)
        context = {"title": _("Change what was agreed"), "form": form, "button": _("Save")}
        return self.hold_page(request, "form", hold.event, context, status, hold)

    def say_link(self, request: HttpRequest, hold: SeatHold, email: str) -> None:
        if email != hold.owner_email:
            words = MAILED if email else NO_LINK
            self.message_user(request, words % {"email": email}, messages.SUCCESS)

    def release(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give back what a block still keeps; the people who are named come."""
        hold = self.to_change(request, pk)
        form, status = ReasonForm(request.POST or None), 200
        if form.is_valid():
            by = by_staff(request, form.cleaned_data["reason"])
            words = _("The seats without a name are given back.")
            status = self.attempt(request, form, partial(verbs.release_hold, hold, by), words)
            if not status:
                return to_block(hold)
        context = {"title": _("Give the block back"), "form": form, "button": _("Give the block back")}
        return self.hold_page(request, "form", hold.event, {**context, "act": "release"}, status, hold)

    def renew_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make earlier links of the owner worthless, and mail a new one where there is an address."""
        hold = self.to_change(request, pk)
        form, status = ReasonForm(request.POST or None), 200
        if form.is_valid():
            by = by_staff(request, form.cleaned_data["reason"])
            words = (MAILED if hold.owner_email else NO_LINK) % {"email": hold.owner_email}
            status = self.attempt(request, form, partial(verbs.renew_hold_link, hold, by), words)
            if not status:
                return to_block(hold)
        context = {"title": _("New personal link"), "form": form, "button": _("Make a new link")}
        return self.hold_page(request, "form", hold.event, {**context, "act": "link"}, status, hold)

    # --- steps ----------------------------------------------------------------------------------------

    def to_change(self, request: HttpRequest, pk: int) -> SeatHold:
        hold = block_of(request, pk, "change_rsvp")
        if hold.invitation_id and not request.path.endswith(("/seats/", "/release/")):
            raise PermissionDenied
        return hold

    def attempt(
        self, request: HttpRequest, form: forms.Form, act: Callable[[], SeatHold], words: str | Promise = ""
    ) -> int:
        """Do it: 0 where it was done, else the status of the page that says beside the form why not."""
        try:
            act()
        except (verbs.Refused, Busy) as problem:
            return tell(form, problem)
        if words:
            self.message_user(request, words, messages.SUCCESS)
        return 0

    def hold_page(
        self,
        request: HttpRequest,
        template: str,
        event: Event,
        context: dict[str, Any],
        status: int = 200,
        hold: SeatHold | None = None,
    ) -> HttpResponse:
        form = context.get("form")
        if form and form.is_bound and status == 200:
            status = 422
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "event": event,
            "hold": hold,
            "seats": RsvpPolicy.objects.get(event=event),
            "someone_waits": event.rsvps.waiting().exists(),
            "may_change": request.user.has_perm("events.change_rsvp"),
            "told_of": TOLD_OF,
        }
        answer = TemplateResponse(
            request, f"admin/events/hold/{template}.html", {**shared, **context}, status=status
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer


MAILED = _("A new link goes to %(email)s; earlier ones open nothing now.")
NO_LINK = _("Earlier links open nothing now. The new one stands on this page, to be handed over.")


def block_of(request: HttpRequest, pk: int, permission: str) -> SeatHold:
    known = SeatHold.objects.select_related("event__rsvp_policy", "invitation")
    return row_of(request, permission, known, pk)


def to_block(hold: SeatHold) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:events_hold", args=[hold.pk]))


def _told(hold: SeatHold) -> list[ToldNote | Told]:
    """What was done with a block and its list, the latest first."""
    notes = DeskNote.objects.filter(event=hold.event, kind__in=KEPT, subject=hold.name)
    told: list[ToldNote | Told] = [*tell_notes(notes.select_related("member"), hold.event)]
    if party := Rsvp.objects.filter(hold=hold).select_related("event").first():
        told += history(party)
    return sorted(told, key=_moment, reverse=True)


def _moment(told: ToldNote | Told) -> datetime:
    return told.note.at if isinstance(told, ToldNote) else told.change.at


def _named(hold: SeatHold) -> int:
    """How many people are named in a block, or come by its invitation."""
    party = getattr(hold, "rsvp", None) or getattr(hold.invitation, "rsvp", None)
    return party.seats_confirmed if party else 0
