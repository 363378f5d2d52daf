"""The handbook as it lies in docs/: one Markdown file for each language, read into sections that can be linked to."""

import re
import struct
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sistercities.pages.bilingual import current_language
from sistercities.pages.text import render

FOLDER = Path(settings.BASE_DIR) / "docs"
# Every heading says by which word it is linked to; both languages use the same words.
HEADING = re.compile(r"^(#{1,3}) (.+?) \{#([a-z0-9-]+)\}$", re.MULTILINE)
PICTURE = re.compile(r"^!\[([^\]]+)\]\(pictures/([a-z0-9/-]+\.png)\)$", re.MULTILINE)
WIDTH_AND_HEIGHT = struct.Struct(">16x2I")


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, up to the next heading."""

    level: int
    title: str
    anchor: str
    html: SafeString


@dataclass(frozen=True)
class Chapter:
    """A section with those that belong to it."""

    opening: Section
    parts: list[Section] = field(default_factory=list)


@dataclass(frozen=True)
class Book:
    """The whole handbook in one language."""

    language: str
    title: str
    preface: SafeString
    chapters: list[Chapter]

    @property
    def titles(self) -> dict[str, str]:
        """What every place in the book is called, by its anchor."""
        sections = [each for chapter in self.chapters for each in (chapter.opening, *chapter.parts)]
        return {each.anchor: each.title for each in sections}


def file_of(language: str) -> tuple[Path, str]:
    """The file in this language, or the English one where nobody has written it yet; and which language that is."""
    path = FOLDER / f"curators.{language}.md"
    return (path, language) if path.exists() else (FOLDER / "curators.md", "en")


def handbook(language: str | None = None) -> Book:
    path, spoken = file_of(language or current_language())
    return _read(path, spoken, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, language: str, _changed: int) -> Book:
    _before, *pieces = HEADING.split(path.read_text(encoding="utf-8"))
    rows = zip(pieces[0::4], pieces[1::4], pieces[2::4], pieces[3::4], strict=True)
    first, *sections = [
        Section(len(marks), title, anchor, shown(text)) for marks, title, anchor, text in rows
    ]
    chapters: list[Chapter] = []
    for each in sections:
        if each.level == 2:
            chapters.append(Chapter(each))
        else:
            chapters[-1].parts.append(each)
    return Book(language, first.title, first.html, chapters)


def shown(text: str) -> SafeString:
    """Markdown as everywhere on the site, and besides it pictures, which stand in a line of their own."""
    before, *rest = PICTURE.split(text)
    pictures = zip(rest[0::3], rest[1::3], rest[2::3], strict=True)
    return format_html(
        "{}{}",
        render(before),
        format_html_join(
            "", "{}{}", ((_picture(name, words), render(after)) for words, name, after in pictures)
        ),
    )


def _picture(name: str, words: str) -> SafeString:
    png = FOLDER / "pictures" / name
    if not png.exists():
        # Not taken yet: the words around it serve as well, and every page of the admin names titles of this book.
        return SafeString("")
    width, height = size_of(png)
    return format_html(
        '<p class="handbook-picture"><img src="{}" alt="{}" width="{}" height="{}" loading="lazy"></p>',
        static(f"handbook/{name}"),
        words,
        width,
        height,
    )


def size_of(png: Path) -> tuple[int, int]:
    """Width and height, so that the page does not jump while its pictures come in."""
    with png.open("rb") as file:
        width, height = WIDTH_AND_HEIGHT.unpack(file.read(WIDTH_AND_HEIGHT.size))
    return width, height
