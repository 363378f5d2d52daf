"""A field for days before an event, written one behind the other."""

import re
import unicodedata
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

MOST, FURTHEST = 5, 60
BETWEEN = re.compile(r"[\s,、;]+")


class DaysField(forms.CharField):
    """Whole days with commas between them, in any order; each once, the earliest first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": AdminTextInputWidget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(days) for days in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        days = {_number(part) for part in BETWEEN.split(text) if part}
        if len(days) > MOST:
            raise forms.ValidationError(_("At most five reminders: whoever gets more reads none."))
        return sorted(days, reverse=True)


def _number(text: str) -> int:
    """The days that were written. Raises ValidationError where it is no number, or one that makes no sense."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        words = _("“%(text)s” is no number of days. Write whole days with commas, such as 14, 3, 1.")
        raise forms.ValidationError(words, params={"text": text[:40]})
    if not 1 <= int(text) <= FURTHEST:
        words = _("A reminder goes out 1 to 60 days before the event, not %(days)s.")
        raise forms.ValidationError(words, params={"days": text})
    return int(text)
