"""Which mail an answer asks for, and what it may tell to whom. For the desk alone."""

from typing import Any

from django.db.models import Count, Q

from events.models import Rsvp, RsvpTransition

Status = Rsvp.Status
# How many changes are on the record of an answer, and whether it was staff who took it down.
NOTED = Count("transitions")
BY_STAFF = Count(
    "transitions", filter=Q(transitions__from_status="", transitions__actor=RsvpTransition.Actor.STAFF)
)


def kind_of_mail(rsvp: Rsvp, was: str) -> str:
    """The mail that tells a party what has become of its answer; ``was`` is the status before."""
    if rsvp.status == Status.DECLINED:
        return "rsvp_declined"
    if rsvp.status == Status.CANCELLED:
        return "rsvp_withdrawn"
    if rsvp.seats_awaited:
        return "rsvp_queue_changed" if was == Status.WAITLISTED else "rsvp_waitlisted"
    return "rsvp_changed" if was == Status.CONFIRMED else "rsvp_confirmed"


def record_of(rsvp: Rsvp) -> tuple[int, bool]:
    """The two, of one answer."""
    found = Rsvp.objects.filter(pk=rsvp.pk).annotate(noted=NOTED, by_staff=BY_STAFF)
    noted, by_staff = found.values_list("noted", "by_staff").get()
    return noted, bool(by_staff)


def letter(
    rsvp: Rsvp, key: str, kind: str, place: int | None, sequence: int, by_staff: bool
) -> dict[str, Any]:
    """A request for one mail, with a snapshot of what it tells.

    Anybody can type anybody's address into the form. Until we know that it belongs to whoever typed it, no word that
    they typed goes there, their name included.
    """
    knows = by_staff or rsvp.owns_address
    snapshot = {
        "rsvp": rsvp.pk,
        "event": rsvp.event_id,
        "handle": rsvp.link_handle,
        "version": rsvp.link_version,
        "status": rsvp.status,
        "seats_confirmed": rsvp.seats_confirmed,
        "seats_wanted": rsvp.seats_wanted,
        "place_in_queue": place,
        "guests": [guest.name for guest in rsvp.guests.all()] if knows else [],
        "sequence": sequence,
    }
    who = {"to_email": rsvp.email, "to_name": rsvp.name if knows else "", "language": rsvp.language}
    return {"key": key, "kind": kind, **who, "snapshot": snapshot}
