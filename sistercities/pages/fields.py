"""Model fields that the archive needs: a historical date with its sort bounds, and texts without trickery."""

import re
import unicodedata
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, When
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import current_language
from sistercities.pages.date_doubts import Doubt, NotADate
from sistercities.pages.dates import OLDEST, HistoricalDate, days_of, parse, written

DATE_HELP = _(
    "As exactly as the source has it: 1981-12-08, 2014-06, 1972, about 1890, before 1900, after 1900, 479 BCE."
)
DOUBTS = {
    Doubt.NOT_A_DATE: DATE_HELP,
    Doubt.SEASON: _(
        "A season is no date. Write the month if the source has it, else the year; name the season in the text."
    ),
    Doubt.DECADE: _("A decade or a century is no date. Write a year, such as about 1985 or before 1990."),
    Doubt.PART: _("Write the month or the year alone, such as 1981-12 or about 1981."),
    Doubt.LUNAR: _("Write the day of the Gregorian calendar, and name the lunar one in the text."),
    Doubt.SPAN: _("One field takes one date: write where it began here, and its end in the field beside it."),
    Doubt.NUMBERS: _(
        "Day and month can be taken for each other. Write 1981-12-08, or the month in letters: 8 December 1981."
    ),
    Doubt.NO_YEAR: _("The year is missing."),
    Doubt.SHORT_YEAR: _("Write all figures of the year, such as 1981; the year 81 itself is 81 CE."),
    Doubt.YEAR_ZERO: _("There is no year 0: after 1 BCE comes 1 CE."),
    Doubt.NO_SUCH_MONTH: _("A year has the months 1 to 12."),
    Doubt.NO_SUCH_DAY: _("That month has no such day."),
    Doubt.OUT_OF_RANGE: _("Years go from 9999 BCE to 9999."),
    Doubt.UNKNOWN: _("Leave the field empty where nothing is known."),
}
FIRST_YEAR, LAST_YEAR = 1900, 2200
OUT_OF_REACH = _("This year is out of reach: choose one from 1900 to 2200.")
# Line and paragraph breaks, NUL and other controls, and the marks that turn the direction of writing around.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

# What a mail program may turn into a link: a scheme, an e-mail address, a domain in any script, a number of four bytes.
_ADDRESS = re.compile(r"//|@|[^\W_]\.[^\W_]{2}|\d\.\d|\bwww\b", re.IGNORECASE)


def single_line(text: str) -> None:
    """Refuse what is not on one line, as a mail header or a place card needs it, and hidden control characters."""
    if UNPRINTABLE.search(text):
        raise ValidationError(
            _("Please leave out line breaks and invisible control characters."), code="control_characters"
        )


def within_reach(moment: datetime) -> None:
    """Refuse a year that was mistyped: at the ends of the calendar no clock elsewhere can be read any more."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(OUT_OF_REACH, code="out_of_reach")


def personal_name(text: str) -> None:
    """Refuse a name that cannot stand on a place card: letters of any script and their marks, no pictures."""
    kinds = {unicodedata.category(character) for character in text}
    if any(kind[0] in "SC" and kind != "Cf" for kind in kinds) or not any(kind[0] == "L" for kind in kinds):
        raise ValidationError(
            _("Please write the name in letters, without symbols or emoji."), code="not_a_name"
        )


def no_address(text: str) -> None:
    """Refuse a name that is an address on the net, or holds one: nobody is to advertise in the name of a guest."""
    if _ADDRESS.search(unicodedata.normalize("NFKC", text).replace("。", ".")):
        raise ValidationError(
            _("A name holds no web or e-mail address. If yours has a full stop, put a space after it."),
            code="address",
        )


class HistoricalDateFormField(forms.CharField):
    """A text field that reads a historical date and explains what it could not read."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, HistoricalDate):
            return value
        if not (text := super().to_python(value)):
            return None
        try:
            return parse(text)
        except NotADate as error:
            raise ValidationError(
                _("“%(text)s” is not a date we can read. %(help)s"),
                params={"text": text, "help": DOUBTS[error.doubt]},
            ) from None

    def run_validators(self, value: Any) -> None:
        """As in the model: it is the text that has a length."""
        super().run_validators(str(value) if isinstance(value, HistoricalDate) else value)

    def prepare_value(self, value: Any) -> Any:
        return written(value, current_language()) if isinstance(value, HistoricalDate) else value


class HistoricalDateField(models.CharField):
    """A HistoricalDate kept as ISO 8601-2 text; writes its sort bounds into the two columns named by ``bounds``.

    The bounds are running day numbers (see ``dates.days_of``); both are null where the date is.
    """

    # For the type checker: what one reads from it is no text.
    _pyi_private_get_type: HistoricalDate  # type: ignore[assignment]
    _pyi_private_set_type: HistoricalDate | str  # type: ignore[assignment]

    def __init__(self, *args: Any, bounds: tuple[str, str] | None = None, **kwargs: Any) -> None:
        self.bounds = bounds
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("help_text", DATE_HELP)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("help_text", None)
        if self.bounds:
            kwargs["bounds"] = self.bounds
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_args: Any) -> HistoricalDate | None:
        return parse(value) if value else None

    def to_python(self, value: Any) -> HistoricalDate | None:
        if value is None or isinstance(value, HistoricalDate):
            return value
        if value == "":
            return None
        try:
            return parse(str(value))
        except NotADate:
            raise ValidationError(
                _("“%(text)s” is not a date we can read."), params={"text": value}
            ) from None

    def get_prep_value(self, value: Any) -> str | None:
        known = self.to_python(value)
        return str(known) if known else (None if self.null else "")

    def run_validators(self, value: Any) -> None:
        """The validators of a text measure what will be stored, not the date itself."""
        super().run_validators(str(value) if isinstance(value, HistoricalDate) else value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")

    def pre_save(self, model_instance: models.Model, add: bool) -> HistoricalDate | None:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        if self.bounds:
            first, last = self.bounds
            setattr(model_instance, first, value.first_day if value else None)
            setattr(model_instance, last, value.last_day if value else None)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": HistoricalDateFormField, "max_length": 60, **kwargs})


def without_bounds(instance: models.Model, exclude: Collection[str] | None) -> set[str]:
    """What a validation leaves out, but for the bounds of the dates that it looks at; these are brought up to date.

    A form has the dates and not their bounds; without this, "nobody dies before being born" would be found by the
    database only.
    """
    left_out = set(exclude or ())
    for field in instance._meta.fields:
        if isinstance(field, HistoricalDateField) and field.bounds and field.name not in left_out:
            field.pre_save(instance, add=False)
            left_out -= set(field.bounds)
    return left_out


def chronological(name: str) -> Case:
    """An order for ``order_by``: by what is written, so that "before 1900" stands with 1899 and not before all."""
    open_to_the_past = When(**{f"{name}_first": days_of(OLDEST, 1, 1)}, then=F(f"{name}_last"))
    return Case(open_to_the_past, default=F(f"{name}_first"))


def bound() -> "models.IntegerField[int | None, int | None]":
    """A column for one sort bound of a historical date, filled by the field it belongs to."""
    return models.IntegerField(null=True, editable=False)
