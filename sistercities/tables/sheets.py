"""Spreadsheets (XLSX) as tables: the first sheet that holds anything, each cell as the text that one would type.

Pure: no Django. Programs, pictures and links to other files in it are never looked at.
"""

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from lzma import LZMAError
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sistercities.tables.reading import (
    LARGEST_BYTES,
    MOST_COLUMNS,
    Fault,
    Line,
    Table,
    Unreadable,
    fitted,
    read,
)

# A packed file may unpack to very much more than it weighs.
LARGEST_UNPACKED = 80_000_000
# Reading a sheet takes longer than reading a text, and nobody types lists as long as this.
MOST_ROWS = 10_000
MIDNIGHT = time()
# What is raised over files that only claim to be spreadsheets, are damaged, locked with a password, or packed oddly.
_BROKEN = (
    *(BadZipFile, InvalidFileException, ParseError, zlib.error, LZMAError, EOFError, OSError, RuntimeError),
    *(LookupError, ArithmeticError, ValueError, TypeError, AttributeError),
)
_DAYS_ONLY = re.compile(r"^[^hsHS]*$")


def read_any(content: bytes, encoding: str = "", delimiter: str = "", fewest: int = 2) -> Table:
    """A table, whether a spreadsheet or a text. Raises Unreadable where it is neither."""
    if content[:2] in (b"PK", b"\xd0\xcf"):
        return read_sheet(content, fewest)
    return read(content, encoding, delimiter, fewest)


def read_sheet(content: bytes, fewest: int = 2) -> Table:
    """A spreadsheet as a table. Raises Unreadable where it is of another kind, broken or empty."""
    if len(content) > LARGEST_BYTES:
        raise Unreadable(Fault.TOO_LARGE, most=LARGEST_BYTES // 1_000_000)
    try:
        # Row by row, so that a sheet of a million lines is given up at the first that is too many.
        rows = _rows(content)
        head = next(rows, None)
        if head is None:
            raise Unreadable(Fault.EMPTY)
        return fitted("xlsx", "", head.cells, rows, fewest, MOST_ROWS)
    except _BROKEN as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable(Fault.OTHER_SPREADSHEET) from wrong


def _rows(content: bytes) -> Iterator[Line]:
    with ZipFile(BytesIO(content)) as packed:
        if "xl/workbook.xml" not in packed.namelist():
            raise Unreadable(Fault.OTHER_SPREADSHEET)
        if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
            raise Unreadable(Fault.TOO_LARGE, most=LARGEST_BYTES // 1_000_000)
        reckons = _has_formulae(packed)
    # The results of formulae as the program last wrote them; beside them the formulae, to know where one has none.
    shown = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    typed = load_workbook(BytesIO(content), read_only=True, keep_links=False) if reckons else shown
    for result, source in zip(shown.worksheets, typed.worksheets, strict=True):
        if result.sheet_state != "visible":
            continue
        lines = enumerate(
            zip(_cells(result), _cells(source), strict=True) if reckons else _twice(result), start=1
        )
        is_empty = True
        for line in (_line(number, *rows) for number, rows in lines):
            if any(line.cells) or line.problem:
                is_empty = False
                yield line
        if not is_empty:
            return


def _has_formulae(packed: ZipFile) -> bool:
    """Whether any sheet reckons: else it need not be read twice."""
    sheets = (packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/"))
    return any(b"<f>" in sheet or b"<f " in sheet or b":f>" in sheet or b"<f/" in sheet for sheet in sheets)


def _cells(sheet: Any) -> Iterator[Any]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    return (row[: MOST_COLUMNS + 1] for row in sheet.iter_rows())


def _twice(sheet: Any) -> Iterator[Any]:
    return ((row, row) for row in _cells(sheet))


def _line(number: int, results: Any, sources: Any) -> Line:
    cells = [text_of(cell.value, cell.number_format if cell.value is not None else "") for cell in results]
    unknown = any(
        given.data_type == "f" and (result.value is None or result.data_type == "e")
        for given, result in zip(sources, results, strict=True)
        if given.value is not None
    )
    return Line(number, cells, "formula" if unknown else "")


def text_of(value: Any, shape: str = "") -> str:
    """A value of a cell as one would type it: 2026-11-30, 12, yes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        is_day = value.time() == MIDNIGHT and _DAYS_ONLY.match(shape)
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
