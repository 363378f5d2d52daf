"""The page of a city: its bonds, what it signed, what happened there, who held office."""

import pytest

from relationships.models import City, Milestone, Organisation, Suspension, Tally, Tenure
from sistercities.pages.dates import parse
from tests import factories
from tests.relationships.test_views import many_bonds

pytestmark = pytest.mark.django_db


def test_city_shows_its_bonds_agreements_and_who_held_office(client, django_assert_max_num_queries) -> None:
    bond = factories.relationship()
    factories.agreement(bond, "accord")
    city = bond.cities[0]
    Tenure.objects.create(person=factories.person("mayor"), office_en="Mayor", city=city)
    Tenure.objects.create(person=factories.person("hidden", status="draft"), office_en="Mayor", city=city)
    factories.past_event().relationships.add(bond)
    with django_assert_max_num_queries(12):
        content = client.get(city.get_absolute_url()).content.decode()
    for address in (bond.get_absolute_url(), "/en/agreements/accord/", "/en/people/mayor/"):
        assert address in content
    assert "/en/people/hidden/" not in content


def test_city_of_a_hundred_bonds_stays_light(client) -> None:
    many_bonds(60)
    city = City.objects.get(slug="los-angeles")
    for _ in range(70):
        Milestone.objects.create(city=city, title_en="A step", title_zh_hans="一步")
    response = client.get(city.get_absolute_url())
    assert response.context["has_more_bonds"]
    assert len(response.content) < 100_000


@pytest.mark.parametrize("number", [1, 30])
def test_city_costs_the_same_with_much_in_it(client, django_assert_num_queries, number: int) -> None:
    gz = factories.city()
    for at in range(number):
        bond = factories.relationship(gz, factories.city(f"c{at}", latitude=at, longitude=at))
        factories.agreement(bond, f"a{at}")
        factories.cite(factories.milestone(bond, city=gz))
        factories.past_event(f"e{at}").relationships.add(bond)
        Tenure.objects.create(person=factories.person(f"p{at}"), office_en="Mayor", city=gz, attested="2014")
        Tally.objects.create(city=gz, kind="alliance", number=at, as_of=parse(str(1990 + at)))
        Organisation.objects.create(slug=f"o{at}", name_en=f"Council {at}", city=gz)
    with django_assert_num_queries(11):
        client.get(gz.get_absolute_url())
    with django_assert_num_queries(1):
        client.get(gz.get_absolute_url())


def test_city_leads_on_to_the_timeline_where_there_is_more(client) -> None:
    bond = factories.relationship()
    for at in range(26):
        factories.past_event(f"event-{at}").relationships.add(bond)
        factories.milestone(bond, city=bond.cities[0])
    content = client.get("/en/cities/guangzhou/").content.decode()
    assert "2 more events" in content
    assert "2 earlier entries on the timeline" in content
    assert 'href="/en/timeline/?kind=event&amp;city=guangzhou#thread"' in content
    assert len(client.get("/en/timeline/?kind=event&city=guangzhou").context["page_obj"]) == 26


def test_city_names_who_held_office_when_in_parts(client) -> None:
    gz = factories.city()
    for year in range(1970, 2000):
        holder = factories.person(f"mayor-{year}", f"Mayor {year}")
        Tenure.objects.create(person=holder, office_en="Mayor", city=gz, began=parse(str(year)))
    first = client.get("/en/cities/guangzhou/")
    assert [str(each.began) for each in first.context["offices"]][:2] == ["1970", "1971"]
    assert len(client.get("/en/cities/guangzhou/?page=2").context["offices"]) == 6


def test_city_names_its_organisations_that_are_shown(client) -> None:
    gz = factories.city()
    Organisation.objects.create(slug="o", name_en="Harbour Council", city=gz, founded=parse("1978"))
    Organisation.objects.create(slug="hidden", name_en="Back Room", city=gz, is_shown=False)
    content = client.get("/en/cities/guangzhou/").content.decode()
    assert "Harbour Council" in content
    assert "founded <time" in content
    assert "Back Room" not in content


def test_city_says_how_its_bonds_stand(client) -> None:
    bond = factories.relationship()
    Suspension.objects.create(relationship=bond, began=parse("2020"))
    assert "Suspended since" in client.get("/en/cities/guangzhou/").content.decode()
