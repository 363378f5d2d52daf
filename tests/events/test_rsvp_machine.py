"""Whatever people and hours do to a reception, on real PostgreSQL: the desk does what a second opinion says."""

import os
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import factories
from tests.events.side_by_side import SideBySide

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "100"))
AUDIT_EVERY = 10
# How often, at the least, the things must have happened for whose sake the machine runs.
EXPECTED: dict[str, int] = {}
SEEN: Counter[str] = Counter()
PICK = st.integers(0, 11)
PARTY = st.integers(0, 4)
SOME = st.integers(1, 4)


class Party(RuleBasedStateMachine):
    """One reception, and all that guests, members, hosts and the clock do to it."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.steps = 0

    def teardown(self) -> None:
        self.both.close()
        SEEN.update(self.both.other.seen)
        SEEN["steps"] += self.steps
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(
        limit=st.integers(2, 6),
        promotion=st.sampled_from(["offer", "offer", "seat"]),
        mode=st.sampled_from(["open", "open", "open", "members", "invitation", "approval"]),
        waiting_list=st.sampled_from([True, True, True, False]),
        members_first=st.booleans(),
        verify_email=st.sampled_from([False, False, False, True]),
        hours=st.sampled_from([26, 3]),
        days=st.sampled_from([1, 4, 20]),
    )
    def invite(self, limit: int, days: int, **rules: Any) -> None:
        self.both = SideBySide(limit, days, **rules)
        self.members = [
            factories.member(timezone=zone) for zone in ("", "Asia/Shanghai", "America/Los_Angeles", "")
        ]

    @property
    def people(self) -> list[int]:
        return self.both.who(lambda party: True)

    def one(self, pick: int, *preferred: list[int]) -> int | None:
        """Somebody of the first of these groups in which there is anybody, or else anybody at all."""
        for group in (*preferred, self.people):
            if group:
                return group[pick % len(group)]
        return None

    # Guests

    @rule(seats=PARTY, takes_any=st.sampled_from([False, False, False, True]))
    def a_guest_answers(self, seats: int, takes_any: bool) -> None:
        self.both.respond(seats, takes_any=takes_any)

    @rule(seats=SOME, more=st.integers(1, 3))
    def several_guests_answer(self, seats: int, more: int) -> None:
        for _each in range(more):
            self.both.respond(seats)

    @rule(seats=PARTY)
    def a_member_answers(self, seats: int) -> None:
        if self.members:
            self.both.respond(seats, member=self.members.pop())

    @rule(seats=PARTY)
    def an_answer_by_phone(self, seats: int) -> None:
        self.both.respond(seats, "staff")

    @rule(seats=PARTY)
    def an_invited_guest_answers(self, seats: int) -> None:
        self.both.respond_to_invitation(self.both.invite(), seats)

    @rule(pick=PICK, seats=PARTY, takes_any=st.sampled_from([False, False, False, True]))
    def a_guest_changes(self, pick: int, seats: int, takes_any: bool) -> None:
        if key := self.one(pick):
            self.both.change(key, seats, takes_any=takes_any)

    @rule(pick=PICK, more=st.integers(1, 2))
    def a_guest_asks_for_more(self, pick: int, more: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.confirmed > 0)):
            self.both.change(key, self.both.other.parties[key].wanted + more)

    @rule(pick=PICK)
    def a_guest_comes_with_one_fewer(self, pick: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.wanted > 1)):
            self.both.change(key, max(0, self.both.other.parties[key].wanted - 1))

    @rule(pick=PICK, seats=PARTY)
    def staff_change(self, pick: int, seats: int) -> None:
        if key := self.one(pick):
            self.both.change(key, seats, "staff")

    @rule(pick=PICK)
    def a_guest_withdraws(self, pick: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.confirmed > 0)):
            self.both.withdraw(key)

    @rule(pick=PICK)
    def somebody_who_waits_withdraws(self, pick: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.ticket is not None)):
            self.both.withdraw(key)

    @rule(pick=PICK)
    def staff_withdraw(self, pick: int) -> None:
        if key := self.one(pick):
            self.both.withdraw(key, "staff")

    @rule(pick=PICK)
    def a_guest_undoes(self, pick: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.before is not None)):
            self.both.undo(key)

    @rule(pick=PICK, seats=SOME)
    def an_offer_is_accepted(self, pick: int, seats: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.offered > 1), self.offered()):
            self.both.accept(key, seats)

    @rule(pick=PICK)
    def an_offer_is_taken_whole(self, pick: int) -> None:
        if key := self.one(pick, self.offered()):
            self.both.accept(key, self.both.other.parties[key].offered)

    @rule(pick=PICK)
    def somebody_says_not_now(self, pick: int) -> None:
        if key := self.one(pick, self.offered()):
            self.both.not_now(key)

    @rule(pick=PICK)
    def somebody_verifies(self, pick: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.status == "unverified")):
            self.both.verify(key)

    def offered(self) -> list[int]:
        return self.both.who(lambda party: party.offer is not None)

    # The hosts

    @rule(pick=PICK)
    def the_hosts_admit(self, pick: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.status == "requested")):
            self.both.approve(key)

    @rule(pick=PICK)
    def the_hosts_refuse(self, pick: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.status == "requested")):
            self.both.reject(key)

    @rule(pick=PICK, rank=st.integers(0, 2))
    def the_hosts_prefer(self, pick: int, rank: int) -> None:
        if key := self.one(pick, self.both.who(lambda party: party.ticket is not None)):
            self.both.prioritise(key, rank)

    @rule(pick=PICK, seats=SOME)
    def the_hosts_offer(self, pick: int, seats: int) -> None:
        if key := self.one(
            pick, self.both.who(lambda party: party.unserved > 0 and party.ticket is not None)
        ):
            self.both.offer(key, seats)

    @precondition(lambda self: self.both.rsvps)
    @rule(pick=PICK)
    def the_hosts_remove(self, pick: int) -> None:
        if key := self.one(pick):
            self.both.remove(key)
            self.both.forget(key)

    @rule(limit=st.integers(1, 8))
    def the_limit_is_set(self, limit: int) -> None:
        self.both.set_limit(max(limit, self.both.other.largest))

    @precondition(lambda self: self.steps > 15)
    @rule()
    def there_is_no_limit(self) -> None:
        self.both.set_limit(None)

    @rule(on=st.booleans())
    def the_waiting_list(self, on: bool) -> None:
        self.both.set_rules(waiting_list=on)

    @rule(promotion=st.sampled_from(["offer", "seat"]))
    def freed_seats_go_otherwise(self, promotion: str) -> None:
        self.both.set_rules(promotion=promotion)

    @rule(days=st.sampled_from([-2, 1, 7]))
    def the_event_is_moved(self, days: int) -> None:
        if self.both.other.begins + timedelta(days=days) > self.both.other.now:
            self.both.move(days)

    @rule()
    def the_event_is_postponed_or_set_on_again(self) -> None:
        if self.both.other.state == "on" and not self.both.other.has_begun:
            self.both.postpone()
        elif self.both.other.state != "on" and self.both.other.begins > self.both.other.now:
            self.both.resume()

    @precondition(lambda self: self.steps > 25)
    @rule()
    def the_event_is_called_off(self) -> None:
        if not self.both.other.has_begun:
            self.both.call_off()

    # Blocks of seats

    @rule(seats=SOME, days=st.sampled_from([None, 1, 3]), keeps=st.booleans())
    def seats_are_held(self, seats: int, days: int | None, keeps: bool) -> None:
        freezes = self.both.other.now + timedelta(days=days) if days else None
        self.both.hold_seats(seats, freezes=freezes, keeps_unnamed=keeps)

    @rule(seats=SOME, asked=PARTY)
    def an_invitation_with_seats_is_answered(self, seats: int, asked: int) -> None:
        invited = self.both.invite()
        self.both.hold_seats(seats, invitee=invited)
        self.both.respond_to_invitation(invited, asked)

    @rule(pick=PICK, people=st.integers(0, 4))
    def delegates_are_named(self, pick: int, people: int) -> None:
        if key := self.a_block(pick):
            self.both.name_delegates(key, people)

    @rule(pick=PICK, seats=SOME, what=st.sampled_from(["seats", "all", "size"]))
    def a_block_changes(self, pick: int, seats: int, what: str) -> None:
        if not (key := self.a_block(pick)):
            return
        if what == "seats":
            self.both.release_seats(key, seats)
        elif what == "size":
            self.both.resize_hold(key, seats)
        else:
            self.both.release_hold(key)

    def a_block(self, pick: int) -> int | None:
        blocks = list(self.both.holds)
        return blocks[pick % len(blocks)] if blocks else None

    # Time

    @rule(minutes=st.sampled_from([1, 14, 16, 60, 300]), awake=st.booleans())
    def time_passes(self, minutes: int, awake: bool) -> None:
        self.both.later(minutes=minutes, awake=awake)

    @rule(pick=PICK, seconds=st.sampled_from([-1, 0, 1]), awake=st.booleans())
    def an_offer_nears_its_end(self, pick: int, seconds: int, awake: bool) -> None:
        if key := (self.one(pick, self.offered()) if self.offered() else None):
            offer = self.both.other.parties[key].offer
            assert offer
            self.to(offer.ends + timedelta(seconds=seconds), awake=awake)

    @rule(seconds=st.sampled_from([-1, 0]))
    def the_last_days_begin(self, seconds: int) -> None:
        self.to(self.both.other.begins - timedelta(hours=72) + timedelta(seconds=seconds))

    @precondition(lambda self: self.steps > 25)
    @rule(awake=st.booleans())
    def the_event_begins(self, awake: bool) -> None:
        self.to(self.both.other.begins, awake=awake)

    def to(self, moment: Any, *, awake: bool = True) -> None:
        if moment > self.both.other.now:
            self.both.at(moment, awake=awake)

    @rule()
    def the_worker_looks(self) -> None:
        self.both.settle()

    @invariant()
    def nothing_is_wrong(self) -> None:
        self.steps += 1
        if self.steps % AUDIT_EVERY == 0:
            self.both.nothing_is_wrong()


@pytest.mark.django_db
@pytest.mark.slow
def test_no_sequence_of_answers_breaks_a_rule() -> None:
    quiet = settings(
        max_examples=EXAMPLES, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Party, settings=quiet)
    rare = {what: times for what, times in EXPECTED.items() if SEEN[what] < times}
    assert not rare, f"the machine hardly did this: {rare}, seen {dict(SEEN)}"
