"""The form with which staff set the rules by which an event takes RSVPs."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.admin.clock import WallClockField, set_instants, wall_time
from events.admin.days import DaysField
from events.admin.forms import NoteField
from events.answers import promised_already
from events.models import Event, RsvpPolicy
from events.models.policy import usual_reminders
from sistercities.pages.curating import PartFormSet

ANSWER_TIMES = ["opens_at", "closes_at", "names_by"]
MOVES = ("closes_at", "names_by")
SHORTEST_KEEPING = 30  # days; of fewer the field itself says that they are too few
RULES = [
    "mode",
    "verify_email",
    "waiting_list",
    "promotion",
    "offer_hours",
    "members_first",
    "largest_party",
    "reminder_days",
    "sends_thanks",
    "reply_to_name",
    "reply_to_email",
    "asks_interpretation",
    "guest_list",
    "retention_days",
    "sensitive_days",
    *ANSWER_TIMES,
]


class PolicyForm(forms.ModelForm):
    """How an event takes RSVPs; times are those of the place."""

    opens_at = WallClockField(
        label=capfirst(_("opens")), help_text=_("Empty: as soon as the event is published.")
    )
    closes_at = WallClockField(
        label=capfirst(_("closes")),
        help_text=_("Empty: when the event begins. Afterwards guests may still withdraw or come with fewer."),
    )
    names_by = WallClockField(
        label=capfirst(_("names wanted by")),
        help_text=_("Until then companions may be without a name. Empty: they may stay so."),
    )
    reminder_days = DaysField(
        initial=usual_reminders,
        label=capfirst(_("reminds so many days before")),
        help_text=_(
            "At nine in the morning where the guest is. Days with commas, such as 14, 3, 1; empty: nobody is reminded."
        ),
    )
    reason = NoteField(
        label=_("Why the rules change"),
        required=False,
        help_text=_("Kept with the change, seen by staff only."),
    )

    class Meta:
        model = RsvpPolicy
        fields = [*RULES, "seat_limit"]

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.days_moved = 0
        for name in ANSWER_TIMES:
            self.initial[name] = wall_time(getattr(self.instance, name), event.zone)

    @property
    def rules_changed(self) -> dict[str, Any]:
        """What staff changed beside the number of seats, by name."""
        return {name: self.cleaned_data[name] for name in RULES if name in self.changed_data}

    @property
    def limit_grows(self) -> bool:
        before, now = self.initial.get("seat_limit"), self.cleaned_data["seat_limit"]
        return "seat_limit" in self.changed_data and before is not None and (now is None or now > before)

    def clean_seat_limit(self) -> int | None:
        seats: int | None = self.cleaned_data["seat_limit"]
        if self.instance.pk and seats is not None and seats < self.instance.seats_committed:
            raise forms.ValidationError(promised_already(self.instance.seats_committed))
        return seats

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        set_instants(self, values, ANSWER_TIMES, self.event.zone)
        if values.get("mode") != RsvpPolicy.Mode.NONE and not self.event.starts_at:
            self.add_error("mode", _("An event that takes RSVPs needs its start and its end."))
        largest, limit = values.get("largest_party"), values.get("seat_limit")
        if largest and limit and largest > limit:
            self.add_error(
                "largest_party", _("The largest party is at least one and no more than all seats.")
            )
        kept, sensitive = values.get("retention_days"), values.get("sensitive_days")
        if kept and sensitive and sensitive > kept >= SHORTEST_KEEPING:
            self.add_error("sensitive_days", _("Sensitive answers are kept no longer than the others."))
        self.days_moved = days_moved(self.event)
        self.check_moved(values)
        return values

    def check_moved(self, values: dict[str, Any]) -> None:
        """Deadlines move with the date of the event; they must not come to lie before the opening."""
        closes, opens = values.get("closes_at"), values.get("opens_at")
        if not self.days_moved or "closes_at" in self.changed_data or not closes or not opens:
            return
        if closes + timedelta(days=self.days_moved) <= opens:
            words = _("Moved together with the event it would lie before the opening: give both times anew.")
            self.add_error("closes_at", words)


def days_moved(event: Event) -> int:
    """By how many days of the calendar the form moves an event, compared with what is stored."""
    before = Event.objects.filter(pk=event.pk, starts_at__isnull=False).first()
    if before is None or event.starts_at is None:
        return 0
    return (event.local_start.date() - before.local_start.date()).days


class PolicyFormSet(PartFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "event": self.instance}
