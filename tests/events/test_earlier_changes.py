"""Answers given before there were offers: their history says afterwards what it could not say then."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpTransition
from events.rsvp import Answer
from sistercities.audit import violations
from tests import factories

pytestmark = pytest.mark.django_db
BLANK = """
set constraints all immediate;
alter table events_rsvptransition disable trigger transitions_append_only;
update events_rsvptransition set queue_before = null, queue_after = null, deed = 'changed';
alter table events_rsvptransition enable trigger transitions_append_only;
"""


def told() -> list[Any]:
    return list(RsvpTransition.objects.values_list("rsvp", "queue_before", "queue_after"))


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def a_busy_evening() -> Event:
    """Some wait, one is served, one asks for more and goes to the end, one withdraws and comes back."""
    event = factories.reception(seats=4)
    first, second, third, last = (factories.rsvp(event, seats) for seats in (3, 2, 1, 2))
    verbs.change(second, Answer("Second", second.email, 1))
    verbs.withdraw(first)
    verbs.change(third, Answer("Third", third.email, 3))
    verbs.withdraw(last)
    verbs.change(last, Answer("Last", last.email, 4))
    verbs.change(last, Answer("Last by name", last.email, 4))
    assert Rsvp.objects.exclude(queue_number=None).exists()
    return event


def test_places_in_line_of_earlier_changes_are_told_as_they_were() -> None:
    a_busy_evening()
    known = told()
    assert any(after for _rsvp, _before, after in known)
    run(BLANK)
    assert told() != known
    run(import_module("events.migrations.0016_places_of_earlier_changes").PLACES)
    assert told() == known
    assert not [
        violation for violation in violations() if "change" in violation.rule or "served" in violation.rule
    ]


def test_earlier_changes_are_called_by_what_was_done() -> None:
    a_busy_evening()
    run(BLANK)
    run(import_module("events.migrations.0016_places_of_earlier_changes").PLACES)
    deeds = set(RsvpTransition.objects.values_list("deed", flat=True))
    assert deeds == {"answered", "changed", "seated", "withdrawn"}
