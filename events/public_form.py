"""The form of an event as strangers fill it in: what keeps robots away from it, and never a guest.

No count of an address on the net is kept: a whole office may answer from one.
"""

import re
import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms import RsvpForm
from sistercities.pages.forms_for_strangers import StrangerForm, new_nonce, read_nonce, unseen_field

FILLED_IN = _(
    "A field that has to stay empty was filled in, perhaps by your browser. It is empty again: please look over what "
    "you wrote, and send it once more."
)


# What a robot is sent for; guests who write to their hosts have little cause to.
ADVERTISED = re.compile(r"https?:|www\.|\[url|<a\b", re.IGNORECASE)


class PublicRsvpForm(RsvpForm):
    """A first answer of somebody of whom nothing is known. Whoever runs into a trap gets all back and sends it again.

    ``shown`` is a signed note of when the form was shown. A browser that fills in everything is quick as a robot, and a
    program of ours may send the fields it knows: so being quick, or having no note, counts only where what was written
    has a link in it. Whoever has been asked once to look the form over is not asked again.
    """

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    website = unseen_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"shown": new_nonce(), **self.initial}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        fault = FILLED_IN if values.get("website") else self._haste(values)
        if fault and not self.errors:
            self.add_error(None, fault)
        if self.errors:
            self.show_instead(shown=new_nonce(StrangerForm.QUICKEST_SECONDS), website="")
        return values

    def _haste(self, values: dict[str, Any]) -> Any:
        """What is said to whoever sends links in a form that was hardly shown, or never."""
        if not any(isinstance(words, str) and ADVERTISED.search(words) for words in values.values()):
            return ""
        known, shown_at = read_nonce(values.get("shown", ""))
        if not known:
            return StrangerForm.NOT_OURS
        return StrangerForm.TOO_QUICK if time.time() - shown_at < StrangerForm.QUICKEST_SECONDS else ""
