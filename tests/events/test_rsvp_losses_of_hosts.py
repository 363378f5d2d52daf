"""What nothing else would notice if it were lost: what the hosts decide about one party, about blocks, and about seats.

``python -m tests.losses`` takes each of these lines away and sees the test fail that is named for it.
"""

from collections.abc import Callable

import pytest

from events import rsvp as verbs
from events.models import DeskNote, Event, Rsvp, SeatHold
from events.rsvp import Block, By, Refused
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = By("staff", reason="Agreed with the city.")


def stands(rsvp: Rsvp) -> tuple[str, int, int, int]:
    rsvp.refresh_from_db()
    return rsvp.status, rsvp.seats_confirmed, rsvp.seats_offered, rsvp.seats_wanted


def postpone(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(
        state="postponed", notice_en="See the notice.", notice_zh_hans="见通知。"
    )


def delegation(seats: int = 4) -> SeatHold:
    return verbs.hold_seats(factories.reception(8), Block("Delegation", seats), STAFF)


# --- one party -------------------------------------------------------------------------------------------


def test_whoever_withdrew_a_request_is_not_admitted_after_all() -> None:
    rsvp = factories.rsvp(factories.reception(mode="approval"), 2)
    verbs.withdraw(rsvp)
    verbs.approve(rsvp, STAFF)
    assert stands(rsvp) == ("cancelled", 0, 0, 0)


def test_nobody_is_admitted_while_the_event_is_postponed() -> None:
    event = factories.reception(mode="approval")
    rsvp = factories.rsvp(event, 2)
    postpone(event)
    with pytest.raises(Refused, match="has been postponed"):
        verbs.approve(rsvp, STAFF)


def test_a_party_that_was_admitted_is_not_refused_afterwards() -> None:
    rsvp = factories.rsvp(factories.reception(mode="approval"), 2)
    verbs.approve(rsvp, STAFF)
    verbs.reject(rsvp, STAFF)
    assert stands(rsvp) == ("confirmed", 2, 0, 2)


def test_a_party_that_does_not_wait_is_put_into_no_class() -> None:
    rsvp = factories.rsvp(factories.reception())
    with pytest.raises(Refused, match="does not wait"):
        verbs.prioritise(rsvp, Rsvp.Priority.HOSTS, STAFF)


def test_staff_offer_no_more_than_a_party_waits_for() -> None:
    event = factories.reception(6, promotion="seat")
    factories.rsvp(event, 4)
    waits = factories.rsvp(event, 3)
    with pytest.raises(Refused, match="does not wait for so many"):
        verbs.offer(waits, 4, STAFF)
    with pytest.raises(Refused, match="does not wait for so many"):
        verbs.offer(waits, 0, STAFF)


def test_staff_offer_nothing_while_the_event_is_postponed() -> None:
    event = factories.reception(6, promotion="seat")
    factories.rsvp(event, 4)
    waits = factories.rsvp(event, 3)
    postpone(event)
    with pytest.raises(Refused, match="has been postponed"):
        verbs.offer(waits, 2, STAFF)


@pytest.mark.parametrize(
    "decide",
    [
        verbs.reject,
        lambda rsvp, by: verbs.prioritise(rsvp, Rsvp.Priority.HOSTS, by),
        lambda rsvp, by: verbs.offer(rsvp, 1, by),
        verbs.remove,
    ],
    ids=["reject", "prioritise", "offer", "remove"],
)
def test_nothing_out_of_turn_is_done_without_a_reason(decide: Callable[[Rsvp, By], object]) -> None:
    rsvp = factories.rsvp(factories.reception())
    with pytest.raises(Refused, match="say why"):
        decide(rsvp, By("staff", reason=" "))


def test_a_request_is_not_admitted_to_a_line_that_is_not_kept() -> None:
    event = factories.reception(2, mode="approval", waiting_list=False)
    rsvp = factories.rsvp(event, 2)
    verbs.respond(event, factories.answer(1), STAFF)
    with pytest.raises(Refused, match="All seats are taken"):
        verbs.approve(rsvp, STAFF)


# --- blocks of seats -------------------------------------------------------------------------------------


def test_a_delegation_that_is_removed_gives_back_its_block() -> None:
    hold = delegation()
    verbs.name_delegates(hold, ["Mei", "Lin"])
    verbs.remove(Rsvp.objects.get(hold=hold), STAFF)
    hold.refresh_from_db()
    assert (hold.is_live, hold.seats_unnamed, hold.event.rsvp_policy.seats_committed) == (False, 0, 0)


def test_nothing_is_reserved_for_an_invitation_that_was_answered() -> None:
    event = factories.reception()
    invitation = factories.invitation(event)
    verbs.respond(event, factories.answer(1, email=invitation.email), invitation=invitation)
    with pytest.raises(Refused, match="answered already"):
        verbs.hold_seats(event, Block("For the consul", 2, invitation=invitation), STAFF)


def test_a_block_that_was_released_takes_no_more_names() -> None:
    hold = delegation()
    verbs.release_hold(hold, STAFF)
    with pytest.raises(Refused, match="The block has 0 seats"):
        verbs.name_delegates(hold, ["Mei"])


def test_a_block_that_was_released_grows_no_more() -> None:
    hold = delegation()
    verbs.release_hold(hold, STAFF)
    with pytest.raises(Refused, match="given back"):
        verbs.resize_hold(hold, 6, STAFF)


def test_a_block_grows_by_no_more_seats_than_are_free() -> None:
    hold = delegation(4)
    with pytest.raises(Refused, match="Only 4 seats are free"):
        verbs.resize_hold(hold, 9, STAFF)


def test_seats_that_somebody_waits_for_are_held_with_a_reason_only() -> None:
    event = factories.reception(4, promotion="seat")
    factories.rsvp(event, 3)
    factories.rsvp(event, 2)
    with pytest.raises(Refused, match="Somebody waits for these seats") as refused:
        verbs.hold_seats(event, Block("Delegation", 1), By("staff"))
    assert refused.value.field == "reason"
    assert verbs.hold_seats(event, Block("Delegation", 1), STAFF).seats_unnamed == 1


def test_no_more_seats_are_given_back_than_nobody_is_named_for() -> None:
    hold = delegation(4)
    verbs.name_delegates(hold, ["Mei", "Lin"])
    for seats in (0, 3):
        with pytest.raises(Refused, match="Between 1 and 2 seats"):
            verbs.release_seats(hold, seats)


# --- the seats of the event ------------------------------------------------------------------------------


def test_there_are_at_least_as_many_seats_as_the_largest_party_has_guests() -> None:
    event = factories.reception(10)
    with pytest.raises(Refused, match="as the largest party") as refused:
        verbs.set_limit(event, 3, STAFF)
    assert refused.value.field == "seat_limit"


def test_a_new_limit_is_noted_with_who_and_why(curator: Member) -> None:
    event = factories.reception(10)
    verbs.set_limit(event, 12, By("staff", member=curator, reason="The larger hall."))
    note = DeskNote.objects.get()
    assert (note.kind, note.before, note.after) == ("limit", "10", "12")
    assert (note.actor, note.member, note.reason) == ("staff", curator, "The larger hall.")
