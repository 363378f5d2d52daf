"""What a find shows of its page: the summary, or the passage in which the words stand, with the words marked."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from pypinyin.seg import mmseg

from sistercities.pages.bilingual import (
    WRITTEN_OUT,
    column,
    current_language,
    html_language,
    languages,
    local_text,
)
from sistercities.pages.everything import found
from sistercities.pages.indexing import KEYS
from sistercities.pages.letters import HAN, has_han, simplified
from sistercities.pages.text import render

BEFORE, AFTER = 70, 130  # characters of a passage on either side of the word
PARAGRAPH = 40  # what is shorter, among the further words of a page, is a name and no passage
_PIECE = re.compile(f"[{HAN}]+|[^\\W{HAN}]+[%‰]?")
_BETWEEN_HAN = re.compile("(?<=[。！？；，、：”）]) ")  # Chinese paragraphs, joined, need no space
_MARK = re.compile(r"\[\^[a-z0-9-]+\]")  # of a footnote, which leads nowhere here
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ENDINGS = [
    (re.compile("(?<=[a-z]{2})(?:ies|y)$"), "(?:ies|y)"),
    (re.compile("(?<=[a-z]{3})(?:ing|ed|es|e|s)$"), ""),
]
_STOP = re.compile("[。！？；，、：—…）”》]")  # behind these a Chinese passage may begin, and end


def pattern(asked: str) -> re.Pattern[str] | None:
    """Finds the words that were asked for: Chinese ones as they are, Western ones however they end."""
    pieces = {*_PIECE.findall(asked), *_PIECE.findall(simplified(asked))}
    words = [_form(piece) for piece in sorted(pieces, key=len, reverse=True)]
    return re.compile(f"({'|'.join(words)})", re.IGNORECASE) if words else None


def _form(piece: str) -> str:
    if has_han(piece) or not piece[-1].isalnum():
        return re.escape(piece)
    for ending, others in _ENDINGS:
        if stem := ending.search(piece.lower()):
            return rf"(?<![^\W{HAN}]){re.escape(piece[: stem.start()])}{others}[^\W{HAN}]*"
    return rf"(?<![^\W{HAN}]){re.escape(piece)}[^\W{HAN}]*"


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
    """Of a row of ``searching.rows_of``: its summary, or the passage that has the words where the summary has not."""
    page, words = found(row), pattern(asked)
    summaries = [local_text(page, "summary", code) for code in _readers_first()]  # type: ignore[arg-type]
    language, text = summaries[0].language, str(summaries[0])
    if words and not words.search(text):
        passages = ((each.language, str(each)) for each in summaries[1:])
        found_in = (
            (code, cut(each, match, chinese=code.startswith("zh")))
            for code, each in (*passages, *texts(row))
            if (match := words.search(each))
        )
        language, text = next(found_in, (language, text))
    return in_its_language(highlighted(text, asked), language)


def in_its_language(text: SafeString, language: str) -> SafeString:
    if not text or language == current_language():
        return text
    return format_html('<span lang="{}">{}</span>', html_language(language), text)


def also(row: dict[str, Any], asked: str) -> SafeString:
    """The name under which the page was found, where neither its titles nor what is shown of it has the words."""
    words = pattern(asked)
    shown = [str(value) for value in found(row).texts.values()]
    if words is None or any(words.search(text) for text in (*shown, *(text for _code, text in texts(row)))):
        return SafeString()
    for line in _lines(row):
        if len(line) < PARAGRAPH and words.search(line):
            return in_its_language(highlighted(line, asked), guessed(line))
    return SafeString()


def _readers_first() -> list[str]:
    return sorted(languages(), key=lambda code: code != current_language())


def texts(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts of a page with their languages, the reader's first: its body, then the paragraphs of its parts."""
    for code in _readers_first():
        plain = " ".join(strip_tags(render(row[column("body", code)])).split())
        yield code, _BETWEEN_HAN.sub("", plain)
    lines = [(guessed(line), line) for line in _lines(row) if len(line) >= PARAGRAPH or _STOP.search(line)]
    yield from sorted(lines, key=lambda line: line[0] != current_language())


def _lines(row: dict[str, Any]) -> Iterator[str]:
    """The further words of a page that readers may see, line by line."""
    shown = row["search_text"].partition(KEYS)[0]
    for line in shown.splitlines():
        yield _LINK.sub(r"\1", _MARK.sub("", line)).replace("**", "")


def guessed(line: str) -> str:
    """The language of a line by its letters; with several languages in Latin letters nobody can tell."""
    if has_han(line):
        return "zh-hans" if simplified(line) == line else "zh-hant"
    return "en" if len(languages()) == len(WRITTEN_OUT) else "und"


def cut(text: str, match: re.Match[str], *, chinese: bool) -> str:
    """The passage around a match, between whole words; a Chinese one between clauses where these are short enough."""
    before, after = (BEFORE // 2, AFTER // 2) if chinese else (BEFORE, AFTER)
    start, end = max(0, match.start() - before), min(len(text), match.end() + after)
    if chinese:
        start, end = _between_words(text, start, end, match)
        return f"{'……' if start else ''}{text[start:end].strip()}{'……' if end < len(text) else ''}"
    head, passage, tail = text[:start], text[start:end], text[end:]
    if head:
        passage = passage[passage.find(" ", 0, before) + 1 :]
    if tail and (last := passage.rfind(" ")) > before:
        passage = passage[:last]
    return f"{'… ' if head else ''}{passage.strip()}{' …' if tail else ''}"


def _between_words(text: str, start: int, end: int, match: re.Match[str]) -> tuple[int, int]:
    """A beginning not before ``start`` and an end not behind ``end`` at which no Chinese word is cut in two."""
    bounds = [start + at for at in accumulate(len(word) for word in mmseg.seg.cut(text[start:end]))]
    stops = [stop.end() + start for stop in _STOP.finditer(text[start:end])]
    if start:
        first = [at for at in (*stops, *bounds) if at <= match.start()]
        start = first[0] if first else match.start()
    if end < len(text):
        last = [at for at in (*bounds, *stops) if match.end() <= at < end]
        end = last[-1] if last else match.end()
    return start, end
