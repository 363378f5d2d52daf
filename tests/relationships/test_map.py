"""The drawing of bonds: distances that an atlas confirms, threads that cross the Pacific and not the page."""

import math
import re
from itertools import pairwise

import pytest

from relationships.cover import figure, globe
from relationships.geodesy import compass, distance_km, great_circle, initial_bearing, middle
from relationships.map import WIDTH, Bond, Place, arc_path, bent, draw, project, strokes

LOS_ANGELES = Place(34.0522, -118.2437, "Los Angeles", "洛杉矶", "zh-Hans", "/la/", "city-strelitzia")
GUANGZHOU = Place(23.1291, 113.2644, "Guangzhou", "广州", "zh-Hans", "/gz/", "city-kapok")
AUCKLAND = Place(-36.8509, 174.7645, "Auckland", "奥克兰", "zh-Hans", "/ak/", "city-pohutukawa")
THREE = [LOS_ANGELES, GUANGZHOU, AUCKLAND]
ALL_BONDS = [Bond(0, 1), Bond(1, 2), Bond(0, 2)]

ODD_PAIRS = [
    ((78.22, 15.65), (-54.8, -68.3)),
    ((-18.14, 178.44), (-13.83, -171.76)),
    ((-36.85, 174.76), (34.05, -118.24)),
    ((-36.85, 174.76), (36.85, -5.24)),
    ((34.05, -118.24), (34.05, -118.24)),
    ((90.0, 0.0), (34.05, -118.24)),
    ((90.0, 0.0), (-90.0, 0.0)),
    ((61.2, -149.9), (69.0, 33.1)),
]


def points_of(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [(LOS_ANGELES, GUANGZHOU, 11_646), (GUANGZHOU, AUCKLAND, 9_270), (LOS_ANGELES, AUCKLAND, 10_497)],
)
def test_distance_agrees_with_an_atlas(a, b, km):
    assert distance_km(a.at, b.at) == pytest.approx(km, abs=30)
    assert distance_km(a.at, b.at) == distance_km(b.at, a.at)


def test_distance_to_itself_is_nothing():
    assert distance_km(GUANGZHOU.at, GUANGZHOU.at) == 0


def test_distance_between_antipodes_is_half_the_circumference():
    assert distance_km((34.0, -118.0), (-34.0, 62.0)) == round(math.pi * 6371)


@pytest.mark.parametrize(
    ("a", "b", "bearing"),
    [((0, 0), (10, 0), 0), ((0, 0), (0, 10), 90), ((10, 0), (0, 0), 180), ((0, 0), (0, -10), 270)],
)
def test_bearing_is_counted_clockwise_from_north(a, b, bearing):
    assert initial_bearing(a, b) == bearing


def test_way_from_los_angeles_to_guangzhou_leaves_towards_the_northwest():
    assert compass(initial_bearing(LOS_ANGELES.at, GUANGZHOU.at)) == "NW"


@pytest.mark.parametrize(
    ("bearing", "point"), [(0, "N"), (22, "N"), (23, "NE"), (337, "NW"), (338, "N"), (359, "N")]
)
def test_compass_names_the_nearest_point(bearing, point):
    assert compass(bearing) == point


def test_great_circle_begins_and_ends_at_the_cities():
    way = great_circle(LOS_ANGELES.at, GUANGZHOU.at)
    assert way[0] == pytest.approx(LOS_ANGELES.at)
    assert way[-1] == pytest.approx(GUANGZHOU.at)


def test_great_circle_across_the_pacific_passes_further_north_than_both_cities():
    assert max(lat for lat, _ in great_circle(LOS_ANGELES.at, GUANGZHOU.at)) > 45


def test_great_circle_between_antipodes_is_drawn_by_the_pole():
    assert max(lat for lat, _ in great_circle((10.0, 20.0), (-10.0, -160.0))) == pytest.approx(90)


def test_great_circle_between_the_poles_runs_down_a_meridian():
    way = great_circle((90.0, 20.0), (-90.0, 0.0), 8)
    assert (way[0], way[-1]) == (pytest.approx((90, 20)), pytest.approx((-90, 0)))
    assert {round(lon) for lat, lon in way if abs(lat) < 89} == {20}


def test_bearing_to_the_antipode_is_that_of_the_way_that_is_drawn():
    assert initial_bearing((-36.85, 174.76), (36.85, -5.24)) == 0
    assert initial_bearing((90, 0), (-90, 0)) == 180


def test_great_circle_of_one_place_is_that_place():
    assert great_circle(AUCKLAND.at, AUCKLAND.at) == [AUCKLAND.at]


def test_antipodes_have_no_middle():
    assert middle([(10.0, 20.0), (-10.0, -160.0)]) is None


def test_map_has_asia_left_of_america():
    assert project(*GUANGZHOU.at)[0] < project(*AUCKLAND.at)[0] < project(*LOS_ANGELES.at)[0]


def test_north_is_up():
    assert project(60, 150)[1] < project(0, 150)[1] < project(-40, 150)[1]


@pytest.mark.parametrize("lon", [-180, -25, -24.9, 0, 113, 179.9, 180])
@pytest.mark.parametrize("lat", [-90, -37, 0, 34, 90])
def test_every_place_lies_on_the_map(lat, lon):
    x, _ = project(lat, lon)
    assert 0 <= x <= WIDTH


def test_thread_across_the_date_line_is_drawn_in_one_stroke():
    assert arc_path(great_circle(LOS_ANGELES.at, GUANGZHOU.at)).count("M") == 1


def test_thread_across_the_atlantic_lifts_the_pen_at_the_seam():
    path = arc_path(great_circle((40.7, -74.0), (38.7, -9.1)))
    assert path.count("M") == 2


def test_thread_that_leaves_the_map_ends_at_one_edge_and_begins_at_the_other():
    first, second = strokes(great_circle((40.7, -74.0), (38.7, -9.1)))
    assert first[-1][0] + second[0][0] == pytest.approx(WIDTH)
    assert first[-1][1] == second[0][1]
    assert first[-1][0] == pytest.approx(project(42, -25.0001)[0], abs=8)


@pytest.mark.parametrize(("a", "b"), ODD_PAIRS)
def test_no_thread_leaps_across_the_map(a, b):
    for stroke in strokes(bent(great_circle(a, b, 8))):
        assert all(abs(x2 - x1) < WIDTH / 8 for (x1, _), (x2, _) in pairwise(stroke))


@pytest.mark.parametrize(("a", "b"), ODD_PAIRS)
def test_odd_pairs_lie_within_their_map_and_on_their_cover(a, b):
    places, bonds = [Place(*a, "One"), Place(*b, "Other")], [Bond(0, 1)]
    drawing, cover = draw(places, bonds), globe(places, bonds)
    x, y, width, height = map(float, drawing.view_box.split())
    assert all(x <= dot.x <= x + width and y <= dot.y <= y + height for dot in drawing.dots)
    x, y, width, height = map(float, cover.view_box.split())
    assert len(cover.dots) == 2
    assert all(x < dot.x < x + width and y < dot.y < y + height for dot in cover.dots)


def test_thread_to_a_pole_ends_at_the_dot():
    drawing = draw([Place(90.0, 0.0, "North Pole"), LOS_ANGELES], [Bond(0, 1)])
    assert points_of(drawing.arcs[0].d)[0] == pytest.approx((drawing.dots[0].x, drawing.dots[0].y))


def test_thread_is_bent_only_as_much_as_it_takes():
    assert len(bent(great_circle(LOS_ANGELES.at, GUANGZHOU.at, 8), 5.0)) < 12
    assert len(bent(great_circle(LOS_ANGELES.at, GUANGZHOU.at, 8), 0.1)) > 24


def test_two_cities_at_one_place_have_their_names_on_two_sides():
    twin = Place(*LOS_ANGELES.at, "Twin")
    assert len({dot.side for dot in draw([LOS_ANGELES, twin], [Bond(0, 1)]).dots}) == 2
    assert {dot.side for dot in globe([LOS_ANGELES, twin], [Bond(0, 1)]).dots} == {"left", "right"}


def test_crowded_map_leaves_out_names_rather_than_print_one_over_another():
    crowd = [Place(48 + at / 50, 16.0, f"City {at}") for at in range(30)]
    bonds = [Bond(0, at) for at in range(1, 30)]
    sides = [dot.side for dot in draw(crowd, bonds).dots]
    assert sides[0]
    assert 1 < sum(map(bool, sides)) < 30


def test_drawing_keeps_every_thread_in_the_picture():
    drawing = draw(THREE, ALL_BONDS)
    x, y, width, height = map(float, drawing.view_box.split())
    for arc in drawing.arcs:
        assert all(x <= px <= x + width and y <= py <= y + height for px, py in points_of(arc.d))


def test_names_on_the_map_stand_on_sides_that_the_template_knows():
    assert {dot.side for dot in draw(THREE, ALL_BONDS).dots} <= {"right", "left", "above", "below"}


def test_names_of_neighbouring_cities_stand_apart():
    near = Place(23.02, 113.12, "Foshan", "佛山")
    sides = [dot.side for dot in draw([GUANGZHOU, near], []).dots]
    assert sides[0] != sides[1]


def test_thread_carries_the_colours_of_its_ends():
    arc = draw(THREE, ALL_BONDS).arcs[0]
    assert (arc.class_a, arc.class_b) == ("city-strelitzia", "city-kapok")


def test_map_without_bonds_shows_the_world():
    assert draw([], []).view_box.startswith("0 ")


def test_whole_world_is_shown_on_request():
    assert draw(THREE, ALL_BONDS, whole=True).width == WIDTH


def test_cover_of_a_pair_looks_over_the_horizon():
    cover = globe([LOS_ANGELES, GUANGZHOU], [Bond(0, 1)])
    assert all(y < 0 for _, y in points_of(cover.arcs[0].d))
    assert cover.height < cover.width / 2


def test_cover_of_an_alliance_shows_all_its_cities():
    cover = globe(THREE, ALL_BONDS)
    assert all(math.hypot(dot.x, dot.y) < cover.radius for dot in cover.dots)


def test_covers_of_two_bonds_differ():
    assert globe([LOS_ANGELES, GUANGZHOU], [Bond(0, 1)]) != globe([LOS_ANGELES, AUCKLAND], [Bond(0, 1)])


def test_figures_under_a_cover_are_exact():
    found = figure(LOS_ANGELES, GUANGZHOU)
    assert (found.km_text, found.compass) == ("11,646", "NW")


def test_coordinates_are_written_as_on_a_chart():
    assert AUCKLAND.coordinates == "36.85° S 174.76° E"
