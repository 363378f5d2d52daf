"""Distances, directions and shortest ways on the earth, taken as a sphere.

Pure; places are (latitude, longitude) in degrees, north and east positive.
"""

import math

EARTH_KM = 6371.0
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")

LatLon = tuple[float, float]
Vector = tuple[float, float, float]


def vector(lat: float, lon: float) -> Vector:
    """The place as a point of the unit sphere."""
    phi, turn = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(turn), math.cos(phi) * math.sin(turn), math.sin(phi)


def degrees(x: float, y: float, z: float) -> LatLon:
    """The place under a point of space."""
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def angle(a: LatLon, b: LatLon) -> float:
    """How far apart two places are, in radians as seen from the earth's centre."""
    p, q = vector(*a), vector(*b)
    cross = (p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0])
    return math.atan2(math.hypot(*cross), sum(u * v for u, v in zip(p, q, strict=True)))


def distance_km(a: LatLon, b: LatLon) -> int:
    """The length of the shortest way over the surface, in whole kilometres."""
    return round(angle(a, b) * EARTH_KM)


def initial_bearing(a: LatLon, b: LatLon) -> int:
    """The direction in which the shortest way leaves `a`, in whole degrees clockwise from north."""
    if math.pi - angle(a, b) < 1e-6:
        # All ways lead to the antipode; the one that is drawn leaves northwards.
        return 0 if a[0] < 89.99 else 180
    phi_a, phi_b, turn = math.radians(a[0]), math.radians(b[0]), math.radians(b[1] - a[1])
    east = math.sin(turn) * math.cos(phi_b)
    north = math.cos(phi_a) * math.sin(phi_b) - math.sin(phi_a) * math.cos(phi_b) * math.cos(turn)
    return round(math.degrees(math.atan2(east, north))) % 360


def compass(bearing: float) -> str:
    """The nearest of the eight points of the compass: 308 is NW."""
    return COMPASS[round(bearing / 45) % 8]


def great_circle(a: LatLon, b: LatLon, steps: int = 48) -> list[LatLon]:
    """Points along the shortest way, both ends included.

    Between antipodes, where all ways are the shortest, it goes by the north pole; from pole to pole down its meridian.
    """
    whole = angle(a, b)
    if whole < 1e-9:
        return [a]
    if math.pi - whole < 1e-6:
        by = (90.0, a[1]) if abs(a[0]) < 89.99 else (0.0, a[1])
        return [*great_circle(a, by, steps // 2), *great_circle(by, b, steps // 2)[1:]]
    return [_between(vector(*a), vector(*b), whole, step / steps) for step in range(steps + 1)]


def _between(a: Vector, b: Vector, whole: float, part: float) -> LatLon:
    s, t = math.sin(whole * (1 - part)) / math.sin(whole), math.sin(whole * part) / math.sin(whole)
    return degrees(s * a[0] + t * b[0], s * a[1] + t * b[1], s * a[2] + t * b[2])


def halfway(a: LatLon, b: LatLon) -> LatLon:
    """The place in the middle of the shortest way between two that are no antipodes."""
    return degrees(*(u + v for u, v in zip(vector(*a), vector(*b), strict=True)))


def crossing(a: LatLon, b: LatLon, lon: float) -> float | None:
    """The latitude at which the great circle through two places meets a meridian; None where it runs along it."""
    p, q, turn = vector(*a), vector(*b), math.radians(lon)
    x, y, z = p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]
    return math.degrees(math.atan(-(x * math.cos(turn) + y * math.sin(turn)) / z)) if abs(z) > 1e-9 else None


def middle(places: list[LatLon]) -> LatLon | None:
    """The place amid the others; None where there is none, as between antipodes."""
    x, y, z = (sum(axis) for axis in zip(*(vector(*place) for place in places), strict=True))
    return degrees(x, y, z) if math.hypot(x, y, z) > 1e-6 else None
