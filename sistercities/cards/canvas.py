"""A sheet of paper to draw on: smooth lines, photographs, and letters on top of them."""

from collections.abc import Callable, Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from sistercities.cards import colours
from sistercities.cards.glyphs import Words, font, runs, width

Point = tuple[float, float]
Box = tuple[float, float, float, float]
# Shapes are drawn so much larger and made smaller again, or their edges would be steps.
FINE = 3


class Canvas:
    """Points are counted from the top left. Shapes come first, then photographs, then all that is written."""

    def __init__(self, size: tuple[int, int], ground: str = colours.PAPER) -> None:
        self.size = size
        self._shapes = Image.new("RGB", (size[0] * FINE, size[1] * FINE), colours.rgb(ground))
        self._pen = ImageDraw.Draw(self._shapes)
        self._later: list[Callable[[Image.Image], None]] = []

    def line(self, points: Sequence[Point], thickness: float, colour: str, to: str = "") -> None:
        """A line through points with round ends, if wished from one colour to another."""
        fine = [(x * FINE, y * FINE) for x, y in points]
        radius = thickness * FINE / 2
        last = max(1, len(fine) - 1)
        for at, (x, y) in enumerate(fine):
            tint = colours.between(colour, to or colour, at / last)
            self._pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tint)
            if at:
                self._pen.line((fine[at - 1], (x, y)), fill=tint, width=max(1, round(2 * radius)))

    def hairlines(self, lines: Sequence[Sequence[Point]], colour: str, thickness: float = 1) -> None:
        """Many thin lines of one colour."""
        for points in lines:
            fine = [(x * FINE, y * FINE) for x, y in points]
            self._pen.line(fine, fill=colours.rgb(colour), width=round(thickness * FINE), joint="curve")

    def disc(self, centre: Point, radius: float, colour: str) -> None:
        x, y = centre
        self._pen.ellipse(
            self._fine((x - radius, y - radius, x + radius, y + radius)), fill=colours.rgb(colour)
        )

    def ring(self, centre: Point, radius: float, colour: str, thickness: float) -> None:
        x, y = centre
        box = self._fine((x - radius, y - radius, x + radius, y + radius))
        self._pen.ellipse(box, outline=colours.rgb(colour), width=round(thickness * FINE))

    def area(self, points: Sequence[Point], colour: str) -> None:
        self._pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=colours.rgb(colour))

    def rounded(self, box: Box, radius: float, colour: str) -> None:
        self._pen.rounded_rectangle(self._fine(box), radius * FINE, fill=colours.rgb(colour))

    def photograph(self, content: bytes, box: tuple[int, int, int, int], focus: tuple[float, float]) -> None:
        """A picture that fills a box; what is cut off is what lies far from its focus."""
        with Image.open(BytesIO(content)) as picture:
            filled = ImageOps.fit(on_paper(picture), (box[2] - box[0], box[3] - box[1]), centering=focus)
        self._later.append(lambda sheet: sheet.paste(filled, box[:2]))

    def write(
        self, words: Words, at: Point, size: int, colour: str, anchor: str = "l", halo: str = ""
    ) -> float:
        """One line of text on its baseline: from a point (``l``), up to it (``r``) or about it (``m``). Its width.

        A halo keeps it legible where it stands on lines.
        """
        long = width(words, size)
        start = at[0] - {"l": 0.0, "m": long / 2, "r": long}[anchor]
        if halo:
            self._later.append(lambda sheet: _write(sheet, words, (start, at[1]), size, halo, stroke=4))
        self._later.append(lambda sheet: _write(sheet, words, (start, at[1]), size, colour))
        return long

    def finished(self) -> Image.Image:
        sheet = self._shapes.reduce(FINE)
        for act in self._later:
            act(sheet)
        return sheet

    def _fine(self, box: Box) -> Box:
        left, top, right, bottom = box
        return left * FINE, top * FINE, right * FINE, bottom * FINE


def on_paper(picture: Image.Image) -> Image.Image:
    """A picture as paper would show it, with paper where it is transparent."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, colours.PAPER)
    ground.alpha_composite(picture.convert("RGBA"))
    return ground.convert("RGB")


def _write(sheet: Image.Image, words: Words, at: Point, size: int, colour: str, stroke: int = 0) -> None:
    pen, (x, y) = ImageDraw.Draw(sheet), at
    for run in runs(words):
        x += run.gap * size
        letters, fill = font(run.face, size), colours.rgb(colour)
        pen.text((x, y), run.text, font=letters, fill=fill, anchor="ls", stroke_width=stroke)
        x += letters.getlength(run.text)


def encoded(sheet: Image.Image, extension: str) -> bytes:
    """A file as small as the eye allows: few colours where there is no photograph, else JPEG."""
    stored = BytesIO()
    if extension == "jpg":
        sheet.save(stored, "JPEG", quality=84, optimize=True, progressive=True)
    else:
        sheet.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            stored, "PNG", optimize=True
        )
    return stored.getvalue()
