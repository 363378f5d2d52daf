"""The thread of a bond: agreements, milestones and events in the order of time."""

import pytest

from events.models import Event
from relationships.lifeline import WIDTH, Span, lifeline
from relationships.thread import Scope, thread_of
from sistercities.pages.dates import parse
from tests import factories


def thread(bond) -> list[str]:
    return [entry.page.title_en for entry in thread_of(Scope(bond=bond))]


@pytest.mark.django_db
def test_thread_orders_all_kinds_by_date_and_leaves_the_undated_for_last() -> None:
    bond = factories.relationship()
    factories.milestone(bond, None, title_en="undated")
    factories.milestone(bond, "1987", title_en="lecture")
    factories.milestone(bond, "1981", title_en="year alone")
    factories.agreement(bond, title_en="agreement")
    event = factories.past_event(title_en="reception", held="1981-12-08")
    event.relationships.add(bond)
    assert thread(bond) == ["year alone", "agreement", "reception", "lecture", "undated"]


@pytest.mark.django_db
def test_thread_holds_only_what_is_public_and_its_own() -> None:
    bond = factories.relationship()
    factories.agreement(bond, status="draft")
    factories.milestone(bond, is_shown=False)
    factories.milestone(factories.relationship(factories.city("x"), factories.city("y")))
    for fields in ({"status": "draft"}, {"visibility": Event.Visibility.UNLISTED}):
        factories.past_event(**fields).relationships.add(bond)
    factories.past_event()
    assert thread(bond) == []


@pytest.mark.django_db
def test_event_that_marks_an_anniversary_is_on_the_thread_once() -> None:
    bond = factories.relationship()
    event = factories.past_event(title_en="forty years", marks=bond, marks_years=40)
    event.relationships.add(bond)
    assert thread(bond) == ["forty years"]


def test_lifeline_puts_all_terms_on_one_scale() -> None:
    drawn = lifeline([Span(parse("1973"), parse("1993")), Span(parse("1980-09"), parse("1983-07"))])
    assert drawn is not None
    assert (drawn.first, drawn.last) == (1973, 1993)
    assert drawn.lines[0].x1 == 0
    assert 0 < drawn.lines[1].x1 < drawn.lines[1].x2 < drawn.lines[0].x2 <= WIDTH


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
