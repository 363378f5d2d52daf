"""Any sequence of answers, changes and withdrawals, on real PostgreSQL: afterwards nothing is wrong."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from events import rsvp as verbs
from events.models import Rsvp, RsvpPolicy, RsvpTransition
from events.rsvp import By, Refused
from sistercities.audit import violations
from tests import factories

STAFF = By(RsvpTransition.Actor.STAFF)


class Reception(RuleBasedStateMachine):
    """One reception, and all that people do to it."""

    parties = Bundle("parties")

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(seats=st.integers(4, 9), waiting_list=st.booleans(), days=st.sampled_from([2, 30]))
    def invite(self, seats: int, waiting_list: bool, days: int) -> None:
        self.event = factories.reception(seats, days_ahead=days, waiting_list=waiting_list)

    @rule(target=parties, seats=st.integers(0, 5))
    def respond(self, seats: int) -> Any:
        try:
            return verbs.respond(self.event, factories.answer(seats)).rsvp
        except Refused:
            return multiple()

    @rule(target=parties, seats=st.integers(0, 5))
    def respond_to_invitation(self, seats: int) -> Any:
        invited = factories.invitation(self.event)
        try:
            rsvp = verbs.respond(self.event, factories.answer(seats), invitation=invited).rsvp
        except Refused:
            return multiple()
        assert verbs.respond(self.event, factories.answer(1), invitation=invited).rsvp == rsvp
        return rsvp

    @rule()
    def announce(self) -> None:
        told = Rsvp.objects.filter(event=self.event).live().count()
        assert verbs.announce_change(self.event, STAFF) == told

    @rule(rsvp=parties, seats=st.integers(0, 5))
    def change(self, rsvp: Rsvp, seats: int) -> None:
        before = Rsvp.objects.get(pk=rsvp.pk)
        try:
            after = verbs.change(rsvp, factories.answer(seats, rsvp.name, email=rsvp.email))
        except Refused:
            assert seats > before.seats_wanted, "fewer seats are never refused"
        else:
            assert after.seats_confirmed >= min(before.seats_confirmed, seats), (
                "asking for more never costs a seat"
            )

    @rule(rsvp=parties)
    def withdraw(self, rsvp: Rsvp) -> None:
        assert not verbs.withdraw(rsvp).is_live

    @rule(seats=st.integers(4, 12))
    def resize(self, seats: int) -> None:
        promised = RsvpPolicy.objects.get(event=self.event).seats_committed
        try:
            verbs.set_limit(self.event, seats, STAFF)
        except Refused:
            assert seats < promised

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert [str(violation) for violation in violations()] == []


@pytest.mark.django_db
@pytest.mark.slow
def test_no_sequence_of_answers_breaks_a_rule() -> None:
    quiet = settings(
        max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Reception, settings=quiet)
