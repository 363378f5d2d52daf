"""Many at once about seats that are offered: whoever is first, the seats are right and everybody is told the truth.

Each race is run twice, as in ``test_races``: with the lock of the desk, and without it as a control.
"""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Rsvp, SeatOffer
from tests.events import deeds
from tests.events.books import check_books, times
from tests.events.racing import Course, together
from tests.events.runners import Job, Lock
from tests.events.test_races import OFFER, Race, assert_all_done, full_house

pytestmark = pytest.mark.django_db(transaction=True)
Outcome = SeatOffer.Outcome


def with_offers(parties: int, behind: int) -> tuple[Event, list[Rsvp], list[Rsvp]]:
    """An event all of whose seats are offered to parties of two, with others in line behind them."""
    event, inside, queue = full_house(parties, parties + behind, promotion=OFFER)
    for party in inside:
        verbs.withdraw(party)
    return event, queue[:parties], queue[parties:]


def outcomes(parties: list[Rsvp]) -> dict[int, str]:
    """What came of the first offer that was made to each."""
    offers = SeatOffer.objects.filter(rsvp__in=parties).order_by("-pk")
    return dict(offers.values_list("rsvp", "outcome"))


def accepted_while_withdrawn(course: Course, lock: Lock) -> None:
    event, heads, behind = with_offers(3, 3)
    runners = [
        job
        for each in heads
        for job in ([Job(deeds.accept, (each.pk, 2))], [Job(deeds.withdraw, (each.pk,))])
    ]
    finish = course.race(event, runners, lock)
    accepting, withdrawing = finish.results[::2], finish.results[1::2]
    assert len(finish.refused) == len([each for each in accepting if each.error])
    assert [each.value.status for each in withdrawing] == ["cancelled"] * 3
    took = {head.pk for head, result in zip(heads, accepting, strict=True) if not result.error}
    assert outcomes(heads) == {head.pk: "taken" if head.pk in took else "given-back" for head in heads}
    assert times("withdrawn", event).keys() >= {head.pk for head in heads}
    assert times("offered", event) == {each.pk: 1 for each in [*heads, *behind]}
    check_books(event)


def accepted_as_it_lapses(course: Course, lock: Lock, after: float) -> int:
    """Six accept, two workers come when the offers are over; the desk is free so many seconds after that moment.

    Returns how many were in time.
    """
    event, heads, behind = with_offers(6, 6)
    over = timezone.now()

    def wind() -> None:
        nonlocal over
        over = timezone.now() + timedelta(seconds=0.6)
        made = over - timedelta(hours=3)
        SeatOffer.objects.live().update(made_at=made, remind_at=None, expires_at=over)

    def wait() -> None:
        time.sleep(max(0.0, (over - timezone.now()).total_seconds() + after))

    runners = together(deeds.accept, *[(each.pk, 2) for each in heads])
    runners += together(deeds.work_when_offers_end, *[(event.pk,)] * 2)
    finish = course.race(event, runners, lock, late=2, at_the_gate=wind, at_the_start=wait)
    took = {each.rsvp for each in finish.granted if each}
    assert len(finish.refused) + len(took) == 6
    assert outcomes(heads) == {head.pk: "taken" if head.pk in took else "lapsed" for head in heads}
    assert times("took", event) == dict.fromkeys(sorted(took), 1)
    lapsed = {head.pk for head in heads} - took
    assert times("lapsed", event) == dict.fromkeys(sorted(lapsed), 1)
    offered = [*heads, *behind[: len(lapsed)]]
    assert times("offered", event) == {each.pk: 1 for each in offered}
    assert check_books(event).seats_committed == 12
    return len(took)


def accepted_after_it_lapsed(course: Course, lock: Lock) -> None:
    assert accepted_as_it_lapses(course, lock, after=0.2) == 0


def offers_are_swept_by_six_workers(course: Course, lock: Lock) -> None:
    event, heads, behind = with_offers(4, 8)
    made = timezone.now() - timedelta(hours=3)
    over = made + timedelta(hours=2)
    SeatOffer.objects.live().update(made_at=made, remind_at=None, expires_at=over)
    assert_all_done(course.race(event, together(deeds.work, *[()] * 6), lock))
    assert times("lapsed", event) == {each.pk: 1 for each in heads}
    assert times("offered", event) == {each.pk: 1 for each in [*heads, *behind[:4]]}
    check_books(event)


def offers_accepted_twice(course: Course, lock: Lock) -> None:
    """The same button from two tabs, of each of four parties; one takes a part in one tab and all in the other."""
    event, heads, _behind = with_offers(4, 2)
    takes = [(each.pk, 2) for each in heads[1:] for _tab in "ab"] + [(heads[0].pk, 2), (heads[0].pk, 1)]
    assert_all_done(course.race(event, together(deeds.accept, *takes), lock))
    assert times("took", event) == {each.pk: 1 for each in heads}
    assert {Rsvp.objects.get(pk=each.pk).seats_confirmed for each in heads[1:]} == {2}
    check_books(event)


def deferred_while_withdrawn(course: Course, lock: Lock) -> None:
    """Each of three lets the next go ahead in one tab, and withdraws in another."""
    event, heads, _behind = with_offers(3, 4)
    runners = together(deeds.not_now, *[(each.pk,) for each in heads])
    runners += together(deeds.withdraw, *[(each.pk,) for each in heads])
    finish = course.race(event, runners, lock)
    assert len(finish.refused) <= 3
    withdrawn = times("withdrawn", event)
    assert [withdrawn.get(each.pk) for each in heads] == [1, 1, 1]
    assert not Rsvp.objects.filter(pk__in=[each.pk for each in heads]).live().exists()
    check_books(event)


def test_of_an_acceptance_and_a_withdrawal_at_once_both_are_told_the_truth(course: Course) -> None:
    accepted_while_withdrawn(course, Lock.KEPT)


@pytest.mark.parametrize("after", [-0.08, -0.04])
def test_an_offer_accepted_in_the_second_it_lapses_is_taken_or_lapsed_and_never_both(
    course: Course, after: float
) -> None:
    accepted_as_it_lapses(course, Lock.KEPT, after)


def test_an_offer_accepted_just_after_it_lapsed_is_refused_and_the_next_have_it(course: Course) -> None:
    accepted_after_it_lapsed(course, Lock.KEPT)


def test_six_workers_at_once_let_each_offer_lapse_once(course: Course) -> None:
    offers_are_swept_by_six_workers(course, Lock.KEPT)


def test_an_offer_accepted_from_two_tabs_is_taken_once(course: Course) -> None:
    offers_accepted_twice(course, Lock.KEPT)


def test_a_party_that_lets_the_next_go_ahead_and_withdraws_at_once_is_gone(course: Course) -> None:
    deferred_while_withdrawn(course, Lock.KEPT)


CONTROLS: list[Race] = [
    accepted_while_withdrawn,
    accepted_after_it_lapsed,
    offers_are_swept_by_six_workers,
    offers_accepted_twice,
    deferred_while_withdrawn,
]


@pytest.mark.thorough
@pytest.mark.parametrize("race", CONTROLS, ids=lambda race: race.__name__)
def test_without_the_lock_of_the_desk_the_race_is_lost(course: Course, race: Race) -> None:
    with pytest.raises(AssertionError):
        race(course, Lock.TAKEN_AWAY)
