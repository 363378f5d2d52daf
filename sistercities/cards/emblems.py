"""What stands on the right of a card: a thread, a seal, a portrait, a day, a sheet of paper."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sistercities.cards import colours
from sistercities.cards.canvas import Canvas, Point
from sistercities.cards.glyphs import Words, is_han, width

Read = Callable[[str], bytes]
# The middle of the field that emblems have, and how wide that is.
MIDDLE, BREADTH = (968.0, 282.0), 300.0
# How large photographs are, at the right edge.
PHOTOGRAPH = (400, 630)
FOCI = {
    f"{row}-{column}".removeprefix("centre-").removesuffix("-centre"): (x, y)
    for row, y in (("top", 0.0), ("centre", 0.5), ("bottom", 1.0))
    for column, x in (("left", 0.0), ("centre", 0.5), ("right", 1.0))
}


class Emblem(Protocol):
    @property
    def extension(self) -> str: ...

    @property
    def said(self) -> str: ...

    def draw(self, canvas: Canvas, read: Read) -> None: ...


class Drawn:
    """An emblem without a photograph, which PNG keeps best."""

    extension = "png"
    said = ""


@dataclass(frozen=True)
class Thread(Drawn):
    """The mark of the site, large: shores in the colours of two or three cities, and the thread that joins them."""

    colours: tuple[str, ...] = (colours.KAPOK, colours.STRELITZIA)

    def draw(self, canvas: Canvas, read: Read) -> None:
        shores = [*self.colours, *self.colours][: max(2, min(3, len(self.colours)))]
        ends = {2: [(-115.0, 62.0), (115.0, 62.0)], 3: [(-135.0, 62.0), (135.0, 62.0), (0.0, 62.0)]}[
            len(shores)
        ]
        for end in ends[1:]:
            arch(canvas, ends[0], end, 150.0 if end[0] else 78.0)
        if len(ends) == 3:
            arch(canvas, ends[2], ends[1], 78.0)
        for (x, y), colour in zip(ends, shores, strict=True):
            half = 54.0 if len(ends) == 2 else 40.0
            start = (MIDDLE[0] + x - half, MIDDLE[1] + y + 16)
            canvas.line([start, (start[0] + 2 * half, start[1])], 21, colour)


def arch(canvas: Canvas, a: Point, b: Point, height: float) -> None:
    """The thread of the mark, from the middle of one shore to that of another."""
    steps = [part / 48 for part in range(49)]
    across = [(1 - s) ** 3 * a[0] + 3 * (1 - s) * s * (a[0] * 0.72 + b[0] * 0.28) * (1 - s) for s in steps]
    across = [
        x + 3 * (1 - s) * s**2 * (a[0] * 0.28 + b[0] * 0.72) + s**3 * b[0]
        for x, s in zip(across, steps, strict=True)
    ]
    points = [
        (MIDDLE[0] + x, MIDDLE[1] + a[1] - 4 * height * s * (1 - s))
        for x, s in zip(across, steps, strict=True)
    ]
    canvas.line(points, 8, colours.INK)


@dataclass(frozen=True)
class Seal(Drawn):
    """A name as a seal, for somebody without a portrait; speaking, if it stands for a speech."""

    text: str
    language: str
    speaks: bool = False

    def draw(self, canvas: Canvas, read: Read) -> None:
        side = BREADTH / 96
        left, top = MIDDLE[0] - 48 * side, MIDDLE[1] - 48 * side

        def placed(*points: Point) -> list[Point]:
            return [(left + x * side, top + y * side) for x, y in points]

        corners = [(4.6, 3.6), (48, 4), (90, 3.2), (92.8, 6.5), (92, 48), (93.5, 88), (90, 92.4), (48, 92)]
        stone = placed(*corners, (8, 93.5), (4.2, 90), (5, 48), (4.3, 6))
        canvas.area(stone, colours.SEAL)
        frame = placed(
            (11, 10.5), (48, 10), (85, 10.5), (85.5, 48), (85, 85), (48, 85.5), (11, 85), (10.5, 48)
        )
        canvas.line([*frame, frame[0]], 3, colours.ON_SEAL)
        cut(canvas, Words(self.text, self.language), MIDDLE, 62 * side, colours.ON_SEAL)
        if self.speaks:
            quotation(canvas, self.language)


def cut(canvas: Canvas, words: Words, middle: Point, room: float, colour: str) -> None:
    """Characters in the middle of a seal, as large as there is room."""
    size = int(room)
    while size > 20 and width(words, size) > room:
        size -= 4
    # Chinese characters fill their square, capitals stand on the line.
    drop = 0.38 if any(is_han(each) for each in words.text) else 0.33
    canvas.write(words, (middle[0], middle[1] + size * drop), size, colour, "m")


def quotation(canvas: Canvas, language: str) -> None:
    canvas.write(Words("“", "en"), (MIDDLE[0] - BREADTH / 2 - 22, MIDDLE[1] - 30), 250, colours.INK, "m")


@dataclass(frozen=True)
class Photograph:
    """A picture along the right side; a card is drawn without one that is no longer in its store."""

    name: str
    focus: str = "centre"
    extension = "jpg"
    said = ""

    def draw(self, canvas: Canvas, read: Read) -> None:
        box = (canvas.size[0] - PHOTOGRAPH[0], 0, canvas.size[0], PHOTOGRAPH[1])
        if content := read(self.name):
            canvas.photograph(content, box, FOCI.get(self.focus, (0.5, 0.5)))
        else:
            Thread().draw(canvas, read)


@dataclass(frozen=True)
class Day:
    """The date as on an invitation: a large number, what stands above and below it; struck out if it is off."""

    number: str
    above: Words
    below: Words
    said: str
    is_off: bool = False
    extension = "png"

    def draw(self, canvas: Canvas, read: Read) -> None:
        x, y = MIDDLE
        size = 190 if len(self.number) <= 2 else 112
        tint = colours.INK_SOFT if self.is_off else colours.INK
        base = y + size * 0.33
        canvas.write(Words(self.number, "en"), (x, base), size, tint, "m")
        canvas.write(self.above, (x, base - size * 0.66 - 42), 34, colours.INK_SOFT, "m")
        canvas.write(self.below, (x, base + 68), 34, colours.INK_SOFT, "m")
        if self.is_off:
            half = size * 0.33 * max(2, len(self.number))
            canvas.line([(x - half, base - size * 0.12), (x + half, base - size * 0.52)], 7, colours.BAD)


@dataclass(frozen=True)
class Sheet(Drawn):
    """A sheet of paper: with lines for the signatures of those named, or with a note at its edge."""

    signed: tuple[tuple[Words, str], ...] = ()
    note: str = ""

    def draw(self, canvas: Canvas, read: Read) -> None:
        (x, y), half, high = MIDDLE, 135.0, 180.0
        box = (x - half, y - high, x + half, y + high)
        canvas.rounded((box[0] + 5, box[1] + 7, box[2] + 5, box[3] + 7), 3, colours.LINE)
        canvas.rounded(box, 3, colours.LEAF)
        rows = 5 if self.signed else 8
        for row in range(rows):
            long = 2 * half - 70 - (80 if row == rows - 1 else 24 * (row * 7 % 3))
            height = box[1] + 48 + row * 34
            canvas.line([(box[0] + 35, height), (box[0] + 35 + long, height)], 5, colours.SAND)
        if self.note:
            height = box[1] + 48 + 3 * 34
            canvas.line([(box[0] + 35, height), (box[2] - 88, height)], 5, colours.INK)
            canvas.write(Words(self.note, "en"), (box[2] - 76, height - 8), 34, colours.SEAL)
        for at, (name, colour) in enumerate(self.signed[:3]):
            height = box[3] - 34 - 52 * (len(self.signed[:3]) - 1 - at)
            scrawl(canvas, (box[0] + 35, height), 2 * half - 70, colour, at)
            size = next((size for size in (20, 18, 16, 14) if width(name, size) < 112), 12)
            canvas.write(name, (box[2] - 35, height - 7), size, colours.INK_SOFT, "r")


def scrawl(canvas: Canvas, at: Point, long: float, colour: str, turn: int) -> None:
    """A line to sign on, and something like a signature."""
    canvas.line([at, (at[0] + long, at[1])], 1.5, colours.INK_SOFT)
    steps = [part / 60 for part in range(61)]
    wave = [
        (
            at[0] + 8 + 66 * s + 6 * math.sin(s * 19 + turn),
            at[1] - 12 - 11 * math.sin(s * 23 + turn * 2) * (1 - 0.5 * s),
        )
        for s in steps
    ]
    canvas.line(wave, 3.2, colour)
