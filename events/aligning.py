"""How the paragraphs of a speech and of its translation find each other. Pure: texts in, pairs of texts out.

After Gale and Church: paragraphs that render each other are about equally long. Numbers, names, footnote marks and
Latin words in the Chinese text tie them together more firmly than their length does.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from events.numerals import numbers

Pair = tuple[str, str]

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028]")
_BLANK = re.compile(r"[^\S\n]+")
_INDENT = re.compile("[\t ]*\u3000|\t| {2,}")
_MARK = r"\[\^[a-z0-9-]+\]"
_FINISHED = re.compile(rf"[。！？；：….!?:;][”’\"'）)」』]*(?:{_MARK})*$")
_MARKS = re.compile(_MARK)
_LATIN = re.compile("[A-Za-z]{2,}")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")

# A Chinese character says about as much as three and a third Latin letters.
LETTERS_PER_HAN = 3.3
NARROWEST_WRAP = 40

# How many paragraphs of each side make a pair, and what that costs beside the plain one to one.
BEADS = [(1, 1, 0.0), (0, 1, 3.5), (1, 0, 3.5), (2, 1, 2.5), (1, 2, 2.5), (3, 1, 4.5), (1, 3, 4.5)]
VARIANCE, SLACK, WORST_LENGTH = 10.0, 400.0, 12.0
SHARED, MISSED, MOST_TIES = 1.6, 0.4, 5
KNOWN = 12.0
HEADING = 2.0
MOST_RATIO = 1.6
BAND = 40


# --- paragraphs -----------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """A pasted text without what nobody sees; every line ends the same way."""
    text = _LINE_END.sub("\n", text.replace("\u2029", "\n\n"))
    return _INVISIBLE.sub("", text)


def letters(text: str) -> str:
    """All that is written in a text, without any space: what no arranging may change."""
    return "".join(plain(text).split())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a pasted text: blank lines part them, else indents and the ends of lines.

    Lines that were only broken at the edge of a page or a mail are joined again.
    """
    found: list[str] = []
    block: list[str] = []
    for line in [*plain(text).split("\n"), ""]:
        if line.strip():
            block.append(line)
        elif block:
            found += _of_block(block)
            block = []
    return found


def run_on(first: str, second: str) -> str:
    """Two pieces as one paragraph: a space between Latin words, none beside a Chinese character or a hyphen."""
    is_close = first.endswith("-") or _is_wide(first[-1:]) or _is_wide(second[:1])
    return f"{first}{'' if is_close else ' '}{second}"


def is_finished(text: str) -> bool:
    """Whether a paragraph ends as a sentence does."""
    return bool(_FINISHED.search(text))


def _of_block(lines: list[str]) -> list[str]:
    found: list[str] = []
    wrapped = _is_wrapped(lines)
    for line in lines:
        words = _BLANK.sub(" ", line.strip())
        if found and wrapped and not _INDENT.match(line):
            found[-1] = run_on(found[-1], words)
        else:
            found.append(words)
    return found


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines were broken for want of room: most stop in the middle of a sentence, and about equally far out."""
    inner = lines[:-1]
    widths = [_width(line) for line in lines]
    is_open = sum(not is_finished(line.rstrip()) for line in inner) * 2 > len(inner)
    middle = sorted(widths[:-1])[len(inner) // 2] if inner else 0
    return is_open and max(widths) >= NARROWEST_WRAP and middle >= 0.6 * max(widths)


def _width(line: str) -> int:
    return len(line) + len(_HAN.findall(line))


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


# --- pairs ----------------------------------------------------------------------------------------------


@dataclass
class Side:
    """The paragraphs of one language, measured. ``names`` are the names to look for, each under its number."""

    texts: Sequence[str]
    names: Sequence[str]
    words: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.flat = [unicodedata.normalize("NFKC", text) for text in self.texts]
        # Headings and the like do not end as sentences do, and are seldom swallowed in translation.
        self.open_upto = list(accumulate((not is_finished(text) for text in self.texts), initial=0))
        self.upto = list(accumulate((_size(text) for text in self.texts), initial=0.0))
        for text in self.flat:
            self.words |= {word.casefold() for word in _LATIN.findall(text)}

    def tie(self, shared_words: set[str]) -> None:
        """Note for each paragraph what may tie it to its counterpart."""
        whole = "\n".join(self.flat)
        named = {number: name for number, name in enumerate(self.names) if name and name in whole}
        self.ties = [
            numbers(text)
            | set(_MARKS.findall(text))
            | {f"name {number}" for number, name in named.items() if name in text}
            | {word for each in _LATIN.findall(text) if (word := each.casefold()) in shared_words}
            for text in self.flat
        ]

    def size(self, end: int, count: int) -> float:
        return self.upto[end] - self.upto[end - count]

    def headings(self, end: int, count: int) -> int:
        return self.open_upto[end] - self.open_upto[end - count]

    def tied(self, end: int, count: int) -> set[str]:
        return self.ties[end - 1] if count == 1 else set().union(*self.ties[end - count : end])

    def text(self, end: int, count: int) -> str:
        return "\n\n".join(self.texts[end - count : end])

    @cached_property
    def letters(self) -> list[str]:
        return [letters(text) for text in self.texts]


def align(
    left: Sequence[str], right: Sequence[str], names: Sequence[Pair] = (), known: Collection[Pair] = ()
) -> list[Pair]:
    """Pairs of paragraphs in their order, none left out; a side is empty where nothing answers.

    ``names`` are known in both languages; pairs among ``known``, which somebody arranged before, are found again.
    """
    one, other = Side(left, [pair[0] for pair in names]), Side(right, [pair[1] for pair in names])
    shared_words = one.words & other.words if _is_han(right) and not _is_han(left) else set()
    one.tie(shared_words)
    other.tie(shared_words)
    arranged = {(letters(first), letters(second)) for first, second in known}
    return [
        (one.text(i, taken), other.text(j, given)) for i, j, taken, given in _cheapest(one, other, arranged)
    ]


def _cheapest(one: Side, other: Side, arranged: Collection[Pair]) -> list[tuple[int, int, int, int]]:
    """The way through both texts that costs least, as the ends and numbers of paragraphs taken at each step."""
    height, width = len(one.texts), len(other.texts)
    ratio = _ratio(one.upto[-1], other.upto[-1])
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(height + 1):
        for j in _near(i, height, width):
            for taken, given, price in BEADS:
                before = best.get((i - taken, j - given)) if taken <= i and given <= j else None
                if before is None:
                    continue
                cost = before[0] + price + _cost(one, other, i, j, taken, given, ratio)
                if arranged and _is_known(one, other, i, j, taken, given, arranged):
                    cost -= KNOWN
                if (i, j) not in best or cost < best[i, j][0]:
                    best[i, j] = (cost, taken, given)
    steps, i, j = [], height, width
    while i or j:
        _, taken, given = best[i, j]
        steps.append((i, j, taken, given))
        i, j = i - taken, j - given
    return steps[::-1]


def _near(i: int, height: int, width: int) -> range:
    """The paragraphs of the other side that may stand beside the i-th: no translator moves one across half a speech."""
    middle = i * width // height if height else 0
    reach = max(BAND, min(width // 8, 2 * BAND), width // max(height, 1))
    return range(
        0 if i == 0 else max(0, middle - reach), width + 1 if i == height else min(width, middle + reach) + 1
    )


def _cost(one: Side, other: Side, i: int, j: int, taken: int, given: int, ratio: float) -> float:
    if not taken:
        return min(other.size(j, given) / 80, 5)
    if not given:
        return min(one.size(i, taken) / 80, 5)
    here, there = one.size(i, taken), other.size(j, given) * ratio
    distance = (here - there) ** 2 / (VARIANCE * (here + there) / 2 + SLACK)
    cost = min(distance / 2, WORST_LENGTH)
    if taken + given > 2:
        cost += HEADING * (one.headings(i, taken) + other.headings(j, given))
    a, b = one.tied(i, taken), other.tied(j, given)
    if a or b:
        shared = len(a & b)
        missed = len(a) + len(b) - 2 * shared
        cost += MISSED * min(missed, MOST_TIES) - SHARED * min(shared, MOST_TIES)
    return cost


def _is_known(
    one: Side, other: Side, i: int, j: int, taken: int, given: int, arranged: Collection[Pair]
) -> bool:
    return ("".join(one.letters[i - taken : i]), "".join(other.letters[j - given : j])) in arranged


def _ratio(here: float, there: float) -> float:
    """How much longer one language runs in this speech; where the texts differ too much, one of them is not whole."""
    return here / there if there and 1 / MOST_RATIO < here / there < MOST_RATIO else 1.0


def _size(text: str) -> float:
    """Length in Latin letters."""
    return len(text) + (LETTERS_PER_HAN - 1) * len(_HAN.findall(text))


def _is_han(texts: Sequence[str]) -> bool:
    return any(_HAN.search(text) for text in texts)
