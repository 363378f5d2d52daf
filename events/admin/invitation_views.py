"""What was sent to those invited to an event, when, and what came of it; and the letters to a choice of them."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events import invitations as verbs
from events import rsvp
from events.admin.access import by_staff, event_with_rules, row_of
from events.admin.hold_forms import ReserveForm
from events.invitation_letters import WORDS, Posted, Sending
from events.invitation_overview import (
    ANSWERS,
    STATES,
    Choice,
    as_csv,
    as_number,
    numbers,
    seats_coming,
    told,
)
from events.models import Event, Invitation
from events.refusals import tell
from events.rsvp import Refused
from sistercities.busy import Busy

A_PAGE = 100
REVOKE = "revoke"
TITLES = {
    "send": _("Send the invitations"),
    "again": _("Send the invitations again"),
    "remind": _("Remind those who have not answered"),
    REVOKE: _("Revoke the invitations"),
}


class InvitationViews:
    """Mixed into the admin of invitations."""

    admin_site: Any
    opts: Any
    message_user: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("of/<int:pk>/", wrap(self.overview), name="events_invitation_overview"),
            path("of/<int:pk>/invitations.csv", wrap(self.overview_csv), name="events_invitation_csv"),
            path("of/<int:pk>/letters/<slug:deed>/", wrap(self.letters), name="events_invitation_letters"),
            path("<int:pk>/seats/", wrap(self.reserve), name="events_invitation_seats"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def overview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everybody invited: where the letter is, what was answered, what the guest wrote."""
        event, choice = event_with_rules(request, pk, "view_invitation"), Choice.read(request.GET)
        chosen = choice.of(event).select_related("batch", "hold").order_by("name", "pk")
        page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
        context = {
            "title": _("Invitations"),
            "tab": "invitations",
            "numbers": numbers(event),
            "seats": seats_coming(event),
            "choice": choice,
            "query": urlencode(choice.query),
            "states": [(name, words) for name, (words, _rule) in STATES.items()],
            "answers": [(name, words) for name, (words, _rule) in ANSWERS.items()],
            "batches": list(event.invitation_lists.order_by("-made_at")),
            "page_obj": page,
            "rows": told(page.object_list),
        }
        return self.invitation_page(request, "overview", event, context)

    def overview_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the page shows, for a spreadsheet."""
        event = event_with_rules(request, pk, "view_invitation")
        rows = Choice.read(request.GET).of(event).select_related("batch", "event").order_by("name", "pk")
        return as_file(as_csv(told(rows)), f"invitations-{event.slug}.csv")

    def letters(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Who would get this letter and who not, and why; the press on the button sends it."""
        event, choice = event_with_rules(request, pk, "change_invitation"), Choice.read(request.GET)
        if deed not in TITLES:
            raise Http404
        ticked = request.GET.getlist("chosen")
        chosen = _ticked(choice.of(event), ticked)
        if request.method == "POST" and self.do(request, event, chosen, deed):
            return HttpResponseRedirect(_back(event, choice))
        found = _who(chosen, deed)
        context = {
            "title": TITLES[deed],
            "deed": deed,
            "found": found,
            "left": [(WORDS[why], count) for why, count in found.left.items()],
            "names": list(_concerned(chosen, deed)[:20]),
            "why_not": self.why_not(event, deed),
            "back": _back(event, choice),
        }
        return self.invitation_page(request, "letters", event, context)

    def why_not(self, event: Event, deed: str) -> str:
        try:
            if deed != REVOKE:
                verbs.check_sendable(event)
        except Refused as refused:
            return str(refused.message)
        return ""

    def do(self, request: HttpRequest, event: Event, chosen: QuerySet[Any], deed: str) -> bool:
        """Send or revoke; False where that is refused, and the page says why."""
        try:
            if deed == REVOKE:
                count = verbs.revoke_all(_concerned(chosen, deed), by_staff(request))
                words = ngettext(
                    "%(count)d invitation is revoked.", "%(count)d invitations are revoked.", count
                )
            else:
                count = len(verbs.send_all(chosen, Sending(deed)))
                words = going_out(Sending(deed), count)
        except (Refused, Busy) as problem:
            self.message_user(request, str(problem.args[0]), messages.ERROR)
            return False
        self.log_deed(request, event, deed, count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS if count else messages.WARNING)
        return True

    def log_deed(self, request: HttpRequest, event: Event, deed: str, count: int) -> None:
        self.log_change(request, event, f"{TITLES[deed]}: {count}")  # type: ignore[attr-defined]

    def reserve(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep seats for one invited guest."""
        known = Invitation.objects.live().select_related("event__rsvp_policy")
        invited = row_of(request, "change_rsvp", known, pk)
        form = ReserveForm(request.POST or None, initial={"seats": invited.largest_party or 1})
        status = 200
        if form.is_valid():
            status = self.keep(request, invited, form)
            if not status:
                return HttpResponseRedirect(reverse("admin:events_invitation_change", args=[invited.pk]))
        context = {
            "title": _("Reserve seats"),
            "form": form,
            "invited": invited,
            "seats": invited.event.rsvp_policy,
            "someone_waits": invited.event.rsvps.waiting().exists(),
        }
        status = 422 if form.is_bound and status == 200 else status
        return self.invitation_page(request, "reserve", invited.event, context, status)

    def keep(self, request: HttpRequest, invited: Invitation, form: ReserveForm) -> int:
        """0 where the seats are kept, else the status of the page that says why not."""
        values = form.cleaned_data
        block = rsvp.Block(name=invited.name, seats=values["seats"], invitation=invited)
        act = partial(rsvp.hold_seats, invited.event, block, by_staff(request, values["reason"]))
        try:
            act(raises_limit=values["raises_limit"])
        except (Refused, Busy) as problem:
            return tell(form, problem)
        self.message_user(request, _("Kept for %(name)s.") % {"name": invited.name}, messages.SUCCESS)
        return 0

    def invitation_page(
        self, request: HttpRequest, template: str, event: Event, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "event": event,
            "may_add": request.user.has_perm("events.add_invitation"),
            "may_change": request.user.has_perm("events.change_invitation"),
        }
        name = f"admin/events/invitation/{template}.html"
        answer = TemplateResponse(request, name, {**shared, **context}, status=status)
        answer.headers["Cache-Control"] = "no-store"
        return answer


# --- steps ----------------------------------------------------------------------------------------------


def as_file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def overview_of(event: Event, query: dict[str, str] | None = None) -> str:
    return reverse("admin:events_invitation_overview", args=[event.pk], query=query or None)


def going_out(sending: Sending, count: int) -> str:
    """What staff read once letters are on their way."""
    if sending is Sending.REMINDER:
        return ngettext("%(count)d reminder goes out.", "%(count)d reminders go out.", count)
    return ngettext("%(count)d invitation goes out.", "%(count)d invitations go out.", count)


def _back(event: Event, choice: Choice) -> str:
    """To the list, if the choice is just one, else to the page of all."""
    if list(choice.query) == ["batch"] and event.invitation_lists.filter(pk=choice.batch_pk).exists():
        return reverse("admin:events_invitation_list", args=[choice.batch_pk])
    return overview_of(event, choice.query)


def _ticked(chosen: QuerySet[Any], ticked: list[str]) -> QuerySet[Any]:
    """Those ticked on the page, or all of the choice where none is."""
    numbers = [number for text in ticked if (number := as_number(text))]
    rows = chosen.filter(pk__in=numbers) if ticked else chosen
    # Counts and sub-queries of the page are no part of what is locked.
    return Invitation.objects.filter(pk__in=[*rows.values_list("pk", flat=True)])


def _who(chosen: QuerySet[Any], deed: str) -> Posted:
    if deed == REVOKE:
        return Posted(list(_concerned(chosen, deed).values_list("pk", flat=True)))
    return verbs.sort_out(chosen, Sending(deed))


def _concerned(chosen: QuerySet[Any], deed: str) -> QuerySet[Any]:
    rows = chosen.select_related("event").order_by("name", "pk")
    return (
        rows.filter(revoked_at=None)
        if deed == REVOKE
        else rows.filter(pk__in=verbs.sort_out(chosen, Sending(deed)).sent)
    )
