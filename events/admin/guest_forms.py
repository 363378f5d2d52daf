"""The forms of what is done with several parties at once: with which words, for what reason, and with whom exactly."""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

from events.admin.forms import NoteField
from events.admin.party_forms import HEARD
from events.models import GuestTag, Rsvp
from sistercities.pages.bilingual import column, language_name, languages
from sistercities.pages.forms_for_strangers import RunningText


def stamp(rsvp: Rsvp) -> str:
    """How a party stands, in short: what was looked at is what is acted on."""
    seats = (rsvp.seats_confirmed, rsvp.seats_offered, rsvp.seats_wanted, rsvp.priority)
    return "-".join(map(str, (rsvp.pk, rsvp.status, *seats)))


class ManyForm(forms.Form):
    """Which parties, as they stood when the page was shown. They come back as they went, in one hidden field."""

    parties = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, rows: Iterable[Rsvp] = (), initial: Any = None) -> None:
        rows = list(rows)
        self.rows = rows
        super().__init__(data, initial={**(initial or {}), "parties": ",".join(map(stamp, rows))})

    def clean_parties(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["parties"].split(","))

    def message_to(self, rsvp: Rsvp) -> str:
        """The words to a guest in the language in which we write to them."""
        return ""


class ReasonedForm(ManyForm):
    reason = NoteField(label=_("Reason"), help_text=_("Kept with each change, seen by staff only."))


class WordsToGuestsForm(ManyForm):
    """A decision on requests, with words in each language: every guest gets those of their own."""

    reason = NoteField(label=_("Reason"), help_text=_("Kept with each change, seen by staff only."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in languages():
            self.fields[column("message", code)] = self._message(code)
        self.order_fields([*(column("message", code) for code in languages()), "reason"])

    def _message(self, code: str) -> forms.Field:
        count = sum(rsvp.language == code for rsvp in self.rows)
        field = RunningText(
            label=_("Message to guests who read %(language)s") % {"language": language_name(code)},
            required=False,
            max_length=1000,
            widget=AdminTextareaWidget(attrs={"rows": 4, "lang": code}),
        )
        field.help_text = _("Goes into their mails as it stands. Of those chosen %(count)d read it.") % {
            "count": count
        }
        return field

    def message_to(self, rsvp: Rsvp) -> str:
        message: str = self.cleaned_data.get(column("message", rsvp.language), "")
        return message


class AdmissionForm(WordsToGuestsForm):
    reason = NoteField(
        label=_("Reason"), required=False, help_text=_("Kept with each change, seen by staff only.")
    )


class HeardOfManyForm(ReasonedForm):
    source = forms.ChoiceField(label=_("How it reached you"), choices=HEARD, initial=Rsvp.Source.PHONE)
    field_order = ["source", "reason"]


class TagForm(ManyForm):
    tag = forms.ModelChoiceField(
        GuestTag.objects.none(),
        label=_("Tag"),
        empty_label=None,
        error_messages={
            "required": _("Choose a tag."),
            "invalid_choice": _("This tag is gone. Choose another."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["tag"]
        chosen.queryset = GuestTag.objects.all()

    @cached_property
    def tags(self) -> list[GuestTag]:
        return list(GuestTag.objects.all())

    @property
    def meant(self) -> GuestTag | None:
        """The tag that is shown, chosen already or not."""
        shown = str(self["tag"].value() or "")
        return next((tag for tag in self.tags if str(tag.pk) == shown), self.tags[0] if self.tags else None)


def still_so(rows: Iterable[Rsvp], seen: Collection[str]) -> tuple[list[Rsvp], list[Rsvp]]:
    """Of these parties those that stand as they were seen, and those that were changed since."""
    same: list[Rsvp] = []
    changed: list[Rsvp] = []
    for rsvp in rows:
        (same if stamp(rsvp) in seen else changed).append(rsvp)
    return same, changed
