"""The shortest ways to faults that the machine of test_rsvp_machine found, each by its name. They stay mended."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import factories
from tests.events.side_by_side import SideBySide

pytestmark = pytest.mark.django_db
Reception = Callable[..., SideBySide]


@pytest.fixture
def reception() -> Iterator[Reception]:
    """A reception at the desk and in the second opinion; at the end both agree and nothing is wrong."""
    made: list[SideBySide] = []

    def make(limit: int, **rules: Any) -> SideBySide:
        made.append(SideBySide(limit, **rules))
        return made[-1]

    yield make
    for each in made:
        each.agree()
        each.nothing_is_wrong()
        each.close()


def test_not_now_behind_the_last_takes_no_number_that_a_newcomer_gets(reception: Reception) -> None:
    both = reception(4)
    taken, first, second = both.respond(4), both.respond(3), both.respond(1)
    both.change(taken, 2)
    both.not_now(first)
    both.agree()
    third = both.respond(1)
    assert both.other.line() == [second, first, third]


def test_not_now_takes_no_number_of_another_class(reception: Reception) -> None:
    both = reception(4)
    taken, first, second, third, fourth = (both.respond(seats) for seats in (4, 2, 2, 1, 1))
    both.change(taken, 3)
    both.not_now(first)
    both.prioritise(second, 1)
    both.prioritise(third, 1)
    both.prioritise(fourth, 0)
    both.change(taken, 2)
    assert both.other.line() == [fourth, second, third, first]
    both.not_now(fourth)
    assert both.other.line() == [second, fourth, third, first]


def test_not_now_is_said_once_even_after_a_withdrawal_undone(reception: Reception) -> None:
    both = reception(4)
    taken, first, second = both.respond(4), both.respond(3), both.respond(3)
    both.change(taken, 3)
    both.not_now(first)
    both.withdraw(first)
    both.undo(first)
    both.withdraw(second)
    both.respond(2)
    both.agree()
    assert both.other.parties[first].offered == 1
    both.not_now(first)
    assert both.other.parties[first].offered == 1, "it has said so once"


def test_who_comes_to_take_any_seat_takes_those_that_are_offered(reception: Reception) -> None:
    both = reception(2)
    taken, waits = both.respond(2), both.respond(2)
    both.change(taken, 1)
    both.change(waits, 2, takes_any=True)
    assert both.other.parties[waits].confirmed == 1


def test_nobody_is_seated_while_it_is_postponed_by_asking_for_less(reception: Reception) -> None:
    both = reception(2)
    taken, waits = both.respond(1), both.respond(2)
    both.postpone()
    both.withdraw(taken)
    both.change(waits, 1)
    assert both.other.parties[waits].status == "waitlisted"
    both.resume()
    assert both.other.parties[waits].offered == 1


def test_what_the_clock_freed_is_not_for_a_member_who_comes_only_now(reception: Reception) -> None:
    both = reception(2, members_first=True)
    taken, first, second = both.respond(2), both.respond(1), both.respond(1)
    both.change(taken, 1)
    both.later(days=4, awake=False)
    late = both.respond(1, member=factories.member())
    assert [both.other.parties[key].status for key in (first, second, late)] == [
        "lapsed",
        "offered",
        "waitlisted",
    ]


def test_who_asks_again_to_come_finds_a_full_room_as_full_as_a_newcomer_does(reception: Reception) -> None:
    both = reception(2, mode="approval", waiting_list=False)
    asked = both.respond(1)
    both.withdraw(asked)
    both.respond(2, "staff")
    both.respond(1)
    both.change(asked, 1)
    assert both.other.parties[asked].status == "cancelled"


def test_nobody_withdraws_from_what_is_over(reception: Reception) -> None:
    both = reception(2)
    came = both.respond(1)
    both.later(days=21)
    both.withdraw(came)
    assert both.other.parties[came].confirmed == 1


def test_a_block_that_was_given_back_grows_no_more(reception: Reception) -> None:
    both = reception(6)
    block = both.hold_seats(2)
    both.release_hold(block)
    both.resize_hold(block, 3)
    assert both.other.committed == 0


def test_the_names_of_a_block_are_not_fixed_on_a_day_that_was_given_up(reception: Reception) -> None:
    both = reception(6)
    block = both.hold_seats(4)
    both.postpone()
    both.later(days=21)
    both.name_delegates(block, 2)
    assert both.other.holds[block].named == 2
