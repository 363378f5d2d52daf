"""The report of a directory as staff read it: a line in words, the table for a spreadsheet, the doubtful places."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relationships.directory.mapping import SIDES
from relationships.directory.words import date_in_words, in_words
from relationships.models import Directory, DirectoryRow, Relationship
from sistercities.pages.open_data.writing import BYTE_ORDER_MARK, Line
from sistercities.pages.safe_text import harmless, one_line

LINES_NAMED = 5
PILLS = {"new": "published", "changed": "complete", "doubtful": "incomplete", "refused": "given-up"}


@dataclass(frozen=True)
class Shown:
    """A line of the report."""

    line: int
    origin: str
    partner: str
    established: str
    verdict: str
    pill: str
    notes: list[str]
    bond: Relationship | None
    is_done: bool


def shown_line(row: DirectoryRow) -> Shown:
    dates = [date_in_words(row.values[name]) for name in ("established", "ended") if name in row.values]
    return Shown(
        row.line,
        row.values.get("origin", ""),
        row.values.get("partner", ""),
        " – ".join(dates),
        row.get_verdict_display(),
        PILLS.get(row.verdict, "draft"),
        [*(in_words(note) for note in row.notes), *_doubtful(row)],
        row.relationship,
        row.is_done,
    )


def _doubtful(row: DirectoryRow) -> Iterator[str]:
    """What each doubtful place of a line may be."""
    for side in SIDES:
        if side in row.candidates:
            doubt = row.candidates[side]
            names = _(", ").join(f"{each['label']}{_distance(each['km'])}" for each in doubt["found"])
            yield _("%(place)s may be: %(cities)s.") % {"place": doubt["label"], "cities": names}


def _distance(km: int | None) -> str:
    return "" if km is None else _(" (%(km)s km)") % {"km": km}


def as_csv(rows: QuerySet[DirectoryRow]) -> Iterator[str]:
    """The report for a spreadsheet; nothing in it can act as a formula."""
    writer = csv.writer(Line())
    heads = [
        _("Line"),
        _("First city"),
        _("Second city"),
        _("Established"),
        _("Verdict"),
        _("What was noticed"),
        _("Page"),
    ]
    yield BYTE_ORDER_MARK + writer.writerow(heads)
    for row in rows.iterator(chunk_size=1_000):
        shown = shown_line(row)
        cells = [shown.origin, shown.partner, shown.established, shown.verdict, " ".join(shown.notes)]
        cells.append(shown.bond.slug if shown.bond else "")
        yield writer.writerow([shown.line, *(harmless(one_line(cell)) for cell in cells)])


def doubts_of(directory: Directory) -> list[dict[str, Any]]:
    """Each doubtful place once, that of the most lines first."""
    found: dict[str, dict[str, Any]] = {}
    rows = directory.rows.filter(verdict=DirectoryRow.Verdict.DOUBTFUL).order_by("line")
    for line, candidates, decision in rows.values_list("line", "candidates", "decision"):
        for doubt in candidates.values():
            place = found.setdefault(doubt["key"], {**doubt, "lines": [], "decision": ""})
            place["lines"].append(line)
            place["decision"] = decision.get(doubt["key"], place["decision"])
    for place in found.values():
        place["help"] = _lines(place["lines"])
        place["may_be_new"] = bool(place["key"].split("|")[1]) if "|" in place["key"] else True
    return sorted(found.values(), key=lambda place: (-len(place["lines"]), place["label"]))


def _lines(lines: list[int]) -> str | Promise:
    named = _(", ").join(str(line) for line in lines[:LINES_NAMED])
    if len(lines) > LINES_NAMED:
        words = _("in %(number)s lines of the file, such as %(lines)s")
        return words % {"number": len(lines), "lines": named}
    return ngettext("in line %(lines)s of the file", "in the lines %(lines)s of the file", len(lines)) % {
        "lines": named
    }


def decide(directory: Directory, decisions: Mapping[str, str], by: Any) -> int:
    """Keep what somebody says of doubtful places, with every line that names them; gives the number of places."""
    changed = set()
    with transaction.atomic():
        rows = directory.rows.select_for_update().filter(verdict=DirectoryRow.Verdict.DOUBTFUL)
        for row in rows:
            keys = {doubt["key"] for doubt in row.candidates.values()} & decisions.keys()
            kept = {key: said for key, said in row.decision.items() if key not in keys}
            said = {**kept, **{key: decisions[key] for key in keys if decisions[key]}}
            if said != row.decision:
                changed |= {key for key in keys if said.get(key) != row.decision.get(key)}
                row.decision, row.decided_by = said, by if said else None
                row.save(update_fields=["decision", "decided_by"])
    return len(changed)
