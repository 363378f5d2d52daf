"""The forms with which staff take and change answers, and decide about a party."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from events.admin.forms import NoteField
from events.deciding import ASKS_OTHERWISE
from events.forms import DECLINED, GOING, SeatsField, new_nonce
from events.models import Rsvp
from events.rsvp import Answer
from people.models import Member
from sistercities.pages.forms_for_strangers import AddressField, NameField, RunningText

HEARD = [choice for choice in Rsvp.Source.choices if choice[0] != Rsvp.Source.WEB]


class HeardForm(forms.Form):
    """What somebody said, by phone or at the desk: how it reached us, and a note of it."""

    source = forms.ChoiceField(label=_("How it reached you"), choices=HEARD, initial=Rsvp.Source.PHONE)
    reason = NoteField(
        label=_("Note for the record"),
        required=False,
        help_text=_("Such as: her secretary called. Kept with the change, seen by staff only."),
    )
    # They stand last, below what was said.
    last = ("source", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in self.last] + [*self.last])


class PartyForm(HeardForm):
    """An answer that staff take for somebody."""

    nonce = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=new_nonce)
    name = NameField(
        label=_("Name"),
        widget=AdminTextInputWidget,
        error_messages={"required": _("Please give the name of the guest.")},
    )
    email = AddressField(
        label=_("E-mail"),
        required=False,
        widget=AdminTextInputWidget,
        help_text=_(
            "May stay empty. With an address the guest gets a confirmation and the link to change the answer; that of a"
            " member makes it the answer of a member."
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
    takes_any = forms.BooleanField(
        label=_("Takes any seat"),
        required=False,
        help_text=_(
            "On the waiting list: seated as soon as a seat is free, also with a part of the party, without being asked."
        ),
    )
    companions = forms.CharField(
        label=_("Companions"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("One name a line; may follow later."),
    )
    message = RunningText(
        label=_("Message to the hosts"),
        required=False,
        max_length=2000,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, largest: int, by_invitation: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.largest = largest
        self.by_invitation = by_invitation

    def clean_seats(self) -> int | None:
        seats: int | None = self.cleaned_data["seats"]
        if seats and seats > self.largest and self.data.get("answer") == GOING:
            invited = _(
                "The invitation of this guest is for %(count)d. Raise the largest party on the invitation first,"
                " or keep a block of seats for a delegation."
            )
            words = (
                invited
                if self.by_invitation
                else _(
                    "By the rules of this event a party has at most %(count)d guests. Raise the largest party there,"
                    " or keep a block of seats for a delegation."
                )
            )
            raise forms.ValidationError(words, params={"count": self.largest})
        return seats

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
        going, email = values["answer"] == GOING, values.get("email", "")
        return Answer(
            name=values["name"],
            email=email,
            # Staff know who calls: a member is served as one, as if signed in.
            member=Member.objects.at(email).filter(is_active=True).first() if email else None,
            seats=values["seats"] if going else 0,
            companions=values["companions"] if going else (),
            message=values["message"],
            language=values["language"],
            nonce=values["nonce"],
            takes_any=values["takes_any"],
        )


class ChangedPartyForm(PartyForm):
    """The same for a party that has answered; its address stands."""

    email = None  # type: ignore[assignment]

    def __init__(self, data: Any = None, *, rsvp: Rsvp) -> None:
        companions = "\n".join(guest.name for guest in rsvp.guests.all() if not guest.is_lead and guest.name)
        known = {
            "name": rsvp.name,
            "language": rsvp.language,
            "seats": rsvp.seats_wanted or 1,
            "message": rsvp.message,
            "answer": GOING if rsvp.is_live else DECLINED,
            "takes_any": rsvp.takes_any,
        }
        initial = {**known, "companions": companions, "nonce": ""}
        # What was answered by an older rule stands, and may become smaller.
        largest = max(rsvp.event.rsvp_policy.largest_party, rsvp.seats_wanted)
        super().__init__(data, initial=initial, largest=largest)


# --- deeds with one party -------------------------------------------------------------------------------


class DeedForm(forms.Form):
    """Something done with one party; the reason is kept with the change."""

    reason = NoteField(label=_("Reason"), help_text=_("Kept with the change, seen by staff only."))

    def __init__(self, data: Any = None, *, rsvp: Rsvp) -> None:
        super().__init__(data, initial=self.known(rsvp))
        self.rsvp = rsvp

    def known(self, rsvp: Rsvp) -> dict[str, Any]:
        """What the form shows at first."""
        return {}


class DecisionForm(DeedForm):
    """A decision on a request, with words to the guest in the guest's language."""

    message = RunningText(
        label=_("Message to the guest"),
        required=False,
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 4}),
    )
    field_order = ("message", "reason")

    def __init__(self, data: Any = None, *, rsvp: Rsvp) -> None:
        super().__init__(data, rsvp=rsvp)
        words = _("Goes into the mail as it stands, so write it in the guest's language: %(language)s.")
        self.fields["message"].help_text = words % {"language": rsvp.get_language_display()}
        self.fields["message"].widget.attrs["lang"] = rsvp.language


class ApprovalForm(DecisionForm):
    """It carries the seats that it was opened for: a party may ask for more while the hosts think about it."""

    reason = NoteField(
        label=_("Reason"), required=False, help_text=_("Kept with the change, seen by staff only.")
    )
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=6)

    def known(self, rsvp: Rsvp) -> dict[str, Any]:
        return {"asked": str(rsvp.seats_wanted)}

    def clean(self) -> dict[str, Any]:
        values, asks = super().clean() or self.cleaned_data, str(self.rsvp.seats_wanted)
        if values.get("asked") not in ("", None, asks):
            self.data = {**self.data, "asked": asks}
            self.add_error(None, ASKS_OTHERWISE)
        return values


class HeardDeedForm(HeardForm):
    """What a guest said who called or wrote."""

    def __init__(self, data: Any = None, *, rsvp: Rsvp) -> None:
        super().__init__(data, initial=self.known(rsvp))
        self.rsvp = rsvp

    def known(self, rsvp: Rsvp) -> dict[str, Any]:
        return {}


class WithdrawalForm(HeardDeedForm):
    reason = NoteField(label=_("Reason"), help_text=_("Kept with the change, seen by staff only."))


class AcceptanceForm(HeardDeedForm):
    offer_seats = SeatsField(
        label=_("Seats taken"), min_value=1, help_text=_("Of those that are offered; what is left goes on.")
    )

    def known(self, rsvp: Rsvp) -> dict[str, Any]:
        return {"offer_seats": rsvp.seats_offered}


class PriorityForm(DeedForm):
    priority = forms.TypedChoiceField(
        label=_("Served"), choices=Rsvp.Priority.choices, coerce=int, widget=forms.RadioSelect
    )
    field_order = ("priority", "reason")

    def known(self, rsvp: Rsvp) -> dict[str, Any]:
        return {"priority": rsvp.priority}


class OfferForm(DeedForm):
    seats = SeatsField(
        label=_("Seats"), min_value=1, help_text=_("Free ones only: nobody else loses a seat by it.")
    )
    field_order = ("seats", "reason")

    def known(self, rsvp: Rsvp) -> dict[str, Any]:
        return {"seats": rsvp.seats_unserved}
