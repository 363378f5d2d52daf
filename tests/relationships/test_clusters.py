"""Many places as a few circles on the map."""

import math
import random

import pytest

from relationships.clusters import TOUCHING, Area, Circle, Gathering, Point, gather


def circles_of(*points: Point) -> list[Circle]:
    return gather(points).circles


def crowd(number: int) -> list[Point]:
    dice = random.Random(7)
    return [Point(dice.gauss(50, 6), dice.gauss(10, 12), 1, f"c{at}", f"/c{at}/") for at in range(number)]


def touching(found: Gathering) -> int:
    pairs = [(a, b) for a in found.circles for b in found.circles if a is not b]
    return sum(
        math.hypot(a.x - b.x, a.y - b.y) < TOUCHING * (a.radius + b.radius) * found.unit for a, b in pairs
    )


def test_each_place_is_in_one_circle_and_none_is_lost() -> None:
    found = gather(crowd(2_000))
    names = [point.name for circle in found.circles for point in circle.points]
    assert sorted(names) == sorted(f"c{at}" for at in range(2_000))
    assert sum(circle.number for circle in found.circles) == 2_000


def test_no_two_circles_touch() -> None:
    found = gather(crowd(2_000))
    assert 3 < len(found.circles) < 120
    assert touching(found) == 0


def test_same_places_are_gathered_alike_in_whatever_order_they_come() -> None:
    points = crowd(300)
    assert gather(points) == gather(points[::-1])


def test_far_countries_stand_alone_and_the_largest_comes_first() -> None:
    found = circles_of(Point(36, 138, 800, "Japan", "/jp/"), Point(-30, 25, 20, "South Africa"))
    assert [(circle.first.name, circle.is_one) for circle in found] == [
        ("Japan", True),
        ("South Africa", True),
    ]
    assert found[0].radius > found[1].radius


def test_neighbours_become_one_circle_where_most_of_them_lie() -> None:
    (circle, _far) = circles_of(
        Point(51, 10, 900, "Germany"), Point(47, 8, 100, "Switzerland"), Point(-35, 149, 5, "Australia")
    )
    assert (circle.number, circle.first.name, circle.others) == (1000, "Germany", 1)
    assert abs(circle.area.south - 47) < 0.1


def test_area_of_a_circle_holds_all_its_places() -> None:
    for circle in gather(crowd(2_000)).circles:
        assert all(circle.area.holds(point.lat, point.lon) for point in circle.points)
        read = Area.read(str(circle.area))
        assert read
        assert all(read.holds(point.lat, point.lon) for point in circle.points)


def test_places_on_both_sides_of_the_date_line_are_neighbours() -> None:
    _far, circle = circles_of(
        Point(-17.7, 179.1, 3, "Suva"), Point(-17.1, -179.8, 2, "Taveuni"), Point(52, 10, 9, "Ulm")
    )
    assert [point.name for point in circle.points] == ["Suva", "Taveuni"]
    assert circle.area.spans_date_line
    assert circle.area.holds(-17.5, 180)
    assert circle.area.holds(-17.5, -180)
    assert not circle.area.holds(-17.5, 0)


def test_places_on_both_sides_of_the_seam_of_the_map_stay_apart() -> None:
    assert len(circles_of(Point(40, -26, 1, "west"), Point(40, -24, 1, "east"))) == 2


def test_closer_look_shows_more_circles() -> None:
    far = gather(crowd(500)).circles
    close = gather([point for point in crowd(500) if far[0].area.holds(point.lat, point.lon)]).circles
    assert len(close) > 1


def test_places_at_one_spot_are_one_circle() -> None:
    (circle,) = circles_of(Point(10, 10, 1, "a"), Point(10, 10, 1, "b"))
    assert circle.number == 2


def test_map_of_nothing_is_the_world() -> None:
    assert gather([]).circles == []
    assert gather([]).width == 2000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1,2,3",
        "1,2,3,4,5",
        "91,0,92,0",
        "10,0,5,0",
        "0,181,1,0",
        "nan,0,1,1",
        "1e1,0,20,1",
        "٣,0,4,1",
    ],
)
def test_what_is_no_part_of_the_globe_is_not_read(text: str) -> None:
    assert Area.read(text) is None


def test_area_is_written_as_it_is_read() -> None:
    assert str(Area.read("-12.5,170,3.25,-175")) == "-12.5,170,3.25,-175"
