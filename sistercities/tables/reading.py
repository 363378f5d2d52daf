"""A file of lines and cells, whatever program wrote it: its encoding, its delimiter, and each line by itself.

Pure: no Django. What is wrong with one line is said of that line, and the next ones are read all the same.
"""

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from io import StringIO
from typing import Literal

LARGEST_BYTES = 20_000_000
MOST_ROWS = 50_000
LONGEST_CELL = 2_000
MOST_COLUMNS = 100
LONGEST_HEAD = 120
# A cell in quotes may hold line breaks; a quote that is never closed must not swallow the file.
MOST_LINES_OF_ROW = 30
ENCODINGS = ("utf-8", "utf-16", "gb18030", "windows-1252")
DELIMITERS = (",", "\t", ";", "|")
# At most so many of its letters may be broken where a text is still taken to be in an encoding.
BROKEN_SHARE = 0.02
# A stray NUL spoils its line; more of them in the beginning tell that it is no text.
MOST_NULS = 20
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHINESE = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HIGH = bytes(range(0x80, 0x100))
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")


class Fault(StrEnum):
    """What is wrong with a file as a whole."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    SPREADSHEET = "spreadsheet"
    OTHER_SPREADSHEET = "other-spreadsheet"
    NOT_TEXT = "not-text"
    NO_COLUMNS = "no-columns"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_ROWS = "too-many-rows"
    ENCODING = "encoding"
    MISSING = "missing"


class Unreadable(ValueError):
    """The file cannot be read at all."""

    def __init__(self, fault: Fault, **values: object) -> None:
        super().__init__(fault.value)
        self.fault, self.values = fault, values


@dataclass(frozen=True)
class Line:
    """One row: the line of the file where it begins, and its cells, or why it cannot be read."""

    number: int
    cells: list[str] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """Lines under their heads. A spreadsheet has the encoding "xlsx" and no delimiter."""

    encoding: str
    delimiter: str
    header: list[str]
    lines: list[Line]


def read(content: bytes, encoding: str = "", delimiter: str = "", fewest: int = 2) -> Table:
    """The whole file as a table of at least so many columns. Raises Unreadable where it is none."""
    if len(content) > LARGEST_BYTES:
        raise Unreadable(Fault.TOO_LARGE, most=LARGEST_BYTES // 1_000_000)
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Unreadable(Fault.EMPTY)
    if content.startswith(_NOT_TEXT):
        raise Unreadable(Fault.SPREADSHEET if content[:2] in (b"PK", b"\xd0\xcf") else Fault.NOT_TEXT)
    encoding = encoding or encoding_of(content)
    text = _decoded(content, encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first, told = _beginning(lines)
    delimiter = delimiter or told or delimiter_of(lines[first])
    rows = _rows(lines, first, delimiter)
    head = next(rows)
    return fitted(encoding, delimiter, head.cells, rows, fewest)


def fitted(
    encoding: str,
    delimiter: str,
    head: list[str],
    rows: Iterable[Line],
    fewest: int = 2,
    most: int = 0,
) -> Table:
    """The lines under their heads, each with as many cells as there are heads; ``fewest`` columns, ``most`` lines."""
    header = _heads(head)
    if len(header) < fewest:
        raise Unreadable(Fault.NO_COLUMNS)
    if len(header) > MOST_COLUMNS:
        raise Unreadable(Fault.TOO_MANY_COLUMNS, most=MOST_COLUMNS)
    found: list[Line] = []
    for row in rows:
        if len(found) == (most or MOST_ROWS):
            raise Unreadable(Fault.TOO_MANY_ROWS, most=most or MOST_ROWS)
        found.append(_fitted(row, len(header)))
    return Table(encoding, delimiter, header, found)


def encoding_of(content: bytes) -> str:
    """In which encoding a text is written, judged by its mark or by its content."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    if content.count(b"\x00", 0, 2_000) > MOST_NULS:
        raise Unreadable(Fault.NOT_TEXT)
    high = len(content) - len(content.translate(None, _HIGH))
    if not high or _broken(content, "utf-8") <= high * BROKEN_SHARE:
        return "utf-8"
    # In Chinese text nearly all high bytes stand in pairs; in a Western one each has a plain letter beside it.
    pairs = sum(1 for _pair in _CHINESE.finditer(content))
    if 2 * pairs > high * 0.8 and _broken(content, "gb18030") <= high * BROKEN_SHARE:
        return "gb18030"
    return "windows-1252"


def _broken(content: bytes, encoding: str) -> int:
    return content.decode(encoding, errors="replace").count("\ufffd")


def _decoded(content: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise Unreadable(Fault.ENCODING)
    # What is broken becomes the sign for it, and the lines that hold it are refused one by one.
    return content.decode(encoding, errors="replace").removeprefix("\ufeff")


def _beginning(lines: list[str]) -> tuple[int, str]:
    """Where the header stands, and the delimiter that a spreadsheet names before it."""
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise Unreadable(Fault.EMPTY)
    if match := re.fullmatch(r"sep=(.)", lines[first].strip("\n ")):
        rest, _told = _beginning(["", *lines[first + 1 :]])
        return first + rest, match.group(1)
    return first, ""


def delimiter_of(head: str) -> str:
    """The delimiter that the header uses most."""
    outside = re.sub(r'"[^"]*"', "", head)
    return max(DELIMITERS, key=outside.count)


def _rows(lines: list[str], first: int, delimiter: str) -> Iterator[Line]:
    """The rows from the header on; those that are empty are left out."""
    at = first
    while at < len(lines):
        taken = _lines_of_row(lines, at)
        closed = taken or 1
        text = "\n".join(lines[at : at + closed])
        if text.strip(f"{delimiter} \t\n"):
            yield _line(at + 1, text, delimiter, closed=bool(taken))
        at += closed


def _lines_of_row(lines: list[str], at: int) -> int:
    """How many lines a row takes, since a cell in quotes may have several; 0 where its quote is never closed."""
    quotes = 0
    for number, line in enumerate(lines[at : at + MOST_LINES_OF_ROW], start=1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return number
    return 0


def _line(number: int, text: str, delimiter: str, *, closed: bool) -> Line:
    # A single quotation mark that opens nothing, as for inches, stands for itself.
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if closed else csv.QUOTE_NONE
    try:
        # Taken apart at line feeds alone: what else Python calls the end of a line is nothing but a stray sign here.
        cells = next(csv.reader(StringIO(text, newline="\n"), delimiter=delimiter, quoting=quoting))
    except csv.Error:
        return Line(number, problem="cells")
    if not closed and any(cell.startswith('"') for cell in cells):
        return Line(number, cells, problem="quote")
    return Line(number, cells)


def _fitted(line: Line, width: int) -> Line:
    """The line with as many cells as there are columns, cleaned; or what is wrong with it."""
    if line.problem:
        return line
    if "\x00" in "".join(line.cells):
        return Line(line.number, problem="nul")
    cells = [clean(cell) for cell in line.cells]
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Line(line.number, [cell[:60] for cell in cells[:width]], "long")
    if any("\ufffd" in cell for cell in cells):
        return Line(line.number, cells[:width], "broken")
    if any(cells[width:]):
        return Line(line.number, cells[:width], "cells")
    return Line(line.number, [*cells[:width], *[""] * (width - len(cells))])


def clean(cell: str) -> str:
    """A cell on one line, composed, without what nobody sees."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", " ".join(cell.split())))


def _heads(cells: list[str]) -> list[str]:
    """The names of the columns, each once; one without a name gets its number."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    heads: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = clean(cell)[:LONGEST_HEAD] or f"#{number}"
        heads.append(name if name not in heads else f"{name} #{number}")
    return heads
