"""Staff at two forms of the admin at once, or while guests answer. Guests among themselves: ``test_races``."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.models import Event, Rsvp
from people.models import Member
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run every job in a thread of its own, let go at the same instant; gives results and raised errors."""
    results: list[Any] = [None] * len(jobs)
    gate = threading.Barrier(len(jobs))

    def run(place: int, job: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[place] = job()
        except Exception as error:  # noqa: BLE001 - a thread must hand its failure to the test
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def deadlocks() -> int:
    """How often PostgreSQL had to break off one of two that waited for each other, in this database."""
    time.sleep(0.2)  # what a session has met is counted when it is closed
    with connection.cursor() as cursor:
        cursor.execute("select deadlocks from pg_stat_database where datname = current_database()")
        return int(cursor.fetchone()[0])


def test_staff_change_the_address_while_guests_answer_and_nobody_waits_forever(curator: Member) -> None:
    event = factories.reception(seats=100)
    staff = Client()
    staff.force_login(curator)
    url = reverse("admin:events_event_change", args=[event.pk])
    Event.objects.filter(pk=event.pk).update(status="draft")
    data = sent(staff.get(url), slug="another-address")
    answers = [factories.answer() for _number in range(20)]
    jobs: list[Callable[[], Any]] = [lambda said=said: verbs.respond(event, said) for said in answers]
    before = deadlocks()
    outcomes = at_once([*jobs[:10], lambda: staff.post(url, data), *jobs[10:]])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert (Rsvp.objects.count(), deadlocks()) == (20, before)


def test_of_two_forms_of_one_event_sent_at_once_one_is_saved(curator: Member) -> None:
    event = factories.event()
    url = reverse("admin:events_event_change", args=[event.pk])
    forms = []
    for title in ("One", "Another"):
        staff = Client()
        staff.force_login(curator)
        forms.append((staff, sent(staff.get(url), title_en=title)))
    answers = at_once([lambda staff=staff, data=data: staff.post(url, data) for staff, data in forms])
    assert sorted(answer.status_code for answer in answers) == [200, 302]
