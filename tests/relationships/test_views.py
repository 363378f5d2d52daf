"""Bonds, cities and agreements as readers see them."""

import pytest

from relationships.models import City, Milestone, Signature, Tenure
from sistercities.pages.dates import parse
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/en/relationships/"


def many_bonds(number: int) -> None:
    la = factories.los_angeles()
    for each in range(number):
        place = {"latitude": -60.0 + each, "longitude": -150.0 + 4 * each}
        factories.relationship(factories.city(f"city-{each}", f"City {each}", f"城市{each}", **place), la)


@pytest.mark.parametrize("number", [1, 30])
def test_list_costs_the_same_with_many_bonds(client, django_assert_num_queries, number: int) -> None:
    many_bonds(number)
    with django_assert_num_queries(9):
        client.get(LIST)


def test_list_of_a_hundred_bonds_is_a_light_page_of_parts(client) -> None:
    many_bonds(65)
    response = client.get(LIST)
    assert len(response.context["page_obj"]) == 40
    assert len(response.content) < 100_000


def test_list_counts_each_kind_by_itself_and_only_what_lasts(client) -> None:
    gz, la, akl = factories.city(), factories.los_angeles(), factories.city("auckland", "Auckland", "奥克兰")
    factories.relationship(gz, la)
    factories.relationship(gz, akl, ended=parse("1999"))
    factories.relationship(gz, la, akl)
    counts = client.get(LIST).context["counts"]
    assert [(count["kind"], count["value"]) for count in counts] == [("sister-cities", 1), ("alliance", 1)]


def test_list_may_be_narrowed_to_a_kind_that_exists(client) -> None:
    factories.relationship()
    assert len(client.get(LIST, {"kind": "sister-cities"}).context["page_obj"]) == 1
    assert len(client.get(LIST, {"kind": "alliance"}).context["page_obj"]) == 0
    assert client.get(LIST, {"kind": "marriage"}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_bond_costs_the_same_with_a_long_history(client, django_assert_num_queries, number: int) -> None:
    bond = factories.relationship()
    for each in range(number):
        person = factories.person(f"person-{each}")
        Signature.objects.create(agreement=factories.agreement(bond, f"agreement-{each}"), person=person)
        factories.cite(factories.milestone(bond))
        factories.past_event(f"event-{each}").relationships.add(bond)
    with django_assert_num_queries(12):
        client.get(bond.get_absolute_url())


def test_bond_shows_what_it_builds_on_and_what_it_carries(client) -> None:
    gz, la, akl = factories.city(), factories.los_angeles(), factories.city("auckland", "Auckland", "奥克兰")
    pair, alliance = factories.relationship(gz, la), factories.relationship(gz, la, akl)
    alliance.builds_on.add(pair)
    assert client.get(alliance.get_absolute_url()).context["below"] == [pair]
    assert client.get(pair.get_absolute_url()).context["above"] == [alliance]


def test_bond_shows_that_its_sources_disagree(client) -> None:
    bond = factories.relationship()
    factories.cite(bond, claim="age", note_en="Since 1981.")
    factories.cite(bond, claim="age", stance="contradicts", note_en="Since 1982.")
    content = client.get(bond.get_absolute_url()).content.decode()
    assert "Sources disagree" in content
    assert "Since 1982." in content


def test_bond_links_to_no_draft(client) -> None:
    bond = factories.relationship(factories.city(status="draft"), factories.los_angeles())
    hidden = factories.person("hidden", status="draft")
    Signature.objects.create(agreement=factories.agreement(bond, "accord", status="draft"), person=hidden)
    factories.milestone(bond).people.add(hidden)
    factories.cite(bond, factories.source("note", status="draft"))
    content = client.get(bond.get_absolute_url()).content.decode()
    for address in ("/cities/guangzhou/", "/people/hidden/", "/agreements/accord/", "/sources/note/"):
        assert address not in content


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


def test_agreement_names_who_signed_in_which_capacity(client, django_assert_max_num_queries) -> None:
    bond = factories.relationship()
    accord = factories.agreement(bond, "accord")
    public, hidden = factories.person("tom-bradley"), factories.person("draft", "Ada Draft", status="draft")
    Signature.objects.create(
        agreement=accord, person=public, capacity_en="Mayor of Los Angeles", party=bond.cities[1]
    )
    Signature.objects.create(agreement=accord, person=hidden, position=1)
    with django_assert_max_num_queries(12):
        content = client.get("/en/agreements/accord/").content.decode()
    assert "Mayor of Los Angeles" in content
    assert "/en/people/tom-bradley/" in content
    assert "Ada Draft" in content
    assert "/en/people/draft/" not in content


def test_agreement_without_known_signatories_says_so(client) -> None:
    factories.agreement(slug="accord")
    assert "do not name those who signed" in client.get("/en/agreements/accord/").content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_answers_in_both_languages_and_names_the_other(client, language: str) -> None:
    bond = factories.relationship()
    factories.agreement(bond, "accord")
    other = {"en": "zh-hans", "zh-hans": "en"}[language]
    for path in ("relationships/", f"relationships/{bond.slug}/", "cities/guangzhou/", "agreements/accord/"):
        content = client.get(f"/{language}/{path}").content.decode()
        assert f'href="http://127.0.0.1:8000/{other}/{path}"' in content
        assert f'<link rel="canonical" href="http://127.0.0.1:8000/{language}/{path}">' in content


@pytest.mark.parametrize(
    "path", ["relationships/x/", "cities/x/", "agreements/x/", "people/x/", "sources/x/", "x/"]
)
def test_unknown_page_is_missing_in_words(client, path: str) -> None:
    response = client.get(f"/en/{path}")
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_bond_of_a_long_history_is_shown_in_parts_and_stays_light(client) -> None:
    bond = factories.relationship()
    for each in range(70):
        factories.past_event(f"event-{each}").relationships.add(bond)
        factories.milestone(bond).people.add(factories.person(f"person-{each}"))
    first = client.get(bond.get_absolute_url())
    assert len(first.context["page_obj"]) == 60
    assert len(first.content) < 100_000
    assert len(client.get(bond.get_absolute_url() + "?page=3").context["page_obj"]) == 20


def test_city_of_a_hundred_bonds_stays_light(client) -> None:
    many_bonds(60)
    city = City.objects.get(slug="los-angeles")
    for _ in range(70):
        Milestone.objects.create(city=city, title_en="A step", title_zh_hans="一步")
    response = client.get(city.get_absolute_url())
    assert response.context["has_more_bonds"]
    assert len(response.content) < 100_000
