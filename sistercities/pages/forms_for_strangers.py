"""Forms that anybody may send: what keeps robots and floods away from them, without a riddle for people.

Three things, of which a reader notices nothing: a field that nobody sees and robots fill in; a signed note of when the
form was shown, which a robot has to fetch anew for each sending, and sends back at once; and a count of what came from
one address on the net within an hour. Whoever runs into one of them gets the form back with all that was typed.
"""

import secrets
import time
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.limits.counting import HOUR, Limit
from sistercities.limits.networks import sender
from sistercities.mail.addresses import MALFORMED, canonical
from sistercities.mail.addresses import TOO_LONG as ADDRESS_TOO_LONG
from sistercities.pages.fields import UNPRINTABLE, no_address, personal_name, single_line

SALT = "sistercities.pages.forms_for_strangers"
# An office, a school or a mobile carrier shares one address on the net: its first readers of an hour are all heard.
PER_HOUR = 20
KEPT_FOR = timedelta(days=365)
_LINES = "\n\t"
TOO_LONG = _("Please be brief: at most %(limit_value)d characters; these are %(show_value)d.")
TOO_MUCH = _("Too much has come from here within an hour. Please try again later.")


def running_text(text: str) -> None:
    """Refuse hidden control characters; a text of several lines may have breaks."""
    if UNPRINTABLE.search("".join(letter for letter in text if letter not in _LINES)):
        raise ValidationError(_("Please leave out invisible control characters."), code="control_characters")


class RunningText(forms.CharField):
    """A text of several lines; a browser's line breaks count as one character, as the reader counts them."""

    default_validators = [running_text]

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class NameField(forms.CharField):
    """A person's name in any script, on one line. Of several faults it names the first."""

    TOO_LONG = _("A name has at most %(limit_value)d characters; this one has %(show_value)d.")
    default_validators = [single_line, personal_name, no_address]

    def __init__(self, error_messages: dict[str, Any] | None = None, **kwargs: Any) -> None:
        messages = {
            "required": _("Please give your name."),
            "max_length": self.TOO_LONG,
            **(error_messages or {}),
        }
        widget = forms.TextInput(attrs={"autocomplete": "name"})
        super().__init__(max_length=150, error_messages=messages, **{"widget": widget, **kwargs})

    def run_validators(self, value: Any) -> None:
        try:
            super().run_validators(value)
        except ValidationError as faults:
            raise faults.error_list[0] from None


class AddressField(forms.EmailField):
    """An e-mail address, taken for what is meant: of the ways to write it only one is kept (``canonical``)."""

    def __init__(self, error_messages: dict[str, Any] | None = None, **kwargs: Any) -> None:
        messages = {
            "required": _("Please give your e-mail address."),
            "invalid": MALFORMED,
            "max_length": ADDRESS_TOO_LONG,
            **(error_messages or {}),
        }
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        super().__init__(**{"widget": widget, "max_length": 254, **kwargs}, error_messages=messages)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return canonical(text) if text else text
        except ValidationError as fault:
            raise ValidationError(
                self.error_messages.get(str(fault.code), fault.message), fault.code
            ) from None


def unseen_field() -> forms.CharField:
    """A field that no reader sees, and robots fill in."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    return forms.CharField(label=_("Leave this empty"), required=False, widget=widget)


class StrangerForm(forms.Form):
    """The base of such a form: ``cleaned_data["nonce"]`` makes two sendings of one form the same."""

    # Quicker than this nobody has read a form; how long somebody takes to write is nobody's business.
    QUICKEST_SECONDS = 3.0
    TOO_QUICK = _("That was very quick. Please look over what you wrote, and send it once more.")
    NOT_OURS = _(
        "This form has been open for very long. Please look over what you wrote, and send it once more."
    )

    nonce = forms.CharField(widget=forms.HiddenInput, required=False)
    website = unseen_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"nonce": new_nonce(), **self.initial}
        for field in self.fields.values():
            # A length in the browser would cut off what is pasted without a word.
            field.widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["nonce"], shown_at = read_nonce(values.get("nonce", ""))
        if not values["nonce"]:
            self.data = {**self.data, self.add_prefix("nonce"): new_nonce()}
        if self.errors:
            return values
        if not values["nonce"]:
            self.add_error(None, self.NOT_OURS)
        elif time.time() - shown_at < self.QUICKEST_SECONDS:
            self.add_error(None, self.TOO_QUICK)
        return values

    @property
    def is_from_a_robot(self) -> bool:
        """Whether the field was filled in that no reader sees."""
        return bool(self.cleaned_data["website"])


def new_nonce(seconds_ago: float = 0.0) -> str:
    """What a form carries: a random word and the moment at which it was shown, in milliseconds, signed."""
    return signing.dumps([secrets.token_urlsafe(24), int((time.time() - seconds_ago) * 1000)], salt=SALT)


def read_nonce(carried: str) -> tuple[str, float]:
    """The random word of a form, and when it was shown; nothing where the form is none of ours."""
    try:
        word, shown_at = signing.loads(carried, salt=SALT)
    except signing.BadSignature:
        return "", 0.0
    return word, shown_at / 1000


def refusal(request: HttpRequest, form: StrangerForm, what: str, per_hour: int = PER_HOUR) -> int:
    """The status with which a form is shown again, its errors set: 422 or 429; 0 where it may be taken.

    What a robot sends is not counted, for it is not kept.
    """
    if not form.is_valid():
        return 422
    if form.is_from_a_robot or Limit(what, per_hour, HOUR).allows(sender(request)):
        return 0
    form.add_error(None, TOO_MUCH)
    return 429


def forget_handled(model: type[models.Model]) -> int:
    """Delete what strangers wrote a year after it was handled; returns how many rows those were.

    The model has ``state`` with the states ``OPEN``, and ``handled_at``.
    """
    settled = model._default_manager.exclude(state__in=model.OPEN)  # type: ignore[attr-defined]
    return settled.filter(handled_at__lt=timezone.now() - KEPT_FOR).delete()[0]
