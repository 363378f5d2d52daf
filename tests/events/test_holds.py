"""Blocks of seats for delegations and for invitations; one rule a test."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events import rsvp as verbs
from events.models import DeskNote, Event, Rsvp, RsvpPolicy, RsvpTransition, SeatHold
from events.rsvp import Block, By, Refused
from events.tasks import serve_those_who_wait
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = By(RsvpTransition.Actor.STAFF, reason="Agreed with the city.")
TWELVE = [f"Guest {number}" for number in range(1, 13)]


def committed(event: Event) -> int:
    return RsvpPolicy.objects.get(event=event).seats_committed


def delegation(event: Event, seats: int = 12, **block: object) -> SeatHold:
    return verbs.hold_seats(event, Block("Delegation", seats, **block), STAFF)  # type: ignore[arg-type]


def names_of(hold: SeatHold) -> list[str]:
    return [guest.name for guest in Rsvp.objects.get(hold=hold).guests.all()]


def test_a_block_holds_the_seats_that_nobody_is_named_for() -> None:
    event = factories.reception(20)
    hold = delegation(event)
    assert (committed(event), hold.seats_unnamed) == (12, 12)
    verbs.name_delegates(hold, TWELVE[:10])
    hold.refresh_from_db()
    assert (committed(event), hold.seats_unnamed) == (12, 2)
    assert Rsvp.objects.get(hold=hold).seats_confirmed == 10


def test_twelve_delegates_swap_names_and_no_seat_moves() -> None:
    event = factories.reception(12, largest_party=2)
    hold = delegation(event)
    verbs.name_delegates(hold, TWELVE)
    swapped = [*TWELVE[:5], "梁灵光", *TWELVE[6:11], TWELVE[5]]
    verbs.name_delegates(hold, swapped)
    assert names_of(hold) == swapped
    assert committed(event) == 12


def test_whoever_is_taken_off_frees_a_seat_within_the_block() -> None:
    event = factories.reception(12, largest_party=2)
    waiting = None
    hold = delegation(event)
    verbs.name_delegates(hold, TWELVE)
    waiting = factories.rsvp(event, 1)
    verbs.name_delegates(hold, TWELVE[:11])
    waiting.refresh_from_db(), hold.refresh_from_db()
    assert (waiting.status, hold.seats_unnamed, committed(event)) == ("waitlisted", 1, 12)


def test_released_seats_go_to_those_who_wait() -> None:
    event = factories.reception(12, largest_party=2, promotion="offer")
    hold = delegation(event)
    waiting = factories.rsvp(event, 2)
    verbs.release_seats(hold, 2)
    waiting.refresh_from_db(), hold.refresh_from_db()
    assert (waiting.status, hold.seats, hold.seats_unnamed) == ("offered", 10, 10)
    assert committed(event) == 12


def test_more_names_than_seats_are_refused_and_nothing_changes() -> None:
    event = factories.reception(20)
    hold = delegation(event, 2)
    with pytest.raises(Refused, match="The block has 2 seats; there are 3 names"):
        verbs.name_delegates(hold, TWELVE[:3])
    assert not Rsvp.objects.filter(hold=hold).exists()


def test_at_the_freeze_unnamed_seats_go_to_those_who_wait() -> None:
    event = factories.reception(12, largest_party=2)
    freeze = timezone.now() + timedelta(days=5)
    hold = delegation(event, freezes_at=freeze)
    verbs.name_delegates(hold, TWELVE[:10])
    waiting = factories.rsvp(event, 2)
    with time_machine.travel(freeze - timedelta(seconds=1), tick=False):
        serve_those_who_wait()
        waiting.refresh_from_db()
        assert waiting.status == "waitlisted"
    with time_machine.travel(freeze, tick=False):
        serve_those_who_wait()
    waiting.refresh_from_db(), hold.refresh_from_db()
    assert (waiting.status, hold.seats_unnamed, hold.is_live) == ("confirmed", 0, False)


def test_from_the_freeze_on_people_can_only_be_taken_off() -> None:
    event = factories.reception(12, largest_party=2)
    freeze = timezone.now() + timedelta(days=5)
    hold = delegation(event, freezes_at=freeze)
    verbs.name_delegates(hold, TWELVE)
    waiting = factories.rsvp(event, 1)
    with time_machine.travel(freeze, tick=False):
        with pytest.raises(Refused, match="fixed by now"):
            verbs.name_delegates(hold, [*TWELVE[:11], "Somebody else"])
        verbs.name_delegates(hold, [*TWELVE[:11], "Somebody else"], STAFF)
        verbs.name_delegates(hold, TWELVE[:11])
    waiting.refresh_from_db()
    assert (waiting.status, committed(event)) == ("confirmed", 12)


def test_unnamed_seats_stay_where_staff_keep_them() -> None:
    event = factories.reception(12, largest_party=2)
    freeze = timezone.now() + timedelta(days=5)
    hold = delegation(event, freezes_at=freeze, keeps_unnamed=True)
    with time_machine.travel(freeze, tick=False):
        serve_those_who_wait()
    hold.refresh_from_db()
    assert (hold.seats_unnamed, hold.is_live) == (12, True)


def test_how_many_seats_are_free_is_said_as_it_is_spoken() -> None:
    event = factories.reception(12)
    for seats, words in (
        (4, "Only 8 seats are free"),
        (4, "Only 4 seats"),
        (3, "Only 1 seat is"),
        (1, "No seat is free"),
    ):
        factories.rsvp(event, seats)
        with pytest.raises(Refused, match=words):
            delegation(event)


def test_seats_that_are_not_free_are_not_held() -> None:
    event = factories.reception(12)
    factories.rsvp(event, 1)
    with pytest.raises(Refused, match="Only 11 seats are free"):
        delegation(event)
    verbs.set_limit(event, 13, STAFF)
    delegation(event)
    assert committed(event) == 13
    assert list(DeskNote.objects.values_list("kind", "before", "after")) == [
        ("limit", "12", "13"),
        ("hold", "", "12"),
    ]


def test_a_block_grows_and_shrinks_down_to_its_people() -> None:
    event = factories.reception(12, largest_party=2)
    hold = delegation(event, 6)
    verbs.name_delegates(hold, TWELVE[:4])
    verbs.resize_hold(hold, 8, STAFF)
    assert committed(event) == 8
    with pytest.raises(Refused, match="4 people are named already"):
        verbs.resize_hold(hold, 3, STAFF)
    verbs.resize_hold(hold, 4, STAFF)
    assert committed(event) == 4


def test_a_delegation_that_withdraws_gives_back_all_its_seats() -> None:
    event = factories.reception(12, largest_party=2)
    hold = delegation(event)
    verbs.name_delegates(hold, TWELVE[:3])
    verbs.withdraw(Rsvp.objects.get(hold=hold), STAFF)
    assert committed(event) == 0


def test_reserved_seats_become_confirmed_though_others_wait() -> None:
    event = factories.reception(4, largest_party=4)
    invited = factories.invitation(event)
    verbs.hold_seats(event, Block("For the mayor", 2, invitation=invited), STAFF)
    factories.rsvp(event, 2)
    waiting = factories.rsvp(event, 1)
    outcome = verbs.respond(event, factories.answer(2), invitation=invited)
    assert (outcome.rsvp.status, committed(event)) == ("confirmed", 4)
    waiting.refresh_from_db()
    assert waiting.status == "waitlisted"


def test_more_than_is_reserved_waits_in_line_and_less_is_given_free() -> None:
    event = factories.reception(4, largest_party=4)
    one, two = factories.invitation(event), factories.invitation(event)
    for invited in (one, two):
        verbs.hold_seats(event, Block("Guest of honour", 2, invitation=invited), STAFF)
    waiting = factories.rsvp(event, 1)
    more = verbs.respond(event, factories.answer(3), invitation=one).rsvp
    assert (more.status, more.seats_confirmed, more.seats_wanted) == ("confirmed", 2, 3)
    verbs.respond(event, factories.answer(1), invitation=two)
    waiting.refresh_from_db()
    assert (waiting.status, committed(event)) == ("confirmed", 4)


def test_a_no_gives_the_reserved_seats_back() -> None:
    event = factories.reception(4, largest_party=4)
    invited = factories.invitation(event)
    verbs.hold_seats(event, Block("Guest of honour", 4, invitation=invited), STAFF)
    verbs.respond(event, factories.answer(0), invitation=invited)
    assert committed(event) == 0


def test_cancelling_the_event_releases_blocks() -> None:
    event = factories.reception(12)
    hold = delegation(event)
    verbs.name_delegates(hold, TWELVE[:3])
    assert verbs.call_off(event, "Storm.", "台风。", STAFF) == 1
    hold.refresh_from_db()
    assert (committed(event), hold.is_live) == (0, False)
