"""The forms with which staff keep blocks of seats for delegations and invited guests."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.admin.clock import WallClockField, instant_of, wall_time
from events.admin.forms import NoteField
from events.admin.party_forms import HEARD
from events.delegation_forms import LONGEST_LIST, read_names
from events.forms import SeatsField
from events.models import Event, Invitation, Rsvp, SeatHold
from events.roster import Roster
from events.rsvp import Block
from sistercities.pages.fields import personal_name, single_line
from sistercities.pages.forms_for_strangers import AddressField

MOST = 500
TERMS = ["freezes_at", "keeps_unnamed", "owner_name", "owner_email", "language", "note"]
SEATS: dict[str, Any] = {
    "min_value": 1,
    "max_value": MOST,
    "error_messages": {"invalid": _("Please write the number of seats in digits, such as 12.")},
}

KEPT_ALREADY = _("There is a block of this name already: change its number of seats.")
GIVEN_BACK = _(
    "A block of this name was given back. Keep a new one under another name, such as “second bus”."
)


class TermsForm(forms.Form):
    """Who names the people of a delegation, how they are written to, and until when, on the clocks of the event."""

    freezes_at = WallClockField(
        label=_("Names fixed from"),
        help_text=_(
            "On the clocks of the place. From then on people can only be taken off the list. Empty: from the beginning."
        ),
    )
    keeps_unnamed = forms.BooleanField(
        label=_("Keep unnamed seats then"),
        required=False,
        help_text=_("Otherwise seats that nobody is named for go to those who wait."),
    )
    owner_name = forms.CharField(
        label=_("Who names the guests"),
        required=False,
        max_length=150,
        validators=[single_line, personal_name],
        widget=AdminTextInputWidget,
    )
    owner_email = AddressField(
        label=_("Their e-mail"),
        required=False,
        widget=AdminTextInputWidget,
        help_text=_("Their personal link goes there. May stay empty where you hand it over yourself."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("In which we write to them.")
    )
    note = NoteField(label=_("Note"), required=False, help_text=_("Seen by staff only."))
    reason = NoteField(
        label=_("Reason"), required=False, help_text=_("Kept with the change, seen by staff only.")
    )

    def __init__(self, *args: Any, event: Event, hold: SeatHold | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.hold = event, hold
        if hold:
            self.initial.update({name: getattr(hold, name) for name in TERMS})
            self.initial["freezes_at"] = wall_time(hold.freezes_at, event.zone)

    def clean_freezes_at(self) -> datetime | None:
        wall = self.cleaned_data["freezes_at"]
        if wall is None:
            return None
        moment = instant_of(wall, self.event.zone)
        if self.hold and moment == self.hold.freezes_at:
            return moment
        if moment <= timezone.now():
            raise ValidationError(_("This moment has passed."))
        if self.event.starts_at and moment > self.event.starts_at:
            raise ValidationError(_("Names are fixed when the event begins, at the latest."))
        return moment

    @property
    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TERMS}


class HoldForm(TermsForm):
    """A block of seats that is to be kept."""

    invitation = forms.ModelChoiceField(
        queryset=Invitation.objects.none(),
        label=_("For an invitation"),
        required=False,
        empty_label=_("no: for a delegation"),
        help_text=_("Seats kept for one invited guest become theirs with a yes. Nobody names them before."),
    )
    name = forms.CharField(
        label=_("Delegation"),
        required=False,
        max_length=150,
        validators=[single_line],
        widget=AdminTextInputWidget,
        help_text=_("As it should stand on lists, such as: Guangzhou Foreign Affairs Office."),
    )
    seats = SeatsField(label=_("Seats"), **SEATS)
    reason = NoteField(
        label=_("Reason"),
        required=False,
        help_text=_("Kept with the change, seen by staff only. Wanted where others wait for these seats."),
    )
    field_order = ["name", "invitation", "seats", *TERMS, "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Invitation.objects.live().filter(event=self.event, hold=None, rsvp=None)
        self.fields["invitation"].queryset = free.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if invitation := values.get("invitation"):
            values["name"] = values.get("name") or invitation.name
        name = values.get("name")
        if not name and "name" not in self.errors:
            self.add_error("name", _("Please say for whom the seats are kept."))
        elif name and (known := self.event.holds.filter(name=name).first()):
            self.add_error("name", KEPT_ALREADY if known.is_live else GIVEN_BACK)
        return values

    def block(self) -> Block:
        """The valid form as what is asked of the desk."""
        return Block(**{name: self.cleaned_data[name] for name in Block.__dataclass_fields__})


class ResizeForm(forms.Form):
    """Another number of seats for a block."""

    seats = SeatsField(
        label=_("Seats"), **SEATS, help_text=_("All of the block, those of the people named included.")
    )
    reason = NoteField(label=_("Reason"), help_text=_("Kept with the change, seen by staff only."))


class ListForm(forms.Form):
    """The whole list of a delegation, as somebody reads it out on the telephone."""

    names = forms.CharField(
        label=_("Guests"),
        required=False,
        max_length=LONGEST_LIST,
        widget=AdminTextareaWidget(attrs={"rows": 14}),
        help_text=_("All of them, one a line. Who does not stand here is taken off the list."),
    )
    source = forms.ChoiceField(
        label=_("How it reached you"), choices=HEARD, initial=Rsvp.Source.PHONE, required=False
    )
    reason = NoteField(
        label=_("Note for the record"),
        help_text=_("Such as: her secretary called. Kept with the change, seen by staff only."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data: Any = None, *, roster: Roster) -> None:
        super().__init__(data, initial={"names": "\n".join(roster.names), "seen": roster.stamp})
        self.roster = roster

    def clean_names(self) -> tuple[str, ...]:
        return tuple(read_names(self.cleaned_data["names"]))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        names, seats = values.get("names", ()), self.roster.seats
        if len(names) > seats:
            words = ngettext(
                "The block has %(seats)d seat, and the list %(names)d names. Make the block larger first.",
                "The block has %(seats)d seats, and the list %(names)d names. Make the block larger first.",
                seats,
            )
            self.add_error("names", words % {"seats": seats, "names": len(names)})
        elif not self.errors and values["seen"] != self.roster.stamp and names != self.roster.names:
            self.data = {**self.data, "seen": self.roster.stamp}
            self.add_error(
                "names",
                _(
                    "Somebody else changed this list meanwhile. Compare it with the block's page, then record again."
                ),
            )
        return values


class ReserveForm(forms.Form):
    """Seats that are kept for one invited guest."""

    seats = SeatsField(
        label=_("Seats"),
        min_value=1,
        max_value=40,
        help_text=_("The guest included. With a yes they become theirs."),
    )
    raises_limit = forms.BooleanField(
        label=_("Raise the number of seats"),
        required=False,
        help_text=_(
            "Where fewer are free: by as many as are wanting, in the same step. Nobody loses a seat by it."
        ),
    )
    reason = NoteField(
        label=_("Reason"),
        required=False,
        help_text=_("Kept with the change, seen by staff only. Wanted where others wait for these seats."),
    )
