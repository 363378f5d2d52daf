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


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_list_of_few_cities_names_them_at_once(client, django_assert_max_num_queries, language: str) -> None:
    bond = factories.relationship()
    factories.city("hidden", status="draft")
    with django_assert_max_num_queries(4):
        content = client.get(f"/{language}/cities/").content.decode()
    for city in bond.cities:
        assert f'href="/{language}/cities/{city.slug}/"' in content.split('id="countries"')[1]
    assert "/cities/hidden/" not in content


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_city_of_sixty_partners_names_them_all_by_country_and_stays_light(client, language: str) -> None:
    many_bonds(60)
    city = City.objects.get(slug="los-angeles")
    for _ in range(70):
        Milestone.objects.create(city=city, title_en="A step", title_zh_hans="一步")
    response = client.get(f"/{language}/cities/los-angeles/")
    content = response.content.decode()
    assert all(f'/{language}/relationships/city-{at}-los-angeles/"' in content for at in range(60))
    ((country, partners),) = response.context["partners"]
    assert (country, len(partners)) == ({"en": "China", "zh-hans": "中国"}[language], 60)
    assert not response.context["has_more_bonds"]
    assert len(response.context["map"].arcs) == 60
    assert content.count("arc-light") == 1
    assert len(response.content) < 100_000


def test_city_with_many_bonds_tells_alliances_and_what_ended_apart(client) -> None:
    many_bonds(25)
    la = City.objects.get(slug="los-angeles")
    first, second = City.objects.filter(slug__in=["city-0", "city-1"])
    factories.relationship(la, first, second, slug="three", established=None)
    factories.relationship(la, factories.city("over"), slug="over", ended=parse("1999"))
    partners = dict(client.get("/en/cities/los-angeles/").context["partners"])
    assert [each.bond.slug for each in partners[""]] == ["three"]
    assert partners["China"][-1].bond.slug == "over"
    words = client.get("/en/cities/los-angeles/").content.decode()
    assert "1981–1999" in words
    assert "Alliances" in words


def test_city_of_more_partners_than_a_page_holds_leads_to_the_list(client, monkeypatch) -> None:
    monkeypatch.setattr("relationships.views.city.PARTNERS", 26)
    many_bonds(30)
    response = client.get("/en/cities/los-angeles/")
    assert response.context["has_more_bonds"]
    assert "?city=los-angeles#bonds" in response.content.decode()
    assert len(client.get("/en/relationships/?city=los-angeles").context["page_obj"]) == 30


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
