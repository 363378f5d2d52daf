"""The books of an event, recounted from the rows after a race: nothing lost, nothing twice, nobody forgotten."""

from itertools import pairwise

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce

from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition, SeatHold, SeatOffer

BEFORE = ("from_status", "seats_before", "offered_before", "wanted_before")
AFTER = ("to_status", "seats_after", "offered_after", "wanted_after")


def check_books(event: Event) -> RsvpPolicy:
    """Fails where seats are miscounted, promised twice or idle, or where a change was made on a stale view."""
    policy = RsvpPolicy.objects.get(event=event)
    seats = Rsvp.objects.filter(event=event).aggregate(seats=Coalesce(Sum("seats_confirmed"), 0))["seats"]
    offered = SeatOffer.objects.live().filter(rsvp__event=event).seats()
    held = SeatHold.objects.live().filter(event=event).seats()
    assert policy.seats_committed == seats + offered + held
    assert policy.seat_limit is None or policy.seats_committed <= policy.seat_limit
    for rsvp in Rsvp.objects.filter(event=event):
        check_history(rsvp)
    check_nobody_is_forgotten(policy)
    return policy


def check_history(rsvp: Rsvp) -> None:
    """Each change begins where the one before it ended, and the last where the answer stands: no update was lost."""
    changes = list(RsvpTransition.objects.filter(rsvp=rsvp).order_by("pk"))
    assert changes, f"{rsvp}: no change was noted"
    assert [getattr(changes[0], name) for name in BEFORE] == ["", 0, 0, 0]
    for earlier, later in pairwise(changes):
        ended = [getattr(earlier, name) for name in AFTER]
        began = [getattr(later, name) for name in BEFORE]
        assert began == ended, (
            f"{rsvp}: {later.deed} began with {began}, where {earlier.deed} had ended with {ended}"
        )
    stands = [rsvp.status, rsvp.seats_confirmed, rsvp.seats_offered, rsvp.seats_wanted]
    assert [getattr(changes[-1], name) for name in AFTER] == stands


def check_nobody_is_forgotten(policy: RsvpPolicy) -> None:
    """No seat stays free that the head of the line could have."""
    head = Rsvp.objects.filter(event_id=policy.event_id).unserved().first()
    if head is None or policy.seats_left is None or policy.event.state != Event.State.ON:
        return
    takes_part = head.takes_any or policy.promotion == RsvpPolicy.Promotion.OFFER
    assert policy.seats_left < (1 if takes_part else head.seats_unserved), f"{head} could have had a seat"


def times(deed: str, event: Event) -> dict[int, int]:
    """How often something was done with each answer."""
    changes = RsvpTransition.objects.filter(rsvp__event=event, deed=deed)
    return dict(changes.values_list("rsvp").annotate(times=Count("pk")).order_by("rsvp"))


def parties(event: Event) -> dict[int, tuple[str, int, int]]:
    """How each answer stands: its status, and the seats it has and wants."""
    found = Rsvp.objects.filter(event=event).annotate(n=F("pk"))
    return {each.pk: (each.status, each.seats_confirmed, each.seats_wanted) for each in found}
