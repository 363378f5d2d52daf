"""The forms of a guest: a first answer, a change of it, and how many of the offered seats are taken.

What the hosts ask beside name and seats is in ``events.question_forms``.
"""

import re
import secrets
import unicodedata
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.question_forms import DETAILS, AskingForm
from events.questionnaire import LEAD, Questionnaire, companion
from events.rsvp import Answer
from people.models import Member
from sistercities.pages.forms_for_strangers import AddressField, NameField

GOING, DECLINED = "going", "declined"
GUEST_FIELD = re.compile(r"guests-(\d{1,2})-name", re.ASCII)
# Whatever has more digits is too many, or far too few.
MOST_DIGITS = 6


class SeatsField(forms.IntegerField):
    """A whole number in digits, also in those of a Chinese keyboard (１２). 1_0 is none."""

    # Not a number input, which would swallow what it cannot read instead of keeping it beside the error.
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"})
    default_error_messages = {"invalid": _("Please write a whole number in digits, such as 2.")}

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = self._digits(unicodedata.normalize("NFKC", value).strip())
        return super().to_python(value)

    def _digits(self, text: str) -> str:
        if text and not re.fullmatch(r"[+-]?[0-9]+", text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return text if len(text) <= MOST_DIGITS else text[0].replace("0", "9") + "9" * MOST_DIGITS


class CompanionField(NameField):
    """The name of a companion. ``is_wanted``: not called optional, once names have to be given."""

    is_wanted = False


NOTHING_ASKED = Questionnaire()


class RsvpForm(AskingForm):
    """A first answer. ``largest_party`` bounds the seats; each companion has ``guests-<i>-name``, counted from 0.

    ``names_by`` says in words by when companions had to be named, once that moment is over.
    """

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
    seats = SeatsField(label=_("How many of you, yourself included?"), required=False)
    takes_any = forms.BooleanField(
        label=_("Seat us as soon as there is a seat, also some of us, without asking again"), required=False
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

    def __init__(
        self,
        *args: Any,
        largest_party: int,
        member: Member | None = None,
        names_by: str = "",
        asked: Questionnaire = NOTHING_ASKED,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.largest_party, self.member, self.names_by = largest_party, member, names_by
        if member and "email" in self.fields:
            # A member answers as herself, never in another's name.
            self.fields["email"].disabled = True
            self.initial["email"] = member.email
        self._ask_for_seats()
        for index in self.numbers:
            self.fields[f"guests-{index}-name"] = self._companion(index)
        self.ask(asked)
        self.order_fields(self._order())
        for field in self.fields.values():
            # A length in the browser would cut off what is pasted without a word.
            field.widget.attrs.pop("maxlength", None)
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs.setdefault("dir", "auto")

    def _order(self) -> list[str]:
        """As they stand on the page; what is wrong is listed in the same order."""
        people = [LEAD, *(companion(index) for index in self.numbers)]
        of_people = [name for person in people for name in self.fields if name.startswith(person)]
        of_party = [name for name in self.fields if name.startswith("question-")]
        return [
            "nonce",
            "promised",
            "answer",
            "name",
            "email",
            "seats",
            *of_people,
            *of_party,
            "message",
            *DETAILS,
        ]

    def _ask_for_seats(self) -> None:
        seats = self.fields["seats"]
        # A number is wanted of all but those who say no.
        seats.required = self.data.get("answer") != DECLINED
        seats.error_messages["required"] = _("Please say how many of you will come.")
        seats.widget.attrs["data-most"] = self.largest_party
        if self.largest_party > 1:
            seats.help_text = _("At most %(count)d.") % {"count": self.largest_party}

    def _companion(self, index: int) -> forms.Field:
        label = _("Name of companion %(number)d") % {"number": index + 1}
        help_text = _("May follow later.") if index == 0 and not self.names_by else ""
        widget = forms.TextInput(attrs={"data-companion": index + 1})
        field = CompanionField(label=label, required=False, help_text=help_text, widget=widget)
        field.is_wanted = bool(self.names_by)
        return field

    @cached_property
    def numbers(self) -> list[int]:
        """A field for each companion that may come, and for any sent beyond, so that it is answered too."""
        sent = (GUEST_FIELD.fullmatch(key) for key in self.data)
        return sorted({*range(self.largest_party - 1), *(int(match[1]) for match in sent if match)})

    @property
    def companion_fields(self) -> list[str]:
        return [name for name in self.fields if GUEST_FIELD.fullmatch(name)]

    # --- what is wrong ------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_said_once()
        going = cleaned.get("answer") == GOING
        if going and "seats" not in self.errors:
            self._check_party(cleaned)
        people = ["", *self._people(cleaned.get("seats") or 1)] if going else []
        self.check_replies(people, [each for each in people if self._has_to_reply(each)])
        if not going:
            self.forget_faults(DETAILS)
        return cleaned

    def _has_to_reply(self, person: str) -> bool:
        """Whether they have to answer what must be answered: a companion does so once there is a name."""
        return person in ("", LEAD) or bool(self.cleaned_data.get(f"{person}name"))

    def _people(self, seats: int) -> list[str]:
        """The fields of whoever comes, in the order of their seats: the lead, who is named, who is known otherwise."""
        everybody = [companion(index) for index in self.numbers]
        named = [each for each in everybody if self.cleaned_data.get(f"{each}name")]
        others = [each for each in everybody if each not in named]
        others.sort(key=lambda each: not self.has_replied(each))
        return [LEAD, *named, *others][: max(seats, 1)]

    def _check_said_once(self) -> None:
        """Two different values for one question are no answer: nobody could say which of them is meant."""
        if not isinstance(self.data, QueryDict):
            return
        for key, field in self.fields.items():
            is_one = not isinstance(field, forms.MultipleChoiceField)
            if is_one and not field.disabled and len(set(self.data.getlist(key))) > 1:
                self.add_error(key, _("Two different answers came here. Please give one."))

    def _check_party(self, cleaned: dict[str, Any]) -> None:
        seats = cleaned["seats"]
        if seats < 1:
            self.add_error("seats", _("A party has at least one guest: you."))
        elif seats > self.largest_party:
            self.add_error(
                "seats",
                _("A party has at most %(count)d guests, you included.") % {"count": self.largest_party},
            )
        else:
            self._check_names(cleaned, seats)

    def _check_names(self, cleaned: dict[str, Any], seats: int) -> None:
        named = [key for key in self.companion_fields if cleaned.get(key)]
        if len(named) > seats - 1:
            self.add_error(
                named[-1],
                _("More companions are named than seats asked for. Clear a name, or ask for more seats."),
            )
        elif self.names_by:
            empty = [key for key in self.companion_fields if key not in named and key not in self.errors]
            words = _("Names were wanted by %(moment)s. Please name this guest, or come with fewer.")
            for key in empty[: seats - 1 - len(named)]:
                self.add_error(key, words % {"moment": self.names_by})

    def clean_nonce(self) -> str:
        nonce = self.cleaned_data["nonce"]
        return nonce if re.fullmatch(r"[A-Za-z0-9_-]{16,64}", nonce) else ""

    # --- what is said -------------------------------------------------------------------------------------

    def said(self, language: str) -> Answer:
        """The valid form as an answer."""
        going = self.cleaned_data["answer"] == GOING
        seats = self.cleaned_data["seats"] if going else 0
        companions = [name for key in self.companion_fields if (name := self.cleaned_data.get(key, ""))]
        return Answer(
            name=self.cleaned_data["name"],
            email=self.cleaned_data.get("email", ""),
            seats=seats,
            companions=tuple(companions[: max(seats - 1, 0)]),
            message=self.cleaned_data["message"],
            language=self.sent("language") or language,
            nonce=self.cleaned_data["nonce"],
            member=self.member,
            takes_any=going and self.cleaned_data["takes_any"],
            title=self.sent("title"),
            organisation=self.sent("organisation"),
            interpretation=self.sent("interpretation"),
            shows_in_list=self.cleaned_data.get("shows_in_list"),
            replies=self.replies(self._people(seats)) if going and self.asked.questions else None,
        )


class OfferForm(forms.Form):
    """How many of the seats offered to a party it takes: all of them, or a part."""

    offer_seats = SeatsField(
        label=_("How many of these seats do you take?"),
        error_messages={"required": _("Please say how many of these seats you take.")},
    )

    def __init__(self, *args: Any, seats: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats, self.initial = seats, {"offer_seats": seats}
        self.fields["offer_seats"].widget.attrs["data-most"] = seats

    def clean_offer_seats(self) -> int:
        seats: int = self.cleaned_data["offer_seats"]
        sent = self.data.getlist("offer_seats") if isinstance(self.data, QueryDict) else []
        if len(set(sent)) > 1:
            raise forms.ValidationError(_("Two different answers came here. Please give one."))
        if not 1 <= seats <= self.seats:
            words = ngettext(
                "%(count)d seat is offered to you: take it, or leave it.",
                "%(count)d seats are offered to you: take from 1 to %(count)d.",
                self.seats,
            )
            raise forms.ValidationError(words % {"count": self.seats})
        return seats


def new_nonce() -> str:
    """What makes two sendings of one form the same answer."""
    return secrets.token_urlsafe(24)
