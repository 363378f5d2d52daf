"""The list of bonds as its address narrows it, the circles that stand for many, and the list of cities."""

from typing import Any

import pytest
from django.test import Client

from relationships.models import City, CityName, Relationship, Suspension
from sistercities.pages.dates import parse
from tests import factories
from tests.relationships.test_views import many_bonds

pytestmark = pytest.mark.django_db
LIST = "/en/relationships/"
JAPAN = {"country_code": "JP", "country_en": "Japan", "country_zh_hans": "日本"}
FIJI = {"country_code": "FJ", "country_en": "Fiji", "country_zh_hans": "斐济", "latitude": -17.0}


@pytest.fixture
def bonds() -> dict[str, Relationship]:
    """Ours, and four of a directory: with Japan, within Japan, across the date line, and one that ended."""
    gz, la = factories.city(), factories.los_angeles()
    osaka = factories.city("osaka", "Osaka", "大阪", latitude=34.7, longitude=135.5, **JAPAN)
    kobe = factories.city("kobe", "Kobe 100%", "神户", latitude=34.7, longitude=135.2, **JAPAN)
    suva = factories.city("suva", "Suva", "苏瓦", longitude=178.4, **FIJI)
    taveuni = factories.city("taveuni", "Taveuni", "", longitude=-179.9, **FIJI)
    CityName.objects.create(city=gz, name="Canton")
    theirs = {"is_ours": False}
    return {
        "ours": factories.relationship(gz, la, slug="ours"),
        "osaka": factories.relationship(osaka, la, slug="osaka", established="1950", **theirs),
        "japan": factories.relationship(osaka, kobe, slug="japan", established=None, **theirs),
        "fiji": factories.relationship(suva, taveuni, slug="fiji", established="1990", **theirs),
        "over": factories.relationship(gz, kobe, slug="over", ended=parse("1999"), **theirs),
    }


def found(client: Client, address: str) -> list[str]:
    context = client.get(f"{LIST}?{address}").context
    return [bond.slug for _name, rows in context["groups"] for bond in rows]


@pytest.mark.parametrize(
    ("address", "slugs"),
    [
        ("", ["ours", "osaka", "fiji", "japan", "over"]),
        ("country=JP", ["osaka", "japan", "over"]),
        ("country=JP&with=US", ["osaka"]),
        ("country=US&with=JP", ["osaka"]),
        ("country=JP&with=JP", ["japan"]),
        ("country=DE", []),
        ("city=kobe", ["japan", "over"]),
        ("q=osak", ["osaka", "japan"]),
        ("q=大阪", ["osaka", "japan"]),
        ("q=canton", ["ours", "over"]),
        ("q=100%25", ["japan", "over"]),
        ("q=_", []),
        ("q=%25", ["japan", "over"]),
        ("area=-20,178,-15,179", ["fiji"]),
        ("area=-20,179,-15,-179", ["fiji"]),
        ("area=-20,-170,-15,170", []),
        ("whose=ours", ["ours"]),
        ("whose=directory", ["osaka", "fiji", "japan", "over"]),
        ("standing=ended", ["over"]),
        ("standing=in-force&country=JP", ["osaka", "japan"]),
        ("kind=sister-cities&country=FJ&q=suva", ["fiji"]),
        ("country=&q=&kind=", ["ours", "osaka", "fiji", "japan", "over"]),
    ],
)
def test_list_is_narrowed_by_its_address(
    client: Client, bonds: dict[str, Relationship], address: str, slugs: list[str]
) -> None:
    assert found(client, address) == slugs


@pytest.mark.parametrize(
    "address",
    [
        "country=Japan",
        "country=jp",
        "with=1",
        "area=1,2",
        "area=9,0,1,0",
        "standing=odd",
        "whose=x",
        "city=a+b",
    ],
)
def test_choice_that_cannot_be_is_a_page_that_is_not_there(client: Client, address: str) -> None:
    assert client.get(f"{LIST}?{address}").status_code == 404


def test_suspended_bonds_are_found_while_they_rest(client: Client, bonds: dict[str, Relationship]) -> None:
    Suspension.objects.create(relationship=bonds["osaka"], began=parse("2020"))
    Suspension.objects.create(relationship=bonds["fiji"], began=parse("2001"), ended=parse("2002"))
    assert found(client, "standing=suspended") == ["osaka"]
    assert found(client, "standing=in-force") == ["ours", "fiji", "japan"]


def test_city_that_nobody_may_see_is_no_way_to_its_bonds(client: Client, bonds: dict[str, Any]) -> None:
    City.objects.filter(slug="kobe").update(status="draft")
    assert found(client, "city=kobe") == []
    assert found(client, "q=kobe") == []
    assert found(client, "country=JP&with=JP") == []


def test_city_that_left_is_no_way_to_a_bond(client: Client, bonds: dict[str, Relationship]) -> None:
    alliance = factories.relationship(
        *City.objects.filter(slug__in=["kobe", "suva", "taveuni", "guangzhou"]), slug="alliance"
    )
    assert "alliance" in found(client, "city=kobe")
    alliance.parties.filter(city__slug="kobe").update(left="2001")
    assert "alliance" not in found(client, "city=kobe")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_list_tells_ours_from_those_of_the_directory(
    client: Client, bonds: dict[str, Relationship], language: str
) -> None:
    response = client.get(f"/{language}/relationships/")
    assert [name for name, _rows in response.context["groups"]] == ["ours", "directory", "ended"]
    words = {"en": ("own bonds", "From the directory"), "zh-hans": ("本会的友城关系", "名录中的关系")}
    assert all(each in response.content.decode() for each in words[language])
    assert response.context["census"].directory == 4


def test_many_bonds_are_circles_that_lead_closer(
    client: Client, bonds: dict[str, Any], monkeypatch: Any
) -> None:
    monkeypatch.setattr("relationships.views.overview.ARCS", 2)
    monkeypatch.setattr("relationships.views.overview.SHORT", 2)
    first = client.get(LIST)
    assert sum(each["circle"].number for each in first.context["circles"]) == 6
    (fiji,) = (each for each in first.context["circles"] if each["circle"].first.name == "Fiji")
    assert fiji["url"] == "/en/relationships/?country=FJ#bonds"
    japan = client.get(f"{LIST}?country=JP")
    (circle,) = japan.context["circles"]
    assert circle["circle"].number == 2
    assert circle["url"].startswith("/en/relationships/?country=JP&area=")
    assert client.get(circle["url"]).context["circles"][0]["url"] == ""
    assert len(client.get(f"{LIST}?country=JP&with=US").context["map"].arcs) == 1


def test_bonds_that_were_chosen_are_drawn_where_they_can_be_told_apart(
    client: Client, bonds: dict[str, Any]
) -> None:
    response = client.get(f"{LIST}?country=JP")
    assert [arc.label for arc in response.context["map"].arcs] == ["Osaka–Los Angeles", "Osaka–Kobe 100%"]
    # The list of the page says the same; there is none under the map.
    assert "map-list" not in response.content.decode()


def test_choice_goes_along_to_the_other_parts(client: Client) -> None:
    many_bonds(50)
    content = client.get(f"{LIST}?country=US&kind=sister-cities").content.decode()
    assert "?kind=sister-cities&amp;country=US&amp;page=2" in content
    assert len(client.get(f"{LIST}?kind=sister-cities&country=US&page=2").context["page_obj"]) == 10


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_cities_are_listed_by_country_and_by_name(
    client: Client, bonds: dict[str, Any], language: str
) -> None:
    countries = client.get(f"/{language}/cities/").context["countries"]
    assert {country.code: country.number for country in countries} == {"CN": 1, "US": 1, "JP": 2, "FJ": 2}
    response = client.get(f"/{language}/cities/?country=JP")
    names = {"en": ["Kobe 100%", "Osaka"], "zh-hans": ["大阪", "神户"]}
    assert [str(each.name) for each in response.context["page_obj"]] == names[language]
    assert [initial for initial, _rows in response.context["chapters"]] == {
        "en": ["K", "O"],
        "zh-hans": ["D", "S"],
    }[language]


@pytest.mark.parametrize("code", ["XX", "jp", "1", "JPN"])
def test_country_that_is_none_has_no_cities(client: Client, bonds: dict[str, Any], code: str) -> None:
    assert client.get(f"/en/cities/?country={code}").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_front_page_draws_our_bonds_and_leads_to_the_directory(
    client: Client, bonds: dict[str, Any], language: str
) -> None:
    response = client.get(f"/{language}/")
    assert len(response.context["map"].arcs) == 1
    assert response.context["directory"] == 4
    assert f'href="/{language}/cities/"' in response.content.decode()


def test_front_page_shows_the_directory_while_no_bond_is_ours(client: Client, bonds: dict[str, Any]) -> None:
    Relationship.objects.update(is_ours=False)
    response = client.get("/en/")
    assert response.context["map"] is None
    assert sum(each["circle"].number for each in response.context["circles"]) == 6
    assert "4 bonds of cities all over the world" in response.content.decode()
