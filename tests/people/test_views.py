"""The wall of people, and one person's page."""

import pytest
from django.core.cache import caches

from events.models import Event
from people.models import Person, PersonName
from relationships.models import Organisation, Signature, Tenure
from sistercities.pages.dates import parse
from sistercities.pages.publishing import refresh
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


def a_thousand_people() -> None:
    """Forty names under each of 25 letters, every second of them Chinese."""
    letters = "abcdefghijklmnopqrstuvwxy"
    people = Person.objects.bulk_create(
        Person(
            slug=f"person-{number}",
            title_en=f"{letters[number % 25].upper()}son{number} Given Name",
            status="published",
            publish_at=factories.PAST,
            sort_name=f"{letters[number % 25]}son{number} given name",
            known_for_en="Mayor of a city with a rather long name, and much else besides that",
        )
        for number in range(1000)
    )
    PersonName.objects.bulk_create(
        PersonName(person=person, script=script, family=family, given=given, family_first=script == "Hans")
        for number, person in enumerate(people)
        for script, family, given in (
            ("Latn", person.sort_name.split()[0].capitalize(), "Given Name"),
            ("Hans", "梁", f"灵光{number}"),
        )
    )


def test_thousand_people_stand_under_their_letters_on_light_pages(client, django_assert_num_queries) -> None:
    a_thousand_people()
    for language in ("en", "zh-hans"):
        caches["pages"].clear()
        with django_assert_num_queries(6):
            answer = client.get(f"/{language}/people/?page=3")
        assert len(answer.content) < 100_000
        content = answer.content.decode()
        assert '<h2 class="letter-title" id="letter-D">D</h2>' in content
        assert 'href="?page=17#letter-Y"' in content
    for letter in client.get("/en/people/").context["letters"]:
        part = client.get(f"/en/people/?page={letter.page}").content.decode()
        assert f'id="letter-{letter.letter}"' in part


def test_short_list_of_people_has_no_letters(client) -> None:
    factories.person()
    assert "letter-" not in client.get("/en/people/").content.decode()


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
    for hidden in ("accord", "A toast", "/remarks/speech/", "/remarks/whisper/", "/cities/shenzhen/"):
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


@pytest.mark.parametrize("number", [1, 30])
def test_person_with_much_on_record_costs_the_same(client, django_assert_num_queries, number: int) -> None:
    person, bond = factories.person("liang", "Liang Lingguang", "梁灵光"), factories.relationship()
    city = bond.cities[0]
    venue = factories.venue(city=city)
    for count in range(number):
        began = parse("1980-09")
        factories.cite(Tenure.objects.create(person=person, office_en="Mayor", city=city, began=began))
        body = Organisation.objects.create(slug=f"body-{count}", name_en="Committee", city=city)
        body.founders.add(person)
        Signature.objects.create(agreement=factories.agreement(bond), person=person, party=city)
        factories.milestone(bond).people.add(person)
        event = factories.past_event(venue=venue)
        event.relationships.add(bond)
        factories.remark(event, person)
    with django_assert_num_queries(12):
        content = client.get("/en/people/liang/").content
    assert len(content) < 100_000


def test_person_shows_what_was_founded_where_it_may_be_shown(client) -> None:
    person = factories.person("caroline", "Caroline Ahmanson")
    draft = factories.city("shenzhen", "Shenzhen", "深圳", status="draft")
    seen = Organisation.objects.create(slug="a", name_en="Open Committee", founded=parse("1981"), city=draft)
    hidden = Organisation.objects.create(slug="b", name_en="Hidden Committee", is_shown=False)
    for body in (seen, hidden):
        body.founders.add(person)
    factories.cite(seen, factories.source("almanac"))
    content = client.get("/en/people/caroline/").content.decode()
    assert "Open Committee" in content
    assert "/en/sources/almanac/" in content
    for secret in ("Hidden Committee", "Shenzhen"):
        assert secret not in content


def test_person_shows_every_name_with_its_spelling_in_words(client) -> None:
    person = factories.person("liang", "Liang Lingguang", "梁灵光")
    person.names.filter(script="Hans").update(romanisation="Liáng Língguāng")
    for script, family, given, system in (
        ("Latn", "Liang", "Ling-kuang", "wade-giles"),
        ("Hant", "梁", "靈光", ""),
    ):
        person.names.create(
            script=script, family=family, given=given, family_first=True, system=system, is_variant=True
        )
    refresh(person)
    content = client.get("/en/people/liang/").content.decode()
    assert '<span lang="zh-Latn-wadegile">Liang Ling-kuang</span>' in content
    assert "Wade–Giles spelling" in content
    assert '<p class="reading" lang="zh-Latn-pinyin">Liáng Língguāng</p>' in content
    assert content.index("Liang Lingguang") < content.index("Liang Ling-kuang")
    for typed in ("Ling-kuang", "lingkuang", "靈光", "lianglingguang", "Liáng"):
        assert "/en/people/liang/" in client.get("/en/search/", {"q": typed}).content.decode(), typed
