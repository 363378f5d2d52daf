"""The end of what guests told: the worker removes it, so many days after the event as its rules say.

First what they said of food or of access, then everything that names somebody; the numbers stay. Never before the event
is over, nor while it is postponed. Safe at any moment, twice, and by several workers at once: each portion is one
transaction under the lock of the event, and leaves a note of what it removed.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from events.answers import SYSTEM, Refused
from events.desk import Desk
from events.forgetting import blank_blocks, blank_in_place, blank_invitations, blank_lists, counted
from events.models import (
    DeskNote,
    Event,
    Invitation,
    InvitationList,
    Mailing,
    QuestionAnswer,
    Rsvp,
    RsvpPolicy,
    SeatHold,
)
from events.models.listing import today_number
from events.serving import open_desk, take_time
from sistercities.busy import Busy, retried
from sistercities.mail.models import Message
from sistercities.traces import NOBODY

AT_ONCE = 1000  # answers, or invitations, in one transaction
IN_ONE_TURN = 20  # portions; what is left waits ten minutes
ALL, SENSITIVE = "all", "sensitive"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
DAYS = {ALL: "retention_days", SENSITIVE: "sensitive_days"}


def forget_due() -> int:
    """Remove what has had its time; returns in how many portions."""
    now, portions = timezone.now(), 0
    for what, forget in ((SENSITIVE, forget_sensitive), (ALL, forget_portion)):
        for event in due(what, now):
            # Where somebody is at the desk it is done at the next turn.
            with suppress(Busy, Refused):
                while portions < IN_ONE_TURN and forget(event):
                    portions += 1
    return portions


def due(what: str, now: datetime) -> list[Event]:
    """The events of which something is left that should be gone by now."""
    days = ExpressionWrapper(F(f"rsvp_policy__{DAYS[what]}") * Value(timedelta(days=1)), DateTimeField())
    is_time = Q(ends_at__isnull=True) | Q(ends_at__lte=Value(now, DateTimeField()) - days)
    found = Event.objects.filter(is_time, left(what)).exclude(state=Event.State.POSTPONED)
    rows = found.select_related("rsvp_policy").defer("search", "search_text", "body_en", "body_zh_hans")
    return [event for event in rows.order_by("pk") if goes_at(event, what) <= now]


def goes_at(event: Event, what: str = ALL) -> datetime:
    """The moment from which it should be gone; the end of all days while nobody knows when the event ends."""
    days = timedelta(days=getattr(event.rsvp_policy, DAYS[what]))
    if event.state == Event.State.POSTPONED or event.awaits_date:
        return NEVER
    if event.ends_at:
        return event.ends_at + days
    last = event.held_until or event.held
    if last is None:
        return NEVER
    return timezone.now() - timedelta(days=today_number() - last.last_day) + days


def left(what: str) -> Q:
    """Whether anything of it is left at an event."""
    event = OuterRef("pk")
    if what == SENSITIVE:
        return Q(Exists(QuestionAnswer.objects.filter(rsvp__event=event, question__is_sensitive=True)))
    found: Iterable[QuerySet] = (
        Rsvp.objects.filter(event=event).exclude(name=NOBODY),
        Invitation.objects.filter(event=event).exclude(name=NOBODY),
        SeatHold.objects.filter(event=event).exclude(name=NOBODY),
        InvitationList.objects.filter(event=event).exclude(rows=[]),
        Mailing.objects.filter(event=event).exclude(audience={}),
    )
    any_of_it = Q()
    for rows in found:
        any_of_it |= Q(Exists(rows))
    return any_of_it & Q(rsvp_policy__isnull=False)


@retried
def forget_sensitive(event: Event) -> bool:
    """Remove what guests answered to sensitive questions; False where there is nothing left."""
    with open_desk(event) as desk:
        take_time()
        if goes_at(desk.event, SENSITIVE) > desk.now:
            return False
        said = QuestionAnswer.objects.filter(rsvp__event=event, question__is_sensitive=True)
        gone = Counter(replies=said.delete()[0])
        if gone.total():
            _note(desk, SENSITIVE, gone, "sensitive_forgotten_at")
    return bool(gone.total())


@retried
def forget_portion(event: Event) -> bool:
    """Remove a portion of what names somebody: the answers first; False where there is nothing left."""
    with open_desk(event) as desk:
        take_time()
        if goes_at(desk.event) > desk.now:
            return False
        gone = _answers(event) or _invitations(event) or _rest(event)
        if gone.total():
            _note(desk, ALL, gone, "forgotten_at")
    return bool(gone.total())


def _answers(event: Event) -> Counter[str]:
    named = Rsvp.objects.filter(event=event).exclude(name=NOBODY).order_by("pk")
    pks = list(named.values_list("pk", flat=True)[:AT_ONCE])
    return blank_in_place(pks) if pks else Counter()


def _invitations(event: Event) -> Counter[str]:
    named = Invitation.objects.filter(event=event).exclude(name=NOBODY).order_by("pk")
    pks = list(named.values_list("pk", flat=True)[:AT_ONCE])
    return blank_invitations(Invitation.objects.filter(pk__in=pks)) if pks else Counter()


def _rest(event: Event) -> Counter[str]:
    """Blocks, lists, choices of recipients, what staff noted as reasons, and every mail about the event."""
    gone = blank_blocks(SeatHold.objects.filter(event=event).exclude(name=NOBODY))
    gone += blank_lists(InvitationList.objects.filter(event=event))
    Mailing.objects.filter(event=event).exclude(audience={}).update(audience={})
    DeskNote.objects.filter(event=event).exclude(reason="").update(reason="")
    gone["mails"] += Message.objects.filter(snapshot__event=event.pk).delete()[0]
    return +gone


def _note(desk: Desk, what: str, gone: Counter[str], column: str) -> None:
    desk.remark(SYSTEM, DeskNote.Kind.FORGOTTEN, subject=what, after=counted(gone))
    RsvpPolicy.objects.filter(pk=desk.policy.pk).update(**{column: desk.now})
