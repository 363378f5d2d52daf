"""What no source tells: a bond of unknown date, a city of unknown place and time zone, in both languages."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from events.front import next_anniversary
from events.occasion import Occasion
from events.planner import home_of, plan, prospects, zone_of
from relationships.almanac import ahead, between, of_next_twelve_months, where_it_has_begun
from relationships.anniversaries import Anniversary, Coming
from relationships.drawing import cover_of, map_of
from relationships.models import City, Relationship
from relationships.standing import standing_of
from relationships.templatetags.thread_tags import lasted, years_of
from sistercities.pages.dates import parse
from sistercities.pages.snapshots import take
from tests import factories

pytestmark = pytest.mark.django_db
NOWHERE = {"latitude": None, "longitude": None, "timezone": ""}
TODAY = date(2026, 6, 1)


@pytest.fixture
def lost() -> City:
    return factories.city("gorinchem", "Gorinchem", "霍林赫姆", **NOWHERE)


@pytest.fixture
def undated(lost: City) -> Relationship:
    """A bond of unknown date between a city with and a city without a place."""
    return factories.relationship(factories.city(), lost, slug="undated", established=None)


@pytest.mark.parametrize(("language", "words"), [("en", "date not known"), ("zh-hans", "年份不详")])
@pytest.mark.parametrize(
    "path", ["/relationships/", "/relationships/undated/", "/cities/guangzhou/", "/cities/gorinchem/"]
)
def test_page_says_that_the_date_is_not_known(
    client, undated: Relationship, language: str, words: str, path: str
) -> None:
    content = client.get(f"/{language}{path}").content.decode()
    assert words in content
    assert "None" not in content


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "path", ["/", "/timeline/", "/relationships/anniversaries/", "/relationships/anniversaries.ics"]
)
def test_pages_of_dates_bear_a_bond_that_has_none(
    client, undated: Relationship, language: str, path: str
) -> None:
    response = client.get(f"/{language}{path}")
    assert response.status_code == 200
    assert b"None" not in response.content


def test_dated_bonds_come_before_those_of_unknown_date(client, undated: Relationship) -> None:
    factories.relationship(factories.los_angeles(), factories.city("x", "X"), established="2020")
    live = client.get("/en/relationships/").context["live"]
    assert [bond.slug for bond in live] == ["los-angeles-x", "undated"]


def test_bond_of_unknown_date_is_counted(client, undated: Relationship) -> None:
    counts = client.get("/en/relationships/").context["counts"]
    assert [(row["kind"], row["value"]) for row in counts] == [("sister-cities", 1)]


def test_bond_of_unknown_date_has_no_age_and_no_anniversary(undated: Relationship) -> None:
    assert lasted(undated) == ""
    assert next_anniversary([undated]) is None
    assert of_next_twelve_months([undated], TODAY) == []
    assert not ahead(TODAY).exists()
    assert between([undated], TODAY, date(2027, 6, 1)) == []
    assert prospects(TODAY) == []
    with pytest.raises(ValidationError, match="when this bond was made"):
        plan(undated, 40, TODAY)


def test_bond_that_ended_at_a_known_date_says_until_when() -> None:
    ended = factories.relationship(established=None, ended=parse("1999"))
    assert "until 1999" in years_of(ended)
    with translation.override("zh-hans"):
        assert "1999年" in years_of(ended)
    assert lasted(ended) == ""


def test_bond_of_unknown_date_is_not_called_quiet_without_a_sign(undated: Relationship) -> None:
    assert standing_of(undated, TODAY).quiet_since is None
    factories.milestone(undated, "1990")
    assert standing_of(undated, TODAY).quiet_since == 1990


def test_city_without_a_place_is_in_the_list_beside_the_map_alone(client, undated: Relationship) -> None:
    factories.relationship(City.objects.get(slug="guangzhou"), factories.los_angeles())
    drawing = map_of(Relationship.objects.listed().with_cities())
    assert {dot.place.lead for dot in drawing.dots} == {"Guangzhou", "Los Angeles"}
    assert [arc.label for arc in drawing.arcs] == ["Guangzhou–Los Angeles"]
    assert [(bond.label, bond.url) for bond in drawing.lost_bonds] == [
        ("Guangzhou–Gorinchem", "/en/relationships/undated/")
    ]
    assert [city.label for city in drawing.lost_cities] == ["Gorinchem"]
    content = client.get("/zh-hans/relationships/").content.decode()
    figure = content[content.index("map-list") : content.index("</figure>")]
    assert 'href="/zh-hans/relationships/undated/"' in figure
    assert 'href="/zh-hans/cities/gorinchem/"' in figure


def test_bond_without_places_has_neither_cover_nor_distance(client, undated: Relationship) -> None:
    assert cover_of(undated) is None
    content = client.get("/en/relationships/undated/").content.decode()
    assert " km" not in content
    assert 'class="bond-thread"' in content


def test_alliance_is_drawn_between_the_cities_whose_place_is_known(client, lost: City) -> None:
    alliance = factories.relationship(factories.city(), factories.los_angeles(), lost, slug="three")
    drawing = map_of([alliance], here=alliance)
    assert len(drawing.arcs) == 1
    assert [city.label for city in drawing.lost_cities] == ["Gorinchem"]
    assert not drawing.lost_bonds
    assert client.get("/en/relationships/three/").status_code == 200


def test_alliance_of_cities_without_places_has_no_map(client, lost: City) -> None:
    others = [factories.city(slug, slug, **NOWHERE) for slug in ("b", "c")]
    factories.relationship(lost, *others, slug="three", established=None)
    assert "map-svg" not in client.get("/en/relationships/three/").content.decode()


def test_city_without_place_and_zone_says_nothing_of_them(client, lost: City) -> None:
    content = client.get("/en/cities/gorinchem/").content.decode()
    assert "Position" not in content
    assert "Time zone" not in content


def test_city_without_zone_has_no_clock(client, undated: Relationship) -> None:
    event = factories.event("evening", timezone="Asia/Shanghai")
    event.relationships.add(undated)
    occasion = Occasion(event)
    assert [clock.place for clock in occasion.clocks] == ["Guangzhou"]
    assert occasion.home.place == "Guangzhou"
    assert client.get("/en/events/evening/").status_code == 200


def test_past_event_without_zone_is_not_told_on_the_clocks_of_a_city_without_zone(
    undated: Relationship,
) -> None:
    event = factories.past_event("long-ago")
    event.relationships.add(undated)
    assert Occasion(event).home.place != "Gorinchem"


def test_day_begins_nowhere_where_no_zone_is_known(undated: Relationship) -> None:
    now = datetime(2026, 12, 7, 20, tzinfo=UTC)
    each = Coming(undated, Anniversary(45, 2026, date(2026, 12, 8), 1))
    assert [city.slug for city in where_it_has_begun(each, now)] == ["guangzhou"]


def test_planner_takes_the_time_of_the_association_where_the_city_has_none(lost: City) -> None:
    assert zone_of(None, lost).key == "America/Los_Angeles"
    assert home_of(factories.relationship(lost, factories.los_angeles())).slug == "los-angeles"


def test_offices_are_told_with_a_bond_of_unknown_date(client, undated: Relationship) -> None:
    agreement = factories.agreement(undated)
    signer = factories.person("signer")
    agreement.signatures.create(person=signer)
    signer.tenures.create(office_en="Mayor", began=parse("1960"), ended=parse("1965"))
    thread = client.get("/en/relationships/undated/").context["thread"]
    assert [entry.kind for entry in thread.entries] == ["office", "office", "agreement"]


def test_revision_of_what_is_unknown_can_be_kept(undated: Relationship, lost: City) -> None:
    for page in (undated, lost):
        json.dumps(take(page))


@pytest.mark.parametrize("model", ["relationship", "city"])
def test_staff_find_what_is_unknown(client, curator: Any, undated: Relationship, model: str) -> None:
    client.force_login(curator)
    factories.relationship(factories.los_angeles(), factories.city("x", "X"))
    name = "dated" if model == "relationship" else "placed"
    for wish, number in (("no", 1), ("yes", {"relationship": 1, "city": 3}[model])):
        response = client.get(f"/admin/relationships/{model}/?{name}={wish}")
        assert response.context["cl"].result_count == number
