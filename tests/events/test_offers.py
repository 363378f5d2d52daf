"""Seats that are offered: to whom, for how long, and what becomes of them; one rule a test."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition, SeatOffer
from events.rsvp import By, Refused
from events.tasks import serve_those_who_wait
from sistercities.mail.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = By(RsvpTransition.Actor.STAFF, reason="The consul asked for it.")
NOON = datetime(2026, 10, 1, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))


def reception(seats: int = 4, **rules: object) -> Event:
    return factories.reception(seats, promotion="offer", **rules)


def full(seats: int = 4, **rules: object) -> tuple[Event, Rsvp]:
    """A reception whose seats one party has."""
    event = reception(seats, **rules)
    return event, factories.rsvp(event, seats)


def stands(rsvp: Rsvp) -> tuple[str, int, int, int]:
    rsvp.refresh_from_db()
    return rsvp.status, rsvp.seats_confirmed, rsvp.seats_offered, rsvp.seats_wanted


def shrink(rsvp: Rsvp, seats: int) -> None:
    verbs.change(rsvp, factories.answer(seats, rsvp.name, email=rsvp.email))


def committed(event: Event) -> int:
    return RsvpPolicy.objects.get(event=event).seats_committed


def test_freed_seats_are_offered_to_the_head_of_the_line() -> None:
    event, first = full()
    second, third = factories.rsvp(event, 2), factories.rsvp(event, 1)
    shrink(first, 2)
    assert stands(second) == ("offered", 0, 2, 2)
    assert stands(third) == ("waitlisted", 0, 0, 1)
    assert committed(event) == 4


def test_the_head_is_offered_the_part_there_is_and_more_makes_its_offer_larger() -> None:
    event, first = full()
    head, behind = factories.rsvp(event, 3), factories.rsvp(event, 1)
    shrink(first, 2)
    ends = SeatOffer.objects.get().expires_at
    assert stands(head) == ("offered", 0, 2, 3)
    shrink(first, 1)
    assert stands(head) == ("offered", 0, 3, 3)
    assert stands(behind) == ("waitlisted", 0, 0, 1)
    assert SeatOffer.objects.get().expires_at == ends


def test_whoever_takes_a_partial_offer_stays_in_line_for_the_rest() -> None:
    event, first = full()
    head, behind = factories.rsvp(event, 3), factories.rsvp(event, 1)
    shrink(first, 2)
    verbs.accept(head, 2)
    assert stands(head) == ("confirmed", 2, 0, 3)
    assert verbs.place_in_queue(head) == 1
    verbs.withdraw(first)
    assert stands(head) == ("confirmed", 2, 1, 3)
    assert stands(behind) == ("offered", 0, 1, 1)


def test_what_is_left_of_an_offer_goes_to_the_next() -> None:
    event, first = full()
    head, behind = factories.rsvp(event, 2, companions=("Wei",)), factories.rsvp(event, 1)
    shrink(first, 2)
    verbs.accept(head, 1)
    assert stands(head) == ("confirmed", 1, 0, 1)
    assert [guest.name for guest in head.guests.all()] == [head.name]
    assert stands(behind) == ("offered", 0, 1, 1)
    offer = head.offers.get()
    assert (offer.outcome, offer.taken) == ("part", 1)


@pytest.mark.parametrize("seats", [0, 3, -1])
def test_no_more_and_no_less_than_what_is_offered_can_be_taken(seats: int) -> None:
    event, first = full()
    head = factories.rsvp(event, 2)
    shrink(first, 2)
    with pytest.raises(Refused, match="at least one and at most 2"):
        verbs.accept(head, seats)
    assert stands(head) == ("offered", 0, 2, 2)


def test_taking_an_offer_twice_is_taking_it_once() -> None:
    event, first = full()
    head = factories.rsvp(event, 2)
    shrink(first, 2)
    verbs.accept(head, 2), verbs.accept(head, 2)
    assert stands(head) == ("confirmed", 2, 0, 2)
    assert head.transitions.filter(deed="took").count() == 1


def test_an_offer_that_nobody_takes_lapses_and_goes_on() -> None:
    event, first = full()
    head, behind = factories.rsvp(event, 2), factories.rsvp(event, 2)
    shrink(first, 2)
    offer = head.offers.get()
    with time_machine.travel(offer.expires_at, tick=False):
        serve_those_who_wait()
        assert stands(head) == ("lapsed", 0, 0, 0)
        assert stands(behind) == ("offered", 0, 2, 2)
        with pytest.raises(Refused, match="no longer open"):
            verbs.accept(head, 2)
    offer.refresh_from_db()
    assert (offer.outcome, offer.ended_at) == ("lapsed", offer.expires_at)


def test_an_offer_stands_until_its_last_second() -> None:
    event, first = full()
    head = factories.rsvp(event, 2)
    shrink(first, 2)
    with time_machine.travel(head.offers.get().expires_at - timedelta(seconds=1), tick=False):
        serve_those_who_wait()
        verbs.accept(head, 2)
    assert stands(head) == ("confirmed", 2, 0, 2)


def test_a_lapsed_offer_costs_no_confirmed_seat() -> None:
    event, first = full()
    head = factories.rsvp(event, 3)
    shrink(first, 2)
    verbs.accept(head, 2)
    shrink(first, 1)
    with time_machine.travel(head.offers.live().get().expires_at, tick=False):
        serve_those_who_wait()
    assert stands(head) == ("confirmed", 2, 0, 2)
    assert head.guests.count() == 2


def test_not_now_lets_the_next_go_ahead_once() -> None:
    event, first = full()
    one, two, three = (factories.rsvp(event, 1) for _ in range(3))
    shrink(first, 3)
    verbs.not_now(one)
    assert stands(one) == ("waitlisted", 0, 0, 1)
    assert [verbs.place_in_queue(Rsvp.objects.get(pk=each.pk)) for each in (two, one, three)] == [1, 2, 3]
    assert stands(two) == ("offered", 0, 1, 1)
    shrink(first, 2)
    assert stands(one) == ("offered", 0, 1, 1)
    with pytest.raises(Refused, match="said once"):
        verbs.not_now(one)


def test_not_now_needs_somebody_behind() -> None:
    event, first = full()
    one = factories.rsvp(event, 1)
    shrink(first, 3)
    with pytest.raises(Refused, match="Nobody waits behind you"):
        verbs.not_now(one)
    assert stands(one) == ("offered", 0, 1, 1)


def test_not_now_of_the_last_member_stands_behind_the_first_of_all_others() -> None:
    event, first = full(members_first=True)
    guests = [factories.rsvp(event, 1) for _ in range(2)]
    one = factories.rsvp(event, 1, member=factories.member(member_since=timezone.localdate()))
    shrink(first, 3)
    assert stands(one) == ("offered", 0, 1, 1)
    verbs.not_now(one)
    places = [verbs.place_in_queue(Rsvp.objects.get(pk=each.pk)) for each in (guests[0], one, guests[1])]
    assert places == [1, 2, 3]


def test_members_are_served_first_where_the_event_says_so() -> None:
    event, first = full(members_first=True)
    guest = factories.rsvp(event, 1)
    member = factories.rsvp(event, 1, member=factories.member(member_since=timezone.localdate()))
    shrink(first, 3)
    assert stands(member) == ("offered", 0, 1, 1)
    assert stands(guest) == ("waitlisted", 0, 0, 1)


def test_whoever_the_hosts_put_first_is_served_first_with_a_reason() -> None:
    event, first = full()
    one, two = factories.rsvp(event, 1), factories.rsvp(event, 1)
    with pytest.raises(Refused, match="say why"):
        verbs.prioritise(two, Rsvp.Priority.HOSTS, By(RsvpTransition.Actor.STAFF))
    verbs.prioritise(two, Rsvp.Priority.HOSTS, STAFF)
    shrink(first, 3)
    assert (stands(two)[0], stands(one)[0]) == ("offered", "waitlisted")
    assert two.priority_reason == "The consul asked for it."


def test_whoever_takes_any_seat_is_seated_without_being_asked() -> None:
    event, first = full()
    head = factories.rsvp(event, 3, takes_any=True)
    shrink(first, 2)
    assert stands(head) == ("confirmed", 2, 0, 3)


def test_an_offer_shrinks_with_the_party() -> None:
    event, first = full()
    head, behind = factories.rsvp(event, 2), factories.rsvp(event, 1)
    shrink(first, 2)
    shrink(head, 1)
    assert stands(head) == ("offered", 0, 1, 1)
    assert stands(behind) == ("offered", 0, 1, 1)


def test_withdrawing_gives_an_offer_back() -> None:
    event, first = full()
    head, behind = factories.rsvp(event, 2), factories.rsvp(event, 2)
    shrink(first, 2)
    verbs.withdraw(head)
    assert stands(head) == ("cancelled", 0, 0, 0)
    assert stands(behind) == ("offered", 0, 2, 2)
    assert head.offers.get().outcome == "given-back"


def test_no_seat_is_offered_once_the_event_has_begun() -> None:
    event, first = full()
    head = factories.rsvp(event, 2)
    with time_machine.travel(event.starts_at, tick=False):
        verbs.withdraw(first)
        serve_those_who_wait()
    assert stands(head) == ("waitlisted", 0, 0, 2)


def test_while_somebody_holds_an_offer_newcomers_wait() -> None:
    event, first = full()
    factories.rsvp(event, 1)
    shrink(first, 2)
    assert committed(event) == 3
    assert factories.rsvp(event, 1).status == "offered"  # the free seat is hers in her turn, by offer
    assert factories.rsvp(event, 1).status == "waitlisted"


def test_the_clock_runs_while_the_guest_is_awake() -> None:
    with time_machine.travel(NOON, tick=False):
        event, first = full()
        member = factories.member(timezone="Asia/Shanghai", member_since=NOON.date())
        here, there = factories.rsvp(event, 1), factories.rsvp(event, 1, member=member)
        shrink(first, 2)
    ends = here.offers.get().expires_at.astimezone(NOON.tzinfo)
    assert f"{ends:%d %H:%M}" == "03 12:00"  # 9 + 13 + 4 waking hours
    # Three in the morning in Guangzhou: the clock starts at eight.
    ends = there.offers.get().expires_at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert f"{ends:%d %H:%M}" == "03 21:00"


def test_a_reminder_is_asked_for_at_half_time() -> None:
    with time_machine.travel(NOON, tick=False):
        event, first = full()
        head = factories.rsvp(event, 1)
        shrink(first, 3)
    reminder = Message.objects.get(kind="rsvp_offer_reminder")
    assert reminder.send_after == head.offers.get().remind_at
    assert f"{reminder.send_after.astimezone(NOON.tzinfo):%d %H:%M}" == "02 12:00"


def test_staff_offer_free_seats_out_of_turn_with_a_reason() -> None:
    event = factories.reception(4, promotion="seat")
    first = factories.rsvp(event, 4)
    head, other = factories.rsvp(event, 3), factories.rsvp(event, 1)
    shrink(first, 2)
    assert stands(head) == ("waitlisted", 0, 0, 3)
    with pytest.raises(Refused, match="Only 2 seats are free"):
        verbs.offer(head, 3, STAFF)
    verbs.offer(other, 1, STAFF)
    assert stands(other) == ("offered", 0, 1, 1)


def test_raising_the_limit_offers_to_all_who_fit() -> None:
    event, _first = full()
    waiting = [factories.rsvp(event, seats) for seats in (3, 2, 1)]
    verbs.set_limit(event, 9, STAFF)
    assert [stands(each)[2] for each in waiting] == [3, 2, 0]
    verbs.set_limit(event, None, STAFF)
    assert [stands(each)[2] for each in waiting] == [3, 2, 1]


def test_postponing_recalls_offers_and_keeps_places() -> None:
    event, first = full()
    head, _behind = factories.rsvp(event, 2), factories.rsvp(event, 2)
    shrink(first, 2)
    Event.objects.filter(pk=event.pk).update(state=Event.State.POSTPONED)
    verbs.announce_change(event, STAFF)
    assert stands(head) == ("waitlisted", 0, 0, 2)
    assert verbs.place_in_queue(head) == 1
    assert head.offers.get().outcome == "recalled"
    assert committed(event) == 2
    Event.objects.filter(pk=event.pk).update(state=Event.State.ON)
    verbs.announce_change(event, STAFF)
    assert stands(head) == ("offered", 0, 2, 2)


def test_an_event_moved_nearer_ends_its_offers_when_it_begins() -> None:
    event, first = full()
    head = factories.rsvp(event, 2)
    shrink(first, 2)
    nearer = timezone.now() + timedelta(hours=5)
    Event.objects.filter(pk=event.pk).update(starts_at=nearer, ends_at=nearer + timedelta(hours=2))
    verbs.announce_change(event, STAFF)
    assert head.offers.get().expires_at == nearer


def test_near_the_event_the_next_party_that_fits_is_offered_first() -> None:
    event = factories.reception(4, days_ahead=2, promotion="offer")
    first = factories.rsvp(event, 4)
    head, small = factories.rsvp(event, 3), factories.rsvp(event, 1)
    shrink(first, 2)
    assert stands(small) == ("offered", 0, 1, 1)
    assert stands(head) == ("offered", 0, 1, 3)


def test_the_database_refuses_a_second_live_offer_and_an_offer_that_differs() -> None:
    event, first = full()
    head = factories.rsvp(event, 2)
    shrink(first, 2)
    now = timezone.now()
    with pytest.raises(IntegrityError, match="offer_one_live"), transaction.atomic():
        SeatOffer.objects.create(rsvp=head, seats=1, made_at=now, expires_at=now + timedelta(hours=1))
    SeatOffer.objects.update(seats=1)
    with pytest.raises(IntegrityError, match="seats offered"), transaction.atomic():
        transaction.get_connection().check_constraints()
    SeatOffer.objects.update(seats=2)


def test_the_database_counts_by_itself_and_refuses_to_overbook() -> None:
    event, first = full()
    factories.rsvp(event, 2)
    with pytest.raises(IntegrityError, match="policy_never_overbooked"), transaction.atomic():
        Rsvp.objects.filter(status="waitlisted").update(
            status="confirmed", seats_confirmed=2, queue_number=None
        )
    Rsvp.objects.filter(pk=first.pk).update(seats_confirmed=1, seats_wanted=1)
    assert committed(event) == 1
    transaction.set_rollback(True)


def test_not_now_goes_behind_whoever_can_use_the_seats() -> None:
    event, first = full()
    one, two, three = (factories.rsvp(event, 1) for _ in range(3))
    shrink(first, 2)
    assert (stands(one)[0], stands(two)[0]) == ("offered", "offered")
    verbs.not_now(one)
    assert (stands(one)[0], stands(two)[0], stands(three)[0]) == ("waitlisted", "offered", "offered")
    assert verbs.place_in_queue(one) == 3
