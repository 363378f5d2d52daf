"""One reception at the desk and in the second opinion, and whether they agree."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.db import connection
from django.db.models.functions import Coalesce

from events import rsvp as desk
from events.models import Invitation, Rsvp, RsvpPolicy, RsvpTransition, SeatHold, SeatOffer
from events.rsvp import GUEST, By, Refused
from sistercities.audit import violations
from tests import factories
from tests.events.reference import Reception
from tests.events.reference_rules import Party

MORNING = datetime(
    2031, 2, 18, 17, tzinfo=UTC
)  # nine o'clock in Los Angeles, some weeks before the clocks change
STAFF = By(RsvpTransition.Actor.STAFF, reason="a test asks for it")
BY = {"guest": GUEST, "staff": STAFF}
Stand = dict[str, Any]


COLUMNS = {"largest": "largest_party", "hours": "offer_hours", "closes": "closes_at", "freezes": "freezes_at"}


def in_columns(rules: dict[str, Any]) -> dict[str, Any]:
    """Rules and terms by the names of their columns; the second opinion has shorter ones."""
    return {COLUMNS.get(name, name): value for name, value in rules.items()}


class TwoOpinions:
    """Whatever is done is done in both; after it all that can be told of the reception is the same."""

    def __init__(self, limit: int = 6, days: float = 20, **rules: Any) -> None:
        self.clock = time_machine.travel(MORNING, tick=False)
        self.traveller = self.clock.start()
        rules = {"promotion": "offer", "largest": min(4, limit), **rules}
        self.event = factories.reception(limit, days_ahead=days, **in_columns(rules))
        self.other = Reception(MORNING, MORNING + timedelta(days=days), limit=limit, **rules)
        self.numbers = itertools.count(1)
        self.stand: Stand = {}
        self.rsvps: dict[int, Rsvp] = {}
        self.removed: dict[int, Rsvp] = {}
        self.holds: dict[int, SeatHold] = {}
        self.invitations: dict[int, Invitation] = {}
        self.agree()

    def close(self) -> None:
        self.clock.stop()

    # Both at once, and whether they agree

    def both(self, act: Callable[[], Any], opinion: Callable[[], str], *, silent: bool = False) -> None:
        """Do it at the desk and in the second opinion, and see that they agree.

        ``silent``: where there is nothing to do, the desk may say so or do nothing.
        """
        refusal = ""
        try:
            act()
        except Refused as refused:
            refusal = str(refused.message) or "refused without a word"
        expected = opinion()
        assert bool(refusal) == bool(expected) or (silent and not refusal), (
            f"desk: {refusal or 'done'}; second opinion: {expected or 'done'}"
        )
        if refusal:
            assert self.at_desk() == self.stand, f"refused ({refusal}), and yet something changed"
        self.agree()

    def agree(self) -> None:
        """Everything that can be told of the reception is the same in both, and no rule is broken."""
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
        self.stand = self.at_desk()
        opinion = self.in_opinion()
        differ = [
            f"{what}: desk {self.stand[what]}, opinion {said}"
            for what, said in opinion.items()
            if said != self.stand[what]
        ]
        assert not differ, "; ".join(differ)

    def nothing_is_wrong(self) -> None:
        self.settle()  # the worker has a minute to do what is due
        assert [str(violation) for violation in violations()] == []

    def settle(self) -> None:
        self.both(lambda: desk.settle(self.event), self.other.settle)

    def at_desk(self) -> Stand:
        keys = {rsvp.pk: key for key, rsvp in (self.rsvps | self.removed).items()}
        rows = Rsvp.objects.filter(event=self.event, hold=None)
        parties = {
            keys[pk]: stand
            for pk, *stand in rows.values_list(
                "pk", "status", "seats_confirmed", "seats_offered", "seats_wanted"
            )
            if pk in keys
        }
        policy = RsvpPolicy.objects.get(event=self.event)
        offers = SeatOffer.objects.live().filter(rsvp__event=self.event).values_list("rsvp", "expires_at")
        blocks = {hold.pk: key for key, hold in self.holds.items()}
        holds = SeatHold.objects.filter(event=self.event).values_list(
            "pk", Coalesce("rsvp__seats_confirmed", 0), "seats_unnamed"
        )
        return {
            "parties": parties,
            "line": [keys[pk] for pk in rows.waiting().values_list("pk", flat=True)],
            "offers": {keys[pk]: end for pk, end in offers},
            "committed": policy.seats_committed,
            "free": policy.seats_left,
            "blocks": {blocks[pk]: numbers for pk, *numbers in holds},
        }

    def in_opinion(self) -> Stand:
        other = self.other
        parties = other.parties.items()
        return {
            "parties": {
                key: [each.status, each.confirmed, each.offered, each.wanted] for key, each in parties
            },
            "line": other.line(),
            "offers": {key: each.offer.ends for key, each in parties if each.offer},
            "committed": other.committed,
            "free": None if other.limit is None else other.free,
            "blocks": {key: [hold.named, hold.unnamed] for key, hold in other.holds.items()},
        }

    def who(self, asked: Callable[[Party], bool]) -> list[int]:
        """The parties of which something is so."""
        return [key for key, party in self.other.parties.items() if key in self.rsvps and asked(party)]

    def forget(self, key: int) -> None:
        """Ask no more of a party that was removed."""
        self.removed[key] = self.rsvps.pop(key)
