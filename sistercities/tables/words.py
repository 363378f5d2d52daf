"""What is wrong with a file, or with one of its lines, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sistercities.tables.reading import Fault

LINES: dict[str, Any] = {
    "cells": _("The line has more cells than the header has columns, or cannot be taken apart."),
    "quote": _("A quotation mark is opened in this line and closed nowhere near."),
    "nul": _("The line holds a character that is no text."),
    "long": _("A cell is far too long."),
    "broken": _("Characters of this line are broken; look at the encoding of the file."),
    "formula": _(
        "A cell holds a formula that has no result, or a wrong one. Put the value in its place in your program."
    ),
}
FAULTS: dict[str, Any] = {
    Fault.EMPTY: _("The file is empty."),
    Fault.TOO_LARGE: _("The file is larger than %(most)s megabytes."),
    Fault.SPREADSHEET: _(
        "This is a spreadsheet. Save it as CSV (UTF-8) in your program, and hand in that file."
    ),
    Fault.OTHER_SPREADSHEET: _(
        "This is a spreadsheet of a kind that we cannot read. Save it as XLSX or as CSV (UTF-8) in your program, and "
        "hand in that file."
    ),
    Fault.NOT_TEXT: _("This is no text file."),
    Fault.NO_COLUMNS: _(
        "No columns can be made out: the first line has to name them, with a comma, tab or semicolon between."
    ),
    Fault.TOO_MANY_COLUMNS: _("The file has more than %(most)s columns."),
    Fault.TOO_MANY_ROWS: _(
        "The file has more than %(most)s lines. Divide it, and hand in the parts one by one."
    ),
    Fault.ENCODING: _("We do not know this encoding."),
    Fault.MISSING: _("The file is no longer where it was put; hand it in again."),
}


def fault_in_words(fault: str, **values: object) -> str:
    """Why a file cannot be read."""
    return str(FAULTS[fault]) % values if fault in FAULTS else fault
