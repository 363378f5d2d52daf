"""The RSVP form: one for a first answer, one for the owner of an answer who changes it."""

import re
import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Rsvp
from events.rsvp import Answer
from people.models import Member
from sistercities.pages.forms_for_strangers import AddressField, NameField

GOING, DECLINED = "going", "declined"
GUEST_FIELD = re.compile(r"guests-(\d{1,2})-name")


class SeatsField(forms.IntegerField):
    """A plain number: Python would also read 1_0, and take it for ten."""

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip() and not re.fullmatch(r"[+-]?\d{1,6}", value.strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class RsvpForm(forms.Form):
    """A first answer. ``largest_party`` bounds the seats; each companion has ``guests-<i>-name``, counted from 0."""

    nonce = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    promised = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    answer = forms.ChoiceField(
        label=_("Will you come?"),
        choices=[(GOING, _("Yes, with pleasure")), (DECLINED, _("No, I cannot come"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose yes or no.")},
    )
    name = NameField(label=_("Your name"))
    email = AddressField(
        label=_("Your e-mail"),
        help_text=_("Your confirmation, and the link to change your answer, go there."),
    )
    seats = SeatsField(
        label=_("How many of you, yourself included?"),
        required=False,
        error_messages={"invalid": _("Please write the number of guests in digits, such as 2.")},
        # Not a number input, which would swallow what it cannot read instead of keeping it beside the error.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    message = forms.CharField(
        label=_("A message to the hosts"),
        required=False,
        max_length=2000,
        help_text=_("For example what you cannot eat, or how we can help you to come."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("Please be brief: at most %(limit_value)d characters; these are %(show_value)d."),
        },
    )

    def __init__(self, *args: Any, largest_party: int, member: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.largest_party, self.member = largest_party, member
        if member and "email" in self.fields:
            # A member answers as herself, never in another's name.
            self.fields["email"].disabled = True
            self.initial["email"] = member.email
        # A number is wanted of all but those who say no.
        self.fields["seats"].required = self.data.get("answer") != DECLINED
        self.fields["seats"].error_messages["required"] = _("Please say how many of you will come.")
        if largest_party > 1:
            self.fields["seats"].help_text = _("At most %(count)d.") % {"count": largest_party}
        for index in self._companion_numbers():
            label = _("Name of companion %(number)d") % {"number": index + 1}
            help_text = _("May follow later.") if index == 0 else ""
            self.fields[f"guests-{index}-name"] = NameField(
                label=label,
                required=False,
                help_text=help_text,
                widget=forms.TextInput(attrs={"data-companion": index + 1}),
            )
        self.order_fields(
            ["nonce", "promised", "answer", "name", "email", "seats", *self.companion_fields, "message"]
        )

    def _companion_numbers(self) -> list[int]:
        """A field for each companion that may come, and for any sent beyond, so that it is answered too."""
        sent = (GUEST_FIELD.fullmatch(key) for key in self.data)
        return sorted({*range(self.largest_party - 1), *(int(match[1]) for match in sent if match)})

    @property
    def companion_fields(self) -> list[str]:
        return [name for name in self.fields if GUEST_FIELD.fullmatch(name)]

    @property
    def companions(self) -> list[forms.BoundField]:
        """The bound fields of the companions, for the template."""
        return [self[name] for name in self.companion_fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == GOING and "seats" not in self.errors:
            self._check_party(cleaned)
        return cleaned

    def _check_party(self, cleaned: dict[str, Any]) -> None:
        seats = cleaned["seats"]
        if seats < 1:
            self.add_error("seats", _("A party has at least one guest: you."))
        elif seats > self.largest_party:
            self.add_error(
                "seats",
                _("A party has at most %(count)d guests, you included.") % {"count": self.largest_party},
            )
        elif len(named := [key for key in self.companion_fields if cleaned.get(key)]) > seats - 1:
            self.add_error(
                named[-1],
                _("More companions are named than seats asked for. Clear a name, or ask for more seats."),
            )

    def clean_nonce(self) -> str:
        nonce = self.cleaned_data["nonce"]
        return nonce if re.fullmatch(r"[A-Za-z0-9_-]{16,64}", nonce) else ""

    def said(self, language: str) -> Answer:
        """The valid form as an answer."""
        going = self.cleaned_data["answer"] == GOING
        companions = tuple(name for key in self.companion_fields if (name := self.cleaned_data.get(key, "")))
        return Answer(
            name=self.cleaned_data["name"],
            email=self.cleaned_data.get("email", ""),
            seats=self.cleaned_data["seats"] if going else 0,
            companions=companions if going else (),
            message=self.cleaned_data["message"],
            language=language,
            nonce=self.cleaned_data["nonce"],
            member=self.member,
        )


class ManageForm(RsvpForm):
    """A changed answer: its owner came by the personal link, so the address stands."""

    email = None  # type: ignore[assignment]

    def __init__(self, *args: Any, rsvp: Rsvp, **kwargs: Any) -> None:
        guests = [guest for guest in rsvp.guests.all() if not guest.is_lead]
        names = {f"guests-{place}-name": guest.name for place, guest in enumerate(guests)}
        going = GOING if rsvp.is_live else DECLINED
        # Who withdrew may come back with the same party: its names are kept, and so is its size.
        seats = rsvp.seats_wanted or len(guests) + 1
        initial = {
            "answer": going,
            "name": rsvp.name,
            "seats": seats,
            "message": rsvp.message,
            **names,
        }
        super().__init__(*args, initial=initial, **kwargs)


def new_nonce() -> str:
    """What makes two sendings of one form the same answer."""
    return secrets.token_urlsafe(24)
