"""How a member wishes to be addressed: name, language, clocks, which letters; and whom they often bring along."""

import zoneinfo
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.companions import MOST
from people.models import Companion, Member
from sistercities.pages.forms_for_strangers import NameField

CONTINENTS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


def zones_to_choose(near: Iterable[tuple[str, Any]], present: str = "") -> list[Any]:
    """All time zones by continent, those of the cities at hand (zone and name) first, and none at all before these.

    ``present`` is in the list whatever it is, so that saving the form changes only what was changed.
    """
    here = list(dict(near).items())
    groups: dict[str, list[tuple[str, str]]] = {continent: [] for continent in CONTINENTS}
    for zone in sorted(zoneinfo.available_timezones() | ({present} if present else set())):
        continent, _slash, city = zone.partition("/")
        if city and continent in groups:
            groups[continent].append((zone, city.replace("_", " ").replace("/", " · ")))
        elif zone == present:
            here.append((zone, zone))
    choices: list[Any] = [("", _("As it is at the place of each event"))]
    choices += [(_("Our cities"), here)] if here else []
    return choices + [(CONTINENTS[continent], zones) for continent, zones in groups.items()]


class PreferencesForm(forms.ModelForm):
    """What members decide about themselves. ``near``: time zones to be offered first, each with a name."""

    name = NameField(
        label=_("Your name"),
        required=False,
        help_text=_("As it should stand on place cards and in letters."),
    )
    language = forms.ChoiceField(
        label=_("In which language do we write to you?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    timezone = forms.ChoiceField(
        label=_("Your time zone"),
        required=False,
        help_text=_("Last moments are then told on your clocks too, and reminders come in your morning."),
        error_messages={"invalid_choice": _("Please choose a time zone from the list.")},
    )
    wants_reminders = forms.BooleanField(
        label=_("Remind me of an event before its day"),
        required=False,
    )
    wants_greetings = forms.BooleanField(
        label=_("Letters of the hosts, such as thanks after an event"),
        required=False,
    )

    class Meta:
        model = Member
        fields = ["name", "language", "timezone", "wants_reminders", "wants_greetings"]

    def __init__(self, *args: Any, near: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = zones_to_choose(near, self.instance.timezone)  # type: ignore[attr-defined]
        self.fields["timezone"].widget.attrs["data-zones"] = ""
        self.fields["name"].widget.attrs.pop("maxlength", None)

    def write(self) -> Member:
        """Save what stands in the form, and nothing that staff may have changed meanwhile."""
        self.instance.save(update_fields=self.Meta.fields)
        return self.instance


class CompanionField(NameField):
    """The name of a companion; not called optional, for to empty it means something."""

    is_wanted = True

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
        super().__init__(required=False, widget=widget, **kwargs)
        self.widget.attrs.pop("maxlength", None)  # the browser would cut off what is pasted without a word


class CompanionsForm(forms.Form):
    """The companions that a member has us remember, a field for each; an emptied one is left out from then on."""

    added = CompanionField(label=_("Somebody else"))

    def __init__(self, *args: Any, companions: Iterable[Companion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = list(companions)
        for number, companion in enumerate(self.known, start=1):
            label = _("Companion %(number)d") % {"number": number}
            self.fields[f"companion-{companion.pk}"] = CompanionField(label=label, initial=companion.name)
        self.order_fields([f"companion-{companion.pk}" for companion in self.known])
        if len(self.known) >= MOST:
            del self.fields["added"]

    @property
    def rows(self) -> list[tuple[Companion, forms.BoundField]]:
        """Each companion with its field, for the template."""
        return [(companion, self[f"companion-{companion.pk}"]) for companion in self.known]

    @property
    def names(self) -> dict[int, str]:
        """By number of the companion the name, as the valid form has it."""
        return {row.pk: self.cleaned_data[f"companion-{row.pk}"] for row in self.known}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for key in [f"companion-{row.pk}" for row in self.known] + ["added"]:
            name = cleaned.get(key, "")
            if name and name in seen:
                self.add_error(key, _("This name stands in the list already."))
            seen.add(name)
        return cleaned
