"""The page of a city: its bonds, what it signed, what happened there, who held office."""

import pytest

from relationships.models import City, Milestone, Tenure
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
