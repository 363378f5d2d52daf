"""Draw the icons of browsers and phones with the pen of the share cards, from the mark in static/img/favicon.svg.

Needed again only when the mark changes:

    .venv/bin/python docs/icons/draw.py
"""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sistercities.cards import colours  # noqa: E402 - the path has to be there before
from sistercities.cards.canvas import Canvas  # noqa: E402

# What a phone may cut off a maskable icon: all that is outside a circle of 80 per cent.
SAFE = 0.74
UNIT = 48


def icon(side: int, *, part: float = 1.0, weight: float = 1.0, is_round: bool = False) -> Image.Image:
    """The mark on paper; ``part`` of the side is the mark's own square; corners are cut where it stands by itself."""
    # Drawn large and made smaller: at its own size the arch has a ragged edge.
    large = side * 4
    scale = large / UNIT * part
    edge = (large - UNIT * scale) / 2
    canvas = Canvas((large, large))

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * scale, edge + y * scale

    canvas.line(
        [at(*point) for point in curve((11, 32), (15, 9), (33, 9), (37, 32))],
        2.6 * weight * scale,
        colours.INK,
    )
    canvas.line([at(6.5, 34.5), at(15.5, 34.5)], 5 * weight * scale, colours.KAPOK)
    canvas.line([at(32.5, 34.5), at(41.5, 34.5)], 5 * weight * scale, colours.STRELITZIA)
    drawn = canvas.finished()
    return (cut(drawn) if is_round else drawn).reduce(4)


def curve(*corners: tuple[float, float]) -> list[tuple[float, float]]:
    """A cubic curve of Bézier as points."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    weights = (
        ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in (n / 48 for n in range(49))
    )
    return [(p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy) for p, q, r, s in weights]


def cut(drawn: Image.Image) -> Image.Image:
    """With round corners, nothing behind them."""
    side = drawn.width
    mask = Canvas((side, side), "#000000")
    mask.rounded((0, 0, side, side), side / 6, "#ffffff")
    drawn.putalpha(mask.finished().convert("L"))
    return drawn


def main() -> None:
    pictures, root = ROOT / "static" / "img", ROOT / "static" / "root"
    root.mkdir(exist_ok=True)
    # Small ones with a bolder line.
    weights = {16: 1.5, 32: 1.2, 48: 1.1}
    small = [icon(side, weight=weight, is_round=True) for side, weight in weights.items()]
    small[-1].save(root / "favicon.ico", append_images=small[:-1], sizes=[each.size for each in small])
    icon(180, part=0.82).quantize(64).save(root / "apple-touch-icon.png", optimize=True)
    for side in (192, 512):
        icon(side, is_round=True).save(pictures / f"icon-{side}.png", optimize=True)
        icon(side, part=SAFE).quantize(64).save(pictures / f"icon-maskable-{side}.png", optimize=True)


if __name__ == "__main__":
    main()
