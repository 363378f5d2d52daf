"""The forms with which staff write events and take answers."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from events.admin.clock import PLACE_HELP, WallClockField, set_instants, wall_time
from events.forms import DECLINED, GOING, SeatsField, new_nonce
from events.models import Event, Rsvp, RsvpPolicy
from events.rsvp import Answer
from people.models import known_zone
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.bilingual import columns
from sistercities.pages.curating import PartFormSet
from sistercities.pages.fields import single_line
from sistercities.pages.forms_for_strangers import NameField

POSTPONED_HELP = format_lazy(
    "{} {}",
    PLACE_HELP,
    _(
        "The event is postponed. While this is still the day it was planned for, the page says that there is no new "
        "date; give the new one here, and the page shows both."
    ),
)
TIMES = ["starts_at", "ends_at"]
ANSWER_TIMES = ["opens_at", "closes_at"]


class EventForm(PageForm):
    """An event; its times are those of the place."""

    starts_at = WallClockField(label=capfirst(_("starts")))
    ends_at = WallClockField(label=capfirst(_("ends")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TIMES:
            self.initial[name] = wall_time(getattr(self.instance, name), self.instance.zone)
        if self.instance.state == Event.State.POSTPONED and "starts_at" in self.fields:
            self.fields["starts_at"].help_text = POSTPONED_HELP
        if "timezone" in self.fields:
            self.fields["timezone"].help_text = _(
                "Such as America/Los_Angeles. Left empty it is the one of the venue's city."
            )

    def clean_timezone(self) -> str:
        # The model would say so too, yet only after the times have been read on that zone's clocks.
        zone: str = self.cleaned_data["timezone"]
        if zone:
            known_zone(zone)
        return zone

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("timezone") and values.get("venue") and "timezone" not in self.errors:
            values["timezone"] = values["venue"].city.timezone
        zone = Event(timezone=values.get("timezone") or "").zone
        set_instants(self, values, TIMES, zone)
        self.check_times(values)
        self.check_notices(values)
        self.keep_old_date(values)
        return values

    def keep_old_date(self, values: dict[str, Any]) -> None:
        """Who postpones an event and gives the new date at once need not write down the old one."""
        turns = "state" in self.changed_data and values.get("state") == Event.State.POSTPONED
        if turns and not values.get("planned_for") and "planned_for" not in self.errors:
            values["planned_for"] = self.instance.held

    def check_notices(self, values: dict[str, Any]) -> None:
        """Guests are told in their own language what became of the event."""
        turns = "state" in self.changed_data and values.get("state") not in (None, Event.State.ON)
        if turns and self.instance.pk and self.instance.rsvps.live().exists():
            for name in columns("notice"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Guests are told this by mail: say it in both languages."))

    def check_times(self, values: dict[str, Any]) -> None:
        starts_at, ends_at = values.get("starts_at"), values.get("ends_at")
        if self.errors.keys() & {*TIMES, "timezone", "held"}:
            return
        if starts_at and not ends_at:
            self.add_error("ends_at", _("Say also when it ends."))
        elif ends_at and not starts_at:
            self.add_error("starts_at", _("Say also when it starts."))
        elif starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("It ends before it starts."))
        elif starts_at and not values.get("timezone"):
            self.add_error("timezone", _("An event with a time of day needs its time zone."))
        elif not starts_at and not values.get("held"):
            self.add_error("starts_at", _("Give a start, or for an event of the past at least its date."))


class PolicyForm(forms.ModelForm):
    """How an event takes RSVPs; times are those of the place."""

    opens_at = WallClockField(
        label=capfirst(_("opens")), help_text=_("Empty: as soon as the event is published.")
    )
    closes_at = WallClockField(
        label=capfirst(_("closes")),
        help_text=_("Empty: when the event begins. Afterwards guests may still withdraw or come with fewer."),
    )

    class Meta:
        model = RsvpPolicy
        fields = ["mode", "waiting_list", "seat_limit", "largest_party", "opens_at", "closes_at"]

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        for name in ANSWER_TIMES:
            self.initial[name] = wall_time(getattr(self.instance, name), event.zone)

    def clean_seat_limit(self) -> int:
        seats: int = self.cleaned_data["seat_limit"]
        if self.instance.pk and seats < self.instance.seats_committed:
            words = _(
                "%(count)d seats are promised already. Ask guests to withdraw first, or keep at least as many seats."
            )
            raise forms.ValidationError(words, params={"count": self.instance.seats_committed})
        return seats

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        set_instants(self, values, ANSWER_TIMES, self.event.zone)
        if values.get("mode") != RsvpPolicy.Mode.NONE and not self.event.starts_at:
            self.add_error("mode", _("An event that takes RSVPs needs its start and its end."))
        if (
            values.get("largest_party")
            and values.get("seat_limit")
            and values["largest_party"] > values["seat_limit"]
        ):
            self.add_error(
                "largest_party", _("The largest party is at least one and no more than all seats.")
            )
        return values


class PolicyFormSet(PartFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "event": self.instance}


class NoteField(forms.CharField):
    """A line that is kept with a change."""

    def __init__(self, **kwargs: Any) -> None:
        fixed: dict[str, Any] = {
            "max_length": 300,
            "validators": [single_line],
            "widget": AdminTextInputWidget,
        }
        super().__init__(**{**fixed, **kwargs})


class PartyForm(forms.Form):
    """An answer that staff take for somebody, by phone or at the desk."""

    nonce = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=new_nonce)
    name = NameField(label=_("Name"), widget=AdminTextInputWidget)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=AdminTextInputWidget,
        help_text=_(
            "May stay empty. With an address the guest gets a confirmation and the link to change the answer."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("In which we write to them.")
    )
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[(GOING, _("will come")), (DECLINED, _("cannot come"))],
        initial=GOING,
        widget=forms.RadioSelect,
    )
    seats = SeatsField(
        label=_("Seats"),
        min_value=1,
        initial=1,
        required=False,
        help_text=_("The whole party, the guest included."),
    )
    companions = forms.CharField(
        label=_("Companions"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("One name a line; may follow later."),
    )
    message = forms.CharField(
        label=_("Message to the hosts"),
        required=False,
        max_length=2000,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
    )
    reason = NoteField(
        label=_("Note for the record"),
        help_text=_(
            "How the answer reached you, such as: by phone on Monday. Kept with the change, seen by staff only."
        ),
    )

    def clean_companions(self) -> tuple[str, ...]:
        names = tuple(name.strip() for name in self.cleaned_data["companions"].splitlines() if name.strip())
        for name in names:
            NameField().clean(name)
        return names

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("answer") == GOING and not self.errors:
            if not values.get("seats"):
                self.add_error("seats", _("Please say how many of them will come."))
            elif len(values["companions"]) >= values["seats"]:
                self.add_error("companions", _("More companions are named than seats asked for."))
        return values

    def said(self) -> Answer:
        """The valid form as an answer."""
        values = self.cleaned_data
        going = values["answer"] == GOING
        return Answer(
            name=values["name"],
            email=values.get("email", ""),
            seats=values["seats"] if going else 0,
            companions=values["companions"] if going else (),
            message=values["message"],
            language=values["language"],
            nonce=values["nonce"],
        )


class ChangedPartyForm(PartyForm):
    """The same for a party that has answered; its address stands."""

    email = None  # type: ignore[assignment]

    def __init__(self, data: Any = None, *, rsvp: Rsvp) -> None:
        companions = "\n".join(guest.name for guest in rsvp.guests.all() if not guest.is_lead and guest.name)
        answer = GOING if rsvp.is_live else DECLINED
        known = {
            "name": rsvp.name,
            "language": rsvp.language,
            "seats": rsvp.seats_wanted or 1,
            "message": rsvp.message,
            "answer": answer,
        }
        super().__init__(data, initial={**known, "companions": companions, "nonce": ""})


class ReasonForm(forms.Form):
    """Why staff take an answer back."""

    reason = NoteField(label=_("Reason"), help_text=_("Kept with the change, seen by staff only."))
