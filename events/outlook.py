"""How an answer would be met, for whoever reads the invitation. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.models import Event, Rsvp, RsvpPolicy
from events.seating import Door, Hours, Room, door

Mode = RsvpPolicy.Mode


@dataclass(frozen=True)
class Outlook:
    """What somebody who opens the invitation should know before answering."""

    door: Door
    seats_left: int = 0
    largest_party: int = 1
    opens_at: datetime | None = None
    last_moment: datetime | None = None
    members_only: bool = False
    by_invitation: bool = False


def outlook(event: Event, now: datetime | None = None) -> Outlook:
    """How an answer would be met now, with one query."""
    queue = Rsvp.objects.filter(event=OuterRef("event")).waiting()
    policy = RsvpPolicy.objects.filter(event=event).annotate(others_wait=Exists(queue)).first()
    if policy is None or event.starts_at is None:
        return Outlook(Door.NONE)
    room = room_of(policy, others_wait=policy.others_wait)
    hours = Hours(policy.opens_at, policy.closes_at, event.starts_at)
    return Outlook(
        door_of(event, policy, room, now or timezone.now()),
        room.free_to_newcomers,
        policy.largest_party,
        policy.opens_at,
        hours.last_moment,
        members_only=policy.mode == Mode.MEMBERS,
        by_invitation=policy.mode == Mode.INVITATION,
    )


def place_in_queue(rsvp: Rsvp) -> int | None:
    """How many parties are served before it, plus one; None for one that does not wait."""
    if rsvp.queue_number is None:
        return None
    return Rsvp.objects.filter(event_id=rsvp.event_id, queue_number__lte=rsvp.queue_number).count()


def room_of(policy: RsvpPolicy, *, others_wait: bool) -> Room:
    """The seats of an event, as the pure rules want them."""
    return Room(policy.seat_limit, policy.seats_committed, others_wait, policy.waiting_list)


def door_of(event: Event, policy: RsvpPolicy, room: Room, now: datetime) -> Door:
    """Which door a newcomer finds now."""
    if policy.mode == Mode.NONE or event.starts_at is None:
        return Door.NONE
    hours = Hours(policy.opens_at, policy.closes_at, event.starts_at)
    return door(
        now, hours, room, cancelled=event.is_cancelled, postponed=event.state == Event.State.POSTPONED
    )
