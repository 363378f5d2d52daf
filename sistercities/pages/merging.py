"""What becomes of a form when somebody else saved the same page meanwhile: three states, field by field.

What only one of the two changed is taken; where both wrote into one text at different lines, both are. Only where both
changed the same does somebody have to choose. Pure: it knows neither forms nor pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

# What the inputs of one field hold, one tuple of strings for each input: a moment has two, a tick may have none.
Value = tuple[tuple[str, ...], ...]
Row = dict[str, Value]
REMOVED = "DELETE"
TICKED: Value = (("on",),)
Edit = tuple[int, int, tuple[str, ...]]


@dataclass
class Part:
    """The rows of one part of a page: those that are kept already by their number, and those that are new."""

    known: dict[str, Row] = field(default_factory=dict)
    new: list[Row] = field(default_factory=list)


@dataclass
class State:
    """All that a form holds: its own fields, and the rows below it."""

    fields: Row = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)


@dataclass(frozen=True)
class Clash:
    """A field that both changed to something else; ``part`` and ``row`` are empty for a field of the page itself."""

    part: str
    row: str
    name: str
    opened: Value
    theirs: Value
    mine: Value

    @property
    def key(self) -> str:
        return "/".join(filter(None, (self.part, self.row, self.name)))


@dataclass
class Merged:
    """What the form is to hold now, and what somebody has to look at."""

    state: State
    clashes: list[Clash] = field(default_factory=list)
    # Rows that one removed and the other changed, as the number they had: nothing is taken away then.
    came_back: list[tuple[str, str]] = field(default_factory=list)
    not_removed: list[tuple[str, str]] = field(default_factory=list)


def plain(value: Value) -> Value:
    """A value as two are compared: neither the ends of lines nor the order of choices count."""
    return tuple(tuple(sorted(each.replace("\r\n", "\n").strip() for each in part)) for part in value)


def differs(one: Value | None, other: Value | None) -> bool:
    return one is not other and (one is None or other is None or plain(one) != plain(other))


def merge(opened: State, theirs: State, mine: State) -> Merged:
    """Bring together what two people made of what both had opened."""
    merged = Merged(State())
    merged.state.fields = _fields(merged, ("", ""), opened.fields, theirs.fields, mine.fields)
    for name, part in theirs.parts.items():
        before, own = opened.parts.get(name, Part()), mine.parts.get(name, Part())
        merged.state.parts[name] = _part(merged, name, before, part, own)
    return merged


def _part(merged: Merged, name: str, opened: Part, theirs: Part, mine: Part) -> Part:
    known = {
        pk: _row(merged, (name, pk), opened.known.get(pk), row, mine.known.get(pk))
        for pk, row in theirs.known.items()
    }
    added = [row for pk, row in theirs.known.items() if pk not in opened.known]
    new = [row for row in mine.new if not any(_same(row, other) for other in added)]
    for pk, row in mine.known.items():
        is_gone = pk in opened.known and pk not in theirs.known
        if is_gone and not _is_removed(row) and not _same(row, opened.known[pk]):
            merged.came_back.append((name, pk))
            new.append(row)
    return Part(known, new)


def _row(merged: Merged, place: tuple[str, str], opened: Row | None, theirs: Row, mine: Row | None) -> Row:
    if opened is None or mine is None:
        return theirs
    if _is_removed(mine):
        if _same(opened, theirs):
            return mine
        merged.not_removed.append(place)
        return theirs
    return _fields(merged, place, opened, theirs, mine)


def _fields(merged: Merged, place: tuple[str, str], opened: Row, theirs: Row, mine: Row) -> Row:
    found = {}
    for name, value in theirs.items():
        before, own = opened.get(name, value), mine.get(name, value)
        # What the form did not show when it was opened, such as what a role did not let change, nobody sent.
        if name not in opened or not differs(before, own):
            found[name] = value
        elif not differs(before, value) or not differs(own, value):
            found[name] = own
        elif (woven := weave(before, value, own)) is not None:
            found[name] = woven
        else:
            found[name] = own
            merged.clashes.append(Clash(*place, name, before, value, own))
    return found


def _is_removed(row: Row) -> bool:
    return bool(any(row.get(REMOVED, ())))


def _same(one: Row, other: Row) -> bool:
    return not any(differs(one.get(name), other.get(name)) for name in {*one, *other} - {REMOVED})


# --- two hands in one text ----------------------------------------------------------------------------


def weave(opened: Value, theirs: Value, mine: Value) -> Value | None:
    """A text of several lines into which both wrote at different places; None where they touched the same lines."""
    values = opened, theirs, mine
    if any(len(value) != 1 or len(value[0]) != 1 for value in values):
        return None
    before, one, other = (lines(value[0][0]) for value in values)
    if len(before) < 2:
        return None
    # What both did alike counts once.
    edits = sorted({*_edits(before, one), *_edits(before, other)})
    if any(_touch(edit, following) for edit, following in pairwise(edits)):
        return None
    return (("".join(_applied(before, edits)),),)


def lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").strip().splitlines(keepends=True)


def _edits(before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    # The last line has no end: with one it would count as changed as soon as something follows it.
    old, new = ([line.removesuffix("\n") for line in each] for each in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield a, b, tuple(f"{line}\n" for line in new[c:d])


def _touch(edit: Edit, following: Edit) -> bool:
    """Whether there is no line between two places that nobody changed."""
    return following[0] <= edit[1]


def _applied(before: Sequence[str], edits: Sequence[Edit]) -> Iterator[str]:
    place = 0
    for start, end, written in edits:
        yield from before[place:start]
        # What is put behind the last line begins a new one.
        yield "\n" if written and start == len(before) else ""
        yield from written
        place = end
    yield from before[place:]


def in_json(state: State) -> dict[str, Any]:
    """As it travels with the form; tuples become lists on the way."""
    parts = {name: {"known": part.known, "new": part.new} for name, part in state.parts.items()}
    return {"fields": state.fields, "parts": parts}


def from_json(kept: dict[str, Any]) -> State:
    parts = {
        name: Part(
            {pk: row_of(row) for pk, row in part["known"].items()}, [row_of(row) for row in part["new"]]
        )
        for name, part in kept["parts"].items()
    }
    return State(row_of(kept["fields"]), parts)


def row_of(kept: dict[str, Any]) -> Row:
    return {name: value_of(value) for name, value in kept.items()}


def value_of(kept: Sequence[Sequence[str]]) -> Value:
    return tuple(tuple(each) for each in kept)
