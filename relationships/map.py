"""Draw the bonds between cities: where they lie on the map, and the shortest way between them.

Pure geometry on latitudes and longitudes in degrees; no Django. The map is Natural Earth's projection centred on the
Pacific, so that a thread from Los Angeles to Guangzhou runs across the middle of the picture and not off its edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CENTRE = 155.0  # the map's middle meridian; its seam lies at 25° W, in the Atlantic
WIDTH = 2000.0
EARTH_KM = 6371.0
SCALE = WIDTH / (2 * math.pi * 0.8707)
MIDDLE_Y = 520.0
LETTERS = 60  # how many letter sizes the map is wide
TILT = 34.0
COVER_HEIGHT = 560
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")

Vector = tuple[float, float, float]


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


@dataclass(frozen=True)
class Figure:
    """One line of exact figures under a cover: from where to where, how far, in which direction."""

    a: Place
    b: Place
    km: int
    bearing: int
    compass: str


@dataclass(frozen=True)
class Globe:
    """The earth seen from above the middle of a bond, for covers without a photograph."""

    view_box: str
    width: int
    height: int
    radius: float
    graticule: str
    arcs: list[Arc]
    dots: list[Dot]
    figures: list[Figure]


def project(lat: float, lon: float) -> tuple[float, float]:
    """The point of the drawing where a place lies (Natural Earth projection, polynomial form by Šavrič et al. 2011)."""
    turn = math.radians((lon - CENTRE + 180) % 360 - 180)
    phi = math.radians(lat)
    p2 = phi * phi
    p4 = p2 * p2
    x = turn * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return WIDTH / 2 + x * SCALE, MIDDLE_Y - y * SCALE


def _vector(lat: float, lon: float) -> Vector:
    phi, turn = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(turn), math.cos(phi) * math.sin(turn), math.sin(phi)


def _degrees(v: Vector) -> tuple[float, float]:
    x, y, z = v
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _angle(a: Vector, b: Vector) -> float:
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return math.atan2(math.hypot(*cross), sum(p * q for p, q in zip(a, b, strict=True)))


def distance_km(a: Place, b: Place) -> int:
    """The length of the shortest way over the earth's surface, in whole kilometres (sphere of 6,371 km)."""
    return round(_angle(_vector(a.lat, a.lon), _vector(b.lat, b.lon)) * EARTH_KM)


def initial_bearing(a: Place, b: Place) -> int:
    """The direction in which the shortest way leaves `a`, in whole degrees clockwise from north."""
    phi_a, phi_b, turn = math.radians(a.lat), math.radians(b.lat), math.radians(b.lon - a.lon)
    east = math.sin(turn) * math.cos(phi_b)
    north = math.cos(phi_a) * math.sin(phi_b) - math.sin(phi_a) * math.cos(phi_b) * math.cos(turn)
    return round(math.degrees(math.atan2(east, north))) % 360


def compass(bearing: float) -> str:
    """The nearest of the eight points of the compass: 308 is NW."""
    return COMPASS[round(bearing / 45) % 8]


def great_circle(a: Place, b: Place, steps: int = 48) -> list[tuple[float, float]]:
    """Points (lat, lon) along the shortest way, both ends included. Opposite ends of the earth go by the north."""
    start, end = _vector(a.lat, a.lon), _vector(b.lat, b.lon)
    whole = _angle(start, end)
    if whole < 1e-9:
        return [(a.lat, a.lon)]
    if math.pi - whole < 1e-6:
        pole = Place(90, 0, "")
        return [*great_circle(a, pole, steps // 2), *great_circle(pole, b, steps // 2)[1:]]
    points = []
    for step in range(steps + 1):
        s = math.sin(whole * (1 - step / steps)) / math.sin(whole)
        t = math.sin(whole * step / steps) / math.sin(whole)
        points.append(_degrees((s * start[0] + t * end[0], s * start[1] + t * end[1], s * start[2] + t * end[2])))
    return points


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
    ways = [great_circle(places[bond.a], places[bond.b]) for bond in bonds]
    spots = [_rounded(project(place.lat, place.lon)) for place in places]
    arcs = [
        _arc(places[bond.a], places[bond.b], arc_path(way), spots[bond.a], spots[bond.b], bond)
        for bond, way in zip(bonds, ways, strict=True)
    ]
    drawn = [*spots, *(project(*point) for way in ways for point in way)]
    x, y, width, height = (0.0, 25.0, WIDTH, 860.0) if whole or not spots else frame(drawn)
    unit = round(width / LETTERS, 1)
    dots = place_labels(places, spots, drawn, unit=unit)
    return Drawing(f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}", round(width), round(height), arcs, dots, unit)


def frame(points: Iterable[tuple[float, float]], *, ratio: float = 2.1) -> tuple[float, float, float, float]:
    """The part of the map (x, y, width, height) that shows all points with room for their names."""
    xs, ys = zip(*points, strict=True)
    width = min(WIDTH, max(640.0, (max(xs) - min(xs)) * 1.5))
    height = max(width / ratio, min(870.0, (max(ys) - min(ys)) * 1.3))
    width = min(WIDTH, max(width, height * 1.5))
    x = min(max(0.0, (min(xs) + max(xs) - width) / 2), WIDTH - width)
    y = min(max(15.0, (min(ys) + max(ys) - height) / 2), 885.0 - height) if height < 870 else 15.0
    return x, y, width, height


def place_labels(
    places: Sequence[Place], spots: Sequence[tuple[float, float]], drawn: Sequence[tuple[float, float]], *, unit: float
) -> list[Dot]:
    """Put each name on the side of its dot where it covers the fewest lines and names."""
    taken = [*drawn]
    dots = []
    for place, (x, y) in zip(places, spots, strict=True):
        width = (len(place.lead) * 0.55 + len(place.other) + 1) * unit
        boxes = {
            "right": (x + 0.6 * unit, y - 0.7 * unit, x + 0.6 * unit + width, y + 0.7 * unit),
            "left": (x - 0.6 * unit - width, y - 0.7 * unit, x - 0.6 * unit, y + 0.7 * unit),
            "below": (x - width / 2, y + 0.6 * unit, x + width / 2, y + 2 * unit),
            "above": (x - width / 2, y - 2 * unit, x + width / 2, y - 0.6 * unit),
        }
        side = min(boxes, key=lambda name: _covered(boxes[name], taken))
        left, top, right, bottom = boxes[side]
        taken += [(left + (right - left) * part / 8, (top + bottom) / 2) for part in range(9)]
        dots.append(Dot(x, y, place, side))
    return dots


def globe(places: Sequence[Place], bonds: Sequence[Bond], *, radius: float = 600.0) -> Globe:
    """The earth from above the middle of the bonds, as lines only: a cover that no other bond can have."""
    vectors = [_vector(place.lat, place.lon) for place in places]
    middle = tuple(sum(axis) for axis in zip(*vectors, strict=True))
    lat, lon = _degrees((middle[0], middle[1], middle[2])) if math.hypot(*middle) > 1e-6 else (0.0, CENTRE)
    # From straight above, the shortest way is a straight line; seen from further south it arches like the earth.
    lat = lat - TILT if lat > -20 else lat + TILT
    ways = [great_circle(places[bond.a], places[bond.b], 32) for bond in bonds]
    spots = [_rounded(_seen(place.lat, place.lon, lat, lon, radius)[:2]) for place in places]
    arcs = [
        _arc(places[bond.a], places[bond.b], _globe_path(way, lat, lon, radius), spots[bond.a], spots[bond.b], bond)
        for bond, way in zip(bonds, ways, strict=True)
    ]
    dots = [Dot(x, y, place, "right" if x > 0 else "left") for place, (x, y) in zip(places, spots, strict=True)]
    figures = [figure(places[bond.a], places[bond.b]) for bond in bonds]
    top = round(min(y for _, y in spots) - radius * 0.42)
    top = max(top, round(-radius - 40)) if min(y for _, y in spots) > -radius * 0.8 else round(-radius - 40)
    view_box = f"-800 {top} 1600 {COVER_HEIGHT}"
    return Globe(view_box, 1600, COVER_HEIGHT, radius, _graticule(lat, lon, radius), arcs, dots, figures)


def figure(a: Place, b: Place) -> Figure:
    """How far it is from one city to the other, and in which direction one leaves."""
    bearing = initial_bearing(a, b)
    return Figure(a, b, distance_km(a, b), bearing, compass(bearing))


def _arc(
    a: Place, b: Place, d: str, spot_a: tuple[float, float], spot_b: tuple[float, float], bond: Bond
) -> Arc:
    return Arc(d, spot_a, spot_b, a.colour, b.colour, bond.label, bond.url, distance_km(a, b))


def _rounded(point: Sequence[float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _covered(box: tuple[float, float, float, float], points: Iterable[tuple[float, float]]) -> int:
    left, top, right, bottom = box
    return sum(left <= x <= right and top <= y <= bottom for x, y in points)


def _seen(lat: float, lon: float, from_lat: float, from_lon: float, radius: float) -> tuple[float, float, float]:
    """Orthographic view: x, y on the picture and the height towards the eye (negative is behind the earth)."""
    phi, phi_0, turn = math.radians(lat), math.radians(from_lat), math.radians(lon - from_lon)
    x = math.cos(phi) * math.sin(turn)
    y = math.cos(phi_0) * math.sin(phi) - math.sin(phi_0) * math.cos(phi) * math.cos(turn)
    near = math.sin(phi_0) * math.sin(phi) + math.cos(phi_0) * math.cos(phi) * math.cos(turn)
    return x * radius, -y * radius, near


def _globe_path(points: Iterable[tuple[float, float]], lat: float, lon: float, radius: float) -> str:
    path, drawing = "", False
    for point in points:
        x, y, near = _seen(*point, lat, lon, radius)
        if near >= 0:
            path += f"{'L' if drawing else 'M'}{x:.0f} {y:.0f}"
        drawing = near >= 0
    return path


def _graticule(lat: float, lon: float, radius: float, step: int = 15) -> str:
    meridians = ([(float(y), float(x)) for y in range(-75, 76, 5)] for x in range(-180, 180, step))
    parallels = ([(float(y), float(x)) for x in range(-180, 181, 5)] for y in range(-75, 76, step))
    return "".join(_globe_path(line, lat, lon, radius) for lines in (meridians, parallels) for line in lines)
