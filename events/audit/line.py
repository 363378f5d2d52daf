"""Whether everybody was served in the order that is printed on the page: all changes of an event, gone through again.

What cannot be known any more is judged in favour of the desk: how many seats were free at an earlier moment, and when
an event began that was moved since.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import F, Max, Q
from django.utils import timezone

from events.audit.queueing import Line, Place
from events.audit.seats import GRACE, WORKER
from events.models import Deed, DeskNote, Event, Rsvp, RsvpPolicy, RsvpTransition, SeatHold
from events.seating import BOUNDLESS, next_grant, passes_over
from events.serving import waiting
from sistercities.audit import checks
from sistercities.traces import NOBODY

Actor = RsvpTransition.Actor
DATED = [DeskNote.Kind.MOVED, DeskNote.Kind.POSTPONED, DeskNote.Kind.RESUMED]
READ = (
    "pk",
    "rsvp",
    "rsvp__event",
    "rsvp__name",
    "at",
    "actor",
    "deed",
    "reason",
    "seats_before",
    "seats_after",
    "offered_before",
    "offered_after",
    "wanted_after",
    "priority_after",
    "queue_before",
    "queue_after",
)
# Whose places do not come from the end of the line: they return to one, or let the next go ahead.
PLACED = (Deed.UNDONE, Deed.DEFERRED)


@dataclass
class Course:
    """What has to be known of an event to judge who was served: when it begins, and the seats kept for invitations."""

    slug: str
    starts_at: datetime | None
    dated_at: datetime | None  # since when the date is the present one; None where it always was
    reserved: dict[datetime, int] = field(default_factory=dict)  # by the moment at which they were given
    line: Line = field(default_factory=Line)

    def knows_date(self, at: datetime) -> bool:
        return self.starts_at is not None and (self.dated_at is None or at > self.dated_at)

    def is_near(self, at: datetime) -> bool:
        """Whether smaller parties may go first."""
        return self.knows_date(at) and passes_over(at, self.starts_at)  # type: ignore[arg-type]

    def has_begun(self, at: datetime) -> bool:
        return self.knows_date(at) and at >= self.starts_at  # type: ignore[operator]


@checks(
    "everybody was served in the printed order, but where staff gave a reason",
    remedy=(
        "Look at the history of both parties in the admin. Nobody loses what was given: raise the number of seats for "
        "whoever was passed over, or put that party first, with the reason."
    ),
)
def served_out_of_turn() -> Iterator[str]:
    courses = _courses()
    changes = RsvpTransition.objects.order_by("rsvp__event", "pk").values_list(*READ, named=True)
    for event, those in groupby(changes.iterator(chunk_size=5000), key=attrgetter("rsvp__event")):
        course = courses[event]
        for change in those:
            place = Place(change.priority_after, change.queue_after, change.rsvp)
            if fault := _fault(course, change, place):
                yield f"{course.slug}, {change.at:%Y-%m-%d %H:%M} UTC, answer {change.rsvp}: {fault}"
            need = change.wanted_after - change.seats_after - change.offered_after
            course.line.put(place, need)


def _courses() -> dict[int, Course]:
    dated = Max("desk_notes__at", filter=Q(desk_notes__kind__in=DATED))
    rows = Event.objects.exclude(rsvps=None).order_by().annotate(dated=dated)
    courses = {
        pk: Course(slug, starts_at, dated_at)
        for pk, slug, starts_at, dated_at in rows.values_list("pk", "slug", "starts_at", "dated")
    }
    kept = SeatHold.objects.filter(invitation__isnull=False, released_at__isnull=False, event__in=courses)
    for event, at, seats in kept.values_list("event", "released_at", "seats"):
        if at:
            courses[event].reserved[at] = seats
    return courses


def _fault(course: Course, change: Any, place: Place) -> str:
    """What is wrong with a change, in the line as it stood before; empty where nothing is."""
    given = change.seats_after + change.offered_after - change.seats_before - change.offered_before
    if given > 0 and change.deed != Deed.NAMED:
        if change.actor == Actor.SYSTEM:
            return _fault_of_service(course, change, given)
        if change.deed == Deed.OFFERED:
            # The reason goes with all that names somebody, once its time is over.
            said_why = change.reason.strip() or change.rsvp__name == NOBODY
            return "" if said_why else "seats offered by hand without a reason"
        others = course.line.waiting_but(change.rsvp)
        if others and course.reserved.get(change.at, 0) < given:
            return f"given {given} seats while {others} other parties waited"
    if place.number is None or place.number == change.queue_before:
        return ""
    if change.deed == Deed.DEFERRED:
        return _fault_of_deferring(course.line.passed(place))
    is_behind = change.deed in PLACED or course.line.is_last_of_class(place)
    return "" if is_behind else "stands in line before parties that asked earlier"


def _fault_of_deferring(needs: list[int]) -> str:
    """Behind the next who waits for a seat that nobody has offered it yet, and behind no other."""
    served_next = [need for need in needs if need]
    if len(served_next) == 1 and needs[-1]:
        return ""
    return f"let {len(served_next)} parties go ahead instead of one"


def _fault_of_service(course: Course, change: Any, given: int) -> str:
    need = course.line.need_of(change.rsvp)
    if not need:
        return f"given {given} seats without waiting for any"
    if course.has_begun(change.at):
        return f"given {given} seats after the event had begun"
    ahead = course.line.unserved_before(change.rsvp)
    far = f"given {given} seats before answer {ahead[0].rsvp}" if ahead else ""
    # Where the date of then is not known, what is right by either rule is right.
    if not course.is_near(change.at) and (course.knows_date(change.at) or not far):
        return far
    return _fault_near(course.line, change, given, need)


def _fault_near(line: Line, change: Any, given: int, need: int) -> str:
    """Near the event whoever did not fit could be passed over; who takes less than all of it took all there was."""
    part, ahead = given < need, line.unserved_before(change.rsvp)
    rivals = line.unserved_but(change.rsvp) if part else ahead
    if fitting := next((each for each in rivals if line.need_of(each.rsvp) <= given), None):
        return f"given {given} seats, which fitted answer {fitting.rsvp}"
    if part and ahead and change.deed == Deed.OFFERED:
        return f"offered a part before answer {ahead[0].rsvp}"
    return ""


@checks("nobody waits while seats are free that the rule gives them", remedy=WORKER)
def kept_waiting_for_nothing() -> Iterator[str]:
    """What the desk would do now, by the same pure rule; from what it would have done a few minutes ago."""
    now = timezone.now() - GRACE
    is_free = Q(seat_limit=None) | Q(seats_committed__lt=F("seat_limit"))
    open_ones = RsvpPolicy.objects.filter(
        is_free, event__state=Event.State.ON, event__starts_at__gt=timezone.now()
    )
    policies = {policy.event_id: policy for policy in open_ones.select_related("event")}
    queues: defaultdict[int, list[Rsvp]] = defaultdict(list)
    for rsvp in Rsvp.objects.filter(event__in=policies).unserved():
        queues[rsvp.event_id].append(rsvp)
    for event, queue in queues.items():
        policy = policies[event]
        free = BOUNDLESS if policy.seats_left is None else policy.seats_left
        starts_at = policy.event.starts_at
        passing_over = starts_at is not None and passes_over(now, starts_at)
        grant = next_grant(free, (waiting(each, policy) for each in queue), passing_over=passing_over)
        if grant:
            yield f"{policy.event.slug}: {free} seats are free, and answer {grant.party} waits for {grant.seats}"
