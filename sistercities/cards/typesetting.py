"""Where a text is broken into lines, and how large it may stand.

Latin between words. Chinese between words too, never before closing punctuation nor after opening, and no character
stands alone on a line. All lines about equally long, as an editor sets a title.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pypinyin.seg.mmseg import seg

from sistercities.cards.glyphs import Words, is_han, width

NOT_AT_START = frozenset("，。、；：？！）》」』】〉”’…—·％,.;:?!)]}–")
NOT_AT_END = frozenset("（《「『【〈“‘([{")
# Words of these pages that the dictionary of readings does not know as words.
VOCABULARY = (
    "Los Angeles",
    *(
        "友好城市",
        "姐妹城市",
        "友好合作交流城市",
        "洛杉矶",
        "奥克兰",
        "经济联盟",
        "三城",
        "协会",
        "协定",
        "协议",
        "签署",
    ),
    *(
        "仪式",
        "峰会",
        "周年",
        "备忘录",
        "谅解备忘录",
        "领事馆",
        "总领事",
        "结好",
        "缔结",
        "纪念",
        "代表团",
        "率团",
        "访问",
    ),
)
_LATIN_BREAK = re.compile(r"(?<=[–—/])(?=\w)")
ELLIPSIS = "…"
# A space at which no line is broken.
TIE = "\u00a0"

Measure = Callable[[str], float]


class Piece(NamedTuple):
    """Letters that stay on one line, and whether a space follows where the line goes on."""

    text: str
    spaced: bool


class Setting(NamedTuple):
    """A text as it is set: the size of its letters and its lines."""

    size: int
    lines: tuple[Words, ...]
    leading: float

    is_cut: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * self.leading


def pieces(text: str, phrases: Sequence[str] = ()) -> list[Piece]:
    """The text in pieces that stay whole; ``phrases`` are further words, such as the names of the cities at hand."""
    known = sorted({*phrases, *VOCABULARY}, key=len, reverse=True)
    for phrase in (phrase for phrase in known if " " in phrase):
        text = text.replace(phrase, phrase.replace(" ", TIE))
    found: list[Piece] = []
    for word in text.split(" "):
        atoms = [atom.replace(TIE, " ") for atom in _glued(list(_atoms(word, known))) if atom]
        found += [Piece(atom, spaced=False) for atom in atoms[:-1]]
        found += [Piece(atom, spaced=True) for atom in atoms[-1:]]
    return found


def _atoms(word: str, known: Sequence[str]) -> Iterator[str]:
    stretch = re.compile(f"({'|'.join(map(re.escape, known))})")
    for part in stretch.split(word):
        if part in known:
            yield part
            continue
        for piece in re.findall(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\u3400-\u9fff\uf900-\ufaff]+", part):
            yield from seg.cut(piece) if is_han(piece[0]) else _LATIN_BREAK.split(piece)


def _glued(atoms: list[str]) -> list[str]:
    """No break before a single character or closing marks, after opening ones, nor between a number and its measure."""
    whole: list[str] = []
    for atom in atoms:
        before = whole[-1] if whole else ""
        alone = len(atom) == 1 and is_han(atom) and before and is_han(before[-1])
        counted = before[-1:].isdigit() and is_han(atom[0])
        if before and (alone or counted or atom[0] in NOT_AT_START or before[-1] in NOT_AT_END):
            whole[-1] += atom
        else:
            whole.append(atom)
    return whole


def joined(parts: Sequence[Piece]) -> str:
    return "".join(part.text + (" " if part.spaced else "") for part in parts).rstrip()


def fits(parts: Sequence[Piece], most: float, measure: Measure) -> list[Piece]:
    """The same pieces; what is longer than a line is cut into equal parts, so that no character is left alone."""
    found: list[Piece] = []
    for part in parts:
        count = int(measure(part.text) // most) + 1
        length = -(-len(part.text) // count)
        cuts = [part.text[at : at + length] for at in range(0, len(part.text), length)]
        cuts = [cut for cut in _glued(cuts) if cut] if count > 1 else cuts
        found += [Piece(cut, spaced=False) for cut in cuts[:-1]] + [Piece(cuts[-1], spaced=part.spaced)]
    return found


def broken(parts: Sequence[Piece], most: float, measure: Measure) -> list[str]:
    """As few lines as can be, and these as equal as can be."""
    lengths = [measure(part.text) for part in parts]
    gaps = [between(one, two, measure) for one, two in pairwise(parts)]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(parts) + 1):
        ways, long = [], 0.0
        for start in reversed(range(end)):
            long += lengths[start] + (gaps[start] if start < end - 1 else 0.0)
            if long > most and start < end - 1:
                break
            ways.append((best[start][0] + 1, best[start][1] + (most - long) ** 2, start))
        best.append(min(ways))
    cuts = [len(parts)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][2])
    return [joined(parts[start:end]) for start, end in pairwise(reversed(cuts))]


def between(one: Piece, two: Piece, measure: Measure) -> float:
    """The room between two pieces on one line: a space, or what stands between Chinese and Latin."""
    last, first = one.text[-1], two.text[0]
    return measure(last + " " * one.spaced + first) - measure(last) - measure(first)


@lru_cache(maxsize=4096)
def ems(text: str, language: str) -> float:
    """How long a text is in sizes of its letters: measured once for all sizes."""
    return width(Words(text, language), 100) / 100


def set_text(
    words: Words,
    most: float,
    sizes: Sequence[int],
    height: float,
    phrases: Sequence[str] = (),
) -> Setting:
    """The largest size at which a text fits into a box whole; at the smallest it ends in an ellipsis if it must."""
    leading = 1.32 if words.is_chinese else 1.16
    parts = pieces(words.text, phrases)
    setting = Setting(sizes[-1], (), leading)
    for size in sizes:
        # A little less than there is, for at small sizes letters are rounded to whole points.
        room = most * 0.985 / size
        whole = fits(parts, room, lambda text: ems(text, words.language))
        lines = broken(whole, room, lambda text: ems(text, words.language))
        setting = Setting(size, tuple(Words(line, words.language) for line in lines), leading)
        if setting.height <= height and (len(whole) == len(parts) or size == sizes[-1]):
            return setting
    return shortened(setting, most, height)


def shortened(setting: Setting, most: float, height: float) -> Setting:
    """As many lines as there is room for, an ellipsis at the end of the last."""
    room = max(1, int(height // (setting.size * setting.leading)))
    lines = list(setting.lines[:room])
    if len(lines) == len(setting.lines):
        return setting
    last, language = lines[-1]
    while last and width(Words(last + ELLIPSIS, language), setting.size) > most:
        last = last[:-1]
    lines[-1] = Words(last.rstrip(" ，。、；：,.;:") + ELLIPSIS, language)
    return setting._replace(lines=tuple(lines), is_cut=True)
