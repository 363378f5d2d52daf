"""A second opinion: one reception and all its verbs in plain Python, written from docs/rsvp.md and nothing else."""

import copy
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.events.reference_rules import LIVE, Before, Hold, No, Party, Room

WAITING = ("waitlisted", "offered", "confirmed")
UNDO = timedelta(minutes=15)


def verb(act: Callable[..., Any]) -> Callable[..., str]:
    """One thing done at the desk: sweep, act, give away what became free; or refuse, and nothing has changed."""

    @functools.wraps(act)
    def done(self: "Reception", *args: Any, **values: Any) -> str:
        kept = copy.deepcopy(self.__dict__)
        try:
            self.sweep()
            act(self, *args, **values)
            self.serve()
        except No as refusal:
            self.__dict__.update(kept)
            return str(refusal)
        return ""

    return done


@dataclass
class Reception(Room):
    """What everybody can do there; each verb returns "" or why it was refused."""

    # Guests, and staff for them

    @verb
    def respond(self, key: int, seats: int, by: str = "guest", takes_any: bool = False, **who: Any) -> None:
        party = Party(takes_any=takes_any, answered=self.now, **who)
        self.parties[key] = party
        self.welcome(party, seats, by)
        if self.verify_email and by == "guest" and not party.is_member and not party.is_invited:
            party.status, party.wanted = "unverified", seats
            return
        reserved = next(
            (each for each in self.holds.values() if each.invitee == key and not each.released), None
        )
        if reserved:
            party.confirmed = min(seats, reserved.unnamed)
            reserved.unnamed, reserved.released = 0, True
        self.first_answer(party, seats, by)

    @verb
    def verify(self, key: int) -> None:
        party = self.party(key)
        if party.status != "unverified":
            return
        self.welcome(party, party.wanted, "guest")
        wanted, party.wanted = party.wanted, 0
        self.first_answer(party, wanted, "guest")

    @verb
    def change(self, key: int, seats: int, by: str = "guest", takes_any: bool = False) -> None:
        party = self.party(key)
        if party.status == "unverified" or (party.status == "rejected" and by == "guest"):
            raise No("not changed by this link")
        before = Before(self.now + UNDO, party.wanted, party.ticket, party.takes_any)
        self.decide(party, seats, by, takes_any)
        party.before = before if by == "guest" else None

    def decide(self, party: Party, seats: int, by: str, takes_any: bool, old: int | None = None) -> None:
        """More, fewer, none, or yes after no."""
        party.takes_any = takes_any
        if seats > party.wanted:
            self.grow(party, seats, by, old)
        elif party.status in LIVE and seats < party.wanted:
            self.shrink(party, seats)
            if party.ticket is not None and old is not None:
                party.ticket = old
        if takes_any and party.offer:
            party.confirmed, party.offer = party.confirmed + party.offered, None
            self.settle_status(party)

    def grow(self, party: Party, seats: int, by: str, old: int | None) -> None:
        self.welcome(party, seats, by)
        if party.status == "requested":
            party.wanted = seats
        elif party.status in LIVE:
            if self.mode == "approval" and by == "guest" and not party.is_invited:
                raise No("the hosts admitted fewer")
            self.note("grew while confirmed" if party.ticket is None else "grew while waiting")
            self.ask(party, seats, old)
        else:
            self.note("came back")
            self.first_answer(party, seats, by, old)

    def shrink(self, party: Party, seats: int) -> None:
        if seats == 0:
            self.end(party, "cancelled")
        elif party.status == "requested":
            party.wanted = seats
        else:
            self.note("shrank with an offer" if party.offer else "shrank")
            party.wanted, party.confirmed = seats, min(party.confirmed, seats)
            if party.offer:
                party.offer.seats = min(party.offer.seats, seats - party.confirmed)
                party.offer = party.offer if party.offer.seats else None
            self.settle_status(party)

    @verb
    def withdraw(self, key: int, by: str = "guest") -> None:
        party = self.party(key)
        if party.status in LIVE:
            before = Before(self.now + UNDO, party.wanted, party.ticket, party.takes_any)
            self.note(f"withdrew while {party.status}")
            self.end(party, "cancelled")
            party.before = before if by == "guest" else None

    @verb
    def undo(self, key: int) -> None:
        party = self.party(key)
        before, party.before = party.before, None
        if before is None or self.now > before.until:
            raise No("nothing to undo")
        self.note("undone to an old place" if before.ticket else "undone")
        self.decide(party, before.wanted, "guest", before.takes_any, before.ticket)

    @verb
    def accept(self, key: int, seats: int, by: str = "guest") -> None:
        party = self.party(key)
        if party.offer is None or not 1 <= seats <= party.offer.seats:
            raise No("not offered")
        self.note("took all" if seats == party.offer.seats else "took a part")
        party.confirmed += seats
        party.wanted -= party.offer.seats - seats
        party.offer = party.before = None
        self.settle_status(party)

    @verb
    def not_now(self, key: int) -> None:
        party = self.party(key)
        line = self.line()
        if party.offer is None or party.has_deferred or line[-1] == key:
            raise No("cannot let the next go ahead")
        behind = self.parties[line[line.index(key) + 1]]
        self.note("not now")
        self.drawn += 1
        self.tickets.insert(self.tickets.index(behind.ticket or 0) + 1, self.drawn)
        party.ticket, party.rank = self.drawn, behind.rank
        party.offer, party.before, party.has_deferred = None, None, True
        self.settle_status(party)

    # The hosts

    @verb
    def approve(self, key: int) -> None:
        party = self.party(key)
        if party.status != "requested":
            raise No("asks for nothing")
        wanted, party.wanted = party.wanted, 0
        self.first_answer(party, wanted, "staff")
        self.note(f"admitted: {party.status}")

    @verb
    def reject(self, key: int) -> None:
        if self.party(key).status != "requested":
            raise No("asks for nothing")
        self.note("rejected")
        self.end(self.parties[key], "rejected")

    @verb
    def prioritise(self, key: int, rank: int) -> None:
        if self.party(key).ticket is None:
            raise No("waits for nothing")
        self.note("put into another class", self.parties[key].rank != rank)
        self.parties[key].rank = rank

    @verb
    def offer(self, key: int, seats: int) -> None:
        party = self.party(key)
        if party.ticket is None or not 1 <= seats <= min(self.free, party.unserved):
            raise No("no such seats to offer")
        if self.state != "on" or self.has_begun:
            raise No("nothing is offered now")
        self.note("offered out of turn")
        self.hold_for(party, seats)

    @verb
    def remove(self, key: int) -> None:
        self.end(self.parties[key], "cancelled")
        self.parties[key].before = None

    # The event

    @verb
    def set_limit(self, limit: int | None) -> None:
        if limit is not None and limit < self.committed:
            raise No("more seats are promised")
        self.note("limit lowered", limit is not None and (self.limit is None or limit < self.limit))
        self.limit = limit

    @verb
    def set_rules(self, **rules: Any) -> None:
        self.note("waiting list closed on a line", rules.get("waiting_list") is False and bool(self.line()))
        for name, value in rules.items():
            setattr(self, name, value)

    @verb
    def move(self, days: int) -> None:
        """Another day: deadlines for answers and delegations move with it."""
        self.begins += timedelta(days=days)
        self.closes = self.closes and self.closes + timedelta(days=days)
        for hold in self.holds.values():
            hold.freezes = hold.freezes and hold.freezes + timedelta(days=days)
        for party in self.parties.values():
            if party.offer:
                party.offer.ends = min(party.offer.ends, self.begins)

    @verb
    def postpone(self) -> None:
        self.state = "postponed"
        for party in self.parties.values():
            if party.offer:
                self.note("recalled")
                party.offer = None
                self.settle_status(party)

    @verb
    def resume(self) -> None:
        self.state = "on"

    @verb
    def call_off(self) -> None:
        self.state = "cancelled"
        for party in self.parties.values():
            if party.status in LIVE:
                self.end(party, "cancelled")
                party.before = None
        for hold in self.holds.values():
            hold.named = hold.unnamed = 0
            hold.released = True

    @verb
    def settle(self) -> None:
        """The worker looks."""

    # Blocks of seats

    @verb
    def hold_seats(self, key: int, seats: int, reason: str = "", **terms: Any) -> None:
        if seats > self.free:
            raise No("not free")
        if self.line() and not reason:
            raise No("somebody waits: say why")
        self.holds[key] = Hold(seats, unnamed=seats, **terms)

    def block(self, key: int) -> Hold:
        if self.is_over or self.holds[key].released:
            raise No("the block is no more")
        return self.holds[key]

    @verb
    def name_delegates(self, key: int, people: int, fewer: bool = False) -> None:
        hold = self.block(key)
        frozen = self.is_frozen(hold)
        if people > hold.seats or (frozen and people > hold.named):
            raise No("no seat for so many")
        freed = hold.named - people
        self.note("named", freed < 0)
        self.note("taken off the list", freed > 0)
        hold.named = people
        hold.unnamed = hold.unnamed if frozen else hold.seats - people

    @verb
    def release_seats(self, key: int, seats: int) -> None:
        hold = self.block(key)
        if not 1 <= seats <= hold.unnamed:
            raise No("not so many without a name")
        hold.seats, hold.unnamed = hold.seats - seats, hold.unnamed - seats

    @verb
    def release_hold(self, key: int) -> None:
        hold = self.block(key)
        hold.unnamed, hold.released = 0, True

    @verb
    def resize_hold(self, key: int, seats: int, reason: str = "") -> None:
        hold = self.block(key)
        more = seats - hold.seats
        if seats < hold.named or more > self.free:
            raise No("not free")
        if more > 0 and self.line() and not reason:
            raise No("somebody waits: say why")
        hold.seats, hold.unnamed = seats, seats - hold.named
