"""The second opinion itself says what docs/rsvp.md says: what it is asked to judge is judged in test_rsvp_machine."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.events.reference import Reception
from tests.events.reference_clock import offer_end
from tests.events.reference_rules import HOSTS, MEMBER

LOS_ANGELES = "America/Los_Angeles"
MORNING = datetime(2026, 3, 2, 17, tzinfo=UTC)  # nine o'clock in Los Angeles, before the clocks change


def reception(limit: int | None, **rules: Any) -> Reception:
    return Reception(now=MORNING, begins=MORNING + timedelta(days=30), limit=limit, **rules)


def seats(of: Reception) -> list[tuple[str, int, int, int]]:
    return [(each.status, each.confirmed, each.offered, each.wanted) for each in of.parties.values()]


def full(**rules: Any) -> Reception:
    """Four seats, taken by party 1; party 2 waits for three, party 3 for one."""
    made = reception(4, **rules)
    for key, size in (1, 4), (2, 3), (3, 1):
        made.respond(key, size)
    return made


@pytest.mark.parametrize(
    ("made", "begins", "hours", "zone", "end"),
    [
        ("2026-03-02 09:00", "2026-04-02 18:00", 26, LOS_ANGELES, "2026-03-04 09:00"),
        ("2026-03-02 23:30", "2026-04-02 18:00", 26, LOS_ANGELES, "2026-03-04 21:00"),
        ("2026-03-02 09:00", "2026-03-02 17:00", 26, LOS_ANGELES, "2026-03-02 10:00"),
        ("2026-03-02 09:00", "2026-03-03 17:00", 26, LOS_ANGELES, "2026-03-02 13:00"),
        ("2026-03-02 22:00", "2026-03-03 08:30", 26, LOS_ANGELES, "2026-03-03 08:30"),
        ("2026-03-02 09:00", "2026-04-02 18:00", 26, "Asia/Shanghai", "2026-03-04 05:00"),
        ("2026-03-07 20:00", "2026-04-02 18:00", 2, LOS_ANGELES, "2026-03-08 09:00"),
    ],
    ids=["two days", "at night", "last hours", "near", "beginning", "in Guangzhou", "clocks change"],
)
def test_an_offer_stands_for_waking_hours_only(
    made: str, begins: str, hours: int, zone: str, end: str
) -> None:
    local = ZoneInfo(LOS_ANGELES)
    when, start, until = (datetime.fromisoformat(each).replace(tzinfo=local) for each in (made, begins, end))
    assert offer_end(when.astimezone(UTC), start.astimezone(UTC), hours, zone).astimezone(local) == until


def test_freed_seats_are_offered_to_the_head_in_part() -> None:
    room = full()
    room.change(1, 2)
    assert seats(room) == [("confirmed", 2, 0, 2), ("offered", 0, 2, 3), ("waitlisted", 0, 0, 1)]
    room.accept(2, 1)
    assert seats(room) == [("confirmed", 2, 0, 2), ("confirmed", 1, 1, 2), ("waitlisted", 0, 0, 1)]


def test_freed_seats_are_kept_for_a_whole_party_where_it_is_seated_at_once() -> None:
    room = full(promotion="seat")
    room.change(1, 2)
    assert seats(room)[1:] == [("waitlisted", 0, 0, 3), ("waitlisted", 0, 0, 1)]
    room.change(1, 1)
    assert seats(room)[1:] == [("confirmed", 3, 0, 3), ("waitlisted", 0, 0, 1)]


def test_near_the_event_the_next_that_fits_goes_first() -> None:
    room = full()
    room.now = room.begins - timedelta(hours=72)
    room.change(1, 3)
    assert seats(room)[1:] == [("waitlisted", 0, 0, 3), ("offered", 0, 1, 1)]
    room.change(1, 2)
    assert seats(room)[1:] == [("offered", 0, 1, 3), ("offered", 0, 1, 1)]


def test_not_now_goes_directly_behind_the_next() -> None:
    room = full()
    room.respond(4, 1)
    room.change(1, 2)
    assert room.not_now(2) == ""
    assert room.line() == [3, 2, 4]
    assert seats(room)[1:] == [("offered", 0, 1, 3), ("offered", 0, 1, 1), ("waitlisted", 0, 0, 1)]
    assert room.not_now(2) != ""


def test_a_lapse_costs_only_what_was_waited_for() -> None:
    room = full()
    room.change(2, 1)
    room.change(1, 3)
    room.accept(2, 1)
    room.change(2, 3)
    room.change(1, 1)
    assert seats(room)[1:] == [("confirmed", 1, 1, 3), ("offered", 0, 1, 1)]
    room.now += timedelta(days=4)
    room.settle()
    assert seats(room)[1:] == [("confirmed", 1, 0, 1), ("lapsed", 0, 0, 0)]


def test_an_undone_withdrawal_stands_where_it_stood() -> None:
    room = full()
    room.withdraw(2)
    assert room.line() == [3]
    assert room.undo(2) == ""
    assert room.line() == [2, 3]


def test_classes_are_served_one_after_the_other() -> None:
    room = full(members_first=True)
    room.respond(4, 1, is_member=True)
    assert room.line() == [4, 2, 3]
    room.prioritise(3, HOSTS)
    assert room.line() == [3, 4, 2]
    room.prioritise(3, MEMBER)
    assert room.line() == [3, 4, 2], "within a class the order is that in which they asked"


def test_a_refusal_changes_nothing() -> None:
    room = full(waiting_list=False)
    assert room.respond(5, 1) == "no seat free and no waiting list"
    assert room.set_limit(3) == "more seats are promised"
    assert 5 not in room.parties
    assert room.limit == 4


def test_a_block_keeps_only_seats_nobody_is_named_for() -> None:
    room = reception(6)
    room.hold_seats(1, 4, freezes=MORNING + timedelta(days=1))
    room.name_delegates(1, 3)
    assert (room.committed, room.holds[1].unnamed) == (4, 1)
    room.now += timedelta(days=1)
    room.settle()
    assert room.committed == 3
    assert room.name_delegates(1, 4) == "no seat for so many"


def test_a_postponed_event_recalls_offers_and_resumes_them() -> None:
    room = full()
    room.change(1, 2)
    room.postpone()
    assert seats(room)[1:] == [("waitlisted", 0, 0, 3), ("waitlisted", 0, 0, 1)]
    assert room.respond(5, 1) == "no seats are given now"
    room.resume()
    assert seats(room)[1:] == [("offered", 0, 2, 3), ("waitlisted", 0, 0, 1)]
