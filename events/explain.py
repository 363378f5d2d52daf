"""Why the seats of an event stand as they do: who is next, and what would happen if. Only looks.

What would happen is asked of the same rules that decide (``events.seating``), on the same parties in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Event, Rsvp, RsvpPolicy, SeatHold, SeatOffer
from events.seating import BOUNDLESS, PASSING_OVER, Waiting, grants, passes_over
from events.serving import waiting

# What is read of each party in line: there may be thousands.
READ = (
    "event_id",
    "name",
    "status",
    "seats_confirmed",
    "seats_offered",
    "seats_wanted",
    "takes_any",
    "priority",
    "priority_reason",
    "queue_number",
    "answered_at",
)


class Stopped(StrEnum):
    """Why nobody is served just now."""

    NO = ""
    NO_START = "no-start"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    BEGUN = "begun"


@dataclass(frozen=True)
class InLine:
    """A party of the queue at its place, from 1; ``until`` is the end of the offer that it has."""

    rsvp: Rsvp
    place: int
    until: datetime | None

    @property
    def missing(self) -> int:
        """Seats it waits for that are not offered to it yet."""
        return self.rsvp.seats_unserved


@dataclass(frozen=True)
class Explanation:
    """The seats of an event at one moment: promised to whom, waited for by whom, in which order."""

    event: Event
    policy: RsvpPolicy
    now: datetime
    confirmed: int
    line: Sequence[InLine]
    holds: Sequence[SeatHold]

    @property
    def offered(self) -> int:
        return sum(each.rsvp.seats_offered for each in self.line)

    @property
    def held(self) -> int:
        return sum(hold.seats_unnamed for hold in self.holds)

    @property
    def awaited(self) -> int:
        return sum(each.missing for each in self.line)

    @property
    def free(self) -> int | None:
        """Seats that nobody has been promised; None where there is no limit."""
        return self.policy.seats_left

    @property
    def offers(self) -> list[InLine]:
        """Who has an offer, the one that ends first leading."""
        return sorted((each for each in self.line if each.until), key=lambda each: (each.until, each.place))

    @property
    def unserved(self) -> list[InLine]:
        """Those who wait for seats that nobody has offered them; the first is next."""
        return [each for each in self.line if each.missing]

    @property
    def passes_over_from(self) -> datetime | None:
        return self.event.starts_at - PASSING_OVER if self.event.starts_at else None

    @property
    def is_passing_over(self) -> bool:
        return self.event.starts_at is not None and passes_over(self.now, self.event.starts_at)

    @property
    def stopped(self) -> Stopped:
        if self.event.is_cancelled:
            return Stopped.CANCELLED
        if self.event.state == Event.State.POSTPONED:
            return Stopped.POSTPONED
        if self.event.starts_at is None:
            return Stopped.NO_START
        return Stopped.BEGUN if self.now >= self.event.starts_at else Stopped.NO


def explain(event: Event, now: datetime | None = None) -> Explanation:
    """How the seats of an event stand, with three queries. Its rules have to be loaded."""
    live = SeatOffer.objects.live().filter(rsvp=OuterRef("pk"))
    parties = event.rsvps.waiting().annotate(until=Subquery(live.values("expires_at")[:1])).only(*READ)
    line = [InLine(rsvp, place, rsvp.until) for place, rsvp in enumerate(parties, start=1)]
    confirmed = event.rsvps.aggregate(seats=Coalesce(Sum("seats_confirmed"), 0))["seats"]
    return Explanation(
        event, event.rsvp_policy, now or timezone.now(), confirmed, line, list(event.holds.live())
    )


def may_withdraw(event: Event) -> QuerySet[Rsvp]:
    """The parties whose withdrawal would free seats or a place in line."""
    return event.rsvps.filter(status__in=Rsvp.WAITING).select_related("hold")


# --- what would happen if -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """Seats that a party would get: offered, or its own at once."""

    rsvp: Rsvp
    place: int
    seats: int
    is_offer: bool


@dataclass(frozen=True)
class Prospect:
    """Who would get which seats, one after the other, and how many would then be free; None: no limit."""

    served: Sequence[Given]
    free: int | None
    waiting: int

    @property
    def seats(self) -> int:
        return sum(each.seats for each in self.served)


def if_raised(known: Explanation, seats: int) -> Prospect:
    """If there were so many seats more."""
    return _prospect(known, known.unserved, seats)


def if_withdrawn(known: Explanation, rsvp: Rsvp) -> Prospect:
    """If a party withdrew: a delegation gives back the seats that nobody is named for as well."""
    freed = rsvp.seats_confirmed + rsvp.seats_offered
    if rsvp.hold and rsvp.hold.is_live:
        freed += rsvp.hold.seats_unnamed
    return _prospect(known, _without(known, rsvp), freed)


def if_lapsed(known: Explanation, rsvp: Rsvp) -> Prospect:
    """If the offer of a party were over: it keeps what it has, and waits no longer."""
    return _prospect(known, _without(known, rsvp), rsvp.seats_offered)


def if_near(known: Explanation) -> Prospect:
    """If the event were within 72 hours, so that smaller parties may go first."""
    return _prospect(known, known.unserved, 0, near=True)


def _without(known: Explanation, rsvp: Rsvp) -> list[InLine]:
    return [each for each in known.unserved if each.rsvp.pk != rsvp.pk]


def _prospect(known: Explanation, line: Sequence[InLine], more: int, *, near: bool = False) -> Prospect:
    left = known.free
    free = BOUNDLESS if left is None else left + more
    passing_over = near or known.is_passing_over
    queue = [waiting(each.rsvp, known.policy) for each in line]
    if known.stopped:
        return Prospect([], None if left is None else free, len(queue))
    found = {each.rsvp.pk: each for each in line}
    served = grants(free, _within_reach(queue, free, passing_over=passing_over), passing_over=passing_over)
    given = [
        Given(found[each.party].rsvp, found[each.party].place, each.seats, each.is_offer) for each in served
    ]
    taken = sum(each.seats for each in given)
    satisfied = sum(each.seats == found[each.rsvp.pk].missing for each in given)
    return Prospect(given, None if left is None else free - taken, len(queue) - satisfied)


def _within_reach(queue: list[Waiting], free: int, *, passing_over: bool) -> list[Waiting]:
    """As much of the queue as these seats could reach: who is served takes one at least, nobody is passed over."""
    return queue if passing_over else queue[: max(free, 0)]
