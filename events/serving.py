"""Opening the desk: one at a time, what is due first, and freed seats to those who wait last."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from events.answers import REASONS, SYSTEM, Refused
from events.desk import Desk, party_of
from events.models import Deed, Event, Guest, Rsvp, RsvpPolicy, RsvpTransition, SeatHold, SeatOffer
from events.models.rsvp import RsvpQuerySet
from events.models.seats import SeatHoldQuerySet, SeatOfferQuerySet
from events.seating import (
    Decision,
    Door,
    Grant,
    Queue,
    Waiting,
    next_grant,
    passes_over,
    without_offer,
)

Promotion = RsvpPolicy.Promotion
VERIFY_WITHIN = timedelta(hours=24)
# Longer than that nobody waits for the desk: the page says so, and keeps what was typed.
PATIENCE = {"lock_timeout": "3s", "statement_timeout": "4s"}
LONG_ENOUGH = "60s"

# The event, and what is due at its desk. Written out, for it is asked at every turn and under the lock: spelling it
# anew took a quarter of all that time.
SITUATION = """
select event.*,
    exists (select from events_rsvp where event_id = event.id and queue_number is not null) as someone_waits,
    exists (
        select from events_seatoffer as offer join events_rsvp as party on party.id = offer.rsvp_id
        where party.event_id = event.id and offer.ended_at is null and offer.expires_at <= %(now)s
    ) as has_late_offers,
    exists (
        select from events_rsvp
        where event_id = event.id and status = 'unverified' and answered_at <= %(a_day_ago)s
    ) as has_unverified,
    exists (
        select from events_seathold
        where event_id = event.id and released_at is null and freezes_at <= %(now)s and not keeps_unnamed
    ) as has_frozen
from events_event as event where id = %(event)s
"""


@contextmanager
def open_desk(event: Event) -> Iterator[Desk]:
    """Open the desk for one event: everything in the block is one transaction under the lock of the event's rules.

    What is due by the clock is done before, and seats that became free are given to those who wait after it.
    """
    with transaction.atomic():
        _be_quick()
        policy = RsvpPolicy.objects.select_for_update().filter(event_id=event.pk).first()
        if policy is None:
            raise Refused(REASONS[Door.NONE])
        desk = _sit_down(policy)
        settle(desk)  # what became free by the clock alone is theirs who waited then, not that of a newcomer
        yield desk
        settle(desk)
        desk.letters.hand_over()


def settle_at(event: Event) -> None:
    """Open the desk and do nothing else: what is due is done, and those who wait are served."""
    with open_desk(event):
        pass


def _be_quick() -> None:
    with connection.cursor() as cursor:
        limits = ", ".join("set_config(%s, %s, true)" for _name in PATIENCE)
        cursor.execute(f"select {limits}", [word for limit in PATIENCE.items() for word in limit])


def take_time() -> None:
    """Let the rest of the transaction last: what concerns thousands is not to be broken off halfway."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('statement_timeout', %s, true)", [LONG_ENOUGH])


def _sit_down(policy: RsvpPolicy) -> Desk:
    """Read the event, and whether anything is due: only now, under the lock, so that it is all fresh."""
    now = timezone.now()
    asked = {"event": policy.event_id, "now": now, "a_day_ago": now - VERIFY_WITHIN}
    event: Any = Event.objects.raw(SITUATION, asked)[0]
    desk = Desk(policy, event, now, event.someone_waits)
    if event.has_late_offers:
        _let_offers_lapse(desk)
        desk.someone_waits = desk.answers().waiting().exists()
    if event.has_unverified:
        _forget_unverified(desk)
    if event.has_frozen:
        _release_frozen(desk)
    return desk


# --- what is due ----------------------------------------------------------------------------------------


def _late_offers(now: datetime) -> SeatOfferQuerySet:
    return SeatOffer.objects.live().filter(expires_at__lte=now)


def _never_verified(now: datetime) -> RsvpQuerySet:
    return Rsvp.objects.filter(status=Rsvp.Status.UNVERIFIED, answered_at__lte=now - VERIFY_WITHIN)


def _frozen(now: datetime) -> SeatHoldQuerySet:
    return SeatHold.objects.live().filter(freezes_at__lte=now, keeps_unnamed=False)


def due(now: datetime) -> list[int]:
    """The events at whose desks something is due that nobody has to come for."""
    late = _late_offers(now).values_list("rsvp__event", flat=True)
    return sorted(
        {
            *late,
            *_never_verified(now).values_list("event", flat=True),
            *_frozen(now).values_list("event", flat=True),
        }
    )


def _let_offers_lapse(desk: Desk) -> None:
    """The seats of offers past their end are free again; what a party has stays its own."""
    late = _late_offers(desk.now).filter(rsvp__event=desk.event).order_by("expires_at", "pk")
    for offer in late.select_related("rsvp__member", "rsvp__invitation"):
        rsvp = offer.rsvp
        decision = without_offer(party_of(rsvp))
        ends = "" if decision.confirmed else Rsvp.Status.LAPSED
        desk.seat(
            rsvp,
            decision,
            SYSTEM,
            Deed.LAPSED,
            ends=ends,
            kind="rsvp_lapsed",
            outcome=SeatOffer.Outcome.LAPSED,
        )
        if decision.wanted:
            desk.fit_guests(rsvp)


def _forget_unverified(desk: Desk) -> None:
    """What nobody has verified within a day leaves no trace."""
    gone = list(_never_verified(desk.now).filter(event=desk.event).values_list("pk", flat=True))
    forget(gone)


def forget(unverified: list[int]) -> None:
    """Delete answers that were never verified, with all that is known of them."""
    RsvpTransition.objects.filter(rsvp__in=unverified).delete()
    Guest.objects.filter(rsvp__in=unverified).delete()
    Rsvp.objects.filter(pk__in=unverified, status=Rsvp.Status.UNVERIFIED).delete()


def _release_frozen(desk: Desk) -> None:
    """From the freeze on, seats that nobody is named for are free."""
    for hold in _frozen(desk.now).filter(event=desk.event).order_by("pk"):
        desk.release(hold, SYSTEM)


# --- those who wait -------------------------------------------------------------------------------------


def settle(desk: Desk) -> None:
    """Give free seats to those who wait, in the printed order; nobody is served once the event has begun."""
    starts_at = desk.event.starts_at
    if starts_at is None or desk.now >= starts_at or desk.event.state != Event.State.ON:
        return
    passing_over = passes_over(desk.now, starts_at)
    while desk.someone_waits and desk.free > 0:
        line = _line(desk, passing_over=passing_over)
        grant = next_grant(
            desk.free, [waiting(rsvp, desk.policy) for rsvp in line], passing_over=passing_over
        )
        if grant is None:
            return
        _serve(desk, next(rsvp for rsvp in line if rsvp.pk == grant.party), grant)


def _line(desk: Desk, *, passing_over: bool) -> list[Rsvp]:
    """As much of the queue as decides who is next: its head and, near the event, the first who fits or takes a part."""
    queue = desk.answers().unserved()
    head = queue.first()
    if head is None or not passing_over or head.seats_unserved <= desk.free:
        return [head] if head else []
    others = [queue.filter(seats_wanted__lte=F("seats_confirmed") + F("seats_offered") + desk.free).first()]
    if desk.policy.promotion == Promotion.SEAT:
        others.append(queue.filter(takes_any=True).first())
    found = {rsvp.pk: rsvp for rsvp in (head, *others) if rsvp}
    return sorted(found.values(), key=lambda rsvp: (rsvp.priority, rsvp.queue_number))


def waiting(rsvp: Rsvp, policy: RsvpPolicy) -> Waiting:
    """A party in line, as the pure rules want it."""
    offers = policy.promotion == Promotion.OFFER
    return Waiting(
        rsvp.pk,
        rsvp.seats_unserved,
        is_asked=offers and not rsvp.takes_any,
        takes_part=offers or rsvp.takes_any,
    )


def _serve(desk: Desk, rsvp: Rsvp, grant: Grant) -> None:
    if grant.is_offer:
        desk.make_offer(rsvp, grant.seats, SYSTEM)
        return
    party = party_of(rsvp)
    confirmed = party.confirmed + grant.seats
    queue = Queue.KEEP if party.wanted > confirmed else Queue.NONE
    decision = Decision(confirmed, party.wanted, queue, party.offered)
    desk.seat(rsvp, decision, SYSTEM, Deed.SEATED, kind="rsvp_promoted")
