"""What an answer would lead to, told for each size of a party before the button is pressed. Changes nothing.

It asks the same rules as the desk (``events.seating``); by the time the button is pressed others may have been quicker.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, F, Q
from django.utils import timezone

from events.models import Event, Rsvp, RsvpPolicy
from events.outlook import room_of
from events.seating import (
    Decision,
    Full,
    Party,
    Queue,
    Room,
    Waiting,
    decide,
    next_grant,
    passes_over,
    take,
)
from people.models import Member

Promotion = RsvpPolicy.Promotion
NOBODY = Party()
UNSERVED = Q(seats_wanted__gt=F("seats_confirmed") + F("seats_offered"))


@dataclass(frozen=True)
class Prospect:
    """What a party of this size would have: seats, seats offered to it, and a place in line for the rest.

    ``was``: what it has now. ``leaving``: who is named now and would not come. ``is_refused``: all is taken, and nobody
    can wait. ``is_request``: the hosts decide.
    """

    seats: int
    was: Party = NOBODY
    confirmed: int = 0
    offered: int = 0
    place: int | None = None
    leaving: tuple[str, ...] = ()
    is_refused: bool = False
    is_request: bool = False

    @property
    def awaited(self) -> int:
        """Seats that it would wait for without an offer."""
        return 0 if self.place is None else self.seats - self.confirmed - self.offered


@dataclass(frozen=True)
class Line:
    """How many stand before a party, and how many of those nobody has made an offer for all they wait for."""

    others: int = 0
    at_end: int = 0
    unserved_at_end: int = 0
    as_now: int = 0
    unserved_as_now: int = 0

    def before(self, queue: Queue) -> tuple[int, int]:
        if queue is Queue.NEW:
            return self.at_end, self.unserved_at_end
        return self.as_now, self.unserved_as_now


@dataclass(frozen=True)
class Serving:
    """How freed seats reach those who wait just now."""

    offers: bool
    passing_over: bool
    is_on: bool

    def next_in_line(self, seats: int, *, takes_any: bool) -> Waiting:
        return Waiting(0, seats, is_asked=self.offers and not takes_any, takes_part=self.offers or takes_any)

    def at_once(self, free: int, lacks: int, unserved: int, *, takes_any: bool) -> tuple[int, int]:
        """Seats given and seats offered to a party that lacks some, where so many before it wait for one, too."""
        if not lacks or not self.is_on or (unserved and not self.passing_over):
            return 0, 0
        waiting = self.next_in_line(lacks, takes_any=takes_any)
        grant = next_grant(free, [waiting], passing_over=self.passing_over)
        if grant is None:
            return 0, 0
        return (0, grant.seats) if grant.is_offer else (grant.seats, 0)


def foresee(
    room: Room, party: Party, wants: int, line: Line, serving: Serving, *, takes_any: bool = False
) -> Prospect:
    """What becomes of a party that wants this many seats: decided at the desk, then served from the line at once."""
    try:
        decision = decide(room, party, wants)
    except Full:
        return Prospect(wants, party, party.confirmed, party.offered, is_refused=True)
    confirmed, offered = decision.confirmed, decision.offered
    if decision.queue is Queue.NONE:
        return Prospect(wants, party, confirmed)
    before, unserved = line.before(decision.queue)
    if takes_any:
        confirmed, offered = confirmed + offered, 0  # who takes any seat is not asked again
    free = room.free - (confirmed + offered - party.confirmed - party.offered)
    given, more = serving.at_once(free, wants - confirmed - offered, unserved, takes_any=takes_any)
    confirmed, offered = confirmed + given, offered + more
    return Prospect(wants, party, confirmed, offered, before + 1 if confirmed < wants else None)


@dataclass(frozen=True)
class Prospects:
    """For each size of a party what it would get; ``if_any`` for one that takes any seat without being asked.

    Beside it, what that was concluded from: the line, how it is served, and the seats that nobody has.
    """

    asked: Sequence[Prospect]
    if_any: Sequence[Prospect]
    line: Line = Line()
    serving: Serving | None = None
    free: int = 0

    @property
    def may_wait(self) -> bool:
        """Whether some size of party would wait for a seat, so that it matters what is done then."""
        return any(each.place is not None for each in self.asked)

    def after_taking(self, party: Party, place: int | None, *, takes_any: bool) -> list[Prospect]:
        """What a party would have that takes one of the seats offered to it, two, and so on to all of them.

        What it leaves goes to the head of the line, which may be the party itself.
        """

        def taking(decision: Decision) -> Prospect:
            wanted, confirmed = decision.wanted, decision.confirmed
            if decision.queue is Queue.NONE or self.serving is None:
                return Prospect(wanted, party, confirmed)
            free = self.free + party.offered + party.confirmed - confirmed
            given, offered = self.serving.at_once(
                free, wanted - confirmed, self.line.unserved_as_now, takes_any=takes_any
            )
            confirmed += given
            return Prospect(wanted, party, confirmed, offered, place if confirmed < wanted else None)

        return [taking(take(party, seats)) for seats in range(1, party.offered + 1)]


def prospects(
    event: Event,
    policy: RsvpPolicy,
    largest: int,
    *,
    rsvp: Rsvp | None = None,
    party: Party = NOBODY,
    member: Member | None = None,
    reserved: int = 0,
    now: datetime | None = None,
) -> Prospects:
    """What each size of a party would lead to: of a new one, or of one that has answered and has seats. One query.

    ``reserved`` seats are kept for it by an invitation.
    """
    now = now or timezone.now()
    line = _line(event, rsvp, _class_of(policy, rsvp, member))
    room = room_of(policy, others_wait=line.others > 0)
    if rsvp:
        # An offer past its end is over, also where the desk has not written it down yet.
        room = replace(room, committed=room.committed - rsvp.seats_offered + party.offered)
    is_on = event.state == Event.State.ON and event.starts_at is not None and now < event.starts_at
    passing_over = event.starts_at is not None and passes_over(now, event.starts_at)
    serving = Serving(policy.promotion == Promotion.OFFER, passing_over, is_on)

    def each(*, takes_any: bool) -> list[Prospect]:
        rows = []
        for seats in range(1, largest + 1):
            ours, has = _with_reserved(room, party, min(reserved, seats), reserved)
            foreseen = foresee(ours, has, seats, line, serving, takes_any=takes_any)
            rows.append(replace(foreseen, was=party))
        return rows

    return Prospects(each(takes_any=False), each(takes_any=True), line, serving, room.free)


def requests(largest: int, party: Party) -> Prospects:
    """Where the hosts decide, a party of any size only asks."""
    rows = [Prospect(seats, party, is_request=True) for seats in range(1, largest + 1)]
    return Prospects(rows, rows)


def _with_reserved(room: Room, party: Party, used: int, reserved: int) -> tuple[Room, Party]:
    """The seats kept for a party become its own as far as it needs them; the others are free."""
    room = replace(room, committed=room.committed - reserved + used)
    return room, replace(party, confirmed=party.confirmed + used, wanted=party.wanted + used)


def _class_of(policy: RsvpPolicy, rsvp: Rsvp | None, member: Member | None) -> int:
    """The class in which a party would stand that goes to the end of the line."""
    if rsvp and rsvp.priority_reason:
        return rsvp.priority
    member = rsvp.member if rsvp else member
    first = policy.members_first and member is not None and member.is_current_member
    return Rsvp.Priority.MEMBER if first else Rsvp.Priority.GENERAL


def _line(event: Event, rsvp: Rsvp | None, its_class: int) -> Line:
    at_end = Q(priority__lte=its_class)
    as_now = Q(pk=None)
    queue = Rsvp.objects.filter(event=event).waiting()
    if rsvp:
        queue = queue.exclude(pk=rsvp.pk)
    if rsvp and rsvp.queue_number is not None:
        as_now = Q(priority__lt=rsvp.priority) | Q(priority=rsvp.priority, queue_number__lt=rsvp.queue_number)
    counts = queue.aggregate(
        others=Count("pk"),
        at_end=Count("pk", filter=at_end),
        unserved_at_end=Count("pk", filter=at_end & UNSERVED),
        as_now=Count("pk", filter=as_now),
        unserved_as_now=Count("pk", filter=as_now & UNSERVED),
    )
    return Line(**counts)
