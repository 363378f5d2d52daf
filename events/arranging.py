"""How staff arrange the pairs that were proposed: up, down, join, split, insert, close, swap, undo. Pure.

No step loses a letter. An arrangement is what was proposed and the steps since, so that each step can be taken back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.aligning import Pair, is_finished, letters, run_on

_SENTENCE = re.compile(r"(?<=[。！？…])[”’\"'）)」』]*\s*(?=\S)|(?<=[.!?])[”’\"')]*\s+(?=[^\sa-z])|\n\s*\n")


class Impossible(Exception):
    """A step that cannot be taken here."""


@dataclass(frozen=True)
class Step:
    """What to do with the paragraph on one side (0 or 1) of one row; ``at`` is the letter before which to split."""

    act: str
    side: int = 0
    row: int = 0
    at: int = 0

    @classmethod
    def read(cls, words: str) -> "Step":
        """``split 0 5 123``, as a button says it. Raises Impossible."""
        act, *numbers = words.split() or [""]
        needed = {"swap": 0, "split": 3}.get(act, 2)
        if act not in _ACTS or not all(re.fullmatch("[0-9]{1,7}", each) for each in numbers):
            raise Impossible
        if len(numbers) < needed or len(numbers) > 3:
            raise Impossible
        return cls(act, *map(int, numbers))

    def __str__(self) -> str:
        return f"{self.act} {self.side} {self.row} {self.at}"


@dataclass(frozen=True)
class Arrangement:
    """Pairs as they were proposed, and what was done with them since."""

    proposed: tuple[Pair, ...]
    steps: tuple[Step, ...] = ()

    @property
    def pairs(self) -> list[Pair]:
        pairs = list(self.proposed)
        for step in self.steps:
            pairs = take(pairs, step)
        return pairs

    def then(self, step: Step) -> "Arrangement":
        """Raises Impossible, also where a step would lose or add a letter."""
        before = self.pairs
        after = take(before, step)
        if written(after) != (written(before)[::-1] if step.act == "swap" else written(before)):
            raise Impossible
        return replace(self, steps=(*self.steps, step))

    def with_steps(self, words: Sequence[str]) -> "Arrangement":
        return replace(self, steps=tuple(Step.read(each) for each in words))

    def undone(self) -> "Arrangement":
        return replace(self, steps=self.steps[:-1])

    @property
    def is_swapped(self) -> bool:
        return sum(step.act == "swap" for step in self.steps) % 2 == 1


def written(pairs: Sequence[Pair]) -> list[str]:
    """All letters of each language, in their order."""
    return [letters("".join(side)) for side in zip(*pairs, strict=True)] or ["", ""]


def take(pairs: Sequence[Pair], step: Step) -> list[Pair]:
    """The pairs after a step. Raises Impossible where there is nothing to do it with."""
    if not (step.side in (0, 1) and 0 <= step.row < len(pairs)):
        raise Impossible
    columns = [list(side) for side in zip(*pairs, strict=True)]
    _ACTS[step.act](columns, step)
    # A row without any text is none.
    return [(one, other) for one, other in zip(*columns, strict=True) if one or other]


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a paragraph, and the letters before which they begin."""
    starts = [0, *(place.end() for place in _SENTENCE.finditer(text) if place.end() > 0)]
    ends = [*starts[1:], len(text)]
    return [
        (start, text[start:end].strip())
        for start, end in zip(starts, ends, strict=True)
        if text[start:end].strip()
    ]


def place_of(text: str, words: str) -> int:
    """Where some words begin in a paragraph. Raises Impossible where they do not stand there exactly once."""
    place = text.find(words)
    if not words or place < 0 or text.find(words, place + 1) >= 0:
        raise Impossible
    return place


def _up(columns: list[list[str]], step: Step) -> None:
    """One row up; what stands in the way is pushed up too, into the nearest empty place or a new first row."""
    column, row = columns[step.side], step.row
    _there(column[row])
    gap = next((at for at in range(row - 1, -1, -1) if not column[at]), -1)
    if gap < 0:
        for each in columns:
            each.insert(0, "")
        gap, row = 0, row + 1
    column.insert(row, column.pop(gap))


def _down(columns: list[list[str]], step: Step) -> None:
    """One row down; what stands in the way is pushed down too, into the nearest empty place or a new last row."""
    column, row = columns[step.side], step.row
    _there(column[row])
    gap = next((at for at in range(row + 1, len(column)) if not column[at]), len(column))
    if gap == len(column):
        for each in columns:
            each.append("")
    column.insert(row, column.pop(gap))


def _insert(columns: list[list[str]], step: Step) -> None:
    """An empty place before a paragraph: it and all below it move down beside the other language."""
    _there(columns[step.side][step.row])
    columns[step.side].insert(step.row, "")
    columns[1 - step.side].append("")


def _close(columns: list[list[str]], step: Step) -> None:
    """An empty place is closed: all below it move up beside the other language."""
    if columns[step.side][step.row] or not any(columns[step.side][step.row :]):
        raise Impossible
    columns[step.side].append(columns[step.side].pop(step.row))


def _join(columns: list[list[str]], step: Step) -> None:
    """One paragraph with the next of its language: in one place, and as one where the first breaks off."""
    column, row = columns[step.side], step.row
    _there(column[row])
    following = next((at for at in range(row + 1, len(column)) if column[at]), None)
    if following is None:
        raise Impossible
    first, second = column[row], column[following]
    column[row] = f"{first}\n\n{second}" if is_finished(first) else run_on(first, second)
    column[following] = ""


def _split(columns: list[list[str]], step: Step) -> None:
    """A paragraph in two: the rest goes into the next place if that is empty, else into a new one."""
    column, row = columns[step.side], step.row
    first, rest = column[row][: step.at].rstrip(), column[row][step.at :].lstrip()
    _there(first)
    _there(rest)
    if column[row + 1 : row + 2] != [""]:
        for each in columns:
            each.insert(row + 1, "")
    column[row], column[row + 1] = first, rest


def _swap(columns: list[list[str]], step: Step) -> None:
    """Both languages change places, where each was pasted into the other's field."""
    columns.reverse()


def _there(text: str) -> None:
    if not text:
        raise Impossible


_ACTS = {
    "up": _up,
    "down": _down,
    "insert": _insert,
    "close": _close,
    "join": _join,
    "split": _split,
    "swap": _swap,
}
