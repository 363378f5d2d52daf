"""Which mail an answer asks for, and what it may tell to whom. For the desk alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from events.models import Rsvp, RsvpTransition, SeatHold, SeatOffer
from sistercities.mail import outbox

Status = Rsvp.Status
# How many changes are on the record of an answer, and whether it was staff who took it down.
NOTED = Count("transitions")
BY_STAFF = Count(
    "transitions", filter=Q(transitions__from_status="", transitions__actor=RsvpTransition.Actor.STAFF)
)
KINDS = {
    Status.UNVERIFIED: "rsvp_verify",
    Status.REQUESTED: "rsvp_requested",
    Status.DECLINED: "rsvp_declined",
    Status.CANCELLED: "rsvp_withdrawn",
    Status.REJECTED: "rsvp_rejected",
    Status.LAPSED: "rsvp_lapsed",
}
# Somebody who plays with an answer given with another's address must not fill that mailbox.
MOST_AN_HOUR = 12
# The same two of some answers, behind their places in line; and how many of their changes are a guest's of this hour,
# if the last one is. Written out, for it is asked under the lock.
STANDING = """
select id,
    case when queue_number is not null then 1 + (
        select count(*) from events_rsvp as ahead
        where ahead.event_id = rsvp.event_id and ahead.queue_number is not null
            and (ahead.priority, ahead.queue_number) < (rsvp.priority, rsvp.queue_number)
    ) end,
    (select count(*) from events_rsvptransition where rsvp_id = rsvp.id),
    exists (select from events_rsvptransition where rsvp_id = rsvp.id and from_status = '' and actor = 'staff'),
    case (select actor from events_rsvptransition where rsvp_id = rsvp.id order by id desc limit 1)
        when 'guest' then (
            select count(*) from events_rsvptransition where rsvp_id = rsvp.id and actor = 'guest' and at > %(since)s
        ) else 0 end
from events_rsvp as rsvp where id = any(%(answers)s)
"""
Request = dict[str, Any]


@dataclass
class Letters:
    """The mails that one turn at the desk asks for: of several about one party only the last is written."""

    about: dict[int, tuple[str, Rsvp, str]] = field(default_factory=dict)
    others: list[Request] = field(default_factory=list)

    def ask(self, rsvp: Rsvp, kind: str, occasion: str) -> None:
        """Ask for a mail, once for each occasion."""
        self.about[rsvp.pk] = (kind, rsvp, f"{kind}:{rsvp.pk}:{occasion}")

    def take_back(self, rsvp: Rsvp) -> None:
        """Ask for no mail about this party after all."""
        self.about.pop(rsvp.pk, None)

    def tell_owner(self, hold: SeatHold, kind: str, occasion: str) -> None:
        """Ask for a mail to whoever names the people of a delegation; seats for an invitation have no such owner."""
        if hold.invitation_id is None:
            self.others.append(letter_to_owner(hold, kind, occasion))

    def hand_over(self) -> None:
        """Put them all into the outbox, with what is true now."""
        requests = list(self.others)
        standing = _standing_of(self.about)
        for kind, rsvp, key in self.about.values():
            place, noted, by_staff, lately = standing[rsvp.pk]
            if lately > MOST_AN_HOUR and not (by_staff or rsvp.owns_address):
                continue
            request = letter(rsvp, key, kind, place, noted, by_staff)
            requests += [request, *reminder(request)]
        if requests:
            outbox.queue_all(requests)


def kind_of_mail(rsvp: Rsvp, was: str) -> str:
    """The mail that tells a party what has become of its answer; ``was`` is the status before."""
    if rsvp.status in KINDS:
        return KINDS[Status(rsvp.status)]
    if rsvp.seats_awaited:
        return "rsvp_queue_changed" if was in (Status.WAITLISTED, Status.OFFERED) else "rsvp_waitlisted"
    return "rsvp_changed" if was == Status.CONFIRMED else "rsvp_confirmed"


def _standing_of(answers: Iterable[int]) -> dict[int, tuple[int | None, int, bool, int]]:
    """Of each what ``STANDING`` tells: its place in the queue, if it waits, and what is on its record."""
    if not (keys := list(answers)):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"answers": keys, "since": timezone.now() - timedelta(hours=1)})
        return {
            pk: (place, noted, by_staff, lately) for pk, place, noted, by_staff, lately in cursor.fetchall()
        }


def letter(rsvp: Rsvp, key: str, kind: str, place: int | None, sequence: int, by_staff: bool) -> Request:
    """A request for one mail, with a snapshot of what it tells.

    Anybody can type anybody's address into the form. Until we know that it belongs to whoever typed it, no word that
    they typed goes there, their name included.
    """
    knows = by_staff or rsvp.owns_address
    offer = rsvp.offers.live().first() if rsvp.seats_offered else None
    snapshot = {
        "rsvp": rsvp.pk,
        "event": rsvp.event_id,
        "handle": rsvp.link_handle,
        "version": rsvp.link_version,
        "status": rsvp.status,
        "seats_confirmed": rsvp.seats_confirmed,
        "seats_offered": rsvp.seats_offered,
        "seats_wanted": rsvp.seats_wanted,
        "offer": offer and _told_of(offer),
        "reply": rsvp.reply,
        "place_in_queue": place,
        "guests": [guest.name for guest in rsvp.guests.all()] if knows else [],
        "sequence": sequence,
    }
    who = {"to_email": rsvp.email, "to_name": rsvp.name if knows else "", "language": rsvp.language}
    return {"key": key, "kind": kind, **who, "snapshot": snapshot}


def _told_of(offer: SeatOffer) -> dict[str, Any]:
    remind_at = offer.remind_at and offer.remind_at.isoformat()
    return {
        "id": offer.pk,
        "seats": offer.seats,
        "expires_at": offer.expires_at.isoformat(),
        "remind_at": remind_at,
    }


def reminder(request: Request) -> list[Request]:
    """The one reminder of the offer that a letter tells of, due at half its time; another where the offer changed."""
    offer = request["snapshot"]["offer"]
    send_after = datetime.fromisoformat(offer["remind_at"]) if offer and offer["remind_at"] else None
    if send_after is None or send_after <= timezone.now():
        return []
    kind = "rsvp_offer_reminder"
    return [
        request | {"key": f"{kind}:{offer['id']}:{offer['seats']}", "kind": kind, "send_after": send_after}
    ]


def letter_to_owner(hold: SeatHold, kind: str, occasion: str) -> Request:
    """A request for a mail about a block of seats."""
    named = Rsvp.objects.filter(hold=hold).values_list("seats_confirmed", flat=True).first()
    snapshot = {
        "event": hold.event_id,
        "hold": hold.pk,
        "handle": hold.link_handle,
        "version": hold.link_version,
        "seats": hold.seats,
        "named": named or 0,
        "is_live": hold.is_live,
        "freezes_at": hold.freezes_at and hold.freezes_at.isoformat(),
    }
    who = {"to_email": hold.owner_email, "to_name": hold.owner_name, "language": hold.language}
    return {"key": f"{kind}:{hold.pk}:{occasion}", "kind": kind, **who, "snapshot": snapshot}
