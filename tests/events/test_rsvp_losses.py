"""What nothing else would notice if it were lost: the sweeps, the clock of offers, and the serving of those who wait.

``python -m tests.losses`` takes each of these lines away and sees the test fail that is named for it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import offer_clock
from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, SeatHold
from events.rsvp import Block, By
from events.serving import open_desk
from events.tasks import serve_those_who_wait
from sistercities.mail.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = By("staff", reason="Agreed with the city.")
CITY = ZoneInfo("America/Los_Angeles")
NOON = datetime(2026, 10, 1, 12, 0, tzinfo=CITY)


def stands(rsvp: Rsvp) -> tuple[str, int, int, int]:
    rsvp.refresh_from_db()
    return rsvp.status, rsvp.seats_confirmed, rsvp.seats_offered, rsvp.seats_wanted


def with_offer(seats: int = 2, **rules: object) -> tuple[Event, Rsvp]:
    """An event whose seats are all offered to one party."""
    event = factories.reception(seats, promotion="offer", **rules)
    inside, head = factories.rsvp(event, seats), factories.rsvp(event, seats)
    verbs.withdraw(inside)
    return event, head


def later(**ago: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**ago), tick=False)


# --- the desk --------------------------------------------------------------------------------------------


def test_nobody_stands_before_the_desk_for_longer_than_three_seconds() -> None:
    with open_desk(factories.reception()), connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        assert cursor.fetchone() == ("3s",)
        cursor.execute("show statement_timeout")
        assert cursor.fetchone() == ("4s",)


@pytest.mark.parametrize("verb", sorted(name for name in verbs.__all__ if name.islower()))
def test_what_meets_a_deadlock_is_tried_again(verb: str) -> None:
    only_looks = {"outlook", "place_in_queue", "undo_prospect"}
    assert hasattr(getattr(verbs, verb), "__wrapped__") == (verb not in only_looks)


def test_everybody_is_written_to_about_their_answer() -> None:
    rsvp = factories.rsvp(factories.reception())
    assert Message.objects.get().snapshot["rsvp"] == rsvp.pk


def test_the_line_of_one_event_is_not_that_of_another() -> None:
    events = [factories.reception(1, promotion="seat") for _ in range(2)]
    inside = [factories.rsvp(event) for event in events]
    waits = [factories.rsvp(event) for event in events]
    verbs.withdraw(inside[1])
    assert [stands(each)[0] for each in waits] == ["waitlisted", "confirmed"]


def test_whoever_has_answered_to_another_event_answers_to_this_one() -> None:
    said = factories.answer(1, nonce="n" * 20)
    outcomes = [verbs.respond(factories.reception(), said) for _event in range(2)]
    assert [outcome.recorded for outcome in outcomes] == ["new", "new"]


# --- sweeps ----------------------------------------------------------------------------------------------


def test_an_offer_that_lapses_takes_no_other_with_it() -> None:
    event = factories.reception(4, promotion="offer")
    inside = factories.rsvp(event, 4)
    first, second = factories.rsvp(event, 2), factories.rsvp(event, 2)
    verbs.withdraw(inside)
    made = timezone.now() - timedelta(days=3)
    first.offers.update(made_at=made, remind_at=None, expires_at=made + timedelta(days=1))
    verbs.settle(event)
    assert (stands(first)[0], stands(second)) == ("lapsed", ("offered", 0, 2, 2))


def test_an_offer_is_over_at_its_end_and_not_before() -> None:
    event, head = with_offer()
    end = head.offers.get().expires_at
    with time_machine.travel(end - timedelta(microseconds=1), tick=False):
        verbs.settle(event)
        assert stands(head)[0] == "offered"
    with time_machine.travel(end, tick=False):
        verbs.settle(event)
        assert stands(head)[0] == "lapsed"


def test_an_offer_that_was_taken_does_not_lapse_when_its_time_is_over() -> None:
    event = factories.reception(4, promotion="offer")
    inside, head, next_ = factories.rsvp(event, 4), factories.rsvp(event, 2), factories.rsvp(event, 2)
    verbs.withdraw(inside)
    verbs.accept(head, 2)
    with later(days=8):
        verbs.settle(event)
    assert (stands(head), stands(next_)[0]) == (("confirmed", 2, 0, 2), "lapsed")
    assert head.transitions.filter(deed="lapsed").count() == 0


def test_an_answer_of_today_is_not_forgotten_with_one_of_yesterday() -> None:
    event = factories.reception(verify_email=True)
    old, new = factories.rsvp(event), factories.rsvp(event)
    Rsvp.objects.filter(pk=old.pk).update(answered_at=timezone.now() - timedelta(days=2))
    verbs.settle(event)
    assert list(Rsvp.objects.all()) == [new]


def test_an_answer_that_counts_is_not_forgotten_after_a_day() -> None:
    event = factories.reception(verify_email=True)
    old, counts = factories.rsvp(event), factories.rsvp(event)
    verbs.verify(counts)
    with later(days=2):
        verbs.settle(event)
    assert list(Rsvp.objects.all()) == [counts]
    assert counts.guests.count() == 1
    assert not Rsvp.objects.filter(pk=old.pk).exists()


def test_a_block_that_freezes_takes_no_other_with_it() -> None:
    event = factories.reception(20)
    soon, late = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=9)
    blocks = [Block("Soon", 2, freezes_at=soon), Block("Late", 3, freezes_at=late)]
    blocks.append(Block("Kept", 4, freezes_at=soon, keeps_unnamed=True))
    holds = [verbs.hold_seats(event, block, STAFF) for block in blocks]
    with later(days=2):
        verbs.settle(event)
    assert [SeatHold.objects.get(pk=hold.pk).seats_unnamed for hold in holds] == [0, 3, 4]


def an_offer_that_stands() -> Event:
    return with_offer()[0]


def an_offer_that_was_taken() -> Event:
    event, head = with_offer()
    verbs.accept(head, 2)
    made = timezone.now() - timedelta(days=3)
    head.offers.update(made_at=made, remind_at=None, expires_at=made + timedelta(days=1))
    return event


def an_answer_to_be_verified() -> Event:
    event = factories.reception(verify_email=True)
    factories.rsvp(event)
    return event


def a_block_before_its_freeze() -> Event:
    event = factories.reception()
    verbs.hold_seats(event, Block("Delegation", 2, freezes_at=timezone.now() + timedelta(days=1)), STAFF)
    return event


def a_block_whose_seats_are_kept() -> Event:
    event = factories.reception()
    hold = verbs.hold_seats(event, Block("Delegation", 2, keeps_unnamed=True), STAFF)
    SeatHold.objects.filter(pk=hold.pk).update(freezes_at=timezone.now() - timedelta(days=1))
    return event


@pytest.mark.parametrize(
    "not_due",
    [
        an_offer_that_stands,
        an_offer_that_was_taken,
        an_answer_to_be_verified,
        a_block_before_its_freeze,
        a_block_whose_seats_are_kept,
    ],
)
def test_nothing_is_swept_where_nothing_is_due(not_due: Callable[[], Event]) -> None:
    """What is looked for in vain at every turn would hold up everybody behind."""
    assert statements(not_due()) == statements(factories.reception())


def statements(event: Event) -> int:
    with CaptureQueriesContext(connection) as queries:
        verbs.settle(event)
    return len(queries)


def test_a_seat_is_free_when_the_last_offer_has_lapsed() -> None:
    event, _head = with_offer()
    with later(days=8):
        assert factories.rsvp(event, 2).status == "confirmed"


# --- serving ---------------------------------------------------------------------------------------------


def test_nobody_is_told_of_a_change_who_does_not_come() -> None:
    event = factories.reception()
    factories.rsvp(event, 0)
    gone = factories.rsvp(event)
    verbs.withdraw(gone)
    factories.rsvp(event)
    assert verbs.announce_change(event, STAFF) == 1
    assert verbs.call_off(event, "Called off.", "取消。", STAFF) == 1


def test_whoever_takes_any_seat_is_seated_in_part_where_others_are_never_split() -> None:
    event = factories.reception(2, promotion="seat")
    inside, _other = factories.rsvp(event), factories.rsvp(event)
    split = factories.rsvp(event, 2, takes_any=True)
    verbs.withdraw(inside)
    assert stands(split) == ("confirmed", 1, 0, 2)
    assert split.queue_number is not None


def test_near_the_event_whoever_takes_any_seat_gets_one_behind_a_party_that_is_never_split() -> None:
    event = factories.reception(4, promotion="seat", days_ahead=2)
    inside, _other = factories.rsvp(event, 1), factories.rsvp(event, 3)
    whole, split = factories.rsvp(event, 2), factories.rsvp(event, 3, takes_any=True)
    verbs.withdraw(inside)
    assert (stands(whole)[:2], stands(split)) == (("waitlisted", 0), ("confirmed", 1, 0, 3))


def test_the_worker_serves_those_who_wait_where_there_is_no_limit_any_more() -> None:
    event = factories.reception(1, promotion="seat")
    factories.rsvp(event)
    waits = factories.rsvp(event)
    RsvpPolicy.objects.filter(event=event).update(seat_limit=None)
    serve_those_who_wait()
    assert stands(waits)[0] == "confirmed"


def test_a_block_is_released_once() -> None:
    event = factories.reception(8)
    hold = verbs.hold_seats(event, Block("Delegation", 4), STAFF)
    verbs.release_hold(hold, STAFF)
    verbs.release_hold(hold, STAFF)
    verbs.call_off(event, "Called off.", "取消。", STAFF)
    assert event.desk_notes.filter(kind="release").count() == 1


# --- the clock of an offer -------------------------------------------------------------------------------


def test_an_offer_stands_for_an_hour_at_least() -> None:
    clock = offer_clock.wind(NOON, 26, CITY, NOON + timedelta(hours=4))
    assert clock.expires_at == NOON + timedelta(hours=1)


def test_an_offer_is_shorter_near_the_event() -> None:
    clock = offer_clock.wind(NOON, 26, CITY, NOON + timedelta(hours=32))
    assert clock.expires_at == NOON + timedelta(hours=4)


def test_no_offer_outlasts_the_beginning() -> None:
    clock = offer_clock.wind(NOON, 26, CITY, NOON + timedelta(minutes=20))
    assert clock.expires_at == NOON + timedelta(minutes=20)


def test_nobody_is_reminded_of_an_offer_of_an_hour() -> None:
    assert offer_clock.wind(NOON, 26, CITY, NOON + timedelta(hours=8)).remind_at is None
    assert offer_clock.wind(NOON, 26, CITY, NOON + timedelta(hours=16)).remind_at == NOON + timedelta(hours=1)
