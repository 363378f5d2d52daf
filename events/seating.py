"""Who is seated and who waits: the rules, as pure decisions on plain values. No Django, no clock, no database.

A party asks for a number of seats, its lead guest included. Nobody loses a confirmed seat by asking for more, nobody is
seated ahead of somebody who waits longer, and giving seats back is never refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

# From here on freed seats go to the next party that fits, for an empty chair helps nobody.
PASSING_OVER = timedelta(hours=72)
# No event of ours has room for so many: it stands for "no limit".
BOUNDLESS = 1_000_000


@dataclass(frozen=True)
class Room:
    """The seats of an event as they stand now. ``limit`` None: there is no limit.

    ``others_wait`` tells whether a party other than the one that asks is waiting for seats, or holds an offer of some.
    """

    limit: int | None
    committed: int
    others_wait: bool
    has_waiting_list: bool = True

    @property
    def free(self) -> int:
        return (BOUNDLESS if self.limit is None else self.limit) - self.committed

    @property
    def free_to_newcomers(self) -> int:
        """While somebody waits, no seat is free for those who come later."""
        return 0 if self.others_wait else self.free


@dataclass(frozen=True)
class Party:
    """The seats a party has, those that are offered to it, and those it wants in all."""

    confirmed: int = 0
    wanted: int = 0
    offered: int = 0

    @property
    def awaited(self) -> int:
        return self.wanted - self.confirmed


class Queue(StrEnum):
    """What becomes of a party's place in the queue."""

    NONE = "none"
    KEEP = "keep"
    NEW = "new"


@dataclass(frozen=True)
class Decision:
    """The seats a party has from now on, those it wants, its place in the queue, and the seats offered to it."""

    confirmed: int
    wanted: int
    queue: Queue
    offered: int = 0


class Full(Exception):
    """There are not enough seats, and the event keeps no waiting list."""


def decide(room: Room, party: Party, wants: int) -> Decision:
    """What a party gets that now wants this many seats in all (one or more).

    Fewer than it has: it keeps what it wants. Fewer than it has and is offered: the offer shrinks with it. More, and
    they are free while nobody else waits: it gets them. Otherwise it keeps what it has, and what it was offered, and
    waits for the rest; one that waits already keeps its place unless it now asks for more than before. Raises Full
    where it would have to begin to wait and there is no waiting list.
    """
    if wants <= party.confirmed:
        return Decision(wants, wants, Queue.NONE)
    if wants <= party.confirmed + party.offered:
        return Decision(party.confirmed, wants, Queue.KEEP, wants - party.confirmed)
    if not party.offered and wants - party.confirmed <= room.free_to_newcomers:
        return Decision(wants, wants, Queue.NONE)
    if not room.has_waiting_list and wants > party.wanted:
        raise Full
    stays = party.awaited > 0 and wants <= party.wanted
    return Decision(party.confirmed, wants, Queue.KEEP if stays else Queue.NEW, party.offered)


def take(party: Party, seats: int) -> Decision:
    """What a party has that takes this many of the seats offered to it, one or more.

    What it leaves it no longer wants; for the seats that were not offered it keeps its place in line.
    """
    wanted = party.wanted - (party.offered - seats)
    confirmed = party.confirmed + seats
    return Decision(confirmed, wanted, Queue.KEEP if wanted > confirmed else Queue.NONE)


def without_offer(party: Party) -> Decision:
    """What a party has whose offer is over: what it had. It waits no longer."""
    return Decision(party.confirmed, party.confirmed, Queue.NONE)


# --- freed seats ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A party in line: the seats it waits for that nobody has offered it yet, and whether it is asked first.

    ``takes_part``: it may get a part of them, and waits on for the rest.
    """

    party: int
    seats: int
    is_asked: bool
    takes_part: bool


@dataclass(frozen=True)
class Grant:
    """Free seats for a party in line: an offer where it is asked, else seats."""

    party: int
    seats: int
    is_offer: bool


def next_grant(free: int, queue: Iterable[Waiting], *, passing_over: bool) -> Grant | None:
    """Who gets free seats next; ``queue`` is in order, head first.

    They are held for the head: it gets all it waits for, or the part there is, if it may take a part; for a party that
    is never split they are kept until all of it fits. Shortly before the event (``passing_over``) they go to the next
    party that fits as a whole, and only where none does to the next that takes a part.
    """
    if free <= 0:
        return None
    takes_part = None
    for waiting in queue:
        if waiting.seats <= free:
            return Grant(waiting.party, waiting.seats, waiting.is_asked)
        if takes_part is None and waiting.takes_part:
            takes_part = waiting
        if not passing_over:
            break
    return Grant(takes_part.party, free, takes_part.is_asked) if takes_part else None


def grants(free: int, queue: Iterable[Waiting], *, passing_over: bool) -> list[Grant]:
    """Who would get free seats, one after the other, until they are given out or nobody waits whom they fit."""
    left, given = list(queue), []
    while grant := next_grant(free, left, passing_over=passing_over):
        given.append(grant)
        free -= grant.seats
        left = [_less(each, grant.seats) if each.party == grant.party else each for each in left]
        left = [each for each in left if each.seats]
    return given


def _less(waiting: Waiting, seats: int) -> Waiting:
    return replace(waiting, seats=waiting.seats - seats)


def passes_over(now: datetime, starts_at: datetime) -> bool:
    """Whether the event is so near that a party which does not fit may be passed over."""
    return starts_at - now <= PASSING_OVER


def between(place: Decimal, following: Decimal) -> Decimal:
    """A number in the queue directly behind one, before the one that follows it."""
    return (place + following) / 2


class Door(StrEnum):
    """How an answer of "yes" would be met, as it is printed on the button before it is pressed."""

    NONE = "none"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    OVER = "over"
    NOT_YET = "not-yet"
    CLOSED = "closed"
    OPEN = "open"
    WAITING_LIST = "waiting-list"
    FULL = "full"


# Where no answer is taken at whatever hour.
SHUT = (Door.NONE, Door.CANCELLED, Door.POSTPONED, Door.OVER)


@dataclass(frozen=True)
class Hours:
    """When answers are taken: from ``opens_at`` (None: always) until ``closes_at``, at the latest the start."""

    opens_at: datetime | None
    closes_at: datetime | None
    starts_at: datetime

    @property
    def last_moment(self) -> datetime:
        return min(self.closes_at or self.starts_at, self.starts_at)


def door(now: datetime, hours: Hours, room: Room, *, cancelled: bool, postponed: bool = False) -> Door:
    """Which door a newcomer finds. Only for events that take RSVPs."""
    if cancelled:
        return Door.CANCELLED
    if postponed:
        return Door.POSTPONED
    if now >= hours.starts_at:
        return Door.OVER
    if hours.opens_at and now < hours.opens_at:
        return Door.NOT_YET
    if now >= hours.last_moment:
        return Door.CLOSED
    if room.free_to_newcomers > 0:
        return Door.OPEN
    return Door.WAITING_LIST if room.has_waiting_list else Door.FULL
