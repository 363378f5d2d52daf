"""Two languages side by side: one plain column each, and a descriptor that reads in the reader's language.

``title = Bilingual("title")`` on a model with the columns ``title_en`` and ``title_zh_hans`` gives ``page.title``: a
text that knows its own language, so that a page in the other language can mark it up and say "only in …".
"""

from typing import Any, Self, overload

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

HTML_LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}


def column(name: str, language: str) -> str:
    """The column of a bilingual text: ``title`` in ``zh-hans`` is ``title_zh_hans``."""
    return f"{name}_{language.replace('-', '_')}"


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


def current_language() -> str:
    """The language being spoken now, always one that we have."""
    code = (get_language() or settings.LANGUAGE_CODE).lower()
    return code if code in languages() else settings.LANGUAGE_CODE


def html_language(code: str) -> str:
    """The code as HTML wants it: zh-Hans."""
    return HTML_LANGUAGES.get(code, code)


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


class Bilingual:
    """Reads ``<name>_<language>`` in the reader's language, with a visible fallback."""

    def __init__(self, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, obj: None, owner: type) -> "Bilingual": ...
    @overload
    def __get__(self, obj: models.Model, owner: type) -> LocalText: ...
    def __get__(self, obj: models.Model | None, owner: type) -> Any:
        return self if obj is None else local_text(obj, self.name)


def texts(obj: models.Model, name: str) -> dict[str, str]:
    """All versions of a text that exist, by language."""
    found = {code: getattr(obj, column(name, code)) for code in languages()}
    return {code: text for code, text in found.items() if text}
