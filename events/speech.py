"""A speech laid out for reading: paragraph beside paragraph, or in one language, the reader's leading."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from events.models import Remark, RemarkSegment
from sistercities.pages.bilingual import (
    LocalText,
    column,
    current_language,
    html_language,
    language_label,
    languages,
)
from sistercities.pages.citing import Footnotes
from sistercities.pages.templatetags.bilingual import only_in
from sistercities.pages.text import render

BOTH = "both"
PLACES = ("lead", "other")


@dataclass(frozen=True)
class Column:
    """One language of a speech, and what its text is: the original, or whose translation."""

    language: str
    rendering: str
    rendering_label: str

    @property
    def lang(self) -> str:
        return html_language(self.language)

    @property
    def label(self) -> str:
        return language_label(self.language)

    @property
    def is_draft(self) -> bool:
        return self.rendering == Remark.Rendering.DRAFT


@dataclass(frozen=True)
class Speech:
    """The paragraphs in the languages that are shown, the reader's first, and the ways to show others."""

    show: str
    columns: list[Column]
    segments: list[dict[str, Any]]
    choices: list[dict[str, Any]]

    @classmethod
    def of(cls, remark: Remark, footnotes: Footnotes, show: str = BOTH) -> "Speech":
        rows = [row for row in remark.segments.all() if any(_text(row, code) for code in languages())]
        spoken = [code for code in languages() if any(_text(row, code) for row in rows)]
        first = current_language() if show == BOTH else show
        # The reader's language leads, wherever a single paragraph of it exists; beside it stands the original.
        spoken.sort(key=lambda code: (code != first, not is_original(remark, code)))
        shown = spoken[:2] if show == BOTH else spoken[:1]
        return cls(
            show,
            [_column(remark, code) for code in shown],
            [_segment(row, shown, spoken, footnotes) for row in rows],
            _choices(spoken, show) if len(spoken) > 1 else [],
        )

    def __bool__(self) -> bool:
        return bool(self.segments)

    @property
    def only_in(self) -> SafeString | str:
        """That the whole exists in no language but another than the reader's."""
        first = self.columns[0].language
        return "" if self.choices else only_in(LocalText.of("", first, fallback=first != current_language()))


def asked_for(show: str) -> str:
    """How a speech is to be shown: in both languages unless the address says otherwise. Raises Http404."""
    if show and show not in (BOTH, *languages()):
        raise Http404(_("A speech is not shown in that way."))
    return show or BOTH


def is_original(remark: Remark, code: str) -> bool:
    """Whether the speech was given in this language, whichever script or country the tag names beside it."""
    return bool(remark.original_language) and _root(remark.original_language) == _root(code)


def spoken_language(tag: str) -> str:
    """What a language is called that somebody spoke, which has no script: zh-Hans is Chinese."""
    known = {"en": _("English"), "zh": _("Chinese"), "yue": _("Cantonese"), "mi": _("Māori")}
    try:
        return known.get(_root(tag)) or get_language_info(tag.lower())["name_translated"]
    except KeyError:
        return tag


def _root(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _column(remark: Remark, code: str) -> Column:
    rendering = remark.renderings[code]
    if not rendering and remark.form == Remark.Form.VERBATIM and is_original(remark, code):
        rendering = Remark.Rendering.ORIGINAL
    return Column(code, rendering, str(Remark.Rendering(rendering).label) if rendering else "")


def _choices(spoken: list[str], show: str) -> list[dict[str, Any]]:
    """Both, and each language by itself: addresses that can be sent to somebody."""
    ways = [
        (BOTH, _("Both languages"), ""),
        *((c, language_label(c), html_language(c)) for c in sorted(spoken)),
    ]
    return [
        {"label": label, "lang": lang, "url": f"?{urlencode({'show': way})}", "current": way == show}
        for way, label, lang in ways
    ]


def _segment(row: RemarkSegment, shown: list[str], spoken: list[str], footnotes: Footnotes) -> dict[str, Any]:
    """A paragraph: what exists in no language shown is shown in another, and an empty place says why it is empty."""
    found = [code for code in spoken if _text(row, code)]
    cells = []
    for place, code in zip(PLACES, shown, strict=False):
        here = code if code in found else found[0] if len(shown) == 1 else ""
        cells.append(
            {
                "place": place,
                "lang": html_language(here),
                "html": render(_text(row, here), footnotes.numbers) if here else "",
                "note": "" if here == code else only_in(LocalText.of("", found[0], fallback=True)),
            }
        )
    return {"number": row.position, "mark": row.mark, "cells": cells}


def _text(row: RemarkSegment, language: str) -> str:
    return getattr(row, column("text", language))
