"""What the hosts do with an event that people have answered to: each keeps the answers whole, tells who is concerned,
and is noted. Part of the vocabulary of ``events.rsvp``.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.answers import By, Refused, promised_already
from events.desk import Desk, change_of, party_of
from events.letters import BY_STAFF, NOTED, letter
from events.models import Deed, DeskNote, Event, Rsvp, RsvpTransition, SeatHold, SeatOffer
from events.serving import open_desk, take_time
from events.welcome import is_over
from sistercities.busy import retried
from sistercities.mail import outbox

Kind = DeskNote.Kind
# The rules of the RSVP that staff may change, beside the number of seats.
RULES = (
    "mode",
    "opens_at",
    "closes_at",
    "largest_party",
    "waiting_list",
    "promotion",
    "offer_hours",
    "members_first",
    "verify_email",
    "names_by",
    "reminder_days",
    "sends_thanks",
    "reply_to_name",
    "reply_to_email",
    "asks_interpretation",
    "guest_list",
    "retention_days",
    "sensitive_days",
)
DEADLINES = ("closes_at", "names_by")
AT_ONCE = 1000


@retried
def set_limit(event: Event, seats: int | None, by: By) -> None:
    """Change how many seats there are; None: no limit. Fewer than are promised is refused."""
    with open_desk(event) as desk:
        if seats is not None and seats < desk.policy.seats_committed:
            raise Refused(promised_already(desk.policy.seats_committed), "seat_limit")
        if seats is not None and seats < desk.policy.largest_party:
            raise Refused(
                _("There are at least as many seats as the largest party has guests."), "seat_limit"
            )
        before, desk.policy.seat_limit = desk.policy.seat_limit, seats
        if before != seats:
            desk.policy.save(update_fields=["seat_limit"])
            desk.remark(by, Kind.LIMIT, before=_number(before), after=_number(seats))


@retried
def set_rules(event: Event, by: By, **values: Any) -> list[str]:
    """Change other rules of the RSVP; answers stand as they are. Returns the names of those that changed."""
    if unknown := values.keys() - set(RULES):
        raise ValueError(f"No rules that can be set so: {', '.join(sorted(unknown))}")
    with open_desk(event) as desk:
        changed = [name for name, value in values.items() if getattr(desk.policy, name) != value]
        before = {name: getattr(desk.policy, name) for name in changed}
        for name in changed:
            setattr(desk.policy, name, values[name])
        if changed:
            desk.policy.save(update_fields=changed)
        for name in changed:
            desk.remark(by, Kind.RULES, subject=name, before=str(before[name]), after=str(values[name]))
    return changed


@retried
def move_deadlines(event: Event, days: int, by: By) -> bool:
    """Move the deadlines for answers, for names and of delegations by some days, at the same hour of the place.

    After the date of an event was moved; False where there are none.
    """
    with open_desk(event) as desk:
        moved = [name for name in DEADLINES if getattr(desk.policy, name)]
        for name in moved:
            late = _days_later(getattr(desk.policy, name), days, desk.event)
            desk.remark(by, Kind.RULES, subject=name, before=str(getattr(desk.policy, name)), after=str(late))
            setattr(desk.policy, name, late)
        if moved:
            desk.policy.save(update_fields=moved)
        holds = list(SeatHold.objects.live().filter(event=desk.event, freezes_at__isnull=False))
        for hold in holds:
            if hold.freezes_at:
                hold.freezes_at = _days_later(hold.freezes_at, days, desk.event)
            hold.save(update_fields=["freezes_at"])
    return bool(moved or holds)


@retried
def call_off(event: Event, notice_en: str, notice_zh_hans: str, by: By) -> int:
    """Cancel an event: every party is told and its calendar entry withdrawn. Returns how many parties that concerns."""
    with open_desk(event) as desk:
        desk.event.state = Event.State.CANCELLED
        desk.event.notice_en, desk.event.notice_zh_hans = notice_en, notice_zh_hans
        desk.event.ics_sequence += 1
        desk.event.save()
        desk.remark(by, Kind.CALLED_OFF, after=notice_en or notice_zh_hans)
        told = _tell_everybody(desk, by, "event_cancelled", release=True)
        for hold in SeatHold.objects.live().filter(event=desk.event).order_by("pk"):
            desk.letters.tell_owner(hold, "hold_event_cancelled", str(desk.event.ics_sequence))
            desk.release(hold, by)
    return told


@retried
def announce_change(event: Event, by: By, kind: str = Kind.MOVED, before: str = "", after: str = "") -> int:
    """Tell every party that comes or waits what is new about an event. Answers stand, calendar entries are renewed.

    Call it once for each change, after the change; returns how many parties that concerns. Of an event that is over
    nobody is told: what changes then is the record. While it is postponed no offer stands; one that is moved nearer
    ends with its beginning.
    """
    with open_desk(event) as desk:
        desk.event.ics_sequence += 1
        desk.event.save(update_fields=["ics_sequence"])
        desk.remark(by, kind, before=before, after=after)
        if is_over(desk):
            return 0
        told = _tell_everybody(desk, by, "event_changed", release=False)
        _shorten_offers(desk)
        for hold in SeatHold.objects.live().filter(event=desk.event).order_by("pk"):
            desk.letters.tell_owner(hold, "hold_event_changed", str(desk.event.ics_sequence))
    return told


# --- steps ----------------------------------------------------------------------------------------------


def _tell_everybody(desk: Desk, by: By, kind: str, *, release: bool) -> int:
    """Every party that comes or waits hears the same, and gives up its seats if they are released.

    A few statements for each thousand parties: the desk is not held longer than it must be, but what has begun is
    finished however many there are.
    """
    take_time()
    live = desk.answers().live().annotate(noted=NOTED, by_staff=BY_STAFF)
    parties = list(live.select_related("invitation").prefetch_related("guests"))
    places = {} if release else _places(desk)
    before = {rsvp.pk: (rsvp.status, party_of(rsvp), rsvp.queue_number) for rsvp in parties}
    if release:
        _release(desk, parties)
    elif desk.event.state == Event.State.POSTPONED:
        _recall(desk, [rsvp for rsvp in parties if rsvp.seats_offered])
    deed = Deed.CALLED_OFF if release else Deed.TOLD
    changes = []
    for rsvp in parties:
        was, party, stood = before[rsvp.pk]
        changes.append(change_of(rsvp, was, party, by, deed, stood, desk.now))
    RsvpTransition.objects.bulk_create(changes, batch_size=AT_ONCE)
    outbox.queue_all(
        letter(
            rsvp,
            f"{kind}:{rsvp.pk}:{rsvp.noted + 1}",
            kind,
            places.get(rsvp.pk),
            rsvp.noted + 1,
            bool(rsvp.by_staff),
        )
        for rsvp in parties
    )
    return len(parties)


def _places(desk: Desk) -> dict[int, int]:
    queue = desk.answers().waiting().values_list("pk", flat=True)
    return {pk: place for place, pk in enumerate(queue, start=1)}


def _release(desk: Desk, parties: Sequence[Rsvp]) -> None:
    """All seats of these parties, and all that is offered to them."""
    _end_offers(desk, [rsvp for rsvp in parties if rsvp.seats_offered])
    nothing: dict[str, Any] = {
        "seats_confirmed": 0,
        "seats_offered": 0,
        "seats_wanted": 0,
        "queue_number": None,
    }
    for rsvp in parties:
        desk.count(-rsvp.seats_confirmed - rsvp.seats_offered)
        rsvp.status = Rsvp.Status.CANCELLED
        for name, value in nothing.items():
            setattr(rsvp, name, value)
    desk.answers().live().update(status=Rsvp.Status.CANCELLED, updated_at=desk.now, **nothing)


def _recall(desk: Desk, parties: Sequence[Rsvp]) -> None:
    """The offers to these parties are over; they keep their places."""
    _end_offers(desk, parties)
    for rsvp in parties:
        desk.count(-rsvp.seats_offered)
        rsvp.seats_offered = 0
        rsvp.status = Rsvp.Status.CONFIRMED if rsvp.seats_confirmed else Rsvp.Status.WAITLISTED
    Rsvp.objects.bulk_update(parties, ["status", "seats_offered"], batch_size=AT_ONCE)


def _end_offers(desk: Desk, parties: Sequence[Rsvp]) -> None:
    live = SeatOffer.objects.live().filter(rsvp__in=parties)
    live.update(ended_at=desk.now, outcome=SeatOffer.Outcome.RECALLED)


def _shorten_offers(desk: Desk) -> None:
    """No offer stands longer than until the event begins."""
    starts_at = desk.event.starts_at
    if starts_at is None:
        return
    live = SeatOffer.objects.live().filter(rsvp__event=desk.event, expires_at__gt=starts_at)
    live.filter(remind_at__gte=starts_at).update(remind_at=None)
    live.filter(made_at__lt=starts_at).update(expires_at=starts_at)


def _days_later(moment: datetime, days: int, event: Event) -> datetime:
    """So many days later at the same hour on the clocks of the place."""
    local = moment.astimezone(event.zone).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=event.zone)


def _number(seats: int | None) -> str:
    return "∞" if seats is None else str(seats)
