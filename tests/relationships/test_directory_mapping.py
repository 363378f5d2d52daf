"""What the columns of a directory are called, here and there."""

import pytest

from relationships.directory.mapping import chosen_twice, entity, guess, wanting

REAL = ["origincityLabel", "origincountry", "originlat", "originlong", "originpopulation", "sistercityLabel"]
REAL += [
    "destinationlat",
    "destinationlong",
    "destinationpopulation",
    "destination_countryLabel",
    "dist",
    "eu",
]


def test_published_directory_of_wikidata_is_understood() -> None:
    assert guess(REAL) == {
        "origin_city": "origincityLabel",
        "origin_country": "origincountry",
        "origin_latitude": "originlat",
        "origin_longitude": "originlong",
        "origin_population": "originpopulation",
        "partner_city": "sistercityLabel",
        "partner_country": "destination_countryLabel",
        "partner_latitude": "destinationlat",
        "partner_longitude": "destinationlong",
        "partner_population": "destinationpopulation",
    }


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            "City,Country,Sister City,Sister Country,Year",
            "origin_city origin_country partner_city partner_country established",
        ),
        ("city,country,twin,country of twin", "origin_city origin_country partner_city partner_country"),
        ("town,twin town,country of twin,since", "origin_city partner_city partner_country established"),
        (
            "City A,Country A,City B,Country B,Type",
            "origin_city origin_country partner_city partner_country kind",
        ),
        (
            "city1,lat1,lon1,city2,lat2,lon2",
            "origin_city origin_latitude origin_longitude partner_city partner_latitude partner_longitude",
        ),
        (
            "Origin City,Country,Latitude,Longitude,Partner City,Partner Country",
            "origin_city origin_country origin_latitude origin_longitude partner_city partner_country",
        ),
        (
            "城市,国家,友好城市,友城国家,结好日期,来源",
            "origin_city origin_country partner_city partner_country established url",
        ),
        (
            "中方城市,省份,外方城市,国家,结好时间,类别",
            "origin_city origin_region partner_city partner_country established kind",
        ),
        ("本市,友城,友城中文名,国别", "origin_city partner_city partner_city_zh partner_country"),
    ],
)
def test_headers_of_many_forms_are_guessed(header: str, fields: str) -> None:
    assert guess(header.split(",")) == dict(zip(fields.split(), header.split(","), strict=True))


def test_columns_are_judged_by_their_cells_too() -> None:
    header = [
        "city",
        "cityLabel",
        "country",
        "countryLabel",
        "coord",
        "sister",
        "sisterLabel",
        "sisterCoord",
        "start",
    ]
    row = [
        "http://www.wikidata.org/entity/Q65",
        "Los Angeles",
        "http://www.wikidata.org/entity/Q30",
        "United States",
        "Point(-118.2 34.05)",
        "http://www.wikidata.org/entity/Q16572",
        "Guangzhou",
        "Point(113.3 23.1)",
        "1981-12-08T00:00:00Z",
    ]
    found = guess(header, [row])
    assert (found["origin_city"], found["origin_wikidata"]) == ("cityLabel", "city")
    assert (found["partner_city"], found["partner_wikidata"]) == ("sisterLabel", "sister")
    assert (found["origin_point"], found["partner_point"]) == ("coord", "sisterCoord")
    assert "country" not in found.values()


def test_what_is_wanting_and_what_is_chosen_twice_is_named() -> None:
    assert wanting({"origin_city": "a"}) == ["partner_city"]
    assert wanting({"origin_wikidata": "a", "partner_city_zh": "b"}) == []
    assert chosen_twice({"origin_city": "a", "partner_city": "a", "kind": "b"}) == {
        "origin_city",
        "partner_city",
    }


@pytest.mark.parametrize(
    ("cell", "number"),
    [("http://www.wikidata.org/entity/Q65", "Q65"), ("q65", "Q65"), ("Quebec", ""), ("Q0", "")],
)
def test_entity_of_wikidata_is_recognised(cell: str, number: str) -> None:
    assert entity(cell) == number
