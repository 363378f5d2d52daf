"""The forms by which a block of seats is filled: a field for each name, or a pasted list; later, whom to take off."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from events.forms import SeatsField
from events.roster import Roster, changes
from sistercities.pages.forms_for_strangers import NameField

NAME_FIELD = re.compile(r"name-([1-9]\d{0,2})")
# A large block is filled by pasting a list; nobody wants to scroll past hundreds of empty fields.
EMPTY_FIELDS = 20
LONGEST_LIST, LONGEST_SHOWN = 60_000, 60
# As lists come out of letters and spreadsheets: numbered, with bullets, or several names in a line.
NUMBERING = re.compile(r"^\s*(?:[(（]?\d{1,3}\s*[.．、)）:：]|[•·▪*–—-])?\s*")
BETWEEN_NAMES = re.compile(r"[、；;，]")


def read_names(text: str) -> list[str]:
    """The names of a list, one a line, without its numbering; says of each that is none what is wrong with it."""
    lines = (NUMBERING.sub("", line) for line in re.split(r"[\r\n]+", text))
    names, faults = [], []
    for name in filter(None, (part.strip() for line in lines for part in BETWEEN_NAMES.split(line))):
        try:
            names.append(NameField().clean(name))
        except forms.ValidationError as fault:
            shown = name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}…"
            faults.append(_("“%(name)s”: %(fault)s") % {"name": shown, "fault": fault.messages[0]})
    if faults:
        raise forms.ValidationError(faults)
    return names


class RosterForm(forms.Form):
    """What both forms share: the list they were opened with, and seats to give back."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    spare = SeatsField(
        label=_("Seats to give back"),
        required=False,
        error_messages={"invalid": _("Please write the number of seats in digits, such as 2.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, roster: Roster) -> None:
        super().__init__(data)
        self.roster = roster
        self.initial["seen"] = roster.stamp

    def add_error(self, field: str | None, error: Any) -> None:
        """A refusal of the desk names what it concerns in its own words: here it stands beside what was typed."""
        super().add_error(field if field in self.fields else {"seats": "spare"}.get(field or ""), error)

    @property
    def names(self) -> tuple[str, ...]:
        """Who is on the list if it is saved as it was sent."""
        raise NotImplementedError

    @property
    def spared(self) -> int:
        return self.cleaned_data.get("spare") or 0

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors:
            self.check_spare()
        return values

    def check_spare(self) -> None:
        left = self.roster.seats - len(self.names)
        if self.spared < 0:
            self.add_error("spare", _("Please write how many seats you give back, such as 2."))
        elif self.spared > left:
            words = ngettext(
                "Only %(count)d seat is without a name. To give back more, take guests off the list.",
                "Only %(count)d seats are without a name. To give back more, take guests off the list.",
                left,
            )
            self.add_error("spare", words % {"count": left})


class NamesForm(RosterForm):
    """The list as long as people may be added: ``name-<i>`` from 1, and a box for a list from elsewhere."""

    pasted = forms.CharField(
        label=_("Names, one a line"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    whole_list = forms.BooleanField(
        label=_("This is the whole list: whoever is not on it is taken off"), required=False
    )

    def __init__(self, data: Any = None, *, roster: Roster) -> None:
        super().__init__(data, roster=roster)
        for number in self._numbers():
            self.fields[f"name-{number}"] = NameField(
                label=_("Guest %(number)d") % {"number": number},
                required=False,
                widget=forms.TextInput(
                    attrs={
                        "autocomplete": "off",
                        "autocapitalize": "words",
                        "enterkeyhint": "next",
                        "aria-label": _("Guest %(number)d") % {"number": number},
                    }
                ),
            )
            self.fields[f"name-{number}"].widget.attrs.pop("maxlength", None)
        self.initial.update({f"name-{place}": name for place, name in enumerate(roster.names, start=1)})
        self.order_fields(["seen", *self.name_fields, "pasted", "whole_list", "spare"])

    def _numbers(self) -> list[int]:
        """A field for each guest and some for others, and for any sent beyond, so that none is lost."""
        shown = min(self.roster.seats, len(self.roster.names) + EMPTY_FIELDS)
        sent = (NAME_FIELD.fullmatch(key) for key in self.data)
        return sorted({*range(1, shown + 1), *(int(match[1]) for match in sent if match)})

    @property
    def name_fields(self) -> list[str]:
        return [name for name in self.fields if NAME_FIELD.fullmatch(name)]

    @property
    def rows(self) -> list[forms.BoundField]:
        """The bound fields of the names, for the template."""
        return [self[name] for name in self.name_fields]

    @property
    def typed(self) -> list[str]:
        return [name for field in self.name_fields if (name := self.cleaned_data.get(field, ""))]

    @property
    def again(self) -> list[str]:
        """Pasted names that stand on the list already; they are taken for the same people."""
        typed = set(self.typed)
        pasted = self.cleaned_data.get("pasted") or []
        return [] if self.cleaned_data.get("whole_list") else [name for name in pasted if name in typed]

    @property
    def names(self) -> tuple[str, ...]:
        pasted, typed = self.cleaned_data.get("pasted") or [], self.typed
        if pasted and self.cleaned_data.get("whole_list"):
            return tuple(pasted)
        return (*typed, *(name for name in pasted if name not in typed))

    def clean_pasted(self) -> list[str]:
        return read_names(self.cleaned_data["pasted"])

    def clean(self) -> dict[str, Any]:
        over = 0 if self.errors else len(self.names) - self.roster.seats
        if over > 0:
            self.add_error(
                "pasted" if self.cleaned_data["pasted"] else self._last_named(), self._too_many(over)
            )
        values = super().clean()
        if not self.errors:
            self.check_seen()
        return values

    def check_seen(self) -> None:
        """Never undo in silence what somebody else changed while this form was open."""
        changed = self.names != self.roster.names or self.spared
        if not changed or self.cleaned_data["seen"] == self.roster.stamp:
            return
        self.data = {**self.data, "seen": self.roster.stamp}
        words = _(
            "The list was changed elsewhere while this page was open. Saved as it stands here, it would change"
            " to this. %(changes)s Please look it over, and save once more."
        )
        said = " ".join(changes(self.roster.names, self.names).words) or _("No name changes.")
        self.add_error(None, words % {"changes": said})

    def _last_named(self) -> str:
        return [field for field in self.name_fields if self.cleaned_data.get(field)][-1]

    def _too_many(self, over: int) -> str:
        words = ngettext_lazy(
            "The list has %(names)d names, and the block %(seats)d seats. Take %(over)d name off, or ask the hosts"
            " for a larger block.",
            "The list has %(names)d names, and the block %(seats)d seats. Take %(over)d names off, or ask the hosts"
            " for a larger block.",
            "over",
        )
        return words % {"names": len(self.names), "seats": self.roster.seats, "over": over}


class TakeOffForm(RosterForm):
    """The list once names are fixed: whom to take off it."""

    off = forms.MultipleChoiceField(
        label=_("Who does not come?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, roster: Roster) -> None:
        self.is_stale = data is not None and data.get("seen") != roster.stamp
        if self.is_stale:
            # The places have changed, so what was ticked may now stand for somebody else.
            data = {"seen": roster.stamp, "spare": data.get("spare", "")}
        super().__init__(data, roster=roster)
        choices: Any = [(str(place), name) for place, name in enumerate(roster.names, start=1)]
        self.fields["off"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["seen", "off", "spare"])

    def clean(self) -> dict[str, Any]:
        if self.is_stale:
            words = _("The list was changed elsewhere while this page was open. Please choose once more.")
            self.add_error(None, words)
        return super().clean()

    @property
    def names(self) -> tuple[str, ...]:
        off = set(self.cleaned_data.get("off", []))
        return tuple(name for place, name in enumerate(self.roster.names, start=1) if str(place) not in off)


def form_for(roster: Roster, data: Any = None) -> RosterForm:
    """The form that fits the moment; what was typed before the names were fixed is kept, and answered as it is."""
    late = data is not None and any(NAME_FIELD.fullmatch(key) for key in data)
    if late or not roster.is_frozen(timezone.now()):
        return NamesForm(data, roster=roster)
    return TakeOffForm(data, roster=roster)
