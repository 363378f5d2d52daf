"""The form of an event as strangers fill it in: what keeps robots away from it, and never a guest.

No count of an address on the net is kept: a whole office may answer from one.
"""

import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms import RsvpForm
from sistercities.pages.forms_for_strangers import StrangerForm, new_nonce, read_nonce

FILLED_IN = _(
    "A field that has to stay empty was filled in, perhaps by your browser. It is empty again: please look over what "
    "you wrote, and send it once more."
)


class PublicRsvpForm(RsvpForm):
    """A first answer of somebody of whom nothing is known. Whoever runs into a trap gets all back and sends it again.

    ``shown`` is a signed note of when the form was shown; a browser that fills in everything is quick as a robot, so
    whoever has been asked once to look the form over is not asked again.
    """

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"shown": new_nonce(), **self.initial}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        known, shown_at = read_nonce(values.get("shown", ""))
        fault: Any = ""
        if values.get("website"):
            fault = FILLED_IN
        elif not known:
            fault = StrangerForm.NOT_OURS
        elif time.time() - shown_at < StrangerForm.QUICKEST_SECONDS:
            fault = StrangerForm.TOO_QUICK
        if fault and not self.errors:
            self.add_error(None, fault)
        if self.errors:
            self.show_instead(shown=new_nonce(StrangerForm.QUICKEST_SECONDS), website="")
        return values
