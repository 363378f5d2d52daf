"""The card itself: what is on it, by what it is known, and how it is laid out."""

import hashlib
from dataclasses import dataclass, field

from sistercities.cards import colours
from sistercities.cards.canvas import Canvas, encoded
from sistercities.cards.emblems import Emblem, Read, Thread
from sistercities.cards.glyphs import Words, drawable, first_legible, printable, width
from sistercities.cards.typesetting import Setting, set_text

WIDTH, HEIGHT = 1200, 630
LEFT, COLUMN = 80, 660
TOP, BOTTOM = 92, 482
TITLE_SIZES = (88, 80, 72, 64, 58, 52, 46, 40)
# Raised when the drawing itself changes, so that nobody keeps an old picture under the same address.
DESIGN = 1
NOTHING = Words("", "en")


@dataclass(frozen=True)
class Card:
    """What a card says. Two that say the same are the same picture."""

    title: Words
    association: Words
    other_title: Words = NOTHING
    kicker: Words = NOTHING
    lines: tuple[Words, ...] = ()
    notice: Words = NOTHING
    emblem: Emblem = field(default_factory=Thread)
    thread: tuple[str, ...] = (colours.KAPOK, colours.STRELITZIA)
    phrases: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Twelve figures that change with anything on the card and with nothing else."""
        return hashlib.sha256(f"{DESIGN} {self!r}".encode()).hexdigest()[:12]

    @property
    def spoken(self) -> str:
        """What is to be read on it, for those who cannot see it."""
        parts = (
            self.notice,
            self.title,
            self.other_title,
            self.kicker,
            Words(self.emblem.said, ""),
            *self.lines,
        )
        return " · ".join(part for words in parts if (part := printable(words.text)))

    @property
    def extension(self) -> str:
        return self.emblem.extension


def draw(card: Card, read: Read) -> bytes:
    """The picture of a card; ``read`` gives the content of a stored photograph."""
    canvas = Canvas((WIDTH, HEIGHT))
    card.emblem.draw(canvas, read)
    write_kicker(canvas, card)
    write_titles(canvas, card)
    write_foot(canvas, card)
    return encoded(canvas.finished(), card.extension)


def write_kicker(canvas: Canvas, card: Card) -> None:
    x = float(LEFT)
    if notice := drawable(card.notice).text:
        words = Words(notice, card.notice.language)
        long = width(words, 27)
        canvas.rounded((x, TOP - 34, x + long + 32, TOP + 13), 3, colours.BAD)
        canvas.write(words, (x + 16, TOP), 27, colours.LEAF)
        x += long + 52
    room = LEFT + COLUMN - x
    kicker = set_text(drawable(card.kicker), room, (30, 27, 24), 40)
    for line in kicker.lines[:1]:
        canvas.write(line, (x, TOP), kicker.size, colours.INK_SOFT)


def write_titles(canvas: Canvas, card: Card) -> None:
    """The title, the same in the other script, and what else is to be known: one block in the middle of its room."""
    main, below, details = set_titles(card)
    taken = main.height + sum(each.height + gap for each, gap in (*below, *details))
    y = TOP + 40 + max(0.0, (BOTTOM - TOP - 40 - taken) / 2)
    y = write_block(canvas, main, y, colours.INK)
    for each, gap in below:
        y = write_block(canvas, each, y + gap, colours.INK_SOFT)
    for each, gap in details:
        y = write_block(canvas, each, y + gap, colours.INK)


Parts = list[tuple[Setting, float]]


def set_titles(card: Card) -> tuple[Setting, Parts, Parts]:
    """The title as large as can be; where it would be cut, what stands below it gives way first."""
    title = first_legible(card.title, card.other_title, card.association)
    other = drawable(card.other_title)
    below = [other] if other.text and other.text != title.text else []
    lines = [words for line in card.lines[:2] if (words := drawable(line)).text]
    room = BOTTOM - TOP - 40
    for others, height, count in ((below, 90, 2), (below, 50, 2), ([], 0, 2), ([], 0, 1), ([], 0, 0)):
        second = [(set_text(each, COLUMN, (38, 34, 30, 26), height, card.phrases), 16.0) for each in others]
        third = [(set_text(each, COLUMN, (30, 28, 26), 80, card.phrases), 8.0) for each in lines[:count]]
        third[:1] = [(setting, 22.0) for setting, _ in third[:1]]
        left = room - sum(each.height + gap for each, gap in (*second, *third))
        main = set_text(title, COLUMN, TITLE_SIZES, left, card.phrases)
        if not main.is_cut:
            break
    return main, second, third


def write_block(canvas: Canvas, setting: Setting, y: float, colour: str) -> float:
    """Lines under each other from a height on; the height at which they end."""
    step = setting.size * setting.leading
    for at, line in enumerate(setting.lines):
        canvas.write(line, (LEFT, y + at * step + setting.size * 0.86), setting.size, colour)
    return y + setting.height


def write_foot(canvas: Canvas, card: Card) -> None:
    """The thread through the whole card in the colours of its cities, and below it whose card it is."""
    y, ends = 520.0, card.thread or (colours.KAPOK, colours.STRELITZIA)
    right = WIDTH - LEFT if card.extension == "png" else LEFT + COLUMN
    ends = ends if len(ends) > 1 else ends * 2
    count = len(ends) - 1
    stops = [LEFT + (right - LEFT) * at / count for at in range(count + 1)]
    for at in range(count):
        steps = [(stops[at] + (stops[at + 1] - stops[at]) * part / 40, y) for part in range(41)]
        canvas.line(steps, 4, ends[at], ends[at + 1])
    for stop, colour in zip(stops, ends, strict=True):
        canvas.disc((stop, y), 9, colour)
    name = set_text(drawable(card.association), right - LEFT - 60, (30, 27, 24), 40)
    mark(canvas, (LEFT, 578))
    for line in name.lines[:1]:
        canvas.write(line, (LEFT + 58, 580), name.size, colours.INK)


def mark(canvas: Canvas, at: tuple[float, float]) -> None:
    """The small mark of the site, its shores on a line."""
    x, y = at
    arch = [(x + 6 + 30 * s, y - 8 - 88 * s * (1 - s)) for s in (part / 24 for part in range(25))]
    canvas.line(arch, 2.6, colours.INK)
    canvas.line([(x + 1, y - 5), (x + 12, y - 5)], 5, colours.KAPOK)
    canvas.line([(x + 31, y - 5), (x + 42, y - 5)], 5, colours.STRELITZIA)
