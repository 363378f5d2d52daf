"""A speech laid out for reading: paragraph beside paragraph, the reader's language leading."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from events.models import Remark, RemarkSegment
from sistercities.pages.bilingual import column, html_language, language_label, languages
from sistercities.pages.citing import Footnotes
from sistercities.pages.text import render


@dataclass(frozen=True)
class Speech:
    """The paragraphs in one or two languages; ``other`` is empty where there is only one."""

    lead: str
    other: str
    segments: list[dict[str, Any]]

    @classmethod
    def of(cls, remark: Remark, footnotes: Footnotes, language: str) -> "Speech":
        rows = list(remark.segments.all())
        spoken = [code for code in languages() if any(_text(row, code) for row in rows)]
        # The reader's language leads, wherever a single paragraph of it exists.
        spoken.sort(key=lambda code: code != language)
        lead, other, *_ = [*spoken, "", ""]
        return cls(lead, other, [_segment(row, lead, other, footnotes) for row in rows])

    def __bool__(self) -> bool:
        return bool(self.segments)

    @property
    def lead_lang(self) -> str:
        return html_language(self.lead)

    @property
    def other_lang(self) -> str:
        return html_language(self.other)

    @property
    def lead_label(self) -> str:
        return language_label(self.lead)

    @property
    def other_label(self) -> str:
        return language_label(self.other)


def _segment(row: RemarkSegment, lead: str, other: str, footnotes: Footnotes) -> dict[str, Any]:
    return {
        "number": row.position,
        "lead": _html(_text(row, lead), footnotes),
        "other": _html(_text(row, other), footnotes),
    }


def _text(row: RemarkSegment, language: str) -> str:
    return getattr(row, column("text", language)) if language else ""


def _html(text: str, footnotes: Footnotes) -> SafeString | str:
    return render(text, footnotes.numbers) if text else ""
