"""Draw a bond as two lights on the globe: the cover of a page that has no photograph.

Pure; no Django. Nothing but coordinates goes in, so no two bonds have the same cover.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relationships.geodesy import compass, distance_km, great_circle, initial_bearing, middle
from relationships.map import CENTRE, LETTERS, Arc, Bond, Dot, Place, Window, arc, rounded

RADIUS = 600
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
    lat, lon = middle([place.at for place in places]) or (0.0, CENTRE)
    # From straight above, the shortest way is a straight line; from nearer the equator it arches.
    tilted = lat - TILT if lat > 0 else lat + TILT
    over_horizon = len(places) == 2 and all(
        abs(seen(place.at, (tilted, lon))[1]) > RADIUS / 8 for place in places
    )
    eye = (tilted if over_horizon else lat, lon)
    spots = [rounded(seen(place.at, eye)) for place in places]
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
    # Names stand inside the globe under the arch, or outside it where the whole globe is shown.
    sides = ("left", "right") if over_horizon else ("right", "left")
    dots = [Dot(x, y, place, sides[x < 0]) for place, (x, y) in zip(places, spots, strict=True)]
    figures = [figure(places[bond.a], places[bond.b]) for bond in bonds]
    view = _view(over_horizon=over_horizon, north=lat > 0)
    view_box = " ".join(f"{number:.0f}" for number in view)
    unit = round(view[2] / LETTERS, 1)
    return Globe(view_box, int(view[2]), int(view[3]), RADIUS, graticule(eye), arcs, dots, figures, unit)


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
        return -2 * RADIUS - 40, -RADIUS - 30, 4 * RADIUS + 80, 2 * RADIUS + 60
    return -RADIUS - 20, -RADIUS - 45 if north else RADIUS + 45 - 520, 2 * RADIUS + 40, 520
