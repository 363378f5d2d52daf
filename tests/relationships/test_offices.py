"""Who held which office on a given day, as far as the dates on record tell."""

from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.utils.html import strip_tags

from people.models import Person
from relationships.models import Organisation, Tenure
from relationships.offices import CERTAINTY, Certainty, Ground, clashes, ground_of, held_on
from sistercities.pages.dates import HistoricalDate, parse
from tests import factories


class Term(NamedTuple):
    began: HistoricalDate | None
    ended: HistoricalDate | None
    attested_years: tuple[int, ...] = ()


def term(began: str = "", ended: str = "", *attested: int) -> Term:
    return Term(parse(began) if began else None, parse(ended) if ended else None, attested)


@pytest.mark.parametrize(
    ("known", "when", "ground"),
    [
        (term("1980-09-12", "1983-07-01"), "1981-12-08", Ground.WITHIN),
        (term("1980-09-12", "1983-07-01"), "1980-09-12", Ground.WITHIN),
        (term("1980-09-12", "1983-07-01"), "1983-07-01", Ground.WITHIN),
        (term("1980-09-12", "1983-07-01"), "1980-09-11", Ground.OUTSIDE),
        (term("1980-09-12", "1983-07-01"), "1983-07-02", Ground.OUTSIDE),
        (term("1980-09", "1983-07"), "1980-09-30", Ground.WITHIN),
        (term("1980-09", "1983-07"), "1980-09-15", Ground.VAGUE),
        (term("1973", "1993"), "1981-12-08", Ground.WITHIN),
        (term("1973", "1993"), "1993-12-31", Ground.VAGUE),
        (term("1973", "1993"), "1994-01-01", Ground.OUTSIDE),
        (term("about 1890", "1900"), "1889-06-01", Ground.VAGUE),
        (term("about 1890", "1900"), "1885-06-01", Ground.OUTSIDE),
        (term("before 1900", "1910"), "1899-12-31", Ground.WITHIN),
        (term("before 1900", "1910"), "1850", Ground.VAGUE),
        (term("1900", "after 1910"), "1905", Ground.WITHIN),
        (term("1900", "after 1910"), "1950", Ground.VAGUE),
        (term("1973"), "1981-12-08", Ground.NO_END),
        (term("1973"), "1973-06-01", Ground.VAGUE),
        (term("1973"), "1972-12-31", Ground.OUTSIDE),
        (term("", "1993"), "1990", Ground.NO_BEGINNING),
        (term("", "1993"), "1950", Ground.OUTSIDE),
        (term("", "", 2014, 2021), "2014-11-16", Ground.ATTESTED),
        (term("", "", 2021, 2014), "2017", Ground.NEAR),
        (term("", "", 2014, 2021), "2022", Ground.OUTSIDE),
        (term("2013", "", 2014), "2014-11-16", Ground.ATTESTED),
        (term("1980-09", "1983-07"), "1981", Ground.WITHIN),
        (term("1980-09", "1983-07"), "1980", Ground.VAGUE),
        (term("0479~", "0470"), "479 BCE", Ground.OUTSIDE),
        (term("-0484", "-0478"), "480 BCE", Ground.WITHIN),
        (term(), "1981", Ground.OUTSIDE),
    ],
)
def test_term_includes_a_day_as_far_as_its_dates_tell(known: Term, when: str, ground: Ground) -> None:
    assert ground_of(known, parse(when)) is ground


def test_certainty_is_no_only_where_the_dates_rule_it_out() -> None:
    day = parse("1981-12-08")
    assert CERTAINTY[ground_of(term("1973", "1993"), day)] is Certainty.YES
    assert CERTAINTY[ground_of(term("1981", "1993"), day)] is Certainty.PERHAPS
    assert CERTAINTY[ground_of(term("", "", 1981), day)] is Certainty.PERHAPS
    assert CERTAINTY[ground_of(term("1982", "1993"), day)] is Certainty.NO


def test_terms_that_cannot_include_the_day_are_left_out() -> None:
    terms = [term("1973", "1993"), term("1993-07-01", "2001"), term("", "", 1981)]
    assert [held.term for held in held_on(terms, parse("1981-12-08"))] == [terms[0], terms[2]]


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (("1973", "1993"), ("1990", "1995"), True),
        (("1973", "1993-07-01"), ("1993-07-01", "2001"), False),
        (("1973", "1993"), ("1993", "2001"), False),
        (("1973", ""), ("1980", "1985"), False),
    ],
)
def test_two_holders_of_one_office_at_the_same_time_contradict_each_other(
    one: tuple[str, str], other: tuple[str, str], clash: bool
) -> None:
    rows = [("mayor", "a", term(*one)), ("mayor", "b", term(*other)), ("deputy", "c", term("1973", "1993"))]
    assert bool(list(clashes(rows))) is clash


def test_one_person_may_hold_an_office_in_two_records_at_once() -> None:
    assert not list(clashes([("mayor", "a", term("1973", "1993")), ("mayor", "a", term("1980", "1985"))]))


# --- the page -------------------------------------------------------------------------------------------


def hold(person: Person, office: str = "Mayor", **fields: Any) -> Tenure:
    dates = {key: parse(fields.pop(key)) for key in ("began", "ended") if key in fields}
    return Tenure.objects.create(person=person, office_en=office, office_zh_hans="市长", **dates, **fields)


def shown(client: Client, on: str, language: str = "en") -> str:
    return " ".join(
        strip_tags(client.get(f"/{language}/people/offices/", {"on": on}).content.decode()).split()
    )


@pytest.mark.django_db
def test_offices_of_a_day_stand_by_city_with_how_certain_they_are(client: Client) -> None:
    los_angeles, guangzhou = factories.los_angeles(), factories.city()
    body = Organisation.objects.create(slug="port", name_en="Port Authority", city=guangzhou)
    hold(factories.person("tom", "Tom Bradley"), city=los_angeles, began="1973", ended="1993")
    liang = factories.person("liang", "Liang Lingguang", "梁灵光")
    tenure = hold(liang, city=guangzhou, began="1981", ended="1983-07")
    factories.cite(tenure, factories.source("almanac"))
    hold(factories.person("wang", "Wang Dong"), "Director", organisation=body, attested="1981")
    hold(factories.person("eric", "Eric Garcetti"), city=los_angeles, attested="2014, 2021")
    content = shown(client, "1981-12-08")
    order = ["Guangzhou", "Liang Lingguang", "Wang Dong", "Port Authority", "Los Angeles", "Tom Bradley"]
    places = [content.index(word, content.index("December 1981, 1981.")) for word in order]
    assert places == sorted(places)
    assert "in office that year, as sources have it" in content
    assert "perhaps: the dates on record are not exact enough" in content
    assert "Eric" not in content
    assert "Report almanac" in content


@pytest.mark.django_db
def test_offices_of_who_is_not_public_or_was_dead_are_not_shown(client: Client) -> None:
    hidden = factories.city("shenzhen", "Shenzhen", "深圳", status="draft")
    hold(factories.person("draft", "Secret Person", status="draft"), began="1973", ended="1993")
    hold(factories.person("open", "Open Person"), city=hidden, began="1973", ended="1993")
    hold(factories.person("late", "Late Person", died=parse("1975")), began="1973")
    content = shown(client, "1981-12-08")
    assert "Open Person" in content
    for secret in ("Secret", "Shenzhen", "Late"):
        assert secret not in content


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("on", ["", "yesterday", "1981-02-30", "\u202e", "x" * 5000, "99999"])
def test_what_is_no_date_is_explained_beside_the_field(client: Client, language: str, on: str) -> None:
    answer = client.get(f"/{language}/people/offices/", {"on": on})
    assert answer.status_code == 400
    assert 'id="id_on_error"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("on", ["1981-12-08", "8 December 1981", "1981年12月8日", "about 1981", "1981"])
def test_a_day_may_be_given_in_any_way_that_dates_are_written(client: Client, on: str) -> None:
    hold(factories.person(en="Tom Bradley"), began="1973", ended="1993")
    assert "Tom Bradley" in shown(client, on)
    assert "Tom Bradley" in shown(client, on, "zh-hans")


@pytest.mark.django_db
def test_page_without_a_question_offers_the_days_of_agreements(client: Client) -> None:
    factories.agreement(signed=parse("1981-12-08"))
    factories.agreement(factories.relationship(factories.city("a"), factories.city("b")), status="draft")
    answer = client.get("/en/people/offices/")
    assert answer.status_code == 200
    assert answer.content.decode().count("?on=") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_page_of_offices_costs_the_same_with_many(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    city = factories.city()
    for _ in range(number):
        hold(factories.person(), city=city, began="1973", ended="1993")
    with django_assert_num_queries(6):
        client.get("/en/people/offices/?on=1981")


@pytest.mark.django_db
def test_page_of_a_thousand_offices_stays_light(client: Client) -> None:
    city = factories.city()
    people = [factories.person(en=f"Tom Bradley{number}") for number in range(5)]
    Tenure.objects.bulk_create(
        Tenure(
            person=people[number % 5], office_en=f"Office {number}", city=city, began_first=0, began_last=0
        )
        for number in range(1000)
    )
    Tenure.objects.update(began="1970", ended="1999", ended_first=10_500, ended_last=10_950)
    answer = client.get("/en/people/offices/?on=1981-12-08")
    assert len(answer.content) < 100_000
    assert "page=2" in answer.content.decode()
