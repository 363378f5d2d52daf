"""What one line says, and what is said of it where it cannot be read."""

import pytest

from relationships.directory import countries
from relationships.directory.entries import Entry, angle, from_point, people, understand
from relationships.directory.folding import fold
from relationships.directory.mapping import FIELDS

PLACES = {name: number for number, name in enumerate(FIELDS)}


def entry(**said: str) -> Entry:
    known = {
        "origin_city": "Lyon",
        "origin_country": "France",
        "partner_city": "Guangzhou",
        "partner_country": "CN",
    }
    cells = [{**known, **said}.get(name, "") for name in FIELDS]
    return understand(7, cells, PLACES, "sister-cities", countries.codes())


def codes(found: Entry) -> list[str]:
    return [note.code for note in found.notes]


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("48.137", 48.137),
        ("48,137", 48.137),
        ("-118.24", -118.24),
        ("−118.24", -118.24),
        ("118.24 W", -118.24),
        ("48°8′N", 48.133333),
        ("113°15'52.2\"E", 113.2645),
        ("west", None),
        ("nan", None),
        ("1e2", None),
    ],
)
def test_angle_is_read_in_the_forms_of_maps(text: str, degrees: float | None) -> None:
    assert angle(text) == degrees


def test_point_of_wikidata_names_the_longitude_first() -> None:
    assert from_point("Point(113.26 23.13)") == (23.13, 113.26)
    assert from_point("23.13, 113.26") == (23.13, 113.26)
    assert from_point("somewhere") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234,567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1.2e6", 1_200_000),
        ("121.5万", 1_215_000),
        ("few", None),
        ("9" * 400, None),
    ],
)
def test_population_is_read_as_people_write_it(text: str, number: int | None) -> None:
    assert people(text) == number


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"origin_latitude": "91", "origin_longitude": "4"}, "coordinates"),
        ({"origin_latitude": "0", "origin_longitude": "0"}, "coordinates"),
        ({"origin_latitude": "45.7"}, "coordinates"),
        ({"origin_population": "-3"}, "population"),
        ({"established": "8/12/1981"}, "date"),
        ({"established": "spring 1981"}, "date"),
        ({"partner_country": "Atlantis"}, "unknown-country"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_noted(said: dict[str, str], code: str) -> None:
    found = entry(**said)
    assert (codes(found), found.is_refused, found.places[0].spot) == ([code], False, None)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"partner_city": ""}, "no-name"),
        ({"partner_city": "L" * 96}, "long-name"),
        ({"kind": "rivals"}, "kind"),
        ({"established": "1990", "ended": "1980"}, "ends-before"),
    ],
)
def test_line_that_makes_no_bond_is_refused(said: dict[str, str], code: str) -> None:
    found = entry(**said)
    assert (codes(found), found.is_refused) == ([code], True)


def test_first_of_january_of_wikidata_is_a_year_and_any_other_day_a_day() -> None:
    year, day = entry(established="1981-01-01T00:00:00Z"), entry(established="1981-12-08T00:00:00Z")
    assert (str(year.established), codes(year)) == ("1981", ["year-only"])
    assert (str(day.established), codes(day)) == ("1981-12-08", [])
    assert str(entry(established="1972.0").established) == "1972"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "sister-cities"),
        ("Twin town", "sister-cities"),
        ("友好城市", "sister-cities"),
        ("友好合作交流城市", "cooperation-cities"),
        ("Friendship City", "cooperation-cities"),
    ],
)
def test_two_kinds_are_told_apart(text: str, kind: str) -> None:
    assert entry(kind=text).kind == kind


def test_chinese_name_and_number_of_wikidata_are_taken_for_what_they_are() -> None:
    found = entry(origin_city="里昂市", partner_city="Q16572")
    assert (found.places[0].name, found.places[0].name_zh) == ("", "里昂市")
    assert (found.places[1].name, found.places[1].wikidata) == ("", "Q16572")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("St. Gallen", "saint gallen"),
        ("Frankfurt (Oder)", "frankfurt oder"),
        ("Kőszeg", "koszeg"),
        ("广州市", "广州"),
        ("廣州", "广州"),
        ("Trinidad & Tobago", "trinidad and tobago"),
    ],
)
def test_names_are_compared_without_marks_and_kinds(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("People's Republic of China", "CN"),
        ("中国", "CN"),
        ("美國", "US"),
        ("United States of America", "US"),
        ("USA", "US"),
        ("Deutschland", "DE"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("Kingdom of the Netherlands", "NL"),
        ("Kosovo", "XK"),
        ("nz", "NZ"),
        ("Soviet Union", None),
    ],
)
def test_country_is_known_by_its_names(name: str, code: str | None) -> None:
    assert countries.codes().get(fold(name)) == code


def test_country_is_named_in_both_languages() -> None:
    assert countries.names_of("NZ") == ("New Zealand", "新西兰")


@pytest.mark.parametrize(
    ("code", "spot", "zone"),
    [
        ("CN", (43.8, 87.6), "Asia/Shanghai"),
        ("FR", None, "Europe/Paris"),
        ("ES", (41.4, 2.2), "Europe/Madrid"),
        ("US", (34.05, -118.24), "America/Los_Angeles"),
        ("US", (45.5, -122.7), ""),  # Portland lies nearer to Boise, whose clocks go otherwise
        ("US", None, ""),
        ("XK", (42.7, 21.2), ""),
    ],
)
def test_time_zone_follows_from_the_place_or_is_left_open(
    code: str, spot: tuple[float, float] | None, zone: str
) -> None:
    assert countries.zone_of(code, spot) == zone
