"""A list, looked through line by line, and taken over: nothing twice, and nothing that nobody looked at.

What a line would change is found anew whenever somebody looks, since others work as well.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sistercities.intake.kinds import NEVER, Change, Column, Kind, Looked, Verdict, kind_named
from sistercities.intake.models import Intake
from sistercities.pages.revisions import broken_rule
from sistercities.pages.safe_text import as_it_was
from sistercities.tables.cells import DASHES
from sistercities.tables.reading import clean
from sistercities.tables.words import LINES

Written = tuple[Looked, models.Model, Verdict]


class Changed(Exception):
    """Somebody looked at one thing, and taking over would do another: others worked meanwhile."""


@dataclass
class Review:
    """A list, looked through."""

    rows: list[Looked]
    wanting: list[Column]

    def of(self, verdict: str) -> list[Looked]:
        return [row for row in self.rows if row.verdict == verdict]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.verdict for row in self.rows)
        return {verdict.value: found[verdict] for verdict in Verdict}

    @property
    def to_write(self) -> list[Looked]:
        return [row for row in self.rows if row.verdict in (Verdict.NEW, Verdict.CHANGED)]

    @property
    def digest(self) -> str:
        """Equal as long as taking over would do the same."""
        told = [
            [row.number, row.verdict, [(each.name, each.old, each.new) for each in row.changes]]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def kind_for(intake: Intake, by: Any) -> Kind | None:
    """The kind of a list, if there still is one and whoever asks may take such lists in."""
    known = kind_named(intake.kind)
    return known(by, intake.about) if known and known.may(by, intake.about) else None


def review(intake: Intake, kind: Kind, *, lock: bool = False) -> Review:
    """Look through a list. How many queries it takes does not depend on how many lines there are."""
    places = {
        name: intake.header.index(head) for name, head in intake.columns.items() if head in intake.header
    }
    columns = [column for column in kind.columns() if not column.only_shown]
    wanting = [column for column in columns if column.required and column.name not in places]
    if wanting:
        return Review([], wanting)
    chosen = [(column, places[column.name]) for column in columns if column.name in places]
    rows = [_read(row, chosen) for row in intake.rows]
    _recognise(rows, kind, lock)
    shown = {column.name: column for column in columns}
    for row in rows:
        if row.thing is not None and not row.faults:
            row.changes = _changes(row, kind, shown)
        if row.verdict in (Verdict.NEW, Verdict.CHANGED):
            kind.check(row)
        if row.verdict == Verdict.NEW:
            told = [(shown[name], value) for name, value in row.values.items() if name not in kind.called_by]
            row.read = [(column.label, in_words(column.show(value))) for column, value in told]
    return Review(rows, [])


def _read(given: dict[str, Any], columns: Sequence[tuple[Column, int]]) -> Looked:
    row = Looked(int(given["line"]), list(given["cells"]))
    if problem := given.get("problem"):
        row.faults.append(str(LINES[problem]))
        return row
    for column, place in columns:
        # The mark with which we made a cell harmless is no part of it when the file comes back.
        text = as_it_was(row.cells[place])
        try:
            if text in DASHES and text:
                row.values[column.name] = _emptied(column)
            elif text:
                row.values[column.name] = column.read(text)
        except ValidationError as fault:
            words = _("“%(column)s”: %(fault)s")
            row.faults += [words % {"column": column.label, "fault": each} for each in fault.messages]
    return row


def _emptied(column: Column) -> Any:
    if column.empty is NEVER:
        raise ValidationError(_("This cannot be emptied."))
    return column.empty


def _recognise(rows: Sequence[Looked], kind: Kind, lock: bool) -> None:
    """Give each line its key and its thing; of two lines about the same thing the first counts."""
    seen: dict[str, int] = {}
    for row in rows:
        if not row.faults:
            row.key = kind.key_of(row)
        row.called = kind.name_of(row)
    kind.find([row for row in rows if row.key], lock=lock)
    for row in rows:
        if row.faults or not row.key:
            continue
        # Also where two lines name it in two ways.
        known = f"#{row.thing.pk}" if row.thing is not None else row.key
        if known in seen:
            row.faults.append(_("The same as line %(line)d, which counts.") % {"line": seen[known]})
        else:
            seen[known] = row.number


def _changes(row: Looked, kind: Kind, columns: dict[str, Column]) -> list[Change]:
    now, found = kind.told(row.thing), []
    for name, value in row.values.items():
        column, old = columns[name], now.get(name)
        if not column.is_beside and not _same(old, value):
            found.append(Change(name, column.label, in_words(column.show(old)), in_words(column.show(value))))
    return found


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return clean(old) == clean(new)
    return bool(old == new) or (old in (None, "") and new in (None, ""))


def as_it_stands(rows: Sequence[Looked], kind: Kind) -> tuple[list[Column], list[list[Any]]]:
    """What lines would change, as it stands now, in columns that are read: handed in later, it is as it was again.

    What is empty now has a dash, which empties it again.
    """
    changing = {change.name for row in rows for change in row.changes}
    columns = [
        column for column in kind.columns() if column.name in changing or column.name in kind.called_by
    ]
    columns += [
        each for each in kind.columns() if each.is_beside and not each.is_empty_now and each not in columns
    ]
    found = []
    for row in (row for row in rows if row.verdict == Verdict.CHANGED):
        now, mine = kind.told(row.thing), {change.name for change in row.changes}
        cells = [column.show(now.get(column.name)) for column in columns]
        found.append(
            [
                "–" if column.name in mine and cell in (None, "") else cell
                for column, cell in zip(columns, cells, strict=True)
            ]
        )
    return columns, found


def in_words(cell: Any) -> str:
    """A cell as it stands in a sentence."""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, date):
        return cell.isoformat()
    return "–" if cell in (None, "") else str(cell)


@transaction.atomic
def take_over(intake: Intake, kind: Kind, seen: str) -> Review | None:
    """Write what is new or changed; ``seen`` is the digest of what somebody looked at. None where it was done before.

    A line that cannot be written after all is left out with its reason. Raises Changed where others worked meanwhile.
    """
    fresh = Intake.objects.select_for_update().get(pk=intake.pk)
    if fresh.taken_at:
        return None
    found = review(fresh, kind, lock=True)
    if found.wanting or found.digest != seen:
        raise Changed
    written = _write(kind, kind.in_order(found.to_write))
    if not kind.keeps_record:
        _log(written, kind.by)
    fresh.report = found.counts
    fresh.rows = [
        {"line": row.number, "cells": row.cells, "problem": "", "why": row.why}
        for row in found.of(Verdict.FAULTY)
    ]
    fresh.content, fresh.taken_at = None, timezone.now()
    fresh.save(update_fields=["report", "rows", "content", "taken_at"])
    return found


def _write(kind: Kind, rows: Sequence[Looked]) -> list[Written]:
    verdicts = [row.verdict for row in rows]
    try:
        with transaction.atomic():
            return list(zip(rows, kind.write_all(rows), verdicts, strict=True))
    except (ValidationError, IntegrityError, DataError):
        # What was written in vain may stand in the things by now.
        kind.find(rows, lock=True)
    found = [(row, _write_one(kind, row), verdict) for row, verdict in zip(rows, verdicts, strict=True)]
    return [(row, thing, verdict) for row, thing, verdict in found if thing is not None]


def _write_one(kind: Kind, row: Looked) -> models.Model | None:
    """One line by itself; None, and why, where it cannot be written."""
    try:
        with transaction.atomic():
            return kind.write(row)
    except ValidationError as fault:
        row.faults += fault.messages
    except IntegrityError as refused:
        row.faults.append(broken_rule(refused, [kind.model]) or _("The database refuses it."))
    except DataError:
        row.faults.append(_("The database refuses it."))
    return None


def _log(written: Sequence[Written], by: Any) -> None:
    """Note in the history of each thing that it was made or changed, and by whom."""
    entries = [
        LogEntry(
            user_id=by.pk,
            content_type=ContentType.objects.get_for_model(thing),
            object_id=str(thing.pk),
            object_repr=str(thing)[:200],
            action_flag=ADDITION if verdict is Verdict.NEW else CHANGE,
            change_message=json.dumps(
                [{"added": {}}] if verdict is Verdict.NEW else [{"changed": {"fields": _fields(row)}}]
            ),
        )
        for row, thing, verdict in written
    ]
    LogEntry.objects.bulk_create(entries, batch_size=1_000)


def _fields(row: Looked) -> list[str]:
    return [str(change.label) for change in row.changes]
