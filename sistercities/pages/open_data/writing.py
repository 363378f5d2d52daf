"""Tables as files, a thousand rows at a time: CSV for spreadsheets (RFC 4180), JSON for programs."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from sistercities.pages.open_data.describing import about
from sistercities.pages.open_data.tables import Column, Kind, Table
from sistercities.pages.safe_text import harmless, one_line

BETWEEN = " | "
# Tells spreadsheets that the Chinese in it is Unicode; programs know to skip it.
BYTE_ORDER_MARK = "\ufeff"
# What we write ourselves, of digits and letters: a minus at its beginning is no formula.
OURS = {Kind.DATE, Kind.DAY, Kind.MOMENT, Kind.ADDRESS, Kind.ADDRESSES, Kind.NUMBERS, Kind.CODES}


class Line:
    """What the writer of CSV writes to: gives back each line in place of keeping it."""

    def write(self, line: str) -> str:
        return line


def as_csv(table: Table) -> Iterator[bytes]:
    writer = csv.writer(Line(), lineterminator="\r\n")
    yield (BYTE_ORDER_MARK + writer.writerow([each.name for each in table.columns])).encode()
    for rows in table.chunks():
        lines = (writer.writerow([cell(each, each.value(row)) for each in table.columns]) for row in rows)
        yield "".join(lines).encode()


def cell(column: Column, value: Any) -> Any:
    """A value as a cell: nothing in it can act as a formula, break a line, or be taken for "None"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if column.kind.is_list:
        value = BETWEEN.join(one_line(str(each)).replace("|", "/") for each in value)
    if isinstance(value, str):
        text = one_line(value)
        return text if column.kind in OURS else harmless(text)
    return value


def as_json(table: Table) -> Iterator[bytes]:
    """One object with the rows in it, one row on a line."""
    head = json.dumps(about(table), ensure_ascii=False)
    yield f'{head[:-1]}, "rows": ['.encode()
    between = "\n"
    for rows in table.chunks():
        lines = [
            json.dumps(
                {each.name: plain(each, each.value(row)) for each in table.columns}, ensure_ascii=False
            )
            for row in rows
        ]
        yield (between + ",\n".join(lines)).encode()
        between = ",\n"
    yield b"\n]}\n"


def plain(column: Column, value: Any) -> Any:
    """A value as JSON has it; what is not known is null."""
    if column.kind.is_list:
        return [one_line(each) if isinstance(each, str) else each for each in value]
    if isinstance(value, str):
        return one_line(value) or None
    return value
