"""The hosts at the desk at the same instant as guests and the worker: limits, classes, requests and delegations.

Each race is run twice, as in ``test_races``: with the lock of the desk, and without it as a control.
"""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from events import rsvp as verbs
from events.models import DeskNote, Guest, Rsvp, RsvpPolicy, SeatHold, SeatOffer
from events.rsvp import Block, By
from tests import factories
from tests.events import deeds
from tests.events.books import check_books, times
from tests.events.racing import Course, together
from tests.events.runners import Lock
from tests.events.test_races import OFFER, SEAT, Race, assert_all_done, full_house
from tests.events.test_races_of_offers import with_offers

pytestmark = pytest.mark.django_db(transaction=True)
STAFF = By("staff", reason="agreed with the consulate")


def limit_raised_and_lowered(course: Course, lock: Lock) -> None:
    event, inside, queue = full_house(5, 6, promotion=SEAT)
    limits = [14, 10, 16, 12, 20, 11]
    runners = together(deeds.set_limit, *[(event.pk, seats) for seats in limits])
    runners += together(deeds.withdraw, *[(each.pk,) for each in inside[:3]])
    finish = course.race(event, runners, lock)
    assert len(finish.refused) < len(limits)
    changes = DeskNote.objects.filter(event=event, kind="limit").values_list("before", "after")
    assert all(earlier[1] == later[0] for earlier, later in pairwise(changes))
    assert check_books(event).seat_limit in limits
    assert not times("seated", event).keys() - {each.pk for each in queue}


def staff_and_workers(course: Course, lock: Lock) -> None:
    """Three offers are over; workers give their seats to the next in line while staff offer them out of turn."""
    event, heads, behind = with_offers(3, 6)
    made = timezone.now() - timedelta(hours=3)
    SeatOffer.objects.live().update(made_at=made, remind_at=None, expires_at=made + timedelta(hours=2))
    runners = together(deeds.work, *[()] * 3)
    runners += together(deeds.offer, *[(each.pk, 2) for each in behind[3:]])
    runners += together(deeds.prioritise, *[(each.pk, 0) for each in behind[4:]])
    finish = course.race(event, runners, lock)
    assert len(finish.refused) <= 3
    assert times("lapsed", event) == {each.pk: 1 for each in heads}
    assert set(times("offered", event).values()) == {1}
    assert len(times("offered", event)) == 6
    assert check_books(event).seats_committed == 6


def requests_decided_by_two(course: Course, lock: Lock) -> None:
    event = factories.reception(seats=6, mode=RsvpPolicy.Mode.APPROVAL)
    asking = [factories.rsvp(event, 2) for _ in range(4)]
    runners = together(deeds.approve, *[(each.pk,) for each in asking])
    runners += together(deeds.reject, *[(each.pk,) for each in asking])
    assert_all_done(course.race(event, runners, lock))
    approved, rejected = times("approved", event), times("rejected", event)
    assert {*approved.values(), *rejected.values()} == {1}
    assert not approved.keys() & rejected.keys()
    assert approved.keys() | rejected.keys() == {each.pk for each in asking}
    check_books(event)


def delegates_named_while_the_block_is_released(course: Course, lock: Lock) -> None:
    event = factories.reception(seats=20)
    names = tuple(f"Delegate {number}" for number in range(12))
    holds = [verbs.hold_seats(event, Block(f"Delegation {each}", 6), STAFF) for each in "abc"]
    [factories.rsvp(event, 2) for _ in range(4)]
    runners = together(deeds.name_delegates, *[(hold.pk, names[:4]) for hold in holds])
    runners += together(deeds.name_delegates, *[(hold.pk, names[4:9]) for hold in holds])
    runners += together(deeds.release_hold, *[(hold.pk,) for hold in holds])
    finish = course.race(event, runners, lock)
    assert len(finish.refused) <= 6
    for hold in SeatHold.objects.all():
        assert (hold.released_at is not None, hold.seats_unnamed) == (True, 0)
        party = Rsvp.objects.filter(hold=hold).first()
        named = [guest.name for guest in Guest.objects.filter(rsvp=party)] if party else []
        assert len(named) == (party.seats_confirmed if party else 0)
        assert named in ([], list(names[:4]), list(names[4:9]))
    assert DeskNote.objects.filter(event=event, kind="release").count() == 3
    check_books(event)


def parties_removed_while_they_change(course: Course, lock: Lock) -> None:
    event, inside, _queue = full_house(5, 5, promotion=OFFER)
    runners = together(deeds.remove, *[(each.pk,) for each in inside])
    runners += together(deeds.change, *[(each.pk, 1) for each in inside])
    finish = course.race(event, runners, lock)
    assert len(finish.refused) <= 5
    assert times("removed", event) == {each.pk: 1 for each in inside}
    check_books(event)


def test_a_limit_raised_and_lowered_while_parties_wait_never_falls_below_what_is_promised(
    course: Course,
) -> None:
    limit_raised_and_lowered(course, Lock.KEPT)


def test_staff_and_the_worker_never_give_the_same_seats_to_two(course: Course) -> None:
    staff_and_workers(course, Lock.KEPT)


def test_a_request_admitted_and_refused_at_once_is_one_of_the_two(course: Course) -> None:
    requests_decided_by_two(course, Lock.KEPT)


def test_a_block_released_while_its_delegates_are_named_counts_each_seat_once(course: Course) -> None:
    delegates_named_while_the_block_is_released(course, Lock.KEPT)


def test_a_party_removed_while_it_changes_its_answer_stays_removed_or_comes_anew(course: Course) -> None:
    parties_removed_while_they_change(course, Lock.KEPT)


CONTROLS: list[Race] = [
    limit_raised_and_lowered,
    staff_and_workers,
    requests_decided_by_two,
    delegates_named_while_the_block_is_released,
    parties_removed_while_they_change,
]


@pytest.mark.thorough
@pytest.mark.parametrize("race", CONTROLS, ids=lambda race: race.__name__)
def test_without_the_lock_of_the_desk_the_race_is_lost(course: Course, race: Race) -> None:
    with pytest.raises(AssertionError):
        race(course, Lock.TAKEN_AWAY)
