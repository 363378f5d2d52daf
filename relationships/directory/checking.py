"""A directory against what is on record: its plan, and the report that stays, line by line."""

from collections.abc import Generator, Iterator
from typing import Any

from django.db import transaction

from relationships.directory import archive, countries, planning
from relationships.directory.entries import Entry, Note, Place, understand
from relationships.directory.mapping import SIDES, by_number
from relationships.directory.planning import Plan, Row
from relationships.models import Directory, DirectoryRow
from sistercities.tables.reading import Fault, Line, Table, Unreadable, read

ROWS_AT_ONCE = 1_000


def table(directory: Directory, encoding: str = "", delimiter: str = "") -> Table:
    """The file as a table, read as is said here or as was settled before. Raises Unreadable."""
    try:
        with directory.file.open("rb") as file:
            content = file.read()
    except OSError as gone:
        raise Unreadable(Fault.MISSING) from gone
    return read(content, encoding or directory.encoding, delimiter or directory.delimiter)


def entries(directory: Directory, lines: Table) -> list[Entry]:
    """What each line says, those too that cannot be read."""
    places, known = by_number(directory.columns, lines.header), countries.codes()
    return [
        _unreadable(line, directory.kind)
        if line.problem
        else understand(line.number, line.cells, places, directory.kind, known)
        for line in lines.lines
    ]


def _unreadable(line: Line, kind: str) -> Entry:
    nobody = Place()
    return Entry(line.number, (nobody, nobody), kind, notes=(Note(line.problem, refuses=True),))


def plan(directory: Directory) -> Generator[None, None, Plan]:
    """The plan of a directory, with rests while it is made. Raises Unreadable."""
    lines = table(directory)
    found = entries(directory, lines)
    yield
    return (
        yield from planning.make(
            found, archive.gazetteer(), archive.bonds(), archive.wanting(), decisions(directory)
        )
    )


def decisions(directory: Directory) -> dict[str, str]:
    """What somebody has said of doubtful places, by their keys."""
    found: dict[str, str] = {}
    for said in directory.rows.exclude(decision={}).values_list("decision", flat=True):
        found.update(said)
    return found


def report(directory: Directory, made: Plan) -> Iterator[None]:
    """Write what each line would bring; lines that have been carried out keep what was said of them."""
    done = set(directory.rows.filter(is_done=True).values_list("line", flat=True))
    said = {row.line: (row.decision, row.decided_by_id) for row in directory.rows.exclude(decision={})}
    rows = [as_row(directory, made, row) for row in made.rows if row.entry.line not in done]
    for row in rows:
        row.decision, row.decided_by_id = said.get(row.line, ({}, None))
    with transaction.atomic():
        directory.rows.filter(is_done=False).delete()
        for start in range(0, len(rows), ROWS_AT_ONCE):
            DirectoryRow.objects.bulk_create(rows[start : start + ROWS_AT_ONCE])
    Directory.objects.filter(pk=directory.pk).update(rows_total=len(made.rows))
    yield


def as_row(directory: Directory, made: Plan, row: Row) -> DirectoryRow:
    return DirectoryRow(
        directory=directory,
        line=row.entry.line,
        values=values_of(row.entry),
        verdict=row.verdict,
        notes=[note.as_json() for note in row.notes],
        candidates={side: _doubt(made, row, side) for side in row.doubts},
        relationship_id=row.bond or None,
    )


def values_of(entry: Entry) -> dict[str, Any]:
    """What the line says, as the report shows it."""
    labels = {side: place.label for side, place in zip(SIDES, entry.places, strict=True)}
    dates = {"established": entry.established, "ended": entry.ended}
    return {**labels, "kind": entry.kind, **{name: str(when) for name, when in dates.items() if when}}


def _doubt(made: Plan, row: Row, side: str) -> dict[str, Any]:
    place = row.entry.places[SIDES.index(side)]
    cities = made.gazetteer.cities
    found = [
        {
            "value": str(each.ref) if each.ref > 0 else f"={cities[each.ref].key}",
            "label": cities[each.ref].label,
            "country": cities[each.ref].country,
            "km": each.km,
            "is_new": each.ref < 0,
        }
        for each in row.doubts[side]
    ]
    return {"key": place.key, "label": place.label, "spot": place.spot, "found": found}
