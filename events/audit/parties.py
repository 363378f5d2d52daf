"""The parties themselves: who answered, with how many, in which state, and what is left of whom."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from events.models import Deed, DeskNote, Guest, Rsvp, RsvpTransition
from sistercities.audit import checks
from sistercities.mail.models import Message
from sistercities.traces import NOBODY

Status = Rsvp.Status


@checks(
    "a person has one answer to an event",
    remedy="Ask the guest which one is meant, and remove the others in the admin, with that as the reason.",
)
def answered_twice() -> Iterator[str]:
    standing = Rsvp.objects.standing().order_by()
    for person, found in (
        ("address", standing.exclude(email_key="").values("event__slug", "email_key")),
        ("member", standing.exclude(member=None).values("event__slug", "member")),
    ):
        for row in found.annotate(count=Count("pk")).filter(count__gt=1):
            yield f"{row['event__slug']}: {row['count']} answers of one {person}"


@checks(
    "the seats of an answer fit its state",
    remedy=(
        "Look at its history in the admin for what was meant. Withdraw it and take it again; whoever loses a place "
        "in line by that is put first, with the reason."
    ),
)
def misfitting_seats() -> Iterator[str]:
    """Counted anew: the constraints of the table say the same in their own words."""
    has, offered = Q(seats_confirmed__gte=1), Q(seats_offered__gte=1)
    nothing = Q(seats_confirmed=0, seats_offered=0, seats_wanted=0)
    lacks = Q(seats_wanted__gt=F("seats_confirmed"))
    waits = Q(queue_number__isnull=False)
    wrong = Q(seats_wanted__lt=F("seats_confirmed") + F("seats_offered"))
    wrong |= Q(status=Status.CONFIRMED) & ~has
    wrong |= Q(status=Status.OFFERED) & (~offered | has)
    wrong |= Q(status=Status.WAITLISTED) & (offered | has | Q(seats_wanted=0))
    wrong |= Q(status__in=[Status.REQUESTED, Status.UNVERIFIED]) & (offered | has | waits)
    wrong |= Q(status=Status.REQUESTED, seats_wanted=0)
    wrong |= Q(status__in=Rsvp.ENDED) & (~nothing | waits)
    wrong |= Q(status__in=Rsvp.WAITING) & ((lacks & ~waits) | (~lacks & waits))
    known = ("pk", "status", "seats_confirmed", "seats_offered", "seats_wanted", "queue_number")
    for pk, status, confirmed, offer, wanted, number in Rsvp.objects.filter(wrong).values_list(*known):
        place = "in line" if number is not None else "not in line"
        yield f"answer {pk}: {status}, {confirmed} confirmed, {offer} offered, {wanted} wanted, {place}"


@checks(
    "a party has one lead guest, and as many guests as seats wanted",
    remedy="Change the answer in the admin: with its names and its number of seats the guests are written anew.",
)
def misnumbered_parties() -> Iterator[str]:
    parties = Rsvp.objects.annotate(
        rows=Count("guests"), leads=Count("guests", filter=Q(guests__is_lead=True))
    )
    wrong = ~Q(leads=1) | (Q(seats_wanted__gt=0) & ~Q(rows=F("seats_wanted")))
    for pk, rows, leads, wanted in parties.filter(wrong).values_list("pk", "rows", "leads", "seats_wanted"):
        yield f"answer {pk}: {rows} guests, {leads} leads, {wanted} seats wanted"


@checks(
    "a party is no larger than the largest was when it asked",
    remedy="Raise the largest party in the rules of the event, if the guests may come; else ask them to be fewer.",
)
def too_large_parties() -> Iterator[str]:
    """The largest party may have become smaller since: the first note of that says what it was before."""
    asked = RsvpTransition.objects.filter(
        rsvp=OuterRef("pk"), wanted_after__gt=F("wanted_before"), wanted_after__gte=OuterRef("seats_wanted")
    ).exclude(deed=Deed.UNDONE)
    since = DeskNote.objects.filter(
        event=OuterRef("event"),
        kind=DeskNote.Kind.RULES,
        subject="largest_party",
        at__gte=OuterRef("asked_at"),
    )
    large = (
        Rsvp.objects.filter(hold=None, event__rsvp_policy__forgotten_at=None)
        .annotate(invited=Coalesce("invitation__largest_party", 0))
        .filter(seats_wanted__gt=Greatest("invited", "event__rsvp_policy__largest_party"))
        .annotate(asked_at=Subquery(asked.order_by("-pk").values("at")[:1]))
        .annotate(once=Subquery(since.order_by("pk").values("before")[:1]))
    )
    rows = large.values_list("pk", "seats_wanted", "invited", "event__rsvp_policy__largest_party", "once")
    for pk, wanted, invited, largest, once in rows:
        allowed = max(int(once) if once else largest, invited)
        if wanted > allowed:
            yield f"answer {pk}: {wanted} seats wanted, {allowed} allowed"


@checks(
    "nothing of whoever was removed is left",
    remedy="Remove the answer in the admin once more; delete mails about it that are left in the outbox by hand.",
)
def left_of_the_removed() -> Iterator[str]:
    last = RsvpTransition.objects.filter(rsvp=OuterRef("pk")).order_by("-pk")
    removed = Rsvp.objects.annotate(
        last_deed=Subquery(last.values("deed")[:1]), last_change=Subquery(last.values("pk")[:1])
    ).filter(last_deed=Deed.REMOVED)
    texts = Q(email="", message="", reply="", nonce="", priority_reason="", names_before=[], name=NOBODY)
    left = ~texts | Q(member__isnull=False) | Q(invitation__isnull=False)
    guests = Guest.objects.filter(rsvp=OuterRef("pk")).exclude(name=NOBODY)
    reasons = RsvpTransition.objects.filter(rsvp=OuterRef("pk"), pk__lt=OuterRef("last_change"))
    found = removed.annotate(
        in_row=Coalesce(Count("pk", filter=left), 0),
        in_guests=Exists(guests),
        in_reasons=Exists(reasons.exclude(reason="")),
    )
    pks = []
    for pk, row, guest, reason in found.values_list("pk", "in_row", "in_guests", "in_reasons"):
        pks.append(pk)
        if row or guest or reason:
            yield f"answer {pk}"
    mails = Message.objects.filter(snapshot__rsvp__in=pks).order_by("pk") if pks else Message.objects.none()
    for pk, rsvp in mails.values_list("pk", "snapshot__rsvp"):
        yield f"mail {pk} about answer {rsvp}"
