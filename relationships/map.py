"""Draw the bonds between cities on a map of the world.

Pure; no Django. Natural Earth's projection, centred on the Pacific, so that a thread from Los Angeles to Guangzhou
runs across the middle of the picture and not off its edge.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from relationships.geodesy import LatLon, crossing, distance_km, great_circle, halfway

CENTRE = 155.0  # the map's middle meridian; its seam lies at 25° W, in the Atlantic
WIDTH = 2000.0
SCALE = WIDTH / (2 * math.pi * 0.8707)
MIDDLE_Y = 520.0
SEAM = CENTRE - 180
STEPS = 8  # of an arc before it is bent
BENDS = 5  # how often a piece of it is halved at most
MANY_ARCS = 36  # from which on all are drawn in one stroke, without links: the page lists the bonds
CROWDED = 12  # arcs from which on a map is drawn less finely, so that the page that holds it stays light
LETTERS = 60  # how many letter sizes the map is wide
NARROWER = 1.35  # how much larger names are drawn where the map is narrower than the page, see map.css
MANY = 8  # cities from which on names keep clear of the dots of others, and of each other at that size

Window = tuple[float, float, float, float]  # x, y, width, height
WORLD: Window = (0.0, 15.0, WIDTH, 870.0)  # without the ice, unless a bond leads there
MARGIN = 45.0


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
    side: str  # on which side of the dot the name stands: right, left, above, below; empty where there is no room


@dataclass(frozen=True)
class Unplaced:
    """What the list beside the map names although it cannot be drawn: nobody knows where it lies."""

    label: str
    url: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Drawing:
    """Everything a template needs to draw the map; numbers are in units of the drawing."""

    view_box: str
    width: int
    height: int
    arcs: list[Arc]
    dots: list[Dot]
    unit: float  # the size of lettering; everything else is drawn in proportion to it
    lost_bonds: Sequence[Unplaced] = ()
    lost_cities: Sequence[Unplaced] = ()

    @property
    def is_light(self) -> bool:
        """Whether all arcs are drawn alike, so that the page that holds them stays light."""
        return len(self.arcs) >= MANY_ARCS

    @property
    def stroke(self) -> str:
        """All arcs as one path."""
        return "".join(arc.d for arc in self.arcs)


def project(lat: float, lon: float) -> tuple[float, float]:
    """The point of the drawing where a place lies (polynomial form by Šavrič and others, 2011)."""
    turn = math.radians((lon - CENTRE + 180) % 360 - 180)
    phi = math.radians(lat)
    p2 = phi * phi
    p4 = p2 * p2
    x = turn * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return WIDTH / 2 + x * SCALE, MIDDLE_Y - y * SCALE


def bent(way: Sequence[LatLon], slack: float = 0.3) -> list[LatLon]:
    """The way with as many more points as it takes to be drawn as a curve, no further off than ``slack``."""
    points = [way[0]]
    for a, b in pairwise(way):
        points += _bent(a, b, slack, BENDS)
    return points


def _bent(a: LatLon, b: LatLon, slack: float, more: int) -> list[LatLon]:
    if not more or (is_pole(a) and is_pole(b)):
        return [b]
    half = halfway(a, b)
    (xa, ya), (xb, yb), (x, y) = project(*a), project(*b), project(*half)
    if max(abs((xa + xb) / 2 - x), abs((ya + yb) / 2 - y)) <= slack:
        return [b]
    return [*_bent(a, half, slack, more - 1), *_bent(half, b, slack, more - 1)]


def strokes(points: Sequence[LatLon]) -> list[list[tuple[float, float]]]:
    """The way on the map, cut where it leaves the map at one edge and comes back at the other, and at a pole."""
    drawn = [[project(*points[0])]]
    for a, b in pairwise(points):
        if is_pole(b):
            drawn[-1].append(project(b[0], a[1]))
            continue
        if is_pole(a):
            drawn.append([project(a[0], b[1])])
        elif abs(_turn(b[1]) - _turn(a[1])) > 180:
            lat = crossing(a, b, SEAM)
            x, y = project((a[0] + b[0]) / 2 if lat is None else lat, SEAM)
            edges = [(x, y), (WIDTH - x, y)] if _turn(a[1]) < 0 else [(WIDTH - x, y), (x, y)]
            drawn[-1].append(edges[0])
            drawn.append([edges[1]])
        drawn[-1].append(project(*b))
    return [stroke for stroke in drawn if len(stroke) > 1] or drawn[:1]


def is_pole(place: LatLon) -> bool:
    return abs(place[0]) > 89.99


def upright(places: Sequence[Place], bonds: Sequence[Bond]) -> list[Place]:
    """The places, those at a pole on the meridian of the city that they are bound to: a pole is a line on this map."""
    others = {bond.a: bond.b for bond in reversed(bonds)} | {bond.b: bond.a for bond in reversed(bonds)}
    return [
        replace(place, lon=places[others[at]].lon) if is_pole(place.at) and at in others else place
        for at, place in enumerate(places)
    ]


def _turn(lon: float) -> float:
    """How far east of the map's middle, from -180 to 180."""
    return (lon - CENTRE + 180) % 360 - 180


def arc_path(points: Sequence[LatLon], digits: int = 1) -> str:
    """An SVG path through the points; the pen is lifted where the way crosses the map's seam."""
    return "".join(
        f"{'L' if at else 'M'}{x:.{digits}f} {y:.{digits}f}"
        for stroke in strokes(points)
        for at, (x, y) in enumerate(stroke)
    )


def draw(places: Sequence[Place], bonds: Sequence[Bond], *, whole: bool = False) -> Drawing:
    """The map of some bonds, cropped around them (or the `whole` world)."""
    places = upright(places, bonds)
    slack, digits = (0.3, 1) if len(bonds) < CROWDED else (1.2, 1) if len(bonds) < MANY_ARCS else (2.5, 0)
    ways = [bent(great_circle(places[bond.a].at, places[bond.b].at, STEPS), slack) for bond in bonds]
    spots = [rounded(project(place.lat, place.lon)) for place in places]
    arcs = [
        arc(places[bond.a], places[bond.b], arc_path(way, digits), spots[bond.a], spots[bond.b], bond)
        for bond, way in zip(bonds, ways, strict=True)
    ]
    drawn = [*spots, *(point for way in ways for stroke in strokes(way) for point in stroke)]
    window = WORLD if whole or not spots else frame(drawn)
    x, y, width, height = window
    unit = round(width / LETTERS, 1)
    ends = Counter(end for bond in bonds for end in (bond.a, bond.b))
    dots = place_labels(places, spots, drawn, window, unit, ends)
    return Drawing(f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}", round(width), round(height), arcs, dots, unit)


def frame(points: Iterable[tuple[float, float]], *, ratio: float = 1.9, least: float = 300.0) -> Window:
    """The part of the map that shows all points, with room for names and at least as wide as `ratio` says."""
    xs, ys = zip(*points, strict=True)
    top, bottom = min(WORLD[1], min(ys) - MARGIN), max(WORLD[1] + WORLD[3], max(ys) + MARGIN)
    tallest = bottom - top
    height = min(tallest, max(least, (max(ys) - min(ys)) * 1.35))
    width = min(WIDTH, max((max(xs) - min(xs)) * 1.55, height * ratio))
    height = min(tallest, max(height, width / (ratio + 0.3)))
    x = min(max(0.0, (min(xs) + max(xs) - width) / 2), WIDTH - width)
    y = min(max(top, (min(ys) + max(ys) - height) / 2), bottom - height)
    return x, y, width, height


def place_labels(
    places: Sequence[Place],
    spots: Sequence[tuple[float, float]],
    drawn: Sequence[tuple[float, float]],
    window: Window,
    unit: float,
    ends: Counter[int],
) -> list[Dot]:
    """Put each name where it stays in the picture and covers the fewest lines, and no other name.

    Where there is no room it is left out, of the cities with the fewest bonds first; the list beside the map has them.
    """
    sides = dict.fromkeys(range(len(places)), "")
    crowded = len(places) > MANY
    taken: list[Window] = []
    for number in sorted(sides, key=lambda number: -ends[number]):
        boxes = _boxes(places[number], spots[number], unit * NARROWER if crowded else unit)
        others = [_dot(spot, unit) for spot in spots if crowded and spot != spots[number]]
        free = {
            side: box
            for side, box in boxes.items()
            if _within(box, window) and not any(_overlap(box, other) for other in [*taken, *others])
        }
        if free:
            sides[number] = min(free, key=lambda side: _covered(free[side], drawn))
            taken.append(free[sides[number]])
    return [Dot(*spot, place, sides[at]) for at, (place, spot) in enumerate(zip(places, spots, strict=True))]


def _boxes(place: Place, spot: tuple[float, float], unit: float) -> dict[str, Window]:
    """The room that a name takes on each side of its dot: left, top, right and bottom."""
    x, y = spot
    # On a phone the first name alone is drawn at twice the size, which takes about the same room.
    width = max(_letters(place.lead) * 1.1, _letters(place.lead) + _letters(place.other) + 0.5) * unit
    return {
        "right": (x + 0.6 * unit, y - unit, x + 0.6 * unit + width, y + unit),
        "left": (x - 0.6 * unit - width, y - unit, x - 0.6 * unit, y + unit),
        "below": (x - width / 2, y + 0.6 * unit, x + width / 2, y + 2.4 * unit),
        "above": (x - width / 2, y - 2.4 * unit, x + width / 2, y - 0.6 * unit),
    }


def _dot(spot: tuple[float, float], unit: float) -> Window:
    x, y = spot
    return x - 0.5 * unit, y - 0.5 * unit, x + 0.5 * unit, y + 0.5 * unit


def _letters(name: str) -> float:
    """How wide a name is in sizes of its letters: characters are square, letters about half as wide."""
    return sum(1.0 if letter > "\u2e7f" else 0.55 for letter in name)


def arc(
    a: Place, b: Place, d: str, spot_a: tuple[float, float], spot_b: tuple[float, float], bond: Bond
) -> Arc:
    return Arc(d, spot_a, spot_b, a.colour, b.colour, bond.label, bond.url, distance_km(a.at, b.at))


def rounded(point: Sequence[float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _within(box: Window, window: Window) -> bool:
    x, y, width, height = window
    return x <= box[0] and y <= box[1] and box[2] <= x + width and box[3] <= y + height


def _overlap(box: Window, other: Window) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _covered(box: Window, points: Iterable[tuple[float, float]]) -> int:
    left, top, right, bottom = box
    return sum(left <= x <= right and top <= y <= bottom for x, y in points)
