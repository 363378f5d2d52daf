"""What must be true of every answer, whatever happened in between."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
from sistercities.audit import checks


@checks("committed seats are the confirmed seats of all parties")
def miscounted_seats() -> Iterator[str]:
    counted = Coalesce(Sum("event__rsvps__seats_confirmed"), 0)
    for policy in RsvpPolicy.objects.annotate(counted=counted).exclude(counted=F("seats_committed")):
        yield f"{policy.event.slug}: {policy.seats_committed} committed, {policy.counted} confirmed"


@checks("seats committed never exceed the limit")
def overbooked() -> Iterator[str]:
    for policy in RsvpPolicy.objects.filter(seats_committed__gt=F("seat_limit")):
        yield f"{policy.event.slug}: {policy.seats_committed} of {policy.seat_limit}"


@checks("the last change noted of an answer says how it stands")
def answers_that_differ_from_their_history() -> Iterator[str]:
    last = RsvpTransition.objects.filter(rsvp=OuterRef("pk")).order_by("-pk")
    answers = Rsvp.objects.annotate(
        last_status=Subquery(last.values("to_status")[:1]),
        last_seats=Subquery(last.values("seats_after")[:1]),
        last_wanted=Subquery(last.values("wanted_after")[:1]),
    )
    same = Q(last_status=F("status"), last_seats=F("seats_confirmed"), last_wanted=F("seats_wanted"))
    for pk, status, noted in answers.exclude(same).values_list("pk", "status", "last_status"):
        yield f"answer {pk}: {status}, noted {noted}"


@checks("a party has one lead guest, and as many guests as seats wanted")
def misnumbered_parties() -> Iterator[str]:
    parties = Rsvp.objects.annotate(
        rows=Count("guests"), leads=Count("guests", filter=Q(guests__is_lead=True))
    )
    wrong = ~Q(leads=1) | (Q(status__in=Rsvp.LIVE) & ~Q(rows=F("seats_wanted")))
    for pk, rows, leads, wanted in parties.filter(wrong).values_list("pk", "rows", "leads", "seats_wanted"):
        yield f"answer {pk}: {rows} guests, {leads} leads, {wanted} seats wanted"


@checks("nobody waits while the seats they wait for are free")
def kept_waiting_for_nothing() -> Iterator[str]:
    for policy in RsvpPolicy.objects.filter(event__state=Event.State.ON).select_related("event"):
        head = policy.event.rsvps.waiting().first()
        if head and not policy.event.has_begun and head.seats_awaited <= policy.seats_left:
            yield f"answer {head.pk} waits for {head.seats_awaited}, {policy.seats_left} are free"
