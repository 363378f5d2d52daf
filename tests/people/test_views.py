"""The wall of people, and one person's page."""

import pytest

from events.models import Event
from relationships.models import Signature, Tenure
from sistercities.pages.dates import parse
from tests import factories

pytestmark = pytest.mark.django_db


def test_people_stand_in_order_of_their_names_in_latin_letters(client) -> None:
    factories.person("whitman", "Katherine Whitman")
    factories.person("liang", "Liang Lingguang", "梁灵光")
    factories.person("ahmanson", "Caroline Ahmanson")
    for language in ("en", "zh-hans"):
        page = client.get(f"/{language}/people/").context["page_obj"]
        assert [person.slug for person in page] == ["ahmanson", "liang", "whitman"]


@pytest.mark.parametrize("number", [1, 30])
def test_wall_costs_the_same_with_many_people(client, django_assert_num_queries, number: int) -> None:
    for _ in range(number):
        factories.person()
    with django_assert_num_queries(5):
        client.get("/en/people/")


def test_person_without_public_page_is_neither_listed_nor_found(client) -> None:
    factories.person("draft", status="draft")
    assert "/people/draft/" not in client.get("/en/people/").content.decode()
    assert client.get("/en/people/draft/").status_code == 404


def test_person_shows_offices_signatures_milestones_and_words(client, django_assert_max_num_queries) -> None:
    person = factories.person("liang", "Liang Lingguang", "梁灵光")
    tenure = Tenure.objects.create(
        person=person, office_en="Mayor of Guangzhou", began=parse("1980-09"), ended=parse("1983-07")
    )
    factories.cite(tenure, factories.source("almanac"))
    bond = factories.relationship()
    Signature.objects.create(
        agreement=factories.agreement(bond, "accord"), person=person, capacity_en="Mayor"
    )
    factories.milestone(bond, title_en="A toast").people.add(person)
    factories.remark(speaker=person, slug="speech")
    with django_assert_max_num_queries(12):
        content = client.get("/en/people/liang/").content.decode()
    for shown in (
        "Mayor of Guangzhou",
        "office-term",
        "/en/agreements/accord/",
        "A toast",
        "/en/remarks/speech/",
        "/en/sources/almanac/",
    ):
        assert shown in content


def test_person_links_to_nothing_that_is_not_public(client) -> None:
    person = factories.person("liang", "Liang Lingguang", "梁灵光")
    bond = factories.relationship(status="draft")
    Signature.objects.create(agreement=factories.agreement(bond, "accord", status="draft"), person=person)
    factories.milestone(bond, title_en="A toast").people.add(person)
    factories.remark(factories.past_event(status="draft"), person, slug="speech")
    factories.remark(factories.past_event(visibility=Event.Visibility.UNLISTED), person, slug="whisper")
    Tenure.objects.create(
        person=person, office_en="Mayor", city=factories.city("shenzhen", "Shenzhen", "深圳", status="draft")
    )
    content = client.get("/en/people/liang/").content.decode()
    for hidden in ("accord", "A toast", "/remarks/", "/cities/shenzhen/"):
        assert hidden not in content


def test_chinese_name_in_an_english_page_says_that_it_is_chinese(client) -> None:
    factories.person("liang", "Liang Lingguang", "梁灵光")
    assert (
        '<span class="pair-other" lang="zh-Hans">梁灵光</span>'
        in client.get("/en/people/liang/").content.decode()
    )
    assert (
        '<span class="pair-other" lang="en">Liang Lingguang</span>'
        in client.get("/zh-hans/people/liang/").content.decode()
    )
