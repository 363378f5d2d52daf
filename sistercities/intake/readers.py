"""How cells of lists are read and written: fields of models, choices by their words, days, yes and no."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.intake.kinds import NEVER, Column
from sistercities.mail.addresses import canonical
from sistercities.pages.fields import within_reach
from sistercities.tables.cells import bare, read_day, read_language, read_number, read_yes

YES_OR_NO = gettext_lazy("Yes or no.")
DAY = gettext_lazy("The year first: 2026-11-30.")
Choices = Iterable[tuple[Any, Promise | str]]


def field_of(model: type[models.Model], name: str) -> models.Field:
    found = model._meta.get_field(name)
    if not isinstance(found, models.Field):  # pragma: no cover
        raise TypeError(name)
    return found


def of_field(model: type[models.Model], name: str, heads: str = "", **more: Any) -> Column:
    """A column that is a column of the table too: read, checked and named as the admin does."""
    field = field_of(model, name)
    by_kind = _by_kind(field)
    known = {
        "label": field.verbose_name,
        "help": field.help_text,
        "empty": _emptied(field),
        **by_kind,
        **more,
    }
    return Column(name, heads=heads, **known)


def _emptied(field: models.Field) -> Any:
    if not field.blank:
        return NEVER
    return None if field.null else ""


def _by_kind(field: models.Field) -> dict[str, Any]:
    if field.choices:
        choices = list(field.flatchoices)
        said = format_lazy(gettext_lazy("One of: {words}."), words=lazy_words(choices))
        help_text = field.help_text or said
        return {
            "read": by_words(choices),
            "show": lambda value: in_choices(choices, value),
            "help": help_text,
        }
    if isinstance(field, models.BooleanField):
        return {"read": a_yes, "empty": NEVER, "help": field.help_text or YES_OR_NO}
    if isinstance(field, models.DateField):
        help_text = format_lazy("{} {}", DAY, field.help_text) if field.help_text else DAY
        return {"read": a_day, "help": help_text}
    if isinstance(field, models.EmailField):
        return {"read": an_address}
    return {"read": lambda text: field.clean(text, None)}


def lazy_words(choices: Choices) -> Any:
    """The words of choices, each time in the language that is spoken then."""
    return lazy(lambda: str(_(", ")).join(str(label) for _value, label in choices), str)()


def by_words(choices: Choices, also: Mapping[Any, str] | None = None) -> Callable[[str], Any]:
    """Reads a choice by its value, by its words in any language of the site, or by further ones, commas between."""
    pairs = list(choices)
    further = {bare(word): value for value, words in (also or {}).items() for word in words.split(",")}

    def read(text: str) -> Any:
        if bare(text) in further:
            return further[bare(text)]
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                for value, label in pairs:
                    if bare(text) in (bare(str(label)), bare(str(value))):
                        return value
        known = _(", ").join(str(label) for _value, label in pairs)
        raise ValidationError(_("“%(text)s” is none of these: %(known)s.") % {"text": text, "known": known})

    return read


def in_choices(choices: Choices, value: Any) -> Any:
    return next((str(label) for known, label in choices if known == value), "")


def a_yes(text: str) -> bool:
    said = read_yes(text)
    if said is None:
        raise ValidationError(_("“%(text)s” is neither yes nor no.") % {"text": text})
    return said


def a_day(text: str) -> date:
    day = read_day(text)
    if day is None:
        words = _("“%(text)s” is no day that we can read: write it as 2026-11-30, the year first.")
        raise ValidationError(words % {"text": text})
    within_reach(datetime.combine(day, time()))
    return day


def an_address(text: str) -> str:
    return canonical(text)


def a_language(text: str) -> str:
    code = read_language(text)
    if code is None:
        words = _("“%(text)s” is no language that we write: English or Chinese.")
        raise ValidationError(words % {"text": text})
    return code


def a_number(text: str) -> int:
    number = read_number(text)
    if number is None:
        raise ValidationError(_("“%(text)s” is no number.") % {"text": text})
    return number
