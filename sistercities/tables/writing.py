"""Lists as files for spreadsheets: nothing in them reckons, and what comes back says what it said."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from sistercities.pages.safe_text import as_it_was, harmless, one_line

# Tells spreadsheets that the Chinese in it is Unicode.
BYTE_ORDER_MARK = "\ufeff"
NARROWEST, WIDEST = 8, 60
Row = Sequence[Any]


class Form(StrEnum):
    """In which form a list is handed out."""

    CSV = "csv"
    XLSX = "xlsx"


TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(name: str, heads: Row, rows: Iterable[Row], form: str = Form.CSV) -> HttpResponse:
    """A list to be kept by whoever asked for it; ``name`` is that of the file, without its ending.

    A form that nobody knows is CSV. Cells may be texts, numbers, days, moments, yes or no, or nothing.
    """
    known = Form(form) if form in set(Form) else Form.CSV
    content = as_xlsx(heads, rows) if known is Form.XLSX else as_csv(heads, rows)
    response = HttpResponse(content, content_type=TYPES[known])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{known}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def as_csv(heads: Row, rows: Iterable[Row]) -> bytes:
    sheet = StringIO(newline="")
    sheet.write(BYTE_ORDER_MARK)
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow([_text(head) for head in heads])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return sheet.getvalue().encode()


def as_xlsx(heads: Row, rows: Iterable[Row], title: str = "") -> bytes:
    """The same for spreadsheets: days are days, and a text that looks like a formula is a text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31] or None)
    lines = [[_value(cell) for cell in row] for row in rows]
    for place, head in enumerate(heads, start=1):
        cells = (line[place - 1] for line in lines if len(line) >= place)
        longest = max(map(_width, [_value(head), *cells]))
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, NARROWEST), WIDEST)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, _value(head), Font(bold=True)) for head in heads])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _plain(cell: Any) -> Any:
    """What is no text of somebody's: nothing is empty, yes and no are words, a moment is that of the clock shown."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, datetime):
        return timezone.make_naive(cell) if timezone.is_aware(cell) else cell
    return cell if isinstance(cell, int | float | date) else one_line(str(cell))


def _text(cell: Any) -> str:
    plain = _plain(cell)
    if isinstance(plain, datetime):
        return plain.isoformat(" ", "minutes")
    # A number below nought is no formula.
    return harmless(plain) if isinstance(plain, str) else str(plain)


def _value(cell: Any) -> Any:
    plain = _plain(cell)
    if isinstance(plain, str):
        # Only what would be taken for a mark of ours when it comes back gets one.
        return harmless(plain) if as_it_was(plain) != plain else plain
    return plain.replace(second=0, microsecond=0) if isinstance(plain, datetime) else plain


def _width(value: Any) -> int:
    # Characters of Chinese are two wide.
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(value)[:WIDEST])


def _cell(sheet: Any, value: Any, font: Font | None = None) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # Whatever it begins with: the library takes "=1" for a formula, and "#N/A" for an error.
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(vertical="top", wrap_text=False)
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if font:
        cell.font = font
    return cell
