"""Seats that are promised, counted from the rows, and promises whose time is over."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Rsvp, RsvpPolicy, SeatHold, SeatOffer
from events.serving import VERIFY_WITHIN
from sistercities.audit import checks

# The worker looks every minute; five without it are a fault.
GRACE = timedelta(minutes=5)
WORKER = "See that the worker runs (`manage.py work`) and what its log says; it does this within a minute."


def _sum(rows: QuerySet[Any], group: str, column: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(group).annotate(sum=Sum(column)).values("sum")), 0)


def _recounted() -> QuerySet[Any]:
    """The rules of every event, with its seats counted in the rows themselves."""
    event = OuterRef("event")
    counted = RsvpPolicy.objects.annotate(
        confirmed=_sum(Rsvp.objects.filter(event=event), "event", "seats_confirmed"),
        offered=_sum(SeatOffer.objects.live().filter(rsvp__event=event), "rsvp__event", "seats"),
        held=_sum(SeatHold.objects.live().filter(event=event), "event", "seats_unnamed"),
    )
    return counted.annotate(counted=F("confirmed") + F("offered") + F("held")).order_by("event")


@checks(
    "the committed seats of an event are those confirmed, offered and held",
    remedy=(
        "Stop the worker, which would offer by the wrong count, and let nobody answer (`update events_rsvppolicy set "
        "mode = 'none'` for the event). Set seats_committed to the counted number by hand, put the mode back, and "
        "start the worker. PostgreSQL counts by itself: look for triggers that are gone."
    ),
)
def miscounted_seats() -> Iterator[str]:
    wrong = _recounted().exclude(counted=F("seats_committed"))
    for policy in wrong.select_related("event"):
        parts = f"{policy.confirmed} confirmed, {policy.offered} offered and {policy.held} held"
        yield f"{policy.event.slug}: {policy.seats_committed} committed; {parts} are {policy.counted}"


@checks(
    "no more seats are committed than there are",
    remedy=(
        "Raise the number of seats in the admin to what is promised, or ask guests to withdraw. Take no seat from "
        "anybody: each of these parties has a confirmation or an offer in its mail."
    ),
)
def overbooked() -> Iterator[str]:
    wrong = _recounted().filter(Q(counted__gt=F("seat_limit")) | Q(seats_committed__gt=F("seat_limit")))
    for policy in wrong.select_related("event"):
        yield f"{policy.event.slug}: {policy.counted} of {policy.seat_limit}"


@checks(
    "an answer has one offer that stands at most, of as many seats as it says",
    remedy="Withdraw the answer in the admin and take it again, with its old place in line as the reason.",
)
def offers_that_differ() -> Iterator[str]:
    answers = Rsvp.objects.annotate(
        standing_offers=Count("offers", filter=Q(offers__ended_at=None)),
        standing_seats=Coalesce(Sum("offers__seats", filter=Q(offers__ended_at=None)), 0),
    )
    wrong = answers.filter(Q(standing_offers__gt=1) | ~Q(standing_seats=F("seats_offered")))
    named = wrong.order_by("pk").values_list("pk", "seats_offered", "standing_seats", "standing_offers")
    for pk, offered, seats, count in named:
        yield f"answer {pk}: {offered} seats offered, {seats} in {count} offers that stand"


@checks("an offer lapses when its time is over", remedy=WORKER)
def offers_past_their_end() -> Iterator[str]:
    late = SeatOffer.objects.live().filter(expires_at__lt=timezone.now() - GRACE)
    for pk, rsvp, end in late.order_by("pk").values_list("pk", "rsvp", "expires_at"):
        yield f"offer {pk} to answer {rsvp} should have ended at {end:%Y-%m-%d %H:%M} UTC"


@checks("an answer whose address nobody verified is gone after a day", remedy=WORKER)
def never_verified() -> Iterator[str]:
    old = timezone.now() - VERIFY_WITHIN - GRACE
    left = Rsvp.objects.filter(status=Rsvp.Status.UNVERIFIED, answered_at__lt=old)
    for pk, since in left.order_by("pk").values_list("pk", "answered_at"):
        yield f"answer {pk}, since {since:%Y-%m-%d %H:%M} UTC"


@checks(
    "a block of seats holds those of its seats that nobody is named for",
    remedy=(
        "Release the block in the admin: who is named comes all the same. Then hold a new one for the seats that "
        "are still wanted."
    ),
)
def blocks_that_differ() -> Iterator[str]:
    blocks = SeatHold.objects.annotate(named=Coalesce(F("rsvp__seats_confirmed"), 0))
    too_few = Q(released_at=None) & ~Q(seats=F("seats_unnamed") + F("named"))
    wrong = blocks.filter(too_few | Q(released_at__isnull=False, seats_unnamed__gt=0))
    named = wrong.order_by("pk").values_list("pk", "name", "seats", "seats_unnamed", "named")
    for pk, name, seats, unnamed, people in named:
        yield f"block {pk} ({name}): {seats} seats, {people} named, {unnamed} held"


@checks("a block of seats is released when its names are fixed, unless it keeps them", remedy=WORKER)
def blocks_past_their_freeze() -> Iterator[str]:
    late = SeatHold.objects.live().filter(freezes_at__lt=timezone.now() - GRACE, keeps_unnamed=False)
    for pk, name, freeze in late.order_by("pk").values_list("pk", "name", "freezes_at"):
        yield f"block {pk} ({name}) should have been released at {freeze:%Y-%m-%d %H:%M} UTC"
