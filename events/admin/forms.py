"""The form with which staff write events, and the fields that its neighbours share."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from events.admin.clock import PLACE_HELP, WallClockField, set_instants, wall_time
from events.models import Event
from people.models import known_zone
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.bilingual import columns
from sistercities.pages.fields import single_line

POSTPONED_HELP = format_lazy(
    "{} {}",
    PLACE_HELP,
    _(
        "The event is postponed. While this is still the day it was planned for, the page says that there is no new "
        "date; give the new one here, and the page shows both."
    ),
)
TIMES = ["starts_at", "ends_at"]


def start_of(event: Event) -> str:
    """When it begins, as it is noted: in a form in which every reader gets it on the clocks of the place."""
    return event.starts_at.isoformat() if event.starts_at else str(event.held or "")


def place_of(event: Event) -> str:
    """Where it takes place, as it is noted."""
    return str(event.venue or event.place_en or event.place_zh_hans)


class EventForm(PageForm):
    """An event; its times are those of the place. Keeps when and where it was to be until now."""

    starts_at = WallClockField(label=capfirst(_("starts")))
    ends_at = WallClockField(label=capfirst(_("ends")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_at, self.was_in = start_of(self.instance), place_of(self.instance) if self.is_bound else ""
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
        if self.errors.keys() & {*TIMES, "timezone", "held"} or not set(TIMES) <= self.fields.keys():
            return  # to some who write the page the times are fixed
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


class NoteField(forms.CharField):
    """A line that is kept with a change."""

    def __init__(self, **kwargs: Any) -> None:
        fixed: dict[str, Any] = {
            "max_length": 300,
            "validators": [single_line],
            "widget": AdminTextInputWidget,
        }
        super().__init__(**{**fixed, **kwargs})


class ReasonForm(forms.Form):
    """Why staff take an answer back."""

    reason = NoteField(label=_("Reason"), help_text=_("Kept with the change, seen by staff only."))
