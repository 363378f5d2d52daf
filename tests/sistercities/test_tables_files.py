"""Lists written for spreadsheets, and spreadsheets read: nothing reckons, and what comes back is what was written."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.utils import timezone, translation
from openpyxl import Workbook, load_workbook

from sistercities.pages.safe_text import as_it_was
from sistercities.tables import sheets
from sistercities.tables.reading import Fault, Unreadable
from sistercities.tables.sheets import read_any
from sistercities.tables.writing import as_csv, as_file, as_xlsx

HOSTILE = [
    "=1+1",
    "+86 20",
    "-5",
    "@SUM(A1)",
    "'=x",
    "#N/A",
    "\t=1",
    "＝1",
    "O'Brien",
    "'quoted'",
    "1\u202e2",
    "007",
]


def book(*rows: list[Any]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_what_was_written_comes_back_as_it_was(write: Any) -> None:
    told = ["梁文", 12, date(2026, 11, 30), datetime(2026, 11, 30, 18, 0), None]  # noqa: DTZ001
    table = read_any(write(["name", "seats", "day", "moment", "nothing"], [told]))
    assert table.header == ["name", "seats", "day", "moment", "nothing"]
    assert table.lines[0].cells == ["梁文", "12", "2026-11-30", "2026-11-30 18:00", ""]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_no_text_reckons_and_each_comes_back_as_one_line(write: Any) -> None:
    table = read_any(write(["a", "b"], [[text, "x"] for text in HOSTILE]))
    back = [as_it_was(line.cells[0]) for line in table.lines]
    expected = [*HOSTILE[:6], "=1", *HOSTILE[7:10], "12", "007"]
    assert back == expected


def test_spreadsheet_holds_texts_where_somebody_typed_a_formula() -> None:
    sheet = load_workbook(BytesIO(as_xlsx(["name"], [["=1+1"], ["#REF!"]]))).active
    assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)] == [
        ("=1+1", "s"),
        ("#REF!", "s"),
    ]


def test_csv_marks_the_beginning_of_a_formula() -> None:
    assert as_csv(["name"], [["=1+1"], [-5]]) == "\ufeffname\r\n'=1+1\r\n-5\r\n".encode()


def test_moment_is_that_of_the_clock_of_whoever_asks_and_yes_is_a_word() -> None:
    moment = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
    with timezone.override("Asia/Shanghai"), translation.override("zh-hans"):
        assert as_csv(["x", "y"], [[moment, True]]).decode() == "\ufeffx,y\r\n2026-12-01 02:00,是\r\n"


def test_file_is_for_keeping_and_nobody_else_keeps_it() -> None:
    response = as_file("members", ["name"], [["Mei"]], "xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="members.xlsx"'
    assert response.headers["Cache-Control"] == "no-store"
    assert as_file("members", ["name"], [], "pdf").content == "\ufeffname\r\n".encode()


def test_cells_of_a_spreadsheet_are_read_as_one_would_type_them() -> None:
    moment, day = datetime(2026, 5, 1, 18, 30), date(2026, 5, 1)  # noqa: DTZ001
    made = book(["a", "b", "c", "d", "e"], [moment, day, 3.0, True, 2.5])
    assert read_any(made).lines[0].cells == ["2026-05-01 18:30", "2026-05-01", "3", "yes", "2.5"]


def test_formula_without_a_result_costs_its_own_line_only() -> None:
    first, second = read_any(book(["name", "seats"], ["Mei", "=1+1"], ["Ana", 2])).lines
    assert (first.problem, second.problem, second.cells) == ("formula", "", ["Ana", "2"])


def test_formula_counts_by_the_result_that_was_saved_with_it() -> None:
    made = book(["name", "seats"], ["Mei", "=1+1"])
    with ZipFile(BytesIO(made)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    kept = BytesIO()
    with ZipFile(kept, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    line = read_any(kept.getvalue()).lines[0]
    assert (line.problem, line.cells) == ("", ["Mei", "2"])


def test_empty_rows_are_left_out_and_lines_keep_their_numbers() -> None:
    table = read_any(book(["name", "seats"], [], ["Mei", 1], [None, None], ["Ana", 2]))
    assert [(line.number, line.cells[0]) for line in table.lines] == [(3, "Mei"), (5, "Ana")]


def test_hidden_and_empty_sheets_are_passed_over() -> None:
    made = Workbook()
    made.active.append(["secret", "list"])
    made.create_sheet("empty")
    made.create_sheet("guests").append(["name", "seats"])
    made.worksheets[0].sheet_state = "hidden"
    kept = BytesIO()
    made.active = 2
    made.save(kept)
    assert read_any(kept.getvalue()).header == ["name", "seats"]


def packed(**parts: bytes) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"PK\x03\x04 no archive at all", Fault.OTHER_SPREADSHEET),
        (b"\xd0\xcf\x11\xe0 a spreadsheet of 1997", Fault.OTHER_SPREADSHEET),
        (packed(content_xml=b"<office/>"), Fault.OTHER_SPREADSHEET),
        (packed(xl__workbook_xml=b"<no"), Fault.OTHER_SPREADSHEET),
        (book(), Fault.EMPTY),
        (book(["name"]), Fault.NO_COLUMNS),
        (book([*range(101)]), Fault.TOO_MANY_COLUMNS),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(content: bytes, fault: Fault) -> None:
    with pytest.raises(Unreadable) as refused:
        read_any(content)
    assert refused.value.fault is fault


def test_spreadsheet_that_unpacks_to_far_more_than_it_weighs_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 100_000)
    with pytest.raises(Unreadable, match="too-large"):
        read_any(packed(xl__workbook_xml=b"<w/>", xl__big=bytes(100_001)))


def test_list_of_one_column_is_one_where_that_is_enough() -> None:
    assert read_any(book(["email"], ["mei@example.org"]), fewest=1).header == ["email"]
    assert read_any(b"email\nmei@example.org\n", fewest=1).lines[0].cells == ["mei@example.org"]


def test_endless_sheet_is_given_up_at_the_first_line_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    with pytest.raises(Unreadable, match="too-many-rows"):
        read_any(book(["name", "seats"], *[["Mei", 1]] * 4))


def patched(content: bytes, mark: bytes, place: int, value: int) -> bytes:
    """A packed file with one byte changed in each of these heads."""
    parts = content.split(mark)
    return mark.join([parts[0], *(part[:place] + bytes([value]) + part[place + 1 :] for part in parts[1:])])


def locked(content: bytes) -> bytes:
    return patched(patched(content, b"PK\x03\x04", 2, 1), b"PK\x01\x02", 4, 1)


def packed_oddly(content: bytes) -> bytes:
    return patched(patched(content, b"PK\x03\x04", 4, 99), b"PK\x01\x02", 6, 99)


def damaged(content: bytes) -> bytes:
    """The sheet itself, within what is packed."""
    with ZipFile(BytesIO(content)) as packed:
        begin = packed.getinfo("xl/worksheets/sheet1.xml").header_offset
    return content[: begin + 70] + b"\xff" * 60 + content[begin + 130 :]


def without_its_styles(content: bytes) -> bytes:
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'<c r="A2"', b'<c r="A2" s="9999"'))
    return kept.getvalue()


@pytest.mark.parametrize("spoil", [locked, packed_oddly, damaged, without_its_styles])
def test_spreadsheet_that_is_locked_or_damaged_is_refused_with_its_reason(spoil: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        read_any(spoil(book(["name", "seats"], [7, 2])))
    assert refused.value.fault == Fault.OTHER_SPREADSHEET
