"""Two languages side by side: one plain column each, and a descriptor that reads in the reader's language.

``title = Bilingual("title")`` on a model with the columns ``title_en`` and ``title_zh_hans`` gives ``page.title``: a
text that knows its own language, so that a page in the other language can mark it up and say "only in …". Every further
language of the settings gets a column like the English one, which may stay empty.
"""

import re
from typing import Any, Self, overload

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import get_language, get_language_info, to_locale
from django.utils.translation import gettext as _

# The languages whose columns are written out in the models; a published description may be demanded in these.
WRITTEN_OUT = ("en", "zh-hans")
_NAMES = {"en": lambda: _("English"), "zh-hans": lambda: _("Chinese")}
_LABELS = {"zh-hans": "中文"}
_IN_BRACKETS = re.compile(r" ?[(（][^)）]*[)）]$")


def column(name: str, language: str) -> str:
    """The column of a bilingual text: ``title`` in ``zh-hans`` is ``title_zh_hans``."""
    return f"{name}_{language.replace('-', '_')}"


def columns(name: str) -> tuple[str, ...]:
    """The columns of a bilingual text, in all languages."""
    return tuple(column(name, code) for code in languages())


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def current_language() -> str:
    """The language being spoken now, always one that we have."""
    code = (get_language() or settings.LANGUAGE_CODE).lower()
    return code if code in languages() else settings.LANGUAGE_CODE


def html_language(code: str) -> str:
    """The code as HTML wants it: zh-Hans."""
    return to_locale(code).replace("_", "-")


def language_label(code: str) -> str:
    """What a language calls itself: 中文."""
    return _LABELS.get(code) or dict(settings.LANGUAGES).get(code, "")


def language_name(code: str) -> str:
    """What a language is called in the one being spoken now: "Chinese"."""
    if code in _NAMES:
        return _NAMES[code]()
    return get_language_info(code)["name_translated"] if code in LANG_INFO else language_label(code)


class LocalText(str):
    """A text and the language it is in; ``fallback`` when that is not the language asked for."""

    __slots__ = ("fallback", "language")
    language: str
    fallback: bool

    @classmethod
    def of(cls, text: str, language: str, *, fallback: bool = False) -> Self:
        made = cls(text)
        made.language, made.fallback = language, fallback
        return made


def local_text(obj: models.Model, name: str, language: str | None = None) -> LocalText:
    """The text in the wanted language (the current one unless told), else in any other that has it."""
    wanted = language or current_language()
    for code in [wanted, *(other for other in languages() if other != wanted)]:
        if text := getattr(obj, column(name, code)):
            return LocalText.of(text, code, fallback=code != wanted)
    return LocalText.of("", wanted)


def like(pattern: models.Field, language: str) -> models.Field:
    """A column for a further language: as the pattern, yet it may stay empty; its label names the language."""
    _name, _path, arguments, given = pattern.deconstruct()
    label = lazy(label_in, str)(pattern.verbose_name, language_label(language))
    return type(pattern)(*arguments, **{**given, "blank": True, "help_text": "", "verbose_name": label})


def label_in(label: Any, language: str) -> str:
    """The label of the English column with another language in it: "title (English)" makes "title (Français)"."""
    words = without_language(label)
    return f"{words} ({language})" if words != str(label) else language


def without_language(label: Any) -> str:
    """The label of a column without the language in brackets: "title (English)" is the title."""
    return _IN_BRACKETS.sub("", str(label))


class ByLanguage:
    """A thing that differs by language and has no substitute in another: ``remark.renderings["en"]``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def contribute_to_class(self, model: type[models.Model], attribute: str) -> None:
        """Give the model a column for each language of the settings that its author has not written out."""
        known = {field.name: field for field in model._meta.local_fields}
        for code in languages():
            if column(self.name, code) not in known:
                pattern = known[column(self.name, WRITTEN_OUT[0])]
                model.add_to_class(column(self.name, code), like(pattern, code))
        setattr(model, attribute, self)

    def __get__(self, obj: models.Model | None, owner: type) -> Any:
        return self if obj is None else {code: getattr(obj, column(self.name, code)) for code in languages()}


class Bilingual(ByLanguage):
    """Reads ``<name>_<language>`` in the reader's language, with a visible fallback."""

    @overload
    def __get__(self, obj: None, owner: type) -> "Bilingual": ...
    @overload
    def __get__(self, obj: models.Model, owner: type) -> LocalText: ...
    def __get__(self, obj: models.Model | None, owner: type) -> Any:
        return self if obj is None else local_text(obj, self.name)


def bilingual_names(model: type[models.Model]) -> list[str]:
    """The names of all texts that a model has in every language."""
    found = (each for base in model.__mro__ for each in vars(base).values() if isinstance(each, Bilingual))
    return list(dict.fromkeys(each.name for each in found))


def nothing_in(name: str) -> Q:
    """That a text is there in no language at all."""
    return Q(**dict.fromkeys(columns(name), ""))


def texts(obj: models.Model, name: str) -> dict[str, str]:
    """All versions of a text that exist, by language."""
    found = {code: getattr(obj, column(name, code)) for code in languages()}
    return {code: text for code, text in found.items() if text}
