"""Many at once, each on a connection of its own, for the last seats."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
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


def test_forty_at_once_for_the_last_ten_seats_never_overbook() -> None:
    event = factories.reception(seats=10)
    answers = [factories.answer(1 + number % 4) for number in range(40)]
    outcomes = at_once([lambda said=said: verbs.respond(event, said) for said in answers])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    policy = RsvpPolicy.objects.get(event=event)
    seats = Rsvp.objects.aggregate(seats=Sum("seats_confirmed"))["seats"]
    assert policy.seats_committed == seats <= 10
    assert Rsvp.objects.count() == RsvpTransition.objects.count() == 40
    for outcome in outcomes:
        truth = Rsvp.objects.get(pk=outcome.rsvp.pk)
        assert (outcome.rsvp.status, outcome.rsvp.seats_confirmed) == (truth.status, truth.seats_confirmed)


def test_two_for_the_last_seat_make_one_guest_and_one_first_in_line() -> None:
    event = factories.reception(seats=1)
    answers = [factories.answer(), factories.answer()]
    outcomes = at_once([lambda said=said: verbs.respond(event, said) for said in answers])
    assert sorted(outcome.rsvp.status for outcome in outcomes) == ["confirmed", "waitlisted"]


def test_one_form_sent_from_ten_tabs_is_one_answer() -> None:
    event = factories.reception(seats=10)
    said = factories.answer(2, nonce="t" * 20)
    outcomes = at_once([lambda: verbs.respond(event, said) for _ in range(10)])
    assert {outcome.rsvp.pk for outcome in outcomes} == {Rsvp.objects.get().pk}
    assert RsvpPolicy.objects.get(event=event).seats_committed == 2


def test_withdrawals_and_newcomers_at_once_leave_no_seat_lost() -> None:
    event = factories.reception(seats=10)
    guests = [factories.rsvp(event, 1) for _ in range(10)]
    jobs: list[Callable[[], Any]] = [lambda rsvp=rsvp: verbs.withdraw(rsvp) for rsvp in guests]
    newcomers = [factories.answer(2) for _ in range(10)]
    jobs += [lambda said=said: verbs.respond(event, said) for said in newcomers]
    outcomes = at_once(jobs)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    policy = RsvpPolicy.objects.get(event=event)
    assert policy.seats_committed == Rsvp.objects.aggregate(seats=Sum("seats_confirmed"))["seats"] == 10
    assert Rsvp.objects.filter(status="waitlisted").count() == 5


def test_staff_change_the_address_while_guests_answer_and_nobody_waits_forever(curator: Member) -> None:
    event = factories.reception(seats=100)
    staff = Client()
    staff.force_login(curator)
    url = reverse("admin:events_event_change", args=[event.pk])
    Event.objects.filter(pk=event.pk).update(status="draft")
    data = sent(staff.get(url), slug="another-address")
    answers = [factories.answer() for _number in range(20)]
    jobs: list[Callable[[], Any]] = [lambda said=said: verbs.respond(event, said) for said in answers]
    outcomes = at_once([*jobs[:10], lambda: staff.post(url, data), *jobs[10:]])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert Rsvp.objects.count() == 20


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
