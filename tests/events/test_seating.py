"""The seating rules, tried on every room and party that Hypothesis can think of."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.seating import (
    Decision,
    Door,
    Full,
    Hours,
    Party,
    Queue,
    Room,
    decide,
    door,
    passes_over,
    promotions,
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
queues = st.lists(st.integers(1, 6), max_size=12).map(lambda seats: list(enumerate(seats)))


@given(rooms, parties, st.integers(1, 12))
def test_a_decision_never_gives_more_seats_than_are_free(room: Room, party: Party, wants: int) -> None:
    decision = decide(room, party, wants)
    assert decision.confirmed - party.confirmed <= room.free


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


@given(st.integers(0, 30), queues, st.booleans())
def test_promotions_never_exceed_the_free_seats(
    free: int, queue: list[tuple[int, int]], passing_over: bool
) -> None:
    seats = dict(queue)
    assert sum(seats[party] for party in promotions(free, queue, passing_over=passing_over)) <= free


@given(st.integers(0, 30), queues)
def test_nobody_is_seated_ahead_of_a_party_that_waits_longer(free: int, queue: list[tuple[int, int]]) -> None:
    seated = promotions(free, queue, passing_over=False)
    assert seated == [party for party, _ in queue[: len(seated)]]


@given(st.integers(0, 30), queues)
def test_shortly_before_the_event_no_party_that_fits_is_left_out(
    free: int, queue: list[tuple[int, int]]
) -> None:
    seated = promotions(free, queue, passing_over=True)
    left = free - sum(seats for party, seats in queue if party in seated)
    assert all(seats > left for party, seats in queue if party not in seated)


def test_the_head_of_the_queue_holds_the_seats_until_its_party_fits() -> None:
    queue = [(1, 4), (2, 1)]
    assert promotions(3, queue, passing_over=False) == []
    assert promotions(3, queue, passing_over=True) == [2]
    assert promotions(4, queue, passing_over=False) == [1]


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
