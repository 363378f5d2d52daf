"""Files as they come: in any encoding, with any delimiter, and with lines that cannot be read."""

import pytest

from sistercities.tables import reading
from sistercities.tables.reading import Fault, Line, Unreadable, read

CHINESE = "城市,国家,友好城市,友城国家\n广州,中国,洛杉矶,美国\n"
WESTERN = "city,country,partner\nMálaga,España,Galați\n".replace("ț", "t")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CHINESE.encode("utf-8"), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (WESTERN.encode("utf-8"), "utf-8"),
        (WESTERN.encode("windows-1252"), "windows-1252"),
        (b"city,partner\nLyon,Canton\n", "utf-8"),
    ],
)
def test_encoding_is_judged_by_the_content(content: bytes, encoding: str) -> None:
    table = read(content)
    assert table.encoding == encoding
    assert table.lines[0].cells[0] in ("广州", "Málaga", "Lyon")


@pytest.mark.parametrize(("mark", "head"), [(",", ""), ("\t", ""), (";", ""), ("|", ""), (";", "sep=;\n")])
def test_delimiter_is_the_one_that_the_header_uses(mark: str, head: str) -> None:
    table = read(f"{head}city{mark}partner\nLyon{mark}Guangzhou\n".encode())
    assert (table.delimiter, table.header, table.lines[0].cells) == (
        mark,
        ["city", "partner"],
        ["Lyon", "Guangzhou"],
    )


def test_cell_in_quotes_may_hold_delimiter_and_line_break_and_lines_keep_their_numbers() -> None:
    table = read(b'city,partner\n"Frankfurt,\nOder","say ""hi"""\n\nLyon,Guangzhou\n')
    assert table.lines == [Line(2, ["Frankfurt, Oder", 'say "hi"']), Line(5, ["Lyon", "Guangzhou"])]


def test_quote_that_is_never_closed_costs_its_own_line_only() -> None:
    rest = "".join(f"Town {number},Guangzhou\n" for number in range(200))
    table = read(f'city,partner\n"Lyon,Guangzhou\n{rest}'.encode())
    assert table.lines[0].problem == "quote"
    assert [line.problem for line in table.lines[1:]] == [""] * 200


def test_line_is_not_torn_where_a_stray_sign_is_a_line_break_to_python_alone() -> None:
    for sign in "\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        table = read(f"city,partner\nLyon{sign}Sud,Guangzhou\n".encode())
        assert [line.cells[1] for line in table.lines] == ["Guangzhou"], repr(sign)


def test_inch_sign_in_a_tab_separated_line_stands_for_itself() -> None:
    assert read(b'city\tpartner\n12" Gun Battery\tLyon\n').lines[0].cells == ['12" Gun Battery', "Lyon"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"Lyon,Guangzhou,France", "cells"),
        (b"Ly\x00on,Guangzhou", "nul"),
        (b"Ly\xffon,Guangzhou", "broken"),
        (b"L" * 2_001 + b",Guangzhou", "long"),
        (b"Lyon", ""),
        ("\u202eLy\u200bon ,Guangzhou".encode(), ""),
    ],
)
def test_bad_line_is_refused_and_the_next_one_read(line: bytes, problem: str) -> None:
    good = "Besançon,Freiburg\n" * 100
    first, second, *_rest = read(b"city,partner\n" + line + b"\n" + good.encode()).lines
    assert (first.problem, second.cells) == (problem, ["Besançon", "Freiburg"])
    assert problem or first.cells[0] == "Lyon"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\xef\xbb\xbf\r\n \n", Fault.EMPTY),
        (b"PK\x03\x04" + b"x" * 50, Fault.SPREADSHEET),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, Fault.SPREADSHEET),
        (b"%PDF-1.7 a,b", Fault.NOT_TEXT),
        (b"\x00\x01\x02" * 100, Fault.NOT_TEXT),
        (b"one column\nLyon\n", Fault.NO_COLUMNS),
        (b"," * 200 + b"x\n", Fault.TOO_MANY_COLUMNS),
    ],
)
def test_file_that_is_no_table_is_refused_as_a_whole(content: bytes, fault: Fault) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.fault is fault


def test_size_and_number_of_lines_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(Unreadable, match=Fault.TOO_MANY_ROWS):
        read(b"city,partner\n" + b"a,b\n" * 3)
    monkeypatch.setattr(reading, "LARGEST_BYTES", 10)
    with pytest.raises(Unreadable, match=Fault.TOO_LARGE):
        read(b"city,partner\n")


def test_columns_of_one_name_and_of_none_are_told_apart() -> None:
    assert read(b"city,city,,partner,\na,b,c,d\n").header == ["city", "city #2", "#3", "partner"]
