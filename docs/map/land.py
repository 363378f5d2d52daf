"""Turn Natural Earth's coastlines into the one small path that the maps draw.

Source: Natural Earth, 1:110m land (public domain), in the packing of the npm package world-atlas 2.0.2.
Needed again only when the projection in relationships/map.py changes:

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python docs/map/land.py package/land-110m.json > templates/components/_land.svg
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from relationships.map import CENTRE, project

SOUTHERNMOST = -58.0  # Antarctica has no sister cities yet
TOLERANCE = 0.9
SMALLEST = 14.0  # islands below this area of the drawing are left out

Point = tuple[float, float]


def rings(topology: dict[str, Any]) -> list[list[Point]]:
    """The outlines of the land as (lon, lat), unpacked from TopoJSON's shared, delta-coded arcs."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for packed in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in packed:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    land = topology["objects"]["land"]["geometries"][0]
    result = []
    for polygon in land["arcs"]:
        outline: list[Point] = []
        for index in polygon[0]:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            outline += arc if not outline else arc[1:]
        result.append(outline)
    return result


def unwrapped(outline: list[Point]) -> list[Point]:
    """Longitudes that run on past 180° instead of jumping."""
    result = [outline[0]]
    for lon, lat in outline[1:]:
        last = result[-1][0]
        result.append((lon + 360 * round((last - lon) / 360), lat))
    return result


def clipped(outline: list[Point], limit: float, *, keep_east: bool) -> list[Point]:
    """What lies on one side of a meridian (Sutherland and Hodgman)."""
    result = []
    for (x1, y1), (x2, y2) in pairwise([*outline, outline[0]]):
        inside_1, inside_2 = (x1 >= limit) == keep_east, (x2 >= limit) == keep_east
        if inside_1:
            result.append((x1, y1))
        if inside_1 != inside_2:
            result.append((limit, y1 + (y2 - y1) * (limit - x1) / (x2 - x1)))
    return result


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Fewer points with the same look (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    far, index = 0.0, 0
    for i, (x, y) in enumerate(points[1:-1], 1):
        if length:
            off = abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / length
        else:
            off = ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        if off > far:
            far, index = off, i
    if far <= tolerance:
        return [points[0], points[-1]]
    return simplified(points[: index + 1], tolerance)[:-1] + simplified(points[index:], tolerance)


def area(points: list[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*points, points[0]]))) / 2


def path(points: list[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in points]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(whole)]
    drawn = "".join(f"{dx}{'' if dy < 0 else ' '}{dy} " for dx, dy in steps if dx or dy)
    return f"M{whole[0][0]} {whole[0][1]}l{drawn.strip()}z".replace(" -", "-")


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    paths = []
    for outline in rings(topology):
        if min(lat for _, lat in outline) < SOUTHERNMOST:
            continue
        for turn in (-360, 0, 360):
            part = [(lon + turn, lat) for lon, lat in unwrapped(outline)]
            part = clipped(part, CENTRE - 179.99, keep_east=True)
            part = clipped(part, CENTRE + 179.99, keep_east=False) if part else part
            points = [project(lat, lon) for lon, lat in part]
            if len(points) > 3 and area(points) >= SMALLEST:
                half = len(points) // 2
                points = simplified(points[: half + 1], TOLERANCE)[:-1] + simplified(points[half:], TOLERANCE)
                paths.append(path(points))
    print(f'<path class="land" d="{"".join(paths)}"/>')


if __name__ == "__main__":
    main()
