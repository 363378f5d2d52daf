"""One reception at the desk and in the second opinion: every step is taken in both, and both must agree after it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from events import rsvp as desk
from events.models import DeskNote, Event
from events.rsvp import Block
from people.models import Member
from tests import factories
from tests.events.two_opinions import BY, MORNING, STAFF, TwoOpinions, in_columns

__all__ = ["MORNING", "SideBySide"]


class SideBySide(TwoOpinions):
    """The verbs of events.rsvp and of the reference, by the number of the party or of the block they concern."""

    # Guests, and staff for them

    def respond(
        self, seats: int, by: str = "guest", *, takes_any: bool = False, member: Member | None = None
    ) -> int:
        key = next(self.numbers)
        theirs: dict[str, Any] = {"email": member.email, "member": member} if member else {}
        answer = factories.answer(seats, takes_any=takes_any, **theirs)
        who = {"is_member": True, "zone": member.timezone} if member else {}
        return self.first(
            key,
            lambda: desk.respond(self.event, answer, BY[by]),
            lambda: self.other.respond(key, seats, by, takes_any, **who),
        )

    def respond_to_invitation(self, key: int, seats: int) -> int:
        invitation, answer = self.invitations.pop(key), factories.answer(seats)
        return self.first(
            key,
            lambda: desk.respond(self.event, answer, invitation=invitation),
            lambda: self.other.respond(key, seats, is_invited=True),
        )

    def first(self, key: int, act: Callable[[], Any], opinion: Callable[[], str]) -> int:

        def kept() -> None:
            self.rsvps[key] = act().rsvp

        self.both(kept, opinion)
        return key if key in self.rsvps else 0

    def invite(self) -> int:
        key = next(self.numbers)
        self.invitations[key] = factories.invitation(self.event)
        return key

    def verify(self, key: int) -> None:
        self.both(lambda: desk.verify(self.rsvps[key]), lambda: self.other.verify(key))

    def change(self, key: int, seats: int, by: str = "guest", *, takes_any: bool = False) -> None:
        rsvp = self.rsvps[key]
        answer = factories.answer(seats, rsvp.name, email=rsvp.email, takes_any=takes_any)
        self.both(
            lambda: desk.change(rsvp, answer, BY[by]), lambda: self.other.change(key, seats, by, takes_any)
        )

    def withdraw(self, key: int, by: str = "guest") -> None:
        self.both(lambda: desk.withdraw(self.rsvps[key], BY[by]), lambda: self.other.withdraw(key, by))

    def undo(self, key: int) -> None:
        self.both(lambda: desk.undo(self.rsvps[key]), lambda: self.other.undo(key))

    def accept(self, key: int, seats: int) -> None:
        again = not self.who(lambda party: party.offer is not None).count(key)
        self.both(
            lambda: desk.accept(self.rsvps[key], seats), lambda: self.other.accept(key, seats), silent=again
        )

    def not_now(self, key: int) -> None:
        self.both(lambda: desk.not_now(self.rsvps[key]), lambda: self.other.not_now(key))

    # The hosts

    def approve(self, key: int) -> None:
        self.both(lambda: desk.approve(self.rsvps[key], STAFF), lambda: self.other.approve(key))

    def reject(self, key: int) -> None:
        self.both(lambda: desk.reject(self.rsvps[key], STAFF), lambda: self.other.reject(key))

    def prioritise(self, key: int, rank: int) -> None:
        self.both(
            lambda: desk.prioritise(self.rsvps[key], rank, STAFF), lambda: self.other.prioritise(key, rank)
        )

    def offer(self, key: int, seats: int) -> None:
        self.both(lambda: desk.offer(self.rsvps[key], seats, STAFF), lambda: self.other.offer(key, seats))

    def remove(self, key: int) -> None:
        self.both(lambda: desk.remove(self.rsvps[key], STAFF), lambda: self.other.remove(key))

    # The event

    def set_limit(self, limit: int | None) -> None:
        self.both(lambda: desk.set_limit(self.event, limit, STAFF), lambda: self.other.set_limit(limit))

    def set_rules(self, **rules: Any) -> None:
        self.both(
            lambda: desk.set_rules(self.event, STAFF, **in_columns(rules)),
            lambda: self.other.set_rules(**rules),
        )

    def to_state(self, state: str, kind: DeskNote.Kind, opinion: Callable[[], str]) -> None:
        """As the admin does it: the event is saved, then everybody is told."""
        event = Event.objects.get(pk=self.event.pk)
        event.state, event.notice_en, event.notice_zh_hans = state, "A notice.", "通知。"
        event.save()
        self.both(lambda: desk.announce_change(event, STAFF, kind=kind), opinion)

    def postpone(self) -> None:
        self.to_state("postponed", DeskNote.Kind.POSTPONED, self.other.postpone)

    def resume(self) -> None:
        self.to_state("on", DeskNote.Kind.RESUMED, self.other.resume)

    def move(self, days: int) -> None:
        event = Event.objects.get(pk=self.event.pk)
        assert event.starts_at
        assert event.ends_at
        event.starts_at += timedelta(days=days)
        event.ends_at += timedelta(days=days)
        event.save()

        def moved() -> None:
            desk.move_deadlines(event, days, STAFF)
            desk.announce_change(event, STAFF)

        self.both(moved, lambda: self.other.move(days))

    def call_off(self) -> None:
        self.both(lambda: desk.call_off(self.event, "Cancelled.", "取消。", STAFF), self.other.call_off)

    # Time

    def at(self, moment: datetime, *, awake: bool = True) -> None:
        """It is later now; the worker has looked, or has not."""
        self.traveller.move_to(moment)
        self.other.now = moment
        if awake:
            self.settle()

    def later(self, *, awake: bool = True, **time: float) -> None:
        self.at(self.other.now + timedelta(**time), awake=awake)

    # Blocks of seats

    def hold_seats(self, seats: int, *, invitee: int | None = None, **terms: Any) -> int:
        key = next(self.numbers)
        fields = in_columns(terms)
        if invitee is not None:
            fields["invitation"] = self.invitations[invitee]
        block = Block(
            f"Delegation {key}", seats, owner_name="Owner", owner_email=f"d{key}@example.org", **fields
        )

        def held() -> None:
            self.holds[key] = desk.hold_seats(self.event, block, STAFF)

        self.both(held, lambda: self.other.hold_seats(key, seats, reason="told", invitee=invitee, **terms))
        return key if key in self.holds else 0

    def name_delegates(self, key: int, people: int, by: str = "guest") -> None:
        names = [f"Delegate {number}" for number in range(1, people + 1)]
        self.both(
            lambda: desk.name_delegates(self.holds[key], names),
            lambda: self.other.name_delegates(key, people),
        )

    def release_seats(self, key: int, seats: int) -> None:
        self.both(
            lambda: desk.release_seats(self.holds[key], seats), lambda: self.other.release_seats(key, seats)
        )

    def release_hold(self, key: int) -> None:
        self.both(lambda: desk.release_hold(self.holds[key], STAFF), lambda: self.other.release_hold(key))

    def resize_hold(self, key: int, seats: int) -> None:
        self.both(
            lambda: desk.resize_hold(self.holds[key], seats, STAFF),
            lambda: self.other.resize_hold(key, seats, reason="told"),
        )
