"""How an answer would be met, for whoever reads the invitation. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.models import Deed, Event, Invitation, Rsvp, RsvpPolicy, RsvpTransition
from events.seating import Door, Full, Hours, Party, Room, decide, door

Mode = RsvpPolicy.Mode
UNDO_WITHIN = timedelta(minutes=15)
UNDONE_BY_HAND = (Deed.CHANGED, Deed.WITHDRAWN)


@dataclass(frozen=True)
class Outlook:
    """What somebody who opens the invitation should know before answering. ``limit`` None: there is no limit."""

    door: Door
    seats_left: int = 0
    largest_party: int = 1
    opens_at: datetime | None = None
    last_moment: datetime | None = None
    members_only: bool = False
    by_invitation: bool = False
    by_request: bool = False
    verify_email: bool = False
    limit: int | None = None
    names_by: datetime | None = None
    promotion: str = RsvpPolicy.Promotion.OFFER
    members_first: bool = False


def outlook(event: Event, now: datetime | None = None, invitation: Invitation | None = None) -> Outlook:
    """How an answer would be met now, with one query; of whoever is invited, by their own deadline and party size."""
    queue = Rsvp.objects.filter(event=OuterRef("event")).waiting()
    policy = RsvpPolicy.objects.filter(event=event).annotate(others_wait=Exists(queue)).first()
    if policy is None or event.starts_at is None:
        return Outlook(Door.NONE)
    room = room_of(policy, others_wait=policy.others_wait)
    hours = hours_of(event.starts_at, policy, invitation)
    return Outlook(
        door_of(event, policy, room, now or timezone.now(), invitation),
        room.free_to_newcomers,
        largest_party_of(policy, invitation),
        policy.opens_at,
        hours.last_moment,
        members_only=policy.mode == Mode.MEMBERS,
        by_invitation=policy.mode == Mode.INVITATION,
        by_request=policy.mode == Mode.APPROVAL,
        verify_email=policy.verify_email,
        limit=policy.seat_limit,
        names_by=policy.names_by,
        promotion=policy.promotion,
        members_first=policy.members_first,
    )


@dataclass(frozen=True)
class Undo:
    """What undoing the last change would lead to now: the seats wanted again, and those of them that would be sure."""

    seats: int
    confirmed: int


def last_undoable(rsvp: Rsvp, now: datetime) -> RsvpTransition | None:
    """The last change of an answer, if its guest made it, and so lately that it can be undone."""
    last: RsvpTransition | None = rsvp.transitions.last()
    if last is None or last.actor != RsvpTransition.Actor.GUEST or last.deed not in UNDONE_BY_HAND:
        return None
    is_late = now - last.at > UNDO_WITHIN
    return None if is_late or last.wanted_before in (0, rsvp.seats_wanted) or rsvp.hold_id else last


def undo_prospect(rsvp: Rsvp, now: datetime | None = None) -> Undo | None:
    """What undoing would lead to now, or None where there is nothing to undo."""
    last = last_undoable(rsvp, now or timezone.now())
    policy = RsvpPolicy.objects.filter(event=rsvp.event_id).first() if last else None
    if last is None or policy is None:
        return None
    others = Rsvp.objects.filter(event=rsvp.event_id).waiting().exclude(pk=rsvp.pk)
    waits = rsvp.queue_number is not None
    wanted = rsvp.seats_wanted if waits else rsvp.seats_confirmed
    party = Party(rsvp.seats_confirmed, wanted, rsvp.seats_offered)
    try:
        decision = decide(room_of(policy, others_wait=others.exists()), party, last.wanted_before)
    except Full:
        return None
    asks = Rsvp.Status.REQUESTED in (rsvp.status, last.from_status)
    return Undo(last.wanted_before, 0 if asks else decision.confirmed)


def place_in_queue(rsvp: Rsvp) -> int | None:
    """How many parties are served before it, plus one; None for one that does not wait."""
    if rsvp.queue_number is None:
        return None
    return Rsvp.objects.filter(event_id=rsvp.event_id).ahead_of(rsvp).count() + 1


def room_of(policy: RsvpPolicy, *, others_wait: bool) -> Room:
    """The seats of an event, as the pure rules want them."""
    return Room(policy.seat_limit, policy.seats_committed, others_wait, policy.waiting_list)


def hours_of(starts_at: datetime, policy: RsvpPolicy, invitation: Invitation | None = None) -> Hours:
    """From when to when answers are taken; an invitation's own deadline stands in place of the event's."""
    closes_at = (invitation and invitation.answer_by) or policy.closes_at
    return Hours(policy.opens_at, closes_at, starts_at)


def largest_party_of(policy: RsvpPolicy, invitation: Invitation | None = None) -> int:
    """How many may come together: as an invitation has it, or as the event does."""
    return (invitation and invitation.largest_party) or policy.largest_party


def door_of(
    event: Event, policy: RsvpPolicy, room: Room, now: datetime, invitation: Invitation | None = None
) -> Door:
    """Which door a newcomer finds now, or whoever is invited."""
    if policy.mode == Mode.NONE or event.starts_at is None:
        return Door.NONE
    hours = hours_of(event.starts_at, policy, invitation)
    return door(
        now, hours, room, cancelled=event.is_cancelled, postponed=event.state == Event.State.POSTPONED
    )
