"""The seating rules, tried on every room and party that Hypothesis can think of."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.seating import (
    Decision,
    Door,
    Full,
    Grant,
    Hours,
    Party,
    Queue,
    Room,
    Waiting,
    between,
    decide,
    door,
    grants,
    passes_over,
    take,
)

START = datetime(2026, 12, 9, 2, 30, tzinfo=UTC)
HOURS = Hours(START - timedelta(days=60), START - timedelta(days=3), START)
rooms = st.builds(
    lambda limit, taken, waits: Room(limit, min(taken, limit), waits),
    st.integers(1, 200),
    st.integers(0, 200),
    st.booleans(),
)
parties = st.builds(lambda has, more: Party(has, has + more), st.integers(0, 6), st.integers(0, 6))


@given(rooms, parties, st.integers(1, 12))
def test_a_decision_never_gives_more_seats_than_are_free(room: Room, party: Party, wants: int) -> None:
    decision = decide(room, party, wants)
    assert decision.confirmed + decision.offered - party.confirmed - party.offered <= room.free


@given(rooms, parties, st.integers(1, 12))
def test_nobody_loses_a_confirmed_seat_by_asking_for_more(room: Room, party: Party, wants: int) -> None:
    assert decide(room, party, wants).confirmed >= min(party.confirmed, wants)


@given(rooms, parties, st.integers(1, 12))
def test_whoever_does_not_get_all_stands_in_the_queue(room: Room, party: Party, wants: int) -> None:
    decision = decide(room, party, wants)
    assert (decision.queue is Queue.NONE) == (decision.confirmed == decision.wanted == wants)


@given(parties.filter(lambda party: party.confirmed > 0), st.integers(1, 6))
def test_giving_seats_back_is_never_refused(party: Party, wants: int) -> None:
    fewer = min(wants, party.confirmed)
    full = Room(party.confirmed, party.confirmed, others_wait=True, has_waiting_list=False)
    assert decide(full, party, fewer) == Decision(fewer, fewer, Queue.NONE)


def test_a_newcomer_gets_no_seat_while_others_wait() -> None:
    room = Room(limit=10, committed=8, others_wait=True)
    assert decide(room, Party(), 1) == Decision(0, 1, Queue.NEW)


def test_a_newcomer_is_seated_when_there_is_room_and_nobody_waits() -> None:
    assert decide(Room(10, 8, others_wait=False), Party(), 2) == Decision(2, 2, Queue.NONE)


def test_a_party_that_is_too_large_waits_as_a_whole() -> None:
    assert decide(Room(10, 8, others_wait=False), Party(), 3) == Decision(0, 3, Queue.NEW)


def test_without_a_waiting_list_a_full_room_says_so() -> None:
    with pytest.raises(Full):
        decide(Room(10, 10, others_wait=False, has_waiting_list=False), Party(), 1)


def test_a_waiting_party_that_asks_for_less_keeps_its_place() -> None:
    assert decide(Room(10, 10, others_wait=True), Party(0, 4), 2).queue is Queue.KEEP


def test_a_waiting_party_that_asks_for_more_goes_to_the_end() -> None:
    assert decide(Room(10, 10, others_wait=True), Party(0, 2), 3).queue is Queue.NEW


def asked(party: int, seats: int) -> Waiting:
    """A party that seats are offered to: it may take a part."""
    return Waiting(party, seats, is_asked=True, takes_part=True)


def whole(party: int, seats: int) -> Waiting:
    """A party that is seated at once, and never split."""
    return Waiting(party, seats, is_asked=False, takes_part=False)


def any_seat(party: int, seats: int) -> Waiting:
    return Waiting(party, seats, is_asked=False, takes_part=True)


lines = st.lists(st.tuples(st.integers(1, 6), st.sampled_from([asked, whole, any_seat])), max_size=12).map(
    lambda rows: [kind(party, seats) for party, (seats, kind) in enumerate(rows)]
)


@given(st.integers(0, 30), lines, st.booleans())
def test_no_more_seats_are_given_than_are_free(free: int, line: list[Waiting], passing_over: bool) -> None:
    assert sum(grant.seats for grant in grants(free, line, passing_over=passing_over)) <= free


@given(st.integers(0, 30), lines)
def test_nobody_is_served_ahead_of_a_party_that_waits_longer(free: int, line: list[Waiting]) -> None:
    given_to = [grant.party for grant in grants(free, line, passing_over=False)]
    assert given_to == [waiting.party for waiting in line[: len(given_to)]]


@given(st.integers(0, 30), lines)
def test_shortly_before_the_event_nobody_whom_a_free_seat_fits_is_left_out(
    free: int, line: list[Waiting]
) -> None:
    got = dict.fromkeys(range(len(line)), 0)
    for grant in grants(free, line, passing_over=True):
        got[grant.party] += grant.seats
    left = free - sum(got.values())
    for waiting in line:
        rest = waiting.seats - got[waiting.party]
        assert not left or not rest or (rest > left and not waiting.takes_part)


@given(st.integers(0, 30), lines)
def test_a_party_that_is_never_split_gets_all_its_seats_or_none(free: int, line: list[Waiting]) -> None:
    for grant in grants(free, line, passing_over=True):
        assert line[grant.party].takes_part or grant.seats == line[grant.party].seats


def test_the_head_of_the_queue_holds_the_seats_until_its_party_fits() -> None:
    line = [whole(1, 4), whole(2, 1)]
    assert grants(3, line, passing_over=False) == []
    assert grants(3, line, passing_over=True) == [Grant(2, 1, is_offer=False)]
    assert grants(4, line, passing_over=False) == [Grant(1, 4, is_offer=False)]


def test_the_head_of_the_queue_is_offered_the_part_there_is() -> None:
    line = [asked(1, 4), asked(2, 1)]
    assert grants(3, line, passing_over=False) == [Grant(1, 3, is_offer=True)]


def test_shortly_before_the_event_a_whole_party_goes_before_a_part_of_the_head() -> None:
    line = [asked(1, 4), asked(2, 2)]
    assert grants(3, line, passing_over=True) == [Grant(2, 2, is_offer=True), Grant(1, 1, is_offer=True)]


def test_whoever_takes_any_seat_is_seated_without_being_asked() -> None:
    assert grants(1, [any_seat(1, 3)], passing_over=False) == [Grant(1, 1, is_offer=False)]


def test_part_of_an_offer_leaves_what_was_not_offered_in_line() -> None:
    # Wants four, is offered three, takes two: one more was never offered, and is waited for.
    assert take(Party(confirmed=0, wanted=4, offered=3), 2) == Decision(2, 3, Queue.KEEP)


def test_all_that_was_wanted_taken_ends_the_waiting() -> None:
    assert take(Party(confirmed=1, wanted=3, offered=2), 2) == Decision(3, 3, Queue.NONE)


def test_whoever_comes_to_want_less_keeps_as_much_of_the_offer() -> None:
    assert decide(Room(10, 10, others_wait=True), Party(1, 4, 3), 2) == Decision(1, 2, Queue.KEEP, 1)


def test_asking_for_more_costs_no_offer_that_stands() -> None:
    assert decide(Room(10, 10, others_wait=False), Party(0, 2, 2), 3) == Decision(0, 3, Queue.NEW, 2)


def test_without_a_limit_there_is_always_room() -> None:
    assert decide(Room(None, 5000, others_wait=False), Party(), 4) == Decision(4, 4, Queue.NONE)


def test_a_place_behind_the_next_is_before_the_one_after() -> None:
    assert Decimal(3) < between(Decimal(3), Decimal(4)) < Decimal(4)


@pytest.mark.parametrize(
    ("moment", "room", "found"),
    [
        (HOURS.opens_at - timedelta(seconds=1), Room(10, 0, others_wait=False), Door.NOT_YET),
        (HOURS.opens_at, Room(10, 0, others_wait=False), Door.OPEN),
        (HOURS.opens_at, Room(10, 10, others_wait=False), Door.WAITING_LIST),
        (HOURS.opens_at, Room(10, 9, others_wait=True), Door.WAITING_LIST),
        (HOURS.opens_at, Room(10, 10, others_wait=False, has_waiting_list=False), Door.FULL),
        (HOURS.last_moment, Room(10, 0, others_wait=False), Door.CLOSED),
        (START, Room(10, 0, others_wait=False), Door.OVER),
    ],
)
def test_the_door_says_what_will_happen(moment: datetime, room: Room, found: Door) -> None:
    assert door(moment, HOURS, room, cancelled=False) is found


def test_answers_close_with_the_start_at_the_latest() -> None:
    assert Hours(None, START + timedelta(days=1), START).last_moment == START


def test_seventy_two_hours_before_the_event_the_next_party_that_fits_is_served() -> None:
    assert passes_over(START - timedelta(hours=72), START)
    assert not passes_over(START - timedelta(hours=72, seconds=1), START)
