"""The form in which a guest changes an answer."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from events.answers import Reply
from events.forms import DECLINED, GOING, NOTHING_ASKED, RsvpForm
from events.models import Rsvp
from events.question_fields import recorded

OUTDATED = _(
    "This answer was changed since you opened the page, perhaps in another window. What you wrote is kept below; look "
    "at what is different, and send it once more if you mean it."
)


class ManageForm(RsvpForm):
    """A changed answer: its owner came by the personal link, so the address stands.

    Fewer seats are never refused: what else is wrong then stays as it was, and ``set_aside`` names it.
    """

    email = None  # type: ignore[assignment]

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, rsvp: Rsvp, replies: Sequence[Reply] = (), **kwargs: Any) -> None:
        guests = [guest for guest in rsvp.guests.all() if not guest.is_lead]
        lead = next((guest for guest in rsvp.guests.all() if guest.is_lead), None)
        initial = {
            "answer": GOING,
            "name": rsvp.name,
            # Who withdrew may come back with the same party: its names are kept, and so is its size.
            "seats": rsvp.seats_wanted or len(guests) + 1,
            "takes_any": rsvp.takes_any,
            "message": rsvp.message,
            "language": rsvp.language,
            "interpretation": rsvp.interpretation,
            "shows_in_list": rsvp.shows_in_list,
            "title": lead.title if lead else "",
            "organisation": lead.organisation if lead else "",
            "seen": stamp_of(rsvp, replies),
            **{f"guests-{place}-name": guest.name for place, guest in enumerate(guests)},
            **recorded(replies, kwargs.get("asked", NOTHING_ASKED)),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.rsvp, self.kept = rsvp, replies
        self.set_aside: list[str] = []
        self.is_shown_again = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._is_smaller(cleaned):
            for key in [key for key in self.errors if key in self.fields]:
                del self.errors[key]
                cleaned[key] = self.get_initial_for_field(self.fields[key], key) or ""
                self.set_aside.append(str(self.fields[key].label))
        return cleaned

    def _is_smaller(self, cleaned: dict[str, Any]) -> bool:
        fewer = 1 <= (cleaned.get("seats") or 0) < self.rsvp.seats_wanted
        return fewer and cleaned.get("answer") == GOING and not {"answer", "seats"} & set(self.errors)

    def _has_to_reply(self, person: str) -> bool:
        """Nothing is asked of a party that becomes smaller."""
        return not self._is_smaller(self.cleaned_data) and super()._has_to_reply(person)

    def _check_names(self, cleaned: dict[str, Any], seats: int) -> None:
        """Names are wanted of a party that grows or returns; of a smaller one, those named first stay."""
        if seats > self.rsvp.seats_wanted:
            super()._check_names(cleaned, seats)
        elif seats == self.rsvp.seats_wanted:
            self.names_by = ""
            super()._check_names(cleaned, seats)

    @property
    def is_plain_no(self) -> bool:
        """Whether it says no and nothing else: a change of mind needs no valid names, only a yes does."""
        said = self.data.getlist("answer") if isinstance(self.data, QueryDict) else [self.data.get("answer")]
        return set(said) == {DECLINED}

    # --- two windows --------------------------------------------------------------------------------------

    @property
    def is_outdated(self) -> bool:
        """Whether the answer was changed after this form was shown; a plain no is taken all the same."""
        sent = self.data.get("seen")
        return bool(sent) and sent != self.initial["seen"] and not self.is_plain_no

    def show_again(self) -> None:
        """Let it be sent once more, now that the difference is seen."""
        self.is_shown_again = True
        self.add_error(None, OUTDATED)
        self.show_instead(seen=self.initial["seen"])

    @property
    def differences(self) -> list[tuple[str, str]]:
        """What is kept now and reads otherwise in this form: each field's label, and what is kept."""
        changed = [self[name] for name in self.changed_data if not self[name].is_hidden]
        return [(str(field.label), in_the_form(field)) for field in changed]


def in_the_form(field: forms.BoundField) -> str:
    """What is kept for a field, in words."""
    kept = field.initial
    if isinstance(field.field, forms.BooleanField):
        return str(_("Yes") if kept else _("No"))
    if isinstance(field.field, forms.ChoiceField):
        chosen = kept if isinstance(kept, list) else [kept]
        choices: Any = field.field.choices
        return format_html_join(", ", "{}", ((label,) for value, label in choices if value in chosen)) or "–"
    return str(kept or "–")


def stamp_of(rsvp: Rsvp, replies: Sequence[Reply]) -> str:
    """By which a form knows whether the answer that it shows is still the one that is kept."""
    whole = [
        (rsvp.seats_wanted, rsvp.name, rsvp.message, rsvp.language, rsvp.takes_any),
        (rsvp.interpretation, rsvp.shows_in_list),
        [(guest.name, guest.title, guest.organisation) for guest in rsvp.guests.all()],
        list(replies),
    ]
    return hashlib.blake2b(repr(whole).encode(), digest_size=9).hexdigest()
