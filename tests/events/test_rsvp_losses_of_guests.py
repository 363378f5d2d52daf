"""What nothing else would notice if it were lost: checks at the door, verification, undoing, and links.

``python -m tests.losses`` takes each of these lines away and sees the test fail that is named for it.
"""

import pytest
import time_machine
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Rsvp
from events.rsvp import Block, By, Recorded, Refused
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = By("staff", reason="Agreed with the city.")


def stands(rsvp: Rsvp) -> tuple[str, int, int, int]:
    rsvp.refresh_from_db()
    return rsvp.status, rsvp.seats_confirmed, rsvp.seats_offered, rsvp.seats_wanted


def say(rsvp: Rsvp, seats: int, by: By = verbs.GUEST) -> Rsvp:
    rsvp.refresh_from_db()
    return verbs.change(rsvp, factories.answer(seats, rsvp.name, email=rsvp.email), by)


def with_offer(seats: int = 2) -> tuple[Event, Rsvp]:
    """An event whose seats are all offered to one party."""
    event = factories.reception(seats, promotion="offer")
    inside, head = factories.rsvp(event, seats), factories.rsvp(event, seats)
    verbs.withdraw(inside)
    return event, head


def set_state(event: Event, state: str) -> None:
    Event.objects.filter(pk=event.pk).update(
        state=state, notice_en="See the notice.", notice_zh_hans="见通知。"
    )


# --- the door --------------------------------------------------------------------------------------------


def test_nobody_answers_to_an_event_that_was_called_off() -> None:
    event = factories.reception()
    set_state(event, "cancelled")
    with pytest.raises(Refused, match="has been cancelled"):
        factories.rsvp(event)


def test_nobody_answers_to_an_event_while_it_is_postponed() -> None:
    event = factories.reception()
    set_state(event, "postponed")
    with pytest.raises(Refused, match="has been postponed"):
        factories.rsvp(event)


def test_nobody_answers_to_an_event_that_has_begun_not_even_with_a_no() -> None:
    event = factories.reception()
    with time_machine.travel(event.starts_at, tick=False), pytest.raises(Refused, match="has begun"):
        factories.rsvp(event, 0)


def test_no_offer_is_taken_while_the_event_is_postponed() -> None:
    event, head = with_offer()
    set_state(event, "postponed")
    with pytest.raises(Refused, match="has been postponed"):
        verbs.accept(head, 2)


def test_whoever_comes_to_a_full_event_without_a_waiting_list_learns_nothing_of_who_answered() -> None:
    event = factories.reception(2, waiting_list=False)
    known = factories.rsvp(event, 2)
    for email in (known.email, "new@example.org"):
        with pytest.raises(Refused, match="All seats are taken"):
            verbs.respond(event, factories.answer(1, email=email))


# --- an address is verified ------------------------------------------------------------------------------


def unverified(seats: int = 1, **rules: object) -> tuple[Event, Rsvp]:
    event = factories.reception(2, verify_email=True, **rules)
    return event, factories.rsvp(event, seats)


def test_an_address_verified_again_changes_nothing() -> None:
    _event, rsvp = unverified(2)
    verbs.verify(rsvp)
    say(rsvp, 1)
    assert verbs.verify(rsvp).recorded == Recorded.AGAIN
    assert (stands(rsvp), rsvp.transitions.count()) == (("confirmed", 1, 0, 1), 3)


def test_an_address_that_answered_meanwhile_is_led_to_that_answer() -> None:
    event, rsvp = unverified()
    by_phone = verbs.respond(event, factories.answer(1, email=rsvp.email), STAFF).rsvp
    outcome = verbs.verify(rsvp)
    assert (outcome.recorded, outcome.rsvp) == (Recorded.KNOWN_GUEST, by_phone)
    assert list(Rsvp.objects.all()) == [by_phone]


def test_an_address_is_not_let_in_where_the_event_is_for_members_by_now() -> None:
    event, rsvp = unverified()
    verbs.set_rules(event, STAFF, mode="members")
    with pytest.raises(Refused, match="for members"):
        verbs.verify(rsvp)


def test_an_address_verified_after_the_close_is_not_let_in() -> None:
    event, rsvp = unverified()
    verbs.set_rules(event, STAFF, closes_at=timezone.now())
    with pytest.raises(Refused, match="time for answers is over"):
        verbs.verify(rsvp)


def test_an_address_verified_when_all_is_full_and_nobody_can_wait_is_not_let_in() -> None:
    event, rsvp = unverified(waiting_list=False)
    verbs.respond(event, factories.answer(2), STAFF)
    with pytest.raises(Refused, match="All seats are taken") as refused:
        verbs.verify(rsvp)
    assert refused.value.field == "seats"
    assert Rsvp.objects.get(pk=rsvp.pk).status == "unverified"


def test_an_unverified_answer_cannot_be_changed_into_one_that_counts() -> None:
    _event, rsvp = unverified()
    with pytest.raises(Refused, match="confirm your e-mail"):
        say(rsvp, 2)


# --- changing --------------------------------------------------------------------------------------------


def test_delegates_are_changed_on_the_page_of_the_delegation_alone() -> None:
    hold = verbs.hold_seats(factories.reception(8), Block("Delegation", 4), STAFF)
    verbs.name_delegates(hold, ["Mei", "Lin"])
    with pytest.raises(Refused, match="delegation's page"):
        say(Rsvp.objects.get(hold=hold), 1)


def test_nothing_is_undone_once_the_event_was_called_off() -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event, 2)
    say(rsvp, 1)
    set_state(event, "cancelled")
    with pytest.raises(Refused, match="has been cancelled"):
        verbs.undo(rsvp)


def test_undo_brings_no_place_back_that_somebody_else_has_by_now() -> None:
    """Whoever let the next go ahead can come to stand on the very number."""
    event = factories.reception(1)
    factories.rsvp(event)
    leaves, stays = factories.rsvp(event), factories.rsvp(event)
    number = leaves.queue_number
    verbs.withdraw(leaves)
    Rsvp.objects.filter(pk=stays.pk).update(queue_number=number)
    verbs.undo(leaves)
    leaves.refresh_from_db()
    assert leaves.queue_number > number


def test_whoever_is_offered_nothing_cannot_let_the_next_go_ahead() -> None:
    event = factories.reception(1)
    factories.rsvp(event)
    first, _second = factories.rsvp(event), factories.rsvp(event)
    with pytest.raises(Refused, match="no longer open"):
        verbs.not_now(first)
