"""Draw a bond as two lights on the globe: the cover of a page that has no photograph.

Pure; no Django. Nothing but coordinates goes in, so no two bonds have the same cover.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relationships.geodesy import compass, distance_km, great_circle, initial_bearing, middle
from relationships.map import LETTERS, Arc, Bond, Dot, Place, Window, arc, is_pole, rounded

RADIUS = 600
LOWEST = 165  # how far from the middle of the globe a city must be to stand in the strip along its horizon
NEAR = 450  # two cities nearer than this have no room for names between them
TILT = 50.0  # degrees that the eye stands nearer the equator than the middle of the bond


@dataclass(frozen=True)
class Figure:
    """One line of exact figures under a cover: from where to where, how far, in which direction."""

    a: Place
    b: Place
    km: int
    bearing: int
    compass: str

    @property
    def km_text(self) -> str:
        return f"{self.km:,}"


@dataclass(frozen=True)
class Globe:
    """The earth seen from above the middle of a bond, for covers without a photograph."""

    view_box: str
    width: int
    height: int
    radius: int
    graticule: str
    arcs: list[Arc]
    dots: list[Dot]
    figures: list[Figure]
    unit: float


def globe(places: Sequence[Place], bonds: Sequence[Bond]) -> Globe:
    """The earth as lines only, seen so that every place is in sight."""
    lat, lon = middle([place.at for place in places]) or between_antipodes(places[0])
    # From straight above, the shortest way is a straight line; from nearer the equator it arches.
    tilted = lat - TILT if lat > 0 else lat + TILT
    up = -1 if lat > 0 else 1
    tops = [seen(place.at, (tilted, lon)) for place in places]
    over_horizon = len(places) == 2 and all(near > 0 and y * up > LOWEST for _, y, near in tops)
    eye = (tilted if over_horizon else lat, lon)
    views = [seen(place.at, eye) for place in places]
    spots = [rounded(view) for view in views]
    arcs = [
        arc(
            places[bond.a],
            places[bond.b],
            path(great_circle(places[bond.a].at, places[bond.b].at, 64), eye, digits=1),
            spots[bond.a],
            spots[bond.b],
            bond,
        )
        for bond in bonds
    ]
    sides = sides_of([x for x, _ in spots], inside=over_horizon)
    dots = [
        Dot(x, y, place, side)
        for place, (x, y), (*_, near), side in zip(places, spots, views, sides, strict=True)
        if near > -0.01
    ]
    figures = [figure(a, b) for a, b in ((places[bond.a], places[bond.b]) for bond in bonds) if a.at != b.at]
    view = _view(over_horizon=over_horizon, north=lat > 0)
    view_box = " ".join(f"{number:.0f}" for number in view)
    unit = round(view[2] / LETTERS, 1)
    return Globe(view_box, int(view[2]), int(view[3]), RADIUS, graticule(eye), arcs, dots, figures, unit)


def sides_of(xs: Sequence[float], *, inside: bool) -> list[str]:
    """Names stand inside the globe under a wide arch; outside it where the whole globe is shown or two are near."""
    if len(xs) == 2 and abs(xs[0] - xs[1]) < NEAR:
        return ["left", "right"] if xs[0] <= xs[1] else ["right", "left"]
    return [("right" if inside else "left") if x < 0 else ("left" if inside else "right") for x in xs]


def between_antipodes(place: Place) -> tuple[float, float]:
    """Where the way by the north pole from a place to its antipode is half done: both are on the horizon."""
    if is_pole(place.at):
        return 0.0, place.lon
    return 90 - abs(place.lat), place.lon + (180 if place.lat > 0 else 0)


def figure(a: Place, b: Place) -> Figure:
    """How far it is from one city to the other, and in which direction one leaves."""
    bearing = initial_bearing(a.at, b.at)
    return Figure(a, b, distance_km(a.at, b.at), bearing, compass(bearing))


def seen(place: tuple[float, float], eye: tuple[float, float]) -> tuple[float, float, float]:
    """Where a place is on the picture (x, y), and how near the eye it is: negative is behind the earth."""
    phi, phi_eye, turn = math.radians(place[0]), math.radians(eye[0]), math.radians(place[1] - eye[1])
    x = math.cos(phi) * math.sin(turn)
    y = math.cos(phi_eye) * math.sin(phi) - math.sin(phi_eye) * math.cos(phi) * math.cos(turn)
    near = math.sin(phi_eye) * math.sin(phi) + math.cos(phi_eye) * math.cos(phi) * math.cos(turn)
    return x * RADIUS, -y * RADIUS, near


def path(points: Iterable[tuple[float, float]], eye: tuple[float, float], *, digits: int = 0) -> str:
    """An SVG path through those points that are on the near side."""
    drawn, drawing = "", False
    for point in points:
        x, y, near = seen(point, eye)
        if near >= 0:
            drawn += f"{'L' if drawing else 'M'}{x:.{digits}f} {y:.{digits}f}"
        drawing = near >= 0
    return drawn


def graticule(eye: tuple[float, float], step: int = 15) -> str:
    """Meridians and parallels, the latter not so near the poles that they crowd."""
    meridians = ([(float(lat), float(lon)) for lat in range(-75, 76, 5)] for lon in range(-180, 180, step))
    parallels = ([(float(lat), float(lon)) for lon in range(-180, 181, 5)] for lat in range(-75, 76, step))
    return "".join(path(line, eye) for lines in (meridians, parallels) for line in lines)


def _view(*, over_horizon: bool, north: bool) -> Window:
    if not over_horizon:
        return -2 * RADIUS - 40, -RADIUS - 70, 4 * RADIUS + 80, 2 * RADIUS + 190
    return -RADIUS - 20, -RADIUS - 45 if north else RADIUS + 45 - 520, 2 * RADIUS + 40, 520
