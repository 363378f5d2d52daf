"""The rules of docs/rsvp.md once more, in plain Python and written from that page alone.

The line is a list of tickets in the order in which they were drawn; whoever leaves it leaves a dead ticket behind,
so that an old place can be taken again. Nothing here is fast, locked or kept: it only says what is right.
"""

import copy
import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.events.reference_clock import HOUR, offer_end

LIVE = ("requested", "waitlisted", "offered", "confirmed")
ENDED = ("declined", "cancelled", "rejected", "lapsed")
HOSTS, MEMBER, GENERAL = 0, 1, 2


class No(Exception):
    """What was asked for is refused."""


@dataclass
class Offer:
    seats: int
    ends: datetime


@dataclass
class Before:
    """What a guest's own change can be taken back to."""

    until: datetime
    status: str
    wanted: int
    ticket: int | None


@dataclass
class Party:
    status: str = ""
    confirmed: int = 0
    wanted: int = 0
    offer: Offer | None = None
    ticket: int | None = None
    rank: int = GENERAL
    ranked_by_hosts: bool = False
    takes_any: bool = False
    has_deferred: bool = False
    is_member: bool = False
    is_invited: bool = False
    zone: str = ""
    answered: datetime | None = None
    before: Before | None = None

    @property
    def offered(self) -> int:
        return self.offer.seats if self.offer else 0

    @property
    def unserved(self) -> int:
        return self.wanted - self.confirmed - self.offered


@dataclass
class Hold:
    """A block of seats, and how many of it have a name."""

    seats: int
    freezes: datetime | None = None
    keeps_unnamed: bool = False
    named: int = 0
    unnamed: int = 0
    invitee: int | None = None
    released: bool = False


def verb(act: Callable[..., Any]) -> Callable[..., str]:
    """One thing done at the desk: sweep, act, give away what became free; or refuse, and nothing has changed."""

    @functools.wraps(act)
    def done(self: "Room", *args: Any, **values: Any) -> str:
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
class Room:
    """All that is known of one reception, and the rules by which its seats are given."""

    now: datetime
    begins: datetime
    limit: int | None = 10
    promotion: str = "offer"
    mode: str = "open"
    waiting_list: bool = True
    largest: int = 4
    members_first: bool = False
    verify_email: bool = False
    hours: int = 26
    closes: datetime | None = None
    zone: str = "America/Los_Angeles"
    state: str = "on"
    length: timedelta = 3 * HOUR
    parties: dict[int, Party] = field(default_factory=dict)
    holds: dict[int, Hold] = field(default_factory=dict)
    tickets: list[int] = field(default_factory=list)
    drawn: int = 0
    seen: dict[str, int] = field(default_factory=dict)  # what happened how often, so that a run can be judged

    # What is so now

    @property
    def committed(self) -> int:
        parties = sum(party.confirmed + party.offered for party in self.parties.values())
        return parties + sum(hold.named + hold.unnamed for hold in self.holds.values())

    @property
    def free(self) -> int:
        return 10**9 if self.limit is None else self.limit - self.committed

    def line(self) -> list[int]:
        """Who waits, in the order in which they are served."""
        waiting = [key for key, party in self.parties.items() if party.ticket is not None]
        return sorted(waiting, key=lambda key: (self.parties[key].rank, self.place(key)))

    def place(self, key: int) -> int:
        return self.tickets.index(self.parties[key].ticket or 0)

    @property
    def has_begun(self) -> bool:
        return self.state != "postponed" and self.now >= self.begins

    @property
    def is_over(self) -> bool:
        return self.state != "postponed" and self.now >= self.begins + self.length

    @property
    def is_closed(self) -> bool:
        return self.closes is not None and self.now >= self.closes

    @property
    def seats_are_given(self) -> bool:
        return self.state == "on" and not self.has_begun

    def check_on(self) -> None:
        if not self.seats_are_given:
            raise No("no seats are given now")

    def check_seatable(self, seats: int) -> None:
        if not self.waiting_list and (self.line() or seats > self.free):
            raise No("no seat free and no waiting list")

    # What time does, and who gets what became free

    def sweep(self) -> None:
        for party in self.parties.values():
            if party.offer and self.now >= party.offer.ends:
                self.note("lapsed with seats" if party.confirmed else "lapsed")
                party.offer, party.wanted = None, party.confirmed
                party.status = "confirmed" if party.confirmed else "lapsed"
                party.ticket = party.before = None
        stale = [
            key
            for key, party in self.parties.items()
            if party.status == "unverified" and party.answered and self.now >= party.answered + 24 * HOUR
        ]
        for key in stale:
            del self.parties[key]
        for hold in self.holds.values():
            if not hold.released and hold.freezes and self.now >= hold.freezes and not hold.keeps_unnamed:
                hold.unnamed, hold.released = 0, True
        self.serve()

    def is_frozen(self, hold: Hold) -> bool:
        return self.has_begun or (hold.freezes is not None and self.now >= hold.freezes)

    def serve(self) -> None:
        """Give what is free to those who wait, by rules 3 to 6."""
        while self.seats_are_given and self.free > 0 and (key := self.next_served()) is not None:
            party = self.parties[key]
            self.note(
                "passed over",
                any(self.parties[each].unserved for each in self.line()[: self.line().index(key)]),
            )
            seats = min(self.free, party.unserved)
            if party.takes_any or self.promotion == "seat":
                self.seat(party, seats)
            else:
                self.hold_for(party, seats)

    def next_served(self) -> int | None:
        line = [key for key in self.line() if self.parties[key].unserved > 0]
        whole = [key for key in line if self.parties[key].unserved <= self.free]
        takers = [key for key in line if self.parties[key].takes_any or self.promotion == "offer"]
        if self.now >= self.begins - 72 * HOUR:
            return next(iter(whole + takers), None)
        return next((key for key in line[:1] if key in whole + takers), None)

    def seat(self, party: Party, seats: int) -> None:
        self.note("seated in part" if seats < party.unserved else "seated from the line")
        party.confirmed += seats
        party.before = None
        self.settle_status(party)

    def hold_for(self, party: Party, seats: int) -> None:
        self.note(
            "offer grown" if party.offer else "offered in part" if seats < party.unserved else "offered"
        )
        if party.offer:
            party.offer.seats += seats
        else:
            party.offer = Offer(seats, offer_end(self.now, self.begins, self.hours, party.zone or self.zone))
        party.before = None
        self.settle_status(party)

    def settle_status(self, party: Party) -> None:
        """The state that follows from the seats of a party that comes or waits."""
        if party.wanted == party.confirmed:
            party.ticket = None
        party.status = "confirmed" if party.confirmed else "offered" if party.offer else "waitlisted"

    def note(self, what: str, happened: bool = True) -> None:
        self.seen[what] = self.seen.get(what, 0) + happened

    # What several verbs do

    def stand_in_line(self, party: Party, old: int | None = None) -> None:
        if old is None:
            self.drawn += 1
            self.tickets.append(self.drawn)
        party.ticket = old or self.drawn
        if not party.ranked_by_hosts:
            party.rank = MEMBER if self.members_first and party.is_member else GENERAL

    def end(self, party: Party, status: str) -> None:
        party.status, party.confirmed, party.wanted, party.offer, party.ticket = status, 0, 0, None, None

    def ask(self, party: Party, seats: int, old: int | None = None) -> None:
        """Seats beyond those a party has: at once while they are free and nobody waits, else in line."""
        more = seats - party.confirmed - party.offered
        if more == 0 or (not self.line() and more <= self.free and self.seats_are_given):
            party.wanted = party.confirmed = seats
        elif not self.waiting_list:
            raise No("no seat free and no waiting list")
        else:
            self.note("stood in line")
            party.wanted = seats
            self.stand_in_line(party, old)
        self.settle_status(party)

    def welcome(self, party: Party, seats: int, by: str) -> None:
        """Who may answer yes, and when."""
        self.check_on()
        if self.is_closed and seats and by == "guest":
            raise No("closed")
        open_to_them = self.mode in ("open", "approval") or (self.mode == "members" and party.is_member)
        if not open_to_them and not party.is_invited and by == "guest":
            raise No("not invited")
        if seats > self.largest:
            raise No("too large a party")

    def first_answer(self, party: Party, seats: int, by: str) -> None:
        party.has_deferred = False
        if seats == 0:
            party.status = "declined"
        elif self.mode == "approval" and by == "guest" and not party.is_invited:
            self.check_seatable(seats)
            party.status, party.wanted = "requested", seats
        else:
            self.ask(party, seats)

    def party(self, key: int, by: str = "staff") -> Party:
        if by == "guest" and self.is_over:
            raise No("over")
        if key not in self.parties:
            raise No("gone")
        return self.parties[key]
