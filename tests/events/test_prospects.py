"""What a page tells before the button is pressed is what the button does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from events import rsvp as verbs
from events.models import Actor, Event, Rsvp, RsvpPolicy
from events.own_answer import own_answer
from events.prospects import Prospect, prospects
from events.rsvp import Refused
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = verbs.By(Actor.STAFF, reason="Asked by telephone.")
PROMOTION = pytest.mark.parametrize("promotion", ["offer", "seat"])


class _Undone(Exception):
    pass


def what_becomes(act: Callable[[], Rsvp]) -> tuple[int, int, int | None] | None:
    """Seats, seats offered, and place in line after an act that is then undone; None where it is refused."""
    found = None
    try:
        with transaction.atomic():
            rsvp = Rsvp.objects.get(pk=act().pk)
            found = (rsvp.seats_confirmed, rsvp.seats_offered, verbs.place_in_queue(rsvp))
            raise _Undone
    except (_Undone, Refused):
        return found


def told(prospect: Prospect) -> tuple[int, int, int | None] | None:
    return None if prospect.is_refused else (prospect.confirmed, prospect.offered, prospect.place)


def policy_of(event: Event) -> RsvpPolicy:
    return RsvpPolicy.objects.get(event=event)


def check_newcomers(event: Event, member: Member | None = None) -> None:
    known = prospects(event, policy_of(event), 4, member=member)
    for takes_any, rows in ((False, known.asked), (True, known.if_any)):
        for row in rows:
            answer = factories.answer(row.seats, member=member, takes_any=takes_any)
            assert told(row) == what_becomes(lambda answer=answer: verbs.respond(event, answer).rsvp), (
                row,
                takes_any,
            )


def check_changes(rsvp: Rsvp) -> None:
    fresh = Rsvp.objects.select_related("event__rsvp_policy", "member").get(pk=rsvp.pk)
    for takes_any, rows in (
        (False, own_answer(fresh).prospects.asked),
        (True, own_answer(fresh).prospects.if_any),
    ):
        for row in rows:
            if row.seats == rsvp.seats_wanted:
                continue
            answer = factories.answer(row.seats, rsvp.name, email=rsvp.email, takes_any=takes_any)
            found = what_becomes(lambda answer=answer: verbs.change(rsvp, answer))
            assert found is not None, row
            assert (row.confirmed, row.offered) == found[:2], (row, takes_any)
            # Who steps back may let others through at once, and then stands nearer than was told; never further away.
            assert (row.place or 0) >= (found[2] or 0), (row, takes_any)
            assert (row.place is None) == (found[2] is None), (row, takes_any)


def a_queue(promotion: str, *waiting: int, seats: int = 4, free: int = 0, **policy: Any) -> list[Rsvp]:
    """A full event with parties in line; then some seats become free."""
    event = factories.reception(seats=seats, promotion=promotion, **policy)
    first = factories.rsvp(event, seats)
    parties = [factories.rsvp(event, wanted) for wanted in waiting]
    if free:
        verbs.change(first, factories.answer(seats - free, first.name, email=first.email))
    for party in parties:
        party.refresh_from_db()
    return [first, *parties]


@PROMOTION
@pytest.mark.parametrize("taken", [0, 1, 3, 4])
def test_a_newcomer_is_told_what_comes_while_nobody_waits(promotion: str, taken: int) -> None:
    event = factories.reception(seats=4, promotion=promotion)
    if taken:
        factories.rsvp(event, taken)
    check_newcomers(event)


@PROMOTION
@pytest.mark.parametrize("free", [0, 1, 2, 3])
def test_a_newcomer_is_told_what_comes_behind_others(promotion: str, free: int) -> None:
    check_newcomers(a_queue(promotion, 3, 1, free=free)[0].event)


@PROMOTION
@pytest.mark.parametrize("free", [1, 2, 3])
def test_a_newcomer_is_told_what_comes_shortly_before_the_event(promotion: str, free: int) -> None:
    check_newcomers(a_queue(promotion, 4, free=free, days_ahead=2)[0].event)


@PROMOTION
def test_a_newcomer_is_told_where_nobody_can_wait(promotion: str) -> None:
    event = factories.reception(seats=4, promotion=promotion, waiting_list=False)
    factories.rsvp(event, 2)
    check_newcomers(event)


def test_a_newcomer_is_told_where_there_is_no_limit() -> None:
    event = factories.reception()
    RsvpPolicy.objects.filter(event=event).update(seat_limit=None)
    check_newcomers(event)


@PROMOTION
def test_a_member_is_told_the_place_before_others(promotion: str, member: Member) -> None:
    event = a_queue(promotion, 2, 2, free=1, members_first=True)[0].event
    check_newcomers(event, member)
    assert prospects(event, policy_of(event), 4, member=member).asked[3].place == 1


@PROMOTION
@pytest.mark.parametrize("free", [0, 1, 2, 4])
@pytest.mark.parametrize("days_ahead", [30, 2])
def test_every_party_is_told_what_each_change_leads_to(promotion: str, free: int, days_ahead: int) -> None:
    for party in a_queue(promotion, 3, 2, 1, free=free, days_ahead=days_ahead):
        party.refresh_from_db()
        check_changes(party)


@PROMOTION
def test_who_comes_back_is_told_what_that_leads_to(promotion: str) -> None:
    first = a_queue(promotion, 2, free=1)[0]
    verbs.withdraw(first)
    first.refresh_from_db()
    check_changes(first)


@PROMOTION
@pytest.mark.parametrize("reserved", [1, 3])
def test_a_guest_with_reserved_seats_is_told_what_is_added_to_them(promotion: str, reserved: int) -> None:
    event = factories.reception(seats=5, promotion=promotion)
    invited = factories.invitation(event)
    verbs.hold_seats(event, verbs.Block("For a guest", reserved, invitation=invited), STAFF)
    factories.rsvp(event, 1)
    for row in prospects(event, policy_of(event), 4, reserved=reserved).asked:
        answer = factories.answer(row.seats, email=invited.email)
        respond = lambda answer=answer: verbs.respond(event, answer, invitation=invited).rsvp  # noqa: E731
        assert told(row) == what_becomes(respond), row


def test_taking_a_part_of_an_offer_leads_where_the_page_says() -> None:
    party = a_queue("offer", 4, 2, seats=4, free=3)[1]
    rows = own_answer(party).taking
    assert [(row.confirmed, row.offered, row.awaited) for row in rows] == [(1, 1, 0), (2, 1, 0), (3, 0, 1)]
    for taken, row in enumerate(rows, start=1):
        assert told(row) == what_becomes(lambda taken=taken: verbs.accept(party, taken))


def test_what_a_party_leaves_goes_to_those_before_it_who_wait_for_it() -> None:
    second = a_queue("seat", 3, 3, seats=6, free=2, largest_party=6)[2]
    party = Rsvp.objects.get(pk=verbs.offer(second, 2, STAFF).pk)
    rows = own_answer(party).taking
    assert [(row.confirmed, row.offered) for row in rows] == [(1, 0), (2, 0)]
    for taken, row in enumerate(rows, start=1):
        assert told(row) == what_becomes(lambda taken=taken: verbs.accept(party, taken))


def test_who_lets_others_ahead_is_told_the_place_behind_them() -> None:
    party = a_queue("offer", 2, 2, 1, seats=4, free=3)[1]
    told_place = own_answer(party).place_if_later
    found = what_becomes(lambda: verbs.not_now(party))
    assert found is not None
    assert told_place == found[2] == 2
