"""Gather thousands of places into a few circles on the map, each with its number and the way to look closer.

Pure; no Django. Places are gathered where they lie on the drawing, so that the date line, which runs through the middle
of our map, parts nobody; the seam of the map lies in the Atlantic.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from relationships.map import CENTRE, LETTERS, WORLD, Window, frame, project

CLOSEST = 110.0  # how high the smallest part of the map is that is shown, in units of the drawing
TOUCHING = 0.94  # circles nearer than this part of their radii become one
_NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]{1,2})?"
_AREA = re.compile(",".join([_NUMBER] * 4))


@dataclass(frozen=True)
class Area:
    """A part of the globe. Its west lies east of its east where it spans the date line."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What an address says, such as 30,-125,50,-110; None where that is no part of the globe."""
        if not _AREA.fullmatch(text):
            return None
        found = cls(*(float(number) for number in text.split(",")))
        is_there = -90 <= found.south <= found.north <= 90 and max(abs(found.west), abs(found.east)) <= 180
        return found if is_there else None

    def __str__(self) -> str:
        return ",".join(f"{number:.2f}".rstrip("0").rstrip(".") for number in vars(self).values())

    @property
    def spans_date_line(self) -> bool:
        return self.west > self.east

    def holds(self, lat: float, lon: float) -> bool:
        if not self.south <= lat <= self.north:
            return False
        if self.spans_date_line:
            return lon >= self.west or lon <= self.east
        return self.west <= lon <= self.east


@dataclass(frozen=True)
class Point:
    """A place, or a country, on the map: how many it stands for, what it is called and where it leads."""

    lat: float
    lon: float
    number: int
    name: str
    url: str = ""


@dataclass(frozen=True)
class Circle:
    """Points that lie too near each other to be told apart, as one circle of the drawing."""

    x: float
    y: float
    number: int
    points: tuple[Point, ...]  # those that stand for most come first

    @property
    def radius(self) -> float:
        """In sizes of the letters on the map; ten times as many make it a little larger."""
        return round(0.72 + 0.52 * math.log10(max(1, self.number)), 2)

    @property
    def is_one(self) -> bool:
        return len(self.points) == 1

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def others(self) -> int:
        return len(self.points) - 1

    @property
    def area(self) -> Area:
        """The smallest part of the globe with all its points, to the hundredth of a degree."""
        lats = [point.lat for point in self.points]
        turns = [(point.lon - CENTRE + 180) % 360 - 180 for point in self.points]
        west, east = _down(min(turns) + CENTRE), _up(max(turns) + CENTRE)
        return Area(max(-90.0, _down(min(lats))), _around(west), min(90.0, _up(max(lats))), _around(east))

    def joined(self, other: "Circle") -> "Circle":
        """Both as one, where most of them lie."""
        number = self.number + other.number
        share = other.number / number
        points = tuple(sorted((*self.points, *other.points), key=_weight))
        x, y = self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share
        return Circle(x, y, number, points)


@dataclass(frozen=True)
class Gathering:
    """Everything that a template needs to draw the circles; numbers are in units of the drawing."""

    view_box: str
    width: int
    height: int
    unit: float
    circles: list[Circle]


def gather(points: Sequence[Point]) -> Gathering:
    """The map of the points, cropped around them, on which no two circles touch."""
    window = _window([project(point.lat, point.lon) for point in points])
    x, y, width, height = window
    unit = round(width / LETTERS, 2)
    circles = _apart(_binned(points, unit), unit)
    return Gathering(f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}", round(width), round(height), unit, circles)


def _window(spots: Sequence[tuple[float, float]]) -> Window:
    return frame(spots, least=CLOSEST) if spots else WORLD


def _binned(points: Iterable[Point], unit: float) -> list[Circle]:
    """First by squares of about a small circle's size, so that thousands are soon few."""
    bins: dict[tuple[int, int], list[Circle]] = {}
    for point in sorted(points, key=_weight):
        x, y = project(point.lat, point.lon)
        bins.setdefault((int(x / unit), int(y / unit)), []).append(Circle(x, y, point.number, (point,)))
    return [_as_one(found) for found in bins.values()]


def _as_one(circles: Sequence[Circle]) -> Circle:
    number = sum(circle.number for circle in circles)
    x = sum(circle.x * circle.number for circle in circles) / number
    y = sum(circle.y * circle.number for circle in circles) / number
    return Circle(x, y, number, tuple(point for circle in circles for point in circle.points))


def _apart(circles: Sequence[Circle], unit: float) -> list[Circle]:
    """Join what touches until nothing does; the largest take in the others."""
    while True:
        kept: list[Circle] = []
        for circle in sorted(circles, key=lambda each: (-each.number, each.x, each.y)):
            near = next((at for at, other in enumerate(kept) if _touch(circle, other, unit)), None)
            if near is None:
                kept.append(circle)
            else:
                kept[near] = kept[near].joined(circle)
        if len(kept) == len(circles):
            return kept
        circles = kept


def _touch(a: Circle, b: Circle, unit: float) -> bool:
    return math.hypot(a.x - b.x, a.y - b.y) < TOUCHING * (a.radius + b.radius) * unit


def _weight(point: Point) -> tuple[int, str]:
    return -point.number, point.name


def _down(degrees: float) -> float:
    return math.floor(degrees * 100 + 1e-6) / 100


def _up(degrees: float) -> float:
    return math.ceil(degrees * 100 - 1e-6) / 100


def _around(lon: float) -> float:
    """The same meridian from -180 to 180."""
    return round((lon + 180) % 360 - 180, 2)
