"""What a find shows of its page: the summary, or the passage in which the words stand, with the words marked."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from sistercities.pages.bilingual import (
    WRITTEN_OUT,
    column,
    current_language,
    html_language,
    languages,
)
from sistercities.pages.everything import found
from sistercities.pages.search import HAN
from sistercities.pages.searching import simplified
from sistercities.pages.text import render

BEFORE, AFTER = 70, 130  # characters of a passage on either side of the word
PARAGRAPH = 40  # what is shorter, among the further words of a page, is a name or a key and no passage
_HAN = re.compile(f"[{HAN}]")
_PIECE = re.compile(f"[{HAN}]+|[^\\W{HAN}]+")
_BETWEEN_HAN = re.compile("(?<=[。！？；，、：”）]) ")  # Chinese paragraphs, joined, need no space
_MARK = re.compile(r"\[\^[a-z0-9-]+\]")  # of a footnote, which leads nowhere here
_ENDING = re.compile("(?<=[a-z]{3})(?:ing|ed|es|e|s)$", re.IGNORECASE)


def pattern(asked: str) -> re.Pattern[str] | None:
    """Finds the words that were asked for: Chinese ones as they are, Western ones however they end."""
    pieces = {*_PIECE.findall(asked), *_PIECE.findall(simplified(asked))}
    words = [
        re.escape(piece)
        if _HAN.match(piece)
        else rf"(?<![^\W{HAN}]){re.escape(_ENDING.sub('', piece))}[^\W{HAN}]*"
        for piece in sorted(pieces, key=len, reverse=True)
    ]
    return re.compile(f"({'|'.join(words)})", re.IGNORECASE) if words else None


def highlighted(text: str, asked: str) -> SafeString:
    """The text with the words that were asked for marked; their endings may differ."""
    if (words := pattern(asked)) is None:
        return conditional_escape(text)
    # Every second part is a match; all of them are escaped here, so that the marks are the only markup.
    escaped = (
        f"<mark>{conditional_escape(part)}</mark>" if at % 2 else conditional_escape(part)
        for at, part in enumerate(words.split(text))
    )
    return mark_safe("".join(escaped))  # noqa: S308


def excerpt(row: dict[str, Any], asked: str) -> SafeString:
    """Of a row of ``searching.results``: the passage that has the words, where the summary has not."""
    summary, words = found(row).summary, pattern(asked)
    language, text = summary.language, str(summary)
    if words and not words.search(text):
        language, text = next(
            ((code, cut(each, match)) for code, each in texts(row) if (match := words.search(each))),
            (language, text),
        )
    marked = highlighted(text, asked)
    if language == current_language():
        return marked
    return format_html('<span lang="{}">{}</span>', html_language(language), marked)


def texts(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts of a page with their languages, the reader's first: its body, then the paragraphs of its parts."""
    for code in sorted(languages(), key=lambda code: code != current_language()):
        plain = " ".join(strip_tags(render(row[column("body", code)])).split())
        yield code, _BETWEEN_HAN.sub("", plain)
    for line in row["search_text"].splitlines():
        plain = _MARK.sub("", line)
        if len(plain) >= PARAGRAPH:
            yield guessed(plain), plain


def guessed(line: str) -> str:
    """The language of a line by its letters; with several languages in Latin letters nobody can tell."""
    if _HAN.search(line):
        return "zh-hans"
    return "en" if len(languages()) == len(WRITTEN_OUT) else "und"


def cut(text: str, match: re.Match[str]) -> str:
    """The passage around a match, between whole words."""
    chinese = len(_HAN.findall(text)) * 2 > len(text)
    before, after = (BEFORE // 2, AFTER // 2) if chinese else (BEFORE, AFTER)
    start, end = max(0, match.start() - before), min(len(text), match.end() + after)
    head, passage, tail = text[:start], text[start:end], text[end:]
    if head and not chinese:
        passage = passage[passage.find(" ", 0, before) + 1 :]
    if tail and not chinese and (last := passage.rfind(" ")) > before:
        passage = passage[:last]
    here, there = ("……", "……") if chinese else ("… ", " …")
    return f"{here if head else ''}{passage.strip()}{there if tail else ''}"
