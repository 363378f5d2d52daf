"""Who is seated and who waits: the rules, as pure decisions on plain values. No Django, no clock, no database.

A party asks for a number of seats, its lead guest included. Nobody loses a confirmed seat by asking for more, nobody is
seated ahead of somebody who waits longer, and giving seats back is never refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# From here on freed seats go to the next party that fits, for an empty chair helps nobody.
PASSING_OVER = timedelta(hours=72)


@dataclass(frozen=True)
class Room:
    """The seats of an event as they stand now.

    ``others_wait`` tells whether a party other than the one that asks is waiting for seats.
    """

    limit: int
    committed: int
    others_wait: bool
    has_waiting_list: bool = True

    @property
    def free(self) -> int:
        return self.limit - self.committed

    @property
    def free_to_newcomers(self) -> int:
        """While somebody waits, no seat is free for those who come later."""
        return 0 if self.others_wait else self.free


@dataclass(frozen=True)
class Party:
    """The seats a party has, those it wants in all, and whether it waits in the queue for the difference."""

    confirmed: int = 0
    wanted: int = 0

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
    """The seats a party has from now on, those it wants, and its place in the queue."""

    confirmed: int
    wanted: int
    queue: Queue


class Full(Exception):
    """There are not enough seats, and the event keeps no waiting list."""


def decide(room: Room, party: Party, wants: int) -> Decision:
    """What a party gets that now wants this many seats in all (one or more).

    Fewer than it has: it keeps what it wants. More, and they are free while nobody else waits: it gets them.
    Otherwise it keeps what it has and waits for the rest; one that waits already keeps its place unless it now asks
    for more than before. Raises Full where it would have to begin to wait and there is no waiting list.
    """
    if wants <= party.confirmed:
        return Decision(wants, wants, Queue.NONE)
    if wants - party.confirmed <= room.free_to_newcomers:
        return Decision(wants, wants, Queue.NONE)
    if not room.has_waiting_list and wants > party.wanted:
        raise Full
    waits_already = party.awaited > 0
    return Decision(
        party.confirmed, wants, Queue.KEEP if waits_already and wants <= party.wanted else Queue.NEW
    )


def promotions(free: int, queue: Iterable[tuple[int, int]], *, passing_over: bool) -> list[int]:
    """Which waiting parties get their seats now.

    ``queue`` holds (party, seats awaited), head first. Freed seats are kept for the head until its whole party fits;
    only shortly before the event (``passing_over``) do they go to the next party that fits.
    """
    seated = []
    for party, awaited in queue:
        if awaited <= free:
            seated.append(party)
            free -= awaited
        elif not passing_over:
            break
        if free == 0:
            break
    return seated


def passes_over(now: datetime, starts_at: datetime) -> bool:
    """Whether the event is so near that a party which does not fit may be passed over."""
    return starts_at - now <= PASSING_OVER


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
