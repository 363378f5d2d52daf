"""Times in forms as the clocks of the place show them. A curator who writes 18:00 means six in the evening there."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sistercities.pages.curating import name_inputs
from sistercities.pages.fields import within_reach

PLACE_HELP = _("On the clocks of the place, that is in the event's time zone.")


class WallClockField(forms.SplitDateTimeField):
    """A date and a time of day without a zone; the form makes an instant of it where it knows the place."""

    widget = AdminSplitDateTime

    def __init__(self, **kwargs: Any) -> None:
        fixed = {"required": False, "help_text": PLACE_HELP, "validators": [within_reach]}
        super().__init__(**{**fixed, **kwargs})
        self.widget.widgets[1].format = "%H:%M"
        name_inputs(self)

    def compress(self, data_list: Any) -> datetime | None:
        if not data_list:
            return None
        day, hour = data_list
        if day in self.empty_values:
            raise ValidationError(self.error_messages["invalid_date"], code="invalid_date")
        if hour in self.empty_values:
            raise ValidationError(self.error_messages["invalid_time"], code="invalid_time")
        return datetime.combine(day, hour)


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which clocks in a zone show this. Raises ValidationError where they never do, or do so twice."""
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = early.astimezone(zone).replace(tzinfo=None)
    if shown != wall:
        raise ValidationError(_("Clocks there are put forward that night and never show this time."))
    if early != late:
        raise ValidationError(
            _("Clocks there are put back that night and show this time twice. Choose another time.")
        )
    return early


def wall_time(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    return instant.astimezone(zone).replace(tzinfo=None) if instant else None


def set_instants(form: forms.ModelForm, values: dict[str, Any], names: list[str], zone: ZoneInfo) -> None:
    """Turn the wall times of a form into instants, and say at the field where that cannot be done."""
    for name in names:
        if wall := values.get(name):
            try:
                values[name] = instant_of(wall, zone)
            except ValidationError as error:
                form.add_error(name, error)
