"""Which city a line means: never guessed in silence."""

from typing import Any

import pytest

from relationships.directory.entries import Place
from relationships.directory.matching import Gazetteer, Known, Outcome

OREGON, MAINE, GUANGZHOU = 1, 2, 3


@pytest.fixture
def gazetteer() -> Gazetteer:
    known = Gazetteer(by_key={"wikidata:Q16572": GUANGZHOU})
    known.add(
        Known(OREGON, "Portland", frozenset({"portland"}), "US", frozenset({"oregon"}), (45.52, -122.68))
    )
    known.add(Known(MAINE, "Portland", frozenset({"portland"}), "US", frozenset({"maine"}), (43.66, -70.26)))
    names = frozenset({"guangzhou", "canton", "广州"})
    known.add(Known(GUANGZHOU, "Guangzhou", names, "CN", frozenset(), (23.13, 113.26), "Q16572"))
    known.add(Known(4, "Lyon", frozenset({"lyon"}), "FR"))
    known.add(
        Known(5, "Frankfurt am Main", frozenset({"frankfurt am main"}), "DE", frozenset(), (50.11, 8.68))
    )
    known.add(Known(6, "Setor 4", frozenset({"sector 4"}), "RO", frozenset(), (44.37, 26.12)))
    return known


def place(name: str, country: str, spot: Any = None, **more: Any) -> Place:
    latitude, longitude = spot or (None, None)
    return Place(name, country=country, latitude=latitude, longitude=longitude, **more)


@pytest.mark.parametrize(
    ("meant", "ref"),
    [
        (place("Portland", "US", (45.5, -122.6)), OREGON),
        (place("PORTLAND", "US", (43.6, -70.2)), MAINE),
        (place("Canton", "CN", (23.1, 113.3)), GUANGZHOU),
        (Place(name_zh="广州市", country="CN", latitude=23.0, longitude=113.2), GUANGZHOU),
        (Place(wikidata="Q16572"), GUANGZHOU),
        (place("Lyon", "FR"), 4),
    ],
)
def test_city_is_found_by_name_and_nearness_or_number(gazetteer: Gazetteer, meant: Place, ref: int) -> None:
    found = gazetteer.find(meant)
    assert (found.outcome, found.ref) == (Outcome.FOUND, ref)


@pytest.mark.parametrize(
    ("meant", "candidates"),
    [
        (place("Portland", "US"), [(OREGON, None), (MAINE, None)]),
        (place("Portland", "US", (46.1, -123.0)), [(OREGON, 69), (MAINE, 4087)]),
        (place("Guangzou", "CN", (23.1, 113.3)), [(GUANGZHOU, 5)]),
        (place("Frankfurt", "DE", (50.1, 8.7)), [(5, 2)]),
        (place("Guangzhou", "", None), [(GUANGZHOU, None)]),
        (place("Guangzhou", "CN", (23.1, 113.3), wikidata="Q999"), [(GUANGZHOU, 5)]),
    ],
)
def test_doubtful_place_lists_its_candidates_with_their_distance(
    gazetteer: Gazetteer, meant: Place, candidates: list[tuple[int, int | None]]
) -> None:
    found = gazetteer.find(meant)
    assert found.outcome is Outcome.DOUBTFUL
    assert [(each.ref, each.km) for each in found.candidates] == candidates


@pytest.mark.parametrize(
    "meant",
    [
        place("Portland", "US", (30.0, -90.0)),
        place("Portland", "AU", (-38.3, 141.6)),
        place("Sector 5", "RO", (44.37, 26.12)),
        place("Frankfurt", "DE", (52.3, 14.5)),
        place("Guangyuan", "CN"),
    ],
)
def test_namesake_elsewhere_is_another_city(gazetteer: Gazetteer, meant: Place) -> None:
    assert gazetteer.find(meant).outcome is Outcome.NEW


def test_name_without_a_place_is_taken_only_where_it_is_the_only_one_and_that_is_said(
    gazetteer: Gazetteer,
) -> None:
    found = gazetteer.find(place("Lyon", "FR", (45.76, 4.84)))
    assert [(note.code, note.values) for note in found.notes] == [("by-name", {"city": "Lyon"})]


def test_name_alone_in_a_country_of_shared_names_is_never_taken_in_silence(gazetteer: Gazetteer) -> None:
    springfield = place("Springfield", "US")
    gazetteer.add(Known(77, "Springfield", frozenset({"springfield"}), "US", key=springfield.key))
    gazetteer.by_key[springfield.key] = 77
    found = gazetteer.find(springfield)
    assert (found.ref, [note.code for note in found.notes]) == (77, ["by-name"])


def test_region_tells_namesakes_apart_where_no_place_is_given(gazetteer: Gazetteer) -> None:
    found = gazetteer.find(place("Portland", "US", region="Maine"))
    assert (found.outcome, found.ref, [note.code for note in found.notes]) == (
        Outcome.FOUND,
        MAINE,
        ["by-region"],
    )
