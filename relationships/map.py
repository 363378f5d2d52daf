"""Draw the bonds between cities on a map of the world.

Pure; no Django. Natural Earth's projection, centred on the Pacific, so that a thread from Los Angeles to Guangzhou
runs across the middle of the picture and not off its edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relationships.geodesy import distance_km, great_circle

CENTRE = 155.0  # the map's middle meridian; its seam lies at 25° W, in the Atlantic
WIDTH = 2000.0
SCALE = WIDTH / (2 * math.pi * 0.8707)
MIDDLE_Y = 520.0
MOST_POINTS = 600
LETTERS = 60  # how many letter sizes the map is wide

Window = tuple[float, float, float, float]  # x, y, width, height


@dataclass(frozen=True)
class Place:
    """A city on the map: its names, its address on the site and the class that carries its colour."""

    lat: float
    lon: float
    lead: str
    other: str = ""
    other_lang: str = ""
    url: str = ""
    colour: str = ""

    @property
    def at(self) -> tuple[float, float]:
        return self.lat, self.lon

    @property
    def coordinates(self) -> str:
        """As a chart writes them: 34.05° N 118.24° W."""
        north, east = "N" if self.lat >= 0 else "S", "E" if self.lon >= 0 else "W"
        return f"{abs(self.lat):.2f}° {north} {abs(self.lon):.2f}° {east}"


@dataclass(frozen=True)
class Bond:
    """A relationship between two places of the map, given by their positions in the list of places."""

    a: int
    b: int
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Arc:
    d: str
    a: tuple[float, float]
    b: tuple[float, float]
    class_a: str
    class_b: str
    label: str
    url: str
    km: int

    @property
    def km_text(self) -> str:
        return f"{self.km:,}"


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    place: Place
    side: str  # on which side of the dot the name stands: right, left, above, below


@dataclass(frozen=True)
class Drawing:
    """Everything a template needs to draw the map; numbers are in units of the drawing."""

    view_box: str
    width: int
    height: int
    arcs: list[Arc]
    dots: list[Dot]
    unit: float  # the size of lettering; everything else is drawn in proportion to it


def project(lat: float, lon: float) -> tuple[float, float]:
    """The point of the drawing where a place lies (polynomial form by Šavrič and others, 2011)."""
    turn = math.radians((lon - CENTRE + 180) % 360 - 180)
    phi = math.radians(lat)
    p2 = phi * phi
    p4 = p2 * p2
    x = turn * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return WIDTH / 2 + x * SCALE, MIDDLE_Y - y * SCALE


def arc_path(points: Sequence[tuple[float, float]]) -> str:
    """An SVG path through the points; the pen is lifted where the way crosses the map's seam."""
    path, last_x = "", None
    for lat, lon in points:
        x, y = project(lat, lon)
        lifted = last_x is None or abs(x - last_x) > WIDTH / 2
        path += f"{'M' if lifted else 'L'}{x:.1f} {y:.1f}"
        last_x = x
    return path


def draw(places: Sequence[Place], bonds: Sequence[Bond], *, whole: bool = False) -> Drawing:
    """The map of some bonds, cropped around them (or the `whole` world)."""
    # Many arcs are drawn with fewer points each: the page that holds them must stay light.
    steps = min(48, max(12, MOST_POINTS // max(1, len(bonds))))
    ways = [great_circle(places[bond.a].at, places[bond.b].at, steps) for bond in bonds]
    spots = [rounded(project(place.lat, place.lon)) for place in places]
    arcs = [
        arc(places[bond.a], places[bond.b], arc_path(way), spots[bond.a], spots[bond.b], bond)
        for bond, way in zip(bonds, ways, strict=True)
    ]
    drawn = [*spots, *(project(*point) for way in ways for point in way)]
    window = (0.0, 15.0, WIDTH, 870.0) if whole or not spots else frame(drawn)
    x, y, width, height = window
    unit = round(width / LETTERS, 1)
    dots = place_labels(places, spots, drawn, window, unit)
    return Drawing(f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}", round(width), round(height), arcs, dots, unit)


def frame(points: Iterable[tuple[float, float]], *, ratio: float = 1.9) -> Window:
    """The part of the map that shows all points, with room for names and at least as wide as `ratio` says."""
    xs, ys = zip(*points, strict=True)
    height = min(870.0, max(300.0, (max(ys) - min(ys)) * 1.35))
    width = min(WIDTH, max((max(xs) - min(xs)) * 1.55, height * ratio))
    height = min(870.0, max(height, width / (ratio + 0.3)))
    x = min(max(0.0, (min(xs) + max(xs) - width) / 2), WIDTH - width)
    y = min(max(15.0, (min(ys) + max(ys) - height) / 2), 885.0 - height)
    return x, y, width, height


def place_labels(
    places: Sequence[Place],
    spots: Sequence[tuple[float, float]],
    drawn: Sequence[tuple[float, float]],
    window: Window,
    unit: float,
) -> list[Dot]:
    """Put each name where it stays in the picture and covers the fewest lines and names."""
    taken = [*drawn]
    dots = []
    for place, (x, y) in zip(places, spots, strict=True):
        # On a phone the first name alone is drawn at twice the size, which takes about the same room.
        width = max(len(place.lead) * 1.25, len(place.lead) * 0.55 + len(place.other) + 1) * unit
        boxes = {
            "right": (x + 0.6 * unit, y - unit, x + 0.6 * unit + width, y + unit),
            "left": (x - 0.6 * unit - width, y - unit, x - 0.6 * unit, y + unit),
            "below": (x - width / 2, y + 0.6 * unit, x + width / 2, y + 2.4 * unit),
            "above": (x - width / 2, y - 2.4 * unit, x + width / 2, y - 0.6 * unit),
        }
        side = min(
            boxes, key=lambda name: _covered(boxes[name], taken) + 999 * (not _within(boxes[name], window))
        )
        left, top, right, bottom = boxes[side]
        taken += [(left + (right - left) * part / 8, (top + bottom) / 2) for part in range(9)]
        dots.append(Dot(x, y, place, side))
    return dots


def arc(
    a: Place, b: Place, d: str, spot_a: tuple[float, float], spot_b: tuple[float, float], bond: Bond
) -> Arc:
    return Arc(d, spot_a, spot_b, a.colour, b.colour, bond.label, bond.url, distance_km(a.at, b.at))


def rounded(point: Sequence[float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _within(box: Window, window: Window) -> bool:
    x, y, width, height = window
    return x <= box[0] and y <= box[1] and box[2] <= x + width and box[3] <= y + height


def _covered(box: Window, points: Iterable[tuple[float, float]]) -> int:
    left, top, right, bottom = box
    return sum(left <= x <= right and top <= y <= bottom for x, y in points)
