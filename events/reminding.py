"""Letters that no answer asks for: a reminder some days before an event, and thanks on the day after.

Each has a key that can be queued once, so the worker may look as often as it likes, and several at a time. What the
letter says is looked at again when it is written (``events.mail.reminders``).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils import timezone

from events.letters import BY_STAFF, NOTED, letter, letter_to_owner
from events.models import DeskNote, Event, Rsvp, SeatHold
from events.mornings import THANKS_WITHIN, is_time_for_thanks, mornings
from sistercities.mail import outbox
from sistercities.mail.models import Message

# Whoever has heard of the event within a day, by a letter about the own answer or one of the hosts, is not reminded.
HEARD_WITHIN = timedelta(hours=24)
FURTHEST_AHEAD = timedelta(days=62)
MOVES = (DeskNote.Kind.MOVED, DeskNote.Kind.POSTPONED, DeskNote.Kind.RESUMED)


def remind() -> None:
    """Ask for the reminders that are due now, wherever their readers are."""
    now = timezone.now()
    coming = _taking_place().filter(starts_at__gt=now, starts_at__lt=now + FURTHEST_AHEAD)
    moved_at = Max("desk_notes__at", filter=Q(desk_notes__kind__in=MOVES))
    for event in coming.exclude(rsvp_policy__reminder_days=[]).annotate(moved_at=moved_at):
        for days in sorted(set(event.rsvp_policy.reminder_days)):
            if begun := mornings(event.local_start.date() - timedelta(days=days), now):
                outbox.queue_all([*_reminders(event, days, begun), *_to_owners(event, days, begun)])


def thank() -> None:
    """Ask for the thanks that are due: to parties that were confirmed, once, while the evening is still remembered."""
    now = timezone.now()
    since = now - THANKS_WITHIN - timedelta(days=2)
    for event in _taking_place().filter(rsvp_policy__sends_thanks=True, ends_at__gt=since, ends_at__lt=now):
        last_day = (event.held_until or event.held).as_date
        if last_day and is_time_for_thanks(last_day, event.zone, now):
            thanks = _confirmed(event, "thanks:", "").exclude(member__wants_greetings=False)
            outbox.queue_all(
                _request(party, f"thanks:{party.pk}", "event_thanks", last_day=last_day.isoformat())
                for party in thanks
            )


def _taking_place() -> QuerySet[Any]:
    return Event.objects.published().filter(state=Event.State.ON).select_related("rsvp_policy").order_by("pk")


def _reminders(event: Any, days: int, begun: dict[str, datetime]) -> list[dict[str, Any]]:
    """Requests for those whose clock shows the hour, who come, and who have not heard of the event since yesterday."""
    stem, start = f"reminder:{days}:", event.starts_at.isoformat()
    parties = _confirmed(event, stem, f":{start}").exclude(member__wants_reminders=False)
    zone = Coalesce(NullIf("member__timezone", Value("")), Value(event.timezone))
    requests = []
    for party in parties.annotate(zone=zone, heard_at=Max("transitions__at")).filter(zone__in=list(begun)):
        at = begun[party.zone]
        if max(party.heard_at, event.moved_at or party.heard_at) <= at - HEARD_WITHIN:
            key = f"{stem}{party.pk}:{start}"
            requests.append(_request(party, key, "event_reminder", start=start, at=at.isoformat()))
    return requests


def _to_owners(event: Any, days: int, begun: dict[str, datetime]) -> Iterator[dict[str, Any]]:
    """The same for those who look after delegations, on the clock of the place: they have no other that we know."""
    at, stem, start = begun.get(event.timezone), f"reminder:{days}:hold", event.starts_at.isoformat()
    if at is None or (event.moved_at and event.moved_at > at - HEARD_WITHIN):
        return
    key = Concat(Value(stem), Cast(OuterRef("pk"), CharField()), Value(f":{start}"))
    holds = SeatHold.objects.filter(event=event, invitation=None, made_at__lte=at - HEARD_WITHIN)
    expected = Q(released_at=None) | Q(rsvp__status=Rsvp.Status.CONFIRMED)
    holds = holds.filter(expected).exclude(owner_email="").exclude(Exists(Message.objects.filter(key=key)))
    for hold in holds.order_by("pk"):
        asked = letter_to_owner(hold, "hold_reminder", "")
        told = {**asked["snapshot"], "start": start, "at": at.isoformat()}
        yield asked | {"key": f"{stem}{hold.pk}:{start}", "snapshot": told}


def _confirmed(event: Event, stem: str, end: str) -> QuerySet[Any]:
    """The parties that come and can be written to, but for those whose letter under such a key was asked for."""
    key = Concat(Value(stem), Cast(OuterRef("pk"), CharField()), Value(end))
    found = Rsvp.objects.filter(event=event, status=Rsvp.Status.CONFIRMED).exclude(email="")
    return (
        found.exclude(Exists(Message.objects.filter(key=key)))
        .annotate(noted=NOTED, by_staff=BY_STAFF)
        .select_related("member", "invitation")
        .prefetch_related("guests")
        .order_by("pk")
    )


def _request(party: Any, key: str, kind: str, **told: str) -> dict[str, Any]:
    request = letter(party, key, kind, None, party.noted, bool(party.by_staff))
    return request | {"snapshot": {**request["snapshot"], **told}}
