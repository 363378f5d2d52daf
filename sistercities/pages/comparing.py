"""Two revisions held against each other: field by field, word by word, row by row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sistercities.pages.bilingual import current_language, html_language
from sistercities.pages.curating import date_in_words, split_column
from sistercities.pages.fields import HistoricalDateField
from sistercities.pages.snapshots import (
    Snapshot,
    columns_of,
    generic_in,
    key,
    links_of,
    name_in,
    part,
    parts_of,
)

# A word, a Chinese character, white space, or any other single sign.
TOKEN = re.compile(r"[^\W\u2e80-\u9fff\uf900-\ufaff]+|\s+|.", re.DOTALL)
NOTHING: Snapshot = {"columns": {}, "links": {}, "parts": {}}


@dataclass(frozen=True)
class Change:
    """One field as it was and as it became, with what went and what came marked."""

    label: str
    lang: str
    old: SafeString
    new: SafeString
    # What it became, without marks.
    text: str


@dataclass(frozen=True)
class RowChange:
    """One row of a part: ``added``, ``removed`` or ``changed``."""

    what: str
    changes: list[Change]

    @property
    def words(self) -> str:
        return {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[self.what]


@dataclass(frozen=True)
class Comparison:
    """What differs between two snapshots: fields of the page, and rows of its parts by the name of the part."""

    changes: list[Change]
    parts: list[tuple[str, list[RowChange]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changes or self.parts)

    @property
    def labels(self) -> list[str]:
        """What differs, in a few words: the fields, then the parts."""
        return [
            *dict.fromkeys(change.label for change in self.changes),
            *(label for label, _rows in self.parts),
        ]


def compare(model: type[models.Model], old: Snapshot, new: Snapshot) -> Comparison:
    """What became of a page from one snapshot to another."""
    parts = []
    for name in dict.fromkeys([*parts_of(model), *old["parts"], *new["parts"]]):
        if name in parts_of(model):
            other = part(model, name)[0]
            label = capfirst(str(other._meta.verbose_name_plural))
            if rows := list(_rows(other, name, old, new)):
                parts.append((label, rows))
    return Comparison(_changes(model, old, new, (old, new)), parts)


def contents(model: type[models.Model], snapshot: Snapshot) -> Comparison:
    """All that a snapshot holds: what became of nothing."""
    return compare(model, NOTHING, snapshot)


def _rows(model: type[models.Model], name: str, old: Snapshot, new: Snapshot) -> Iterator[RowChange]:
    before, after = ({row["pk"]: row for row in each["parts"].get(name, [])} for each in (old, new))
    for pk in dict.fromkeys([*before, *after]):
        was, became = before.get(pk, NOTHING), after.get(pk, NOTHING)
        what = "removed" if pk not in after else "changed" if pk in before else "added"
        if changes := _changes(model, was, became, (old, new)) + _below(model, was, became, (old, new)):
            yield RowChange(what, changes)


def _below(
    model: type[models.Model], was: Snapshot, became: Snapshot, whole: tuple[Snapshot, Snapshot]
) -> list[Change]:
    """The parts of a part, such as the sources of an office, told as fields of it."""
    return [
        change
        for name in parts_of(model)
        for row in _rows(part(model, name)[0], name, {**whole[0], **was}, {**whole[1], **became})
        for change in row.changes
    ]


def _changes(
    model: type[models.Model], old: Snapshot, new: Snapshot, whole: tuple[Snapshot, Snapshot]
) -> list[Change]:
    fields: dict[str, Any] = {each.name: each for each in columns_of(model)}
    changes, generic = _generic(model, old, new, whole)
    for name in dict.fromkeys([*fields, *old["columns"], *new["columns"]]):
        if name in generic:
            continue
        values = old["columns"].get(name), new["columns"].get(name)
        if values[0] != values[1]:
            said = [
                in_words(fields.get(name), value, each) for value, each in zip(values, whole, strict=True)
            ]
            if said[0] != said[1]:
                changes.append(_change(label_of(fields.get(name), name), split_column(name)[1], *said))
    for name in links_of(model):
        linked: Any = model._meta.get_field(name)
        if old["links"].get(name, []) != new["links"].get(name, []):
            said = [_linked(linked, each, named) for each, named in zip((old, new), whole, strict=True)]
            changes.append(_change(capfirst(str(linked.verbose_name)), "", *said))
    return changes


def _generic(
    model: type[models.Model], old: Snapshot, new: Snapshot, whole: tuple[Snapshot, Snapshot]
) -> tuple[list[Change], set[str]]:
    """What generic keys lead to, by its name; and the columns of which that takes the place."""
    names: dict[str, list[str]] = {}
    columns = set()
    for side, (row, snapshot) in enumerate(zip((old, new), whole, strict=True)):
        for generic, other, pk in generic_in(model, row["columns"]):
            columns |= {generic.ct_field, generic.fk_field}
            names.setdefault(generic.name, ["", ""])[side] = name_in(snapshot, key(other, pk))
    changed = [said for said in names.values() if said[0] != said[1]]
    return [_change(_("Page"), "", *said) for said in changed], columns


def _linked(linked: Any, snapshot: Snapshot, whole: Snapshot) -> str:
    names = (name_in(whole, key(linked.related_model, pk)) for pk in snapshot["links"].get(linked.name, []))
    return "\n".join(sorted(names))


def _change(label: str, code: str, old: str, new: str) -> Change:
    return Change(label, html_language(code) if code else "", *marked(old, new), text=new)


def label_of(column: models.Field | None, name: str) -> str:
    return capfirst(str(column.verbose_name)) if column else name


def in_words(column: Any, value: Any, snapshot: Snapshot) -> str:
    """A value as staff read it; one whose column is no more as it stands."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, models.ForeignKey):
        return name_in(snapshot, key(column.related_model, value))
    if isinstance(column, HistoricalDateField):
        return date_in_words(column.to_python(value))
    if isinstance(column, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    if column is not None and column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return str(value)


# --- words -------------------------------------------------------------------------------------------


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts, with the words that went as ``del`` in the one and those that came as ``ins`` in the other."""
    pieces = list(_pieces(old, new))
    gone = format_html_join("", "{}", ((was if same else _gone(was),) for same, was, _new in pieces if was))
    come = format_html_join("", "{}", ((new if same else _come(new),) for same, _was, new in pieces if new))
    return gone, come


def _gone(text: str) -> SafeString:
    """The words for those who hear the page stand inside the mark, since most screen readers are silent about it."""
    return format_html("<del>{}{}</del>", _said(_("removed:")), text)


def _come(text: str) -> SafeString:
    return format_html("<ins>{}{}</ins>", _said(_("added:")), text)


def _said(words: str) -> SafeString:
    return format_html('<span class="said" lang="{}">{} </span>', html_language(current_language()), words)


def _pieces(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Paragraph against paragraph, and only where these differ word against word: a long speech is compared quickly."""
    lines, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes():
        was, became = "".join(lines[a:b]), "".join(others[c:d])
        if kind == "replace":
            yield from _words(TOKEN.findall(was), TOKEN.findall(became))
        else:
            yield kind == "equal", was, became


def _words(was: list[str], became: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Runs of words, those that changed joined over the spaces between them: nobody wants to hear each apart."""
    gone = come = ""
    for kind, a, b, c, d in SequenceMatcher(None, was, became).get_opcodes():
        old, new = "".join(was[a:b]), "".join(became[c:d])
        if kind == "equal" and (old.strip() or not (gone or come)):
            if gone or come:
                yield False, gone, come
                gone = come = ""
            yield True, old, new
        else:
            gone, come = gone + old, come + new
    if gone or come:
        yield False, gone, come
