"""A second opinion: one reception and all its verbs in plain Python, written from docs/rsvp.md and nothing else."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.events.reference_blocks import Blocks
from tests.events.reference_rules import LIVE, Before, No, Party, verb

WAITING = ("waitlisted", "offered", "confirmed")
UNDO = timedelta(minutes=15)


@dataclass
class Reception(Blocks):
    """What everybody can do there; each verb returns "" or why it was refused."""

    # Guests, and staff for them

    @verb
    def respond(self, key: int, seats: int, by: str = "guest", takes_any: bool = False, **who: Any) -> None:
        party = Party(takes_any=takes_any, answered=self.now, **who)
        self.parties[key] = party
        self.welcome(party, seats, by)
        if self.verify_email and by == "guest" and not party.is_member and not party.is_invited:
            self.check_seatable(seats)
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
        if key in self.parties and self.parties[key].status != "unverified":
            return
        party = self.party(key, "guest")
        self.welcome(party, party.wanted, "guest")
        wanted, party.wanted = party.wanted, 0
        self.first_answer(party, wanted, "guest")

    @verb
    def change(self, key: int, seats: int, by: str = "guest", takes_any: bool = False) -> None:
        party = self.party(key, by)
        says_no_again = seats == 0 and party.status not in LIVE
        says_the_same = party.status in LIVE and (seats, takes_any) == (party.wanted, party.takes_any)
        if says_no_again or says_the_same:
            return
        if party.status == "unverified" or (party.status == "rejected" and by == "guest"):
            raise No("not changed by this link")
        before = self.as_it_was(party)
        party.before = before if by == "guest" else None
        self.decide(party, seats, by, takes_any)

    def decide(self, party: Party, seats: int, by: str, takes_any: bool) -> None:
        """More, fewer, none, or yes after no."""
        party.takes_any = takes_any
        if seats > party.wanted:
            self.grow(party, seats, by)
        elif party.status in LIVE and seats < party.wanted:
            self.shrink(party, seats)
        if takes_any and party.offer:
            party.confirmed, party.offer, party.before = party.confirmed + party.offered, None, None
            self.settle_status(party)

    def grow(self, party: Party, seats: int, by: str) -> None:
        self.welcome(party, seats, by)
        if party.status == "requested":
            party.wanted = seats
        elif party.status in LIVE:
            if self.mode == "approval" and by == "guest" and not party.is_invited:
                raise No("the hosts admitted fewer")
            self.note("grew while confirmed" if party.ticket is None else "grew while waiting")
            self.ask(party, seats)
        else:
            self.note("came back")
            self.first_answer(party, seats, by)

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
            self.party(key, by)
            before = self.as_it_was(party)
            self.note(f"withdrew while {party.status}")
            self.end(party, "cancelled")
            party.before = before if by == "guest" else None

    def as_it_was(self, party: Party) -> Before:
        return Before(self.now + UNDO, party.status, party.wanted, party.ticket)

    @verb
    def undo(self, key: int) -> None:
        party = self.party(key, "guest")
        before, party.before = party.before, None
        if (
            not self.seats_are_given
            or before is None
            or self.now > before.until
            or before.wanted in (0, party.wanted)
        ):
            raise No("nothing to undo")
        self.note("undone to an old place" if before.ticket else "undone")
        if before.status == "requested":
            party.status, party.wanted = "requested", before.wanted
        elif before.wanted > party.wanted:
            self.ask(party, before.wanted, before.ticket)
        else:
            self.shrink(party, before.wanted)
            if party.ticket is not None:
                party.ticket = before.ticket or party.ticket

    @verb
    def accept(self, key: int, seats: int, by: str = "guest") -> None:
        party = self.party(key, by)
        if party.offer is None or not 1 <= seats <= party.offer.seats:
            raise No("not offered")
        self.note("took all" if seats == party.offer.seats else "took a part")
        party.confirmed += seats
        party.wanted -= party.offer.seats - seats
        party.offer = party.before = None
        self.settle_status(party)

    @verb
    def not_now(self, key: int) -> None:
        party = self.party(key, "guest")
        line = self.line()
        later = (
            [each for each in line[line.index(key) + 1 :] if self.parties[each].unserved]
            if party.offer
            else []
        )
        if not later or party.has_deferred:
            raise No("cannot let the next go ahead")
        behind = self.parties[later[0]]
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
        if party.status == "requested":
            self.check_on()
            wanted, party.wanted, party.before = party.wanted, 0, None
            self.first_answer(party, wanted, "staff")
            self.note(f"admitted: {party.status}")

    @verb
    def reject(self, key: int) -> None:
        if self.party(key).status == "requested":
            self.note("rejected")
            self.end(self.parties[key], "rejected")
            self.parties[key].before = None

    @verb
    def prioritise(self, key: int, rank: int) -> None:
        if self.party(key).ticket is None:
            raise No("waits for nothing")
        party = self.parties[key]
        self.note("put into another class", party.rank != rank)
        party.rank, party.ranked_by_hosts, party.before = rank, True, None

    @verb
    def offer(self, key: int, seats: int) -> None:
        party = self.party(key)
        if party.ticket is None or not 1 <= seats <= min(self.free, party.unserved):
            raise No("no such seats to offer")
        self.check_on()
        self.note("offered out of turn")
        self.hold_for(party, seats)

    @verb
    def remove(self, key: int) -> None:
        party = self.party(key)
        self.end(party, "cancelled")
        party.before = None

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
        self.tell()
        self.sweep()

    @verb
    def postpone(self) -> None:
        self.state = "postponed"
        self.tell()
        for party in self.parties.values():
            if party.offer:
                self.note("recalled")
                party.offer = None
                self.settle_status(party)

    @verb
    def resume(self) -> None:
        self.state = "on"
        self.tell()

    def tell(self) -> None:
        """Once the hosts have written to a party, its last change is no longer its own."""
        for party in self.parties.values():
            if party.status in LIVE:
                party.before = None

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
