"""How the answers to an event came in: drawn in steps, and told as a table."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from events import rsvp as verbs
from events.answer_plot import answer_plot, in_steps, pace
from people.models import Member
from tests import factories
from tests.events.rooms import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def test_the_plot_ends_with_the_seats_that_are_confirmed() -> None:
    event = factories.reception(10)
    gone = factories.rsvp(event, 3)
    factories.rsvp(event, 2)
    verbs.withdraw(gone)
    plot = answer_plot(event)
    assert plot is not None
    assert (plot.by, plot.answers, plot.steps[-1].seats) == ("hour", 2, 2)


def test_there_is_no_plot_before_anybody_answered() -> None:
    assert answer_plot(factories.reception()) is None


def test_days_without_an_answer_are_drawn_too() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    rows = [(datetime(2026, 3, day, 9, tzinfo=zone), 1, 2) for day in (1, 4)]
    steps = list(in_steps(rows, "day"))
    assert [(step.at.day, step.answers, step.seats) for step in steps] == [
        (1, 1, 2),
        (2, 0, 2),
        (3, 0, 2),
        (4, 1, 4),
    ]


def test_the_hour_that_clocks_show_twice_is_two_steps() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    rows = [(datetime(2026, 11, 1, 1, tzinfo=zone, fold=fold), 1, 1) for fold in (0, 1)]
    assert [(step.answers, step.seats) for step in in_steps(rows, "hour")] == [(1, 1), (1, 2)]


@pytest.mark.parametrize(("days", "by"), [(1, "hour"), (30, "day"), (200, "week"), (2000, "month")])
def test_steps_grow_with_the_time_that_they_tell(days: int, by: str) -> None:
    assert pace(timedelta(days=days)) == by
    zone, first = ZoneInfo("UTC"), datetime(2020, 1, 31, 12, tzinfo=ZoneInfo("UTC"))
    rows = [(first, 1, 1), (first.replace(tzinfo=zone) + timedelta(days=days), 1, 1)]
    steps = list(in_steps(rows, by))
    assert (sum(step.answers for step in steps), len(steps) <= 71) == (2, True)


def test_the_plot_is_told_as_a_table_as_well(staff: Client) -> None:
    event = factories.reception(10)
    factories.rsvp(event, 3)
    page = enter(staff, event).content.decode()
    assert '<td class="number">+3</td>' in page
