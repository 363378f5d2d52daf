"""Bonds, cities and agreements as readers see them."""

import re

import pytest
from django.utils.html import strip_tags

from relationships.models import City, Signature, Suspension, Tally
from sistercities.pages.dates import parse
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/en/relationships/"


def many_bonds(number: int) -> None:
    la = factories.los_angeles()
    for each in range(number):
        place = {"latitude": -60.0 + each, "longitude": -150.0 + 4 * each}
        factories.relationship(factories.city(f"city-{each}", f"City {each}", f"城市{each}", **place), la)


# A list long enough to be narrowed asks for the countries too.
@pytest.mark.parametrize(("number", "queries"), [(1, 11), (30, 12), (60, 12)])
def test_list_costs_the_same_with_many_bonds(
    client, django_assert_num_queries, number: int, queries: int
) -> None:
    many_bonds(number)
    for each in range(1, number + 1):
        factories.cite(
            Tally.objects.create(
                city=City.objects.first(), kind="sister-cities", number=38, as_of=parse(f"19{each + 20}")
            )
        )
    with django_assert_num_queries(queries):
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


def test_list_sets_bonds_that_ended_apart(client) -> None:
    gz, la, akl = factories.city(), factories.los_angeles(), factories.city("auckland", "Auckland", "奥克兰")
    live, over = factories.relationship(gz, la), factories.relationship(gz, akl, ended=parse("1999"))
    Suspension.objects.create(relationship=live, began=parse("2020"))
    context = client.get(LIST).context
    assert (context["live"], context["ended"]) == ([live], [over])
    words = " ".join(strip_tags(client.get(LIST).content.decode()).split())
    assert "Suspended since 2020" in words
    assert "Ended 1999" in words
    assert context["anniversaries"] == []


def test_list_tells_published_counts_from_ours_with_their_dates_and_sources(client) -> None:
    bond = factories.relationship()
    source = factories.source("yearbook")
    for number, as_of in ((38, "2022-04-19"), (37, "2020")):
        tally = Tally.objects.create(
            city=bond.cities[0], kind="sister-cities", number=number, as_of=parse(as_of)
        )
        factories.cite(tally, source)
    hidden = factories.city("hidden", status="draft")
    Tally.objects.create(city=hidden, kind="sister-cities", number=77, as_of=parse("2021"))
    Tally.objects.create(kind="sister-cities", number=286, as_of=parse("2024"), what_en="China and the USA")
    response = client.get(LIST)
    words = " ".join(strip_tags(response.content.decode()).split())
    assert "Bonds on record here" in words
    assert re.search("38 Guangzhou ?as of 19 April 2022 ?1", words)
    assert "China and the USA" in words
    assert "/en/sources/yearbook/" in response.content.decode()
    assert [tally.number for tally in response.context["tallies"]] == [286, 38]


def test_list_explains_the_kinds_in_both_languages(client) -> None:
    for language in ("en", "zh-hans"):
        content = client.get(f"/{language}/relationships/").content.decode()
        assert "友好合作交流城市" in content
        assert "riendship cooperation cities" in content


def test_list_may_be_narrowed_to_a_kind_that_exists(client) -> None:
    factories.relationship()
    assert len(client.get(LIST, {"kind": "sister-cities"}).context["page_obj"]) == 1
    assert len(client.get(LIST, {"kind": "alliance"}).context["page_obj"]) == 0
    assert client.get(LIST, {"kind": "marriage"}).status_code == 404


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
    assert "Ada Draft" not in content
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
