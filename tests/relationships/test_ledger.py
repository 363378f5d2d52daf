"""The ledger of agreements: the list, one agreement with its texts and scans, chains of renewals, and terms."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from relationships.models import Agreement, City, Relationship, Wording
from relationships.terms import expiry
from sistercities.pages.dates import parse
from tests import factories

LIST = "/en/agreements/"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("expires", "left"),
    [
        ("2026-11-21", (True, None, None, None)),
        ("2026-11-22", (False, 0, None, None)),
        ("2026-11", (False, 8, None, None)),
        ("2026-12-22", (False, 30, None, None)),
        ("2027-11-21", (False, None, 11, None)),
        ("2029-01", (False, None, None, 2)),
        ("2027", (False, None, None, None)),
        ("2025", (True, None, None, None)),
        ("about 2026", (False, None, None, None)),
        ("after 1900", (False, None, None, None)),
    ],
)
def test_term_that_is_left_is_counted_only_where_it_is_known(expires: str, left: tuple[Any, ...]) -> None:
    found = expiry(parse(expires), TODAY)
    assert found is not None
    assert (found.is_over, found.days, found.months, found.years) == left


def _many(number: int) -> None:
    hub = factories.los_angeles()
    for each in range(number):
        bond = factories.relationship(factories.city(f"city-{each}", f"City {each}", f"城市{each}"), hub)
        factories.agreement(bond, f"accord-{each}", signed=parse(str(1950 + each)), signed_in=hub)


def _words(client: Client, url: str) -> str:
    return " ".join(strip_tags(client.get(url).content.decode()).split())


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_list_costs_the_same_with_many_agreements(
    client, django_assert_num_queries: Any, number: int
) -> None:
    _many(number)
    with django_assert_num_queries(9):
        client.get(LIST)


@pytest.mark.django_db
def test_list_of_a_full_page_is_light_and_has_further_ones(client) -> None:
    _many(65)
    response = client.get(LIST)
    assert len(response.context["lines"]) == 60
    assert len(response.content) < 100_000
    assert len(client.get(LIST, {"page": "2"}).context["lines"]) == 5


@pytest.mark.django_db
def test_list_is_narrowed_by_kind_city_and_year_in_the_address(client) -> None:
    gz, la, akl = factories.city(), factories.los_angeles(), factories.city("auckland", "Auckland", "奥克兰")
    factories.agreement(factories.relationship(gz, la), "first", signed=parse("1981-12-08"))
    factories.agreement(
        factories.relationship(gz, akl), "second", signed=parse("1989-02-17"), kind=Agreement.Kind.MEMORANDUM
    )

    def slugs(**query: str) -> list[str]:
        return [line.agreement.slug for line in client.get(LIST, query).context["lines"]]

    assert slugs() == slugs(kind="", city="", year="") == ["second", "first"]
    assert slugs(kind="memorandum") == slugs(city="auckland") == slugs(year="1989") == ["second"]
    assert slugs(city="guangzhou", year="1981") == ["first"]
    Agreement.objects.filter(slug="first").update(term_en="Three years to begin with")
    assert "Three years to begin with" in _words(client, LIST)
    assert "No agreement matches all of this" in _words(client, f"{LIST}?city=auckland&year=1981")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [{"kind": "marriage"}, {"city": "atlantis"}, {"year": "last"}, {"year": "１９８１"}, {"page": "9"}],
)
def test_list_of_what_does_not_exist_is_missing(client, query: dict[str, str]) -> None:
    factories.agreement()
    assert client.get(LIST, query).status_code == 404


@pytest.mark.django_db
def test_list_offers_only_what_leads_somewhere(client) -> None:
    hidden = factories.city("hidden", "Hidden", "隐", status="draft")
    bond = factories.relationship(hidden, factories.los_angeles())
    factories.agreement(bond, "accord", signed=parse("before 1900"))
    factories.agreement(bond, "later", signed=parse("1950"), status="draft")
    context = client.get(LIST).context
    assert [city.slug for city in context["cities"]] == ["los-angeles"]
    assert context["years"] == []
    assert client.get(LIST, {"city": "hidden"}).status_code == 404


@pytest.mark.django_db
def test_nothing_signed_yet_is_said(client) -> None:
    factories.agreement(status="draft")
    factories.agreement(Relationship.objects.get(), publish_at=timezone.now() + timedelta(days=1))
    assert "No agreement is published yet" in _words(client, LIST)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_agreement_costs_the_same_with_many_parts(
    client, django_assert_num_queries: Any, number: int
) -> None:
    accord = factories.agreement(slug="accord")
    for each in range(number):
        person = factories.person(f"signer-{each}")
        accord.signatures.create(person=person, party=City.objects.first())
        accord.wordings.create(language=f"x-{each}", text="Article 1")
        factories.agreement(accord.relationship, f"renewal-{each}", renews=accord)
        factories.cite(accord)
    with django_assert_num_queries(9):
        client.get("/en/agreements/accord/")


@pytest.mark.django_db
def test_chain_of_renewals_is_shown_from_each_of_its_links(client) -> None:
    first = factories.agreement(slug="first", signed=parse("1981"))
    second = factories.agreement(first.relationship, "second", signed=parse("1991"), renews=first)
    factories.agreement(first.relationship, "third", signed=parse("2001"), renews=second)
    factories.agreement(first.relationship, "planned", signed=parse("2031"), renews=second, status="draft")
    factories.agreement(first.relationship, "other", signed=parse("1985"))
    for slug in ("first", "second", "third"):
        chain = client.get(f"/en/agreements/{slug}/").context["chain"]
        assert [link.agreement.slug for link in chain] == ["first", "second", "third"]
        assert [link.agreement.slug for link in chain if link.is_here] == [slug]
    assert client.get("/en/agreements/other/").context["chain"] == []


@pytest.mark.django_db
def test_third_city_of_signing_is_named_as_no_party(client) -> None:
    bond = factories.relationship()
    beijing = factories.city("beijing", "Beijing", "北京")
    factories.agreement(bond, "abroad", signed_in=beijing)
    factories.agreement(bond, "at-home", signed_in=bond.cities[0])
    assert "Beijing 北京 not a party" in _words(client, "/en/agreements/abroad/")
    assert "not a party" not in _words(client, "/en/agreements/at-home/")


@pytest.mark.django_db
def test_texts_stand_beside_each_other_in_their_languages(client) -> None:
    accord = factories.agreement(slug="accord")
    Wording.objects.create(agreement=accord, language="en", text="The cities *agree*.")
    Wording.objects.create(agreement=accord, language="zh-Hans", text="两市商定。", position=1)
    Wording.objects.create(agreement=accord, language="mi", standing="draft", text="Kia ora.", position=2)
    content = client.get("/en/agreements/accord/").content.decode()
    assert "The cities <em>agree</em>." in content
    assert '<div class="prose" lang="zh-Hans"><p>两市商定。</p></div>' in content
    words = " ".join(strip_tags(content).split())
    assert "Simplified Chinese Authentic text 两市商定。" in words
    assert "Māori Draft translation Kia ora." in words
