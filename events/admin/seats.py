"""What staff know of an event's seats: who has them, who is next and why, what would happen if, and what was done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from events import explain as explaining
from events import rsvp as verbs
from events.admin.access import by_staff, event_with_rules
from events.admin.deeds import OFFER, PRIORITISE
from events.admin.forms import NoteField
from events.admin.room_queue import say_limit_with_undo
from events.desk_notes import tell_notes
from events.explain import Explanation, Prospect, explain
from events.explained import why_next
from events.forms import SeatsField
from events.models import Event, Rsvp, RsvpPolicy
from events.refusals import tell
from events.seat_bar import SeatBar
from sistercities.busy import Busy

SHOWN, CHOICES, NOTES = 50, 100, 30
MOST_SEATS, MOST_MORE = 20_000, 500


class LimitForm(forms.Form):
    """How many seats there are, and why."""

    seat_limit = SeatsField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=gettext_lazy("Empty: no limit at all."),
    )
    reason = NoteField(
        label=gettext_lazy("Reason"), help_text=gettext_lazy("Kept with the change, seen by staff only.")
    )


class WhatIfForm(forms.Form):
    """A question about the seats, which changes nothing."""

    case = forms.ChoiceField(
        label=gettext_lazy("What would happen if"),
        choices=[
            ("raised", gettext_lazy("there were more seats")),
            ("withdrawn", gettext_lazy("a party withdrew")),
            ("lapsed", gettext_lazy("an offer lapsed")),
            ("near", gettext_lazy("the event were within 72 hours")),
        ],
    )
    seats = SeatsField(
        label=gettext_lazy("so many more"), min_value=1, max_value=MOST_MORE, required=False, initial=1
    )
    party = forms.ModelChoiceField(Rsvp.objects.none(), label=gettext_lazy("Party"), required=False)

    def __init__(self, data: Any, known: Explanation) -> None:
        super().__init__(data if data and data.get("case") else None)
        self.known = known
        self.party_field.queryset = explaining.may_withdraw(known.event)
        self.party_field.error_messages["invalid_choice"] = _("This party has no seats and does not wait.")

    @property
    def party_field(self) -> forms.ModelChoiceField:
        return self.fields["party"]  # type: ignore[return-value]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        case, rsvp = values.get("case"), values.get("party")
        if case == "raised" and not values.get("seats") and "seats" not in self.errors:
            self.add_error("seats", _("Please say how many."))
        if case in ("withdrawn", "lapsed") and not rsvp and "party" not in self.errors:
            self.add_error("party", _("Please choose a party."))
        elif case == "lapsed" and rsvp and not rsvp.seats_offered:
            self.add_error("party", _("This party has no offer."))
        return values

    def answer(self) -> tuple[str, Prospect]:
        """The case in words, and what would come of it."""
        values = self.cleaned_data
        rsvp, seats = values["party"], values["seats"]
        if values["case"] == "raised":
            words = ngettext("If there were %(count)d seat more", "If there were %(count)d seats more", seats)
            return words % {"count": seats}, explaining.if_raised(self.known, seats)
        if values["case"] == "withdrawn":
            words = _("If %(name)s withdrew") % {"name": rsvp.name}
            return words, explaining.if_withdrawn(self.known, rsvp)
        if values["case"] == "lapsed":
            return _("If the offer to %(name)s lapsed") % {"name": rsvp.name}, explaining.if_lapsed(
                self.known, rsvp
            )
        return _("If the event were within 72 hours"), explaining.if_near(self.known)


class SeatsViews:
    """Mixed into the admin of events."""

    admin_site: Any
    message_user: Any
    answer: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/seats/", wrap(self.seats), name="events_event_seats"),
            path("<int:pk>/seats/limit/", wrap(require_POST(self.change_limit)), name="events_event_limit"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def seats(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every seat accounted for, and the line with its reasons; a question in the address is answered."""
        event = event_with_rules(request, pk, "view_rsvp")
        known = explain(event)
        question = WhatIfForm(request.GET, known)
        is_wrong = question.is_bound and not question.is_valid()
        context = {
            "question": question,
            "limit_form": LimitForm(initial={"seat_limit": event.rsvp_policy.seat_limit}),
        }
        return self.show_seats(request, known, context, 422 if is_wrong else 200)

    def change_limit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Raise, lower or remove the number of seats, with a reason."""
        event = event_with_rules(request, pk, "change_rsvppolicy")
        form, status = LimitForm(request.POST), 422
        if form.is_valid():
            seats = form.cleaned_data["seat_limit"]
            try:
                verbs.set_limit(event, seats, by_staff(request, form.cleaned_data["reason"]))
            except (verbs.Refused, Busy) as problem:
                status = tell(form, problem)
            else:
                self.say_limit(request, event)
                return HttpResponseRedirect(reverse("admin:events_event_seats", args=[pk]))
        known = explain(event)
        return self.show_seats(
            request, known, {"question": WhatIfForm(None, known), "limit_form": form}, status
        )

    def say_limit(self, request: HttpRequest, event: Event) -> None:
        rules = RsvpPolicy.objects.get(event=event)
        if rules.seat_limit is None:
            words = _("There is no limit of seats any more.")
        else:
            words = ngettext(
                "There is %(count)d seat now; %(taken)d of it is promised.",
                "There are %(count)d seats now; %(taken)d of them are promised.",
                rules.seat_limit,
            ) % {"count": rules.seat_limit, "taken": rules.seats_committed}
        if not say_limit_with_undo(request, event, words):
            self.message_user(request, words, messages.SUCCESS)

    def show_seats(
        self, request: HttpRequest, known: Explanation, context: dict[str, Any], status: int
    ) -> HttpResponse:
        question, event = context["question"], known.event
        notes = event.desk_notes.select_related("member").order_by("-pk")[:NOTES]
        shown = {
            "title": _("Seats and waiting list"),
            "tab": "seats",
            "known": known,
            "bar": SeatBar.of(known),
            "line": [(each, deeds_for(each.rsvp)) for each in known.line[:SHOWN]],
            "more": max(len(known.line) - SHOWN, 0),
            "why": why_next(known),
            "answered": question.answer() if question.is_bound and question.is_valid() else None,
            "choices": choices(known),
            "notes": tell_notes(notes, event),
            "may_change": request.user.has_perm("events.change_rsvp"),
            "may_set_limit": request.user.has_perm("events.change_rsvppolicy"),
        }
        return self.answer(request, "seats", event, {**shown, **context}, status)


def deeds_for(rsvp: Rsvp) -> list[Any]:
    """What is done with a party from the line itself."""
    return [deed for deed in (PRIORITISE, OFFER) if deed.is_open(rsvp)]


def choices(known: Explanation) -> list[tuple[Any, list[Rsvp]]]:
    """The parties that the question offers: the head of the line, and those who come; others by their own page."""
    line = [each.rsvp for each in known.line[:SHOWN]]
    seated = known.event.rsvps.filter(seats_confirmed__gt=0, queue_number=None).order_by("name", "pk")
    found = list(
        seated.only("name", "event_id", "seats_confirmed", "seats_wanted", "seats_offered")[:CHOICES]
    )
    return [(_("In line"), line), (_("Confirmed"), found)]
