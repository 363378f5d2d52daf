"""Many at once, each a process with a connection of its own: seats are never given twice, and no answer is lost.

Each race is run twice: as it is, and as a control with the lock of the desk taken away from the runners. PostgreSQL
counts seats by itself, so that nobody is overbooked then either; but the race must be lost.
"""

from collections import Counter
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import translation

from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
from sistercities.mail.models import Message
from tests import factories
from tests.events import deeds
from tests.events.books import check_books, times
from tests.events.racing import Course, Finish, together
from tests.events.runners import Job, Lock
from tests.forms import shown_a_minute_ago

pytestmark = pytest.mark.django_db(transaction=True)
Race = Callable[[Course, Lock], None]
SEAT, OFFER = RsvpPolicy.Promotion.SEAT, RsvpPolicy.Promotion.OFFER


def full_house(
    parties: int, queue: int, *, of: int = 2, **policy: object
) -> tuple[Event, list[Rsvp], list[Rsvp]]:
    """An event full with parties of one size, and others of that size in line."""
    event = factories.reception(seats=parties * of, **policy)
    inside = [factories.rsvp(event, of) for _ in range(parties)]
    return event, inside, [factories.rsvp(event, of) for _ in range(queue)]


# --- answering -------------------------------------------------------------------------------------------


def hundred_for_ten_seats(course: Course, lock: Lock) -> None:
    event = factories.reception(seats=10, promotion=OFFER)
    runners = [
        [Job(deeds.respond, (event.pk, number, 1 + number % 4)) for number in range(first, 100, 20)]
        for first in range(20)
    ]
    finish = course.race(event, runners, lock)
    assert RsvpPolicy.objects.get(event=event).seats_committed <= 10
    told = {each.rsvp: (each.status, each.confirmed) for each in finish.values}
    assert len(told) == Rsvp.objects.count() == 100
    stands = {each.pk: (each.status, each.seats_confirmed) for each in Rsvp.objects.all()}
    assert told == stands
    assert check_books(event).seats_committed == 10


def one_form_eight_times(course: Course, lock: Lock) -> None:
    event = factories.reception(seats=10)
    finish = course.race(event, together(deeds.respond, *[(event.pk, 1, 2, "n" * 20)] * 8), lock)
    assert Counter(each.recorded for each in finish.values) == {"new": 1, "again": 7}
    assert {each.rsvp for each in finish.values} == {Rsvp.objects.get().pk}
    assert check_books(event).seats_committed == 2


def one_address_from_twenty_browsers(course: Course, lock: Lock) -> None:
    event = factories.reception(seats=10)
    with translation.override("en"):
        url = reverse("events:rsvp", args=[event.slug])
        neutral = reverse("events:rsvp_sent", args=[event.slug])
    spellings = ["mei@example.org", "MEI@example.org", " mei@Example.ORG "]
    forms = [
        {
            "name": "Mei",
            "email": spellings[n % 3],
            "answer": "going",
            "seats": "2",
            "nonce": f"{n:020}",
            "shown": shown_a_minute_ago(),
            "promised": "10",
        }
        for n in range(20)
    ]
    finish = course.race(event, together(deeds.post, *[(url, form) for form in forms]), lock)
    assert {status for status, _ in finish.values} == {303}
    assert [where for _, where in finish.values].count(neutral) == 19
    assert (Rsvp.objects.count(), check_books(event).seats_committed) == (1, 2)
    assert Counter(Message.objects.values_list("kind", flat=True)) == {"rsvp_confirmed": 1, "rsvp_already": 1}


def verified_by_six_clicks(course: Course, lock: Lock) -> None:
    event = factories.reception(seats=10, verify_email=True)
    rsvp = factories.rsvp(event, 2)
    finish = course.race(event, together(deeds.verify, *[(rsvp.pk,)] * 6), lock)
    assert Counter(each.recorded for each in finish.values) == {"new": 1, "again": 5}
    assert times("verified", event) == {rsvp.pk: 1}
    assert check_books(event).seats_committed == 2


def answers_while_it_is_called_off(course: Course, lock: Lock) -> None:
    event = factories.reception(seats=10)
    early = [factories.rsvp(event, 3) for _ in range(4)]
    runners = together(deeds.respond, *[(event.pk, number, 2) for number in range(12)])
    runners.insert(4, [Job(deeds.call_off, (event.pk,))])
    runners += together(deeds.withdraw, (early[0].pk,), (early[3].pk,))
    finish = course.race(event, runners, lock)
    assert len(finish.refused) + Rsvp.objects.exclude(pk__in=[each.pk for each in early]).count() == 12
    assert not Rsvp.objects.live().exists()
    assert times("called-off", event).keys() | times("withdrawn", event).keys() == {
        *Rsvp.objects.values_list("pk", flat=True)
    }
    assert check_books(event).seats_committed == 0


# --- giving seats back -----------------------------------------------------------------------------------


def twelve_cancellations_of_one_party(course: Course, lock: Lock) -> None:
    event, (party, _other), queue = full_house(2, 3, promotion=SEAT)
    finish = course.race(event, together(deeds.withdraw, *[(party.pk,)] * 12), lock)
    assert {each.status for each in finish.values} == {"cancelled"}
    assert times("withdrawn", event) == {party.pk: 1}
    assert times("seated", event) == {queue[0].pk: 1}
    check_books(event)


def two_cancellations_promote_two_parties(course: Course, lock: Lock, promotion: str = SEAT) -> None:
    """The first in line needs more seats than either cancellation frees, the second needs what is left."""
    event, inside, _queue = full_house(4, 0, promotion=promotion)
    queue = [factories.rsvp(event, seats) for seats in (3, 1, 4)]
    assert_all_done(course.race(event, together(deeds.withdraw, *[(each.pk,) for each in inside[:2]]), lock))
    has = [
        each.seats_confirmed + each.seats_offered
        for each in Rsvp.objects.filter(pk__in=[each.pk for each in queue])
    ]
    assert sorted(has) == [0, 1, 3]
    check_books(event)


def withdrawals_while_newcomers_answer(course: Course, lock: Lock) -> None:
    event, inside, _queue = full_house(10, 0, of=1, promotion=SEAT)
    runners = together(deeds.withdraw, *[(each.pk,) for each in inside])
    runners += together(deeds.respond, *[(event.pk, number, 2) for number in range(10)])
    assert_all_done(course.race(event, runners, lock))
    assert check_books(event).seats_committed == 10
    assert Rsvp.objects.filter(status="waitlisted").count() == 5


def parties_grow_while_they_are_promoted(course: Course, lock: Lock) -> None:
    """Five withdraw; whoever would get their seats asks for one more at that moment, and so does a guest."""
    event, inside, queue = full_house(6, 5, promotion=SEAT)
    runners = together(deeds.withdraw, *[(each.pk,) for each in inside[:5]])
    runners += together(deeds.change, *[(each.pk, 3) for each in [*queue, inside[5]]])
    assert_all_done(course.race(event, runners, lock))
    assert set(Rsvp.objects.exclude(status="cancelled").values_list("seats_wanted", flat=True)) == {3}
    assert Rsvp.objects.get(pk=inside[5].pk).seats_confirmed >= 2
    check_books(event)


def assert_all_done(finish: Finish) -> None:
    assert len(finish.values) == len(finish.results)


def test_hundred_parties_for_the_last_ten_seats_never_overbook_and_all_know_where_they_stand(
    course: Course,
) -> None:
    hundred_for_ten_seats(course, Lock.KEPT)


def test_one_form_sent_eight_times_at_once_is_one_answer(course: Course) -> None:
    one_form_eight_times(course, Lock.KEPT)


def test_one_address_from_twenty_browsers_is_one_answer_and_all_others_see_the_neutral_page(
    course: Course,
) -> None:
    one_address_from_twenty_browsers(course, Lock.KEPT)


def test_an_address_verified_six_times_at_once_is_seated_once(course: Course) -> None:
    verified_by_six_clicks(course, Lock.KEPT)


def test_no_answer_outlives_an_event_that_is_called_off_while_answers_arrive(course: Course) -> None:
    answers_while_it_is_called_off(course, Lock.KEPT)


def test_twelve_cancellations_of_one_party_free_its_seats_once(course: Course) -> None:
    twelve_cancellations_of_one_party(course, Lock.KEPT)


@pytest.mark.parametrize("promotion", [SEAT, OFFER])
def test_two_cancellations_at_once_serve_two_different_parties(course: Course, promotion: str) -> None:
    two_cancellations_promote_two_parties(course, Lock.KEPT, promotion)


def test_withdrawals_and_newcomers_at_once_leave_no_seat_idle(course: Course) -> None:
    withdrawals_while_newcomers_answer(course, Lock.KEPT)


def test_a_party_that_grows_while_it_is_promoted_loses_neither(course: Course) -> None:
    parties_grow_while_they_are_promoted(course, Lock.KEPT)


CONTROLS: list[Race] = [
    hundred_for_ten_seats,
    one_form_eight_times,
    one_address_from_twenty_browsers,
    verified_by_six_clicks,
    answers_while_it_is_called_off,
    twelve_cancellations_of_one_party,
    two_cancellations_promote_two_parties,
    withdrawals_while_newcomers_answer,
    parties_grow_while_they_are_promoted,
]


@pytest.mark.thorough
@pytest.mark.parametrize("race", CONTROLS, ids=lambda race: race.__name__)
def test_without_the_lock_of_the_desk_the_race_is_lost(course: Course, race: Race) -> None:
    with pytest.raises(AssertionError):
        race(course, Lock.TAKEN_AWAY)
    assert all(policy.seat_limit >= policy.seats_committed for policy in RsvpPolicy.objects.all())
    assert RsvpTransition.objects.exists()
