"""The thread: agreements, milestones, events and offices in the order of time, tied where one was signed at another."""

from datetime import date

import pytest
from django.utils import translation

from events.models import Event
from relationships.decades import decade_of, spell_decade
from relationships.lasting import lasting
from relationships.lifeline import WIDTH, Span, lifeline
from relationships.models import Signature, Tenure
from relationships.templatetags.thread_tags import had_lasted, has_lasted
from relationships.thread import Scope, thread_of, tied
from sistercities.pages.dates import parse
from tests import factories


def thread(bond=None) -> list[str]:
    return [entry.page.title_en for entry in thread_of(Scope(bond=bond))]


@pytest.mark.django_db
def test_thread_orders_all_kinds_by_date_and_leaves_the_undated_for_last(django_assert_num_queries) -> None:
    bond = factories.relationship()
    factories.milestone(bond, None, title_en="undated")
    factories.milestone(bond, "1987", title_en="lecture")
    factories.milestone(bond, "1981", title_en="year alone")
    factories.agreement(bond, title_en="agreement")
    event = factories.past_event(title_en="reception", held="1981-12-08")
    event.relationships.add(bond)
    with django_assert_num_queries(1):
        found = thread(bond)
    assert found == ["year alone", "agreement", "reception", "lecture", "undated"]


@pytest.mark.django_db
def test_vague_dates_and_those_before_christ_stand_where_they_belong() -> None:
    bond = factories.relationship()
    dates = [
        "479 BCE",
        "1890",
        "about 1900",
        "before 1900",
        "1900",
        "1900-05",
        "1900-05-04",
        "after 1900",
        "1901",
    ]
    for each in reversed(dates):
        factories.milestone(bond, each, title_en=each)
    ordered = ["479 BCE", "1890", "before 1900", "about 1900", "1900", "1900-05", "1900-05-04"]
    assert thread(bond) == [*ordered, "after 1900", "1901"]


@pytest.mark.parametrize(
    ("when", "decade", "english", "chinese"),
    [
        ("1987-05", 1980, "1980s", "1980至1989年"),
        ("before 1900", 1890, "1890s", "1890至1899年"),
        ("after 1999", 2000, "2000s", "2000至2009年"),
        ("479 BCE", -470, "470s BCE", "公元前479至前470年"),
        ("5 BCE", -1, "9–1 BCE", "公元前9至前1年"),
        ("0005", 0, "1–9 CE", "公元1至9年"),
    ],
)
def test_decades_are_those_that_people_count(when: str, decade: int, english: str, chinese: str) -> None:
    assert decade_of(parse(when)) == decade
    assert (spell_decade(decade, "en"), spell_decade(decade, "zh-hans")) == (english, chinese)


@pytest.mark.django_db
def test_thread_holds_only_what_is_public_and_its_own() -> None:
    bond = factories.relationship()
    factories.agreement(bond, status="draft")
    factories.milestone(bond, is_shown=False)
    factories.milestone(factories.relationship(factories.city("x"), factories.city("y")))
    for fields in ({"status": "draft"}, {"visibility": Event.Visibility.UNLISTED}):
        factories.past_event(**fields).relationships.add(bond)
    factories.past_event()
    hidden = factories.person(status="draft")
    Signature.objects.create(agreement=factories.agreement(bond, status="draft"), person=hidden)
    Tenure.objects.create(person=hidden, office_en="Mayor", began=parse("1990"))
    assert thread(bond) == []


@pytest.mark.django_db
def test_thread_of_all_names_no_draft_and_nothing_of_it() -> None:
    draft = factories.relationship(factories.city(status="draft"), factories.los_angeles(), status="draft")
    factories.milestone(draft)
    event = factories.past_event()
    event.relationships.add(draft)
    (entry,) = thread_of(Scope())
    assert entry.page == event
    assert {topic.slug for topic in entry.topics} == {"los-angeles"}


@pytest.mark.django_db
def test_event_that_marks_an_anniversary_is_on_the_thread_once() -> None:
    bond = factories.relationship()
    event = factories.past_event(title_en="forty years", marks=bond, marks_years=40)
    event.relationships.add(bond)
    assert thread(bond) == ["forty years"]


@pytest.mark.django_db
def test_what_was_signed_at_an_event_is_one_knot_with_it() -> None:
    bond = factories.relationship()
    accord, other = factories.agreement(bond), factories.agreement(bond)
    event = factories.past_event()
    event.signed.add(accord)
    knots = {knot.key: [each.key for each in knot.signed] for knot in tied(thread_of(Scope(bond=bond)))}
    assert knots == {f"agreement-{other.pk}": [], f"event-{event.pk}": [f"agreement-{accord.pk}"]}


@pytest.mark.django_db
def test_offices_of_those_who_signed_begin_and_end_on_the_thread_and_attested_years_do_not() -> None:
    bond = factories.relationship()
    mayor = factories.person("tom-bradley")
    Signature.objects.create(agreement=factories.agreement(bond), person=mayor)
    Tenure.objects.create(person=mayor, office_en="Mayor", began=parse("1973"), ended=parse("1993"))
    Tenure.objects.create(person=mayor, office_en="Guest", attested="2014, 2021")
    Tenure.objects.create(person=mayor, office_en="Clerk", began=parse("1950"), ended=parse("1955"))
    Tenure.objects.create(person=factories.person(), office_en="Mayor", began=parse("1999"))
    offices = [entry for entry in thread_of(Scope(bond=bond)) if entry.kind == "office"]
    assert [(str(each.when), each.kind_label) for each in offices] == [
        ("1973", "took office"),
        ("1993", "left office"),
    ]


@pytest.mark.django_db
def test_office_on_the_thread_says_where_accounts_differ() -> None:
    bond, mayor = factories.relationship(), factories.person()
    Signature.objects.create(agreement=factories.agreement(bond), person=mayor)
    note = "Accounts of the years differ."
    Tenure.objects.create(person=mayor, office_en="Mayor", began=parse("1980"), note_en=note)
    assert [entry.note for entry in thread_of(Scope(bond=bond)) if entry.kind == "office"] == [note]


@pytest.mark.parametrize(
    ("began", "ended", "english", "chinese"),
    [
        ("1981-12-08", None, "44 years", "至今44年"),
        ("1972", None, "about 54 years", "至今约54年"),
        ("1972", "1999-12-31", "lasted 27 years", "历时27年"),
        ("about 1890", "1950", "lasted about 60 years", "历时约60年"),
        ("before 1900", None, "over 126 years", "至今126年以上"),
        ("2025-11-22", None, "1 year", "至今1年"),
        ("2025-12", None, "0 years", "至今0年"),
    ],
)
def test_a_bond_has_lasted_as_long_as_its_dates_prove(began, ended, english, chinese) -> None:
    found = lasting(parse(began), date(2026, 11, 22), parse(ended) if ended else None)
    say = had_lasted if ended else has_lasted
    assert say(found) == english
    with translation.override("zh-hans"):
        assert say(found) == chinese


def test_lifeline_puts_all_terms_on_one_scale() -> None:
    drawn = lifeline([Span(parse("1973"), parse("1993")), Span(parse("1980-09"), parse("1983-07"))])
    assert drawn is not None
    assert (drawn.first, drawn.last) == (1973, 1993)
    assert drawn.lines[0].x1 == 0
    assert 0 < drawn.lines[1].x1 < drawn.lines[1].x2 < drawn.lines[0].x2 <= WIDTH


def test_term_that_goes_on_is_drawn_even_where_it_begins_last() -> None:
    drawn = lifeline([Span(parse("1980"), parse("1983")), Span(parse("2018"), None)])
    assert drawn
    assert drawn.last == 2018
    assert drawn.lines[1].x1 < WIDTH


def test_lifeline_draws_attested_years_as_points_and_open_terms_as_open() -> None:
    drawn = lifeline([Span(None, None, [2014, 2021]), Span(parse("2019"), None), Span(None, None)])
    assert drawn is not None
    assert len(drawn.lines[0].points) == 2
    assert drawn.lines[1].is_open
    assert (drawn.lines[2].points, drawn.lines[2].x1, drawn.lines[2].x2) == ([], 0, 0)


def test_lifeline_without_any_year_is_not_drawn() -> None:
    assert lifeline([Span(None, None)]) is None


def test_lifeline_within_one_year_is_not_drawn() -> None:
    assert lifeline([Span(None, None, [2021])]) is None


@pytest.mark.django_db
def test_only_events_that_took_place_are_counted(client) -> None:
    bond = factories.relationship()
    for event in (factories.past_event(), factories.past_event(is_illustration=True), factories.event()):
        event.relationships.add(bond)
    response = client.get(bond.get_absolute_url())
    assert len(response.context["events"]) == 1
    assert "Example" in response.content.decode()


@pytest.mark.django_db
def test_cancelled_event_says_so_on_the_thread(client) -> None:
    bond = factories.relationship()
    factories.event(state="cancelled", notice_en="No venue.").relationships.add(bond)
    assert "Reception, cancelled" in client.get(bond.get_absolute_url()).content.decode()
