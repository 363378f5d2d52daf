"""What waits for staff at events, counted by the database: each event with its numbers, all in one query."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, F, Func, Min, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce

from events.invitation_overview import STATES
from events.mailings import COUNTED
from events.models import Event, Guest, Invitation, Mailing, Rsvp, SeatHold, SeatOffer
from events.scoping import within
from events.seat_bar import SeatBar
from sistercities.mail.models import Message

LAPSES_WITHIN, NAMES_WITHIN = timedelta(hours=36), timedelta(days=7)
LOST_WITHIN = timedelta(days=14)
LETTERS = ("unsent", "returned", "failed")


def with_what_waits(events: QuerySet[Event], now: datetime) -> QuerySet[Any]:
    """Requests to decide, offers that lapse soon, guests without a name, letters that did not arrive."""
    asking = Rsvp.objects.filter(status=Rsvp.Status.REQUESTED)
    lapsing = SeatOffer.objects.live().filter(expires_at__lte=now + LAPSES_WITHIN)
    unnamed = Guest.objects.filter(name="", rsvp__status__in=Rsvp.LIVE)
    freezing = SeatHold.objects.live().filter(
        invitation=None, seats_unnamed__gt=0, freezes_at__range=(now, now + NAMES_WITHIN)
    )
    return events.annotate(
        requests=of_event(asking, Count("pk")),
        first_request=of_event(asking, Min("answered_at"), None),
        lapsing=of_event(lapsing, Count("pk"), path="rsvp__event"),
        first_lapse=of_event(lapsing, Min("expires_at"), None, "rsvp__event"),
        unnamed=of_event(unnamed, Count("pk"), path="rsvp__event"),
        freezing=of_event(freezing, Sum("seats_unnamed")),
        first_freeze=of_event(freezing, Min("freezes_at"), None),
        **{name: of_event(Invitation.objects.filter(STATES[name][1]), Count("pk")) for name in LETTERS},
    )


def letters_lost(user: Any, now: datetime) -> list[tuple[Mailing, int]]:
    """Free letters sent of late, as far as the reader may see them, with how many of each did not arrive."""
    lost = COUNTED["returned"] | COUNTED["failed"] | COUNTED["uncertain"]
    mails = Message.objects.filter(lost, key__startswith="mailing:", created_at__gte=now - LOST_WITHIN)
    number = Cast(Func("key", Value(":"), Value(2), function="split_part"), BigIntegerField())
    counted = mails.order_by().annotate(mailing=number).values("mailing").annotate(count=Count("pk"))
    counts = dict(counted.values_list("mailing", "count"))
    known = Mailing.objects.filter(pk__in=counts).select_related("event").order_by("-sent_at", "-pk")
    return [(each, counts[each.pk]) for each in within(user, "events.view_mailing", known, "event")]


def with_seats(events: QuerySet[Event]) -> QuerySet[Any]:
    """How the seats of each stand, as ``bar_of`` draws them."""
    rows = Rsvp.objects.all()
    waiting = Rsvp.objects.waiting().order_by()
    return events.annotate(
        confirmed=of_event(rows, Sum("seats_confirmed")),
        offered=of_event(rows, Sum("seats_offered")),
        waiting=of_event(waiting, Sum(F("seats_wanted") - F("seats_confirmed") - F("seats_offered"))),
        parties_waiting=of_event(waiting, Count("pk")),
        requests=of_event(Rsvp.objects.filter(status=Rsvp.Status.REQUESTED), Count("pk")),
    )


def bar_of(event: Any) -> SeatBar:
    """What is committed and neither confirmed nor offered is kept for somebody."""
    policy = event.rsvp_policy
    held = policy.seats_committed - event.confirmed - event.offered
    return SeatBar(event.confirmed, event.offered, max(held, 0), event.waiting, policy.seat_limit)


def of_event(rows: QuerySet[Any], what: Any, none: Any = 0, path: str = "event") -> Any:
    """One number, or moment, of the rows that belong to each event."""
    mine = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(found=what).values("found")
    return Coalesce(Subquery(mine), none) if none is not None else Subquery(mine)
