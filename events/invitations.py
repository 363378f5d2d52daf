"""Personal invitations: making them, changing them, reserving seats for them, taking them back.

They are sent by ``events.invitation_letters``, and answered through ``events.rsvp``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.invitation_letters import (
    Posted,
    Sending,
    check_sendable,
    remind,
    send,
    send_again,
    send_all,
    sort_out,
)
from events.models import Event, Invitation, InvitationList, SeatHold
from events.rsvp import SYSTEM, By, Refused, release_hold
from people.models import Member
from sistercities.mail.addresses import address_key, comparable

__all__ = [
    "Invitee",
    "Posted",
    "Sending",
    "amend",
    "check_sendable",
    "invite",
    "remind",
    "revoke",
    "revoke_all",
    "send",
    "send_again",
    "send_all",
    "sort_out",
]

AT_ONCE = 500
# What an invitation knows of its letters: nothing, once it goes to another address.
NEVER_SENT: dict[str, Any] = {
    "sent_at": None,
    "reminded_at": None,
    "reminders": 0,
    "letter": "",
    "returned_at": None,
    "returned_why": "",
}


@dataclass(frozen=True)
class Invitee:
    """Somebody who is to be invited, and what is to stand on the invitation."""

    name: str
    email: str = ""
    title: str = ""
    salutation: str = ""
    organisation: str = ""
    language: str = "en"
    greeting: str = ""
    note: str = ""
    largest_party: int | None = None
    answer_by: datetime | None = None
    is_bound: bool = False
    member: int | None = None


def invite(event: Event, guests: Iterable[Invitee], batch: InvitationList | None = None) -> list[Invitation]:
    """Invite these people, and send nothing yet. An address that is invited already is left out.

    Whoever has the address of a member is invited as that member.
    """
    made: list[Invitation] = []
    left = iter(guests)
    while some := list(islice(left, AT_ONCE)):
        made += _invite_some(event, some, batch)
    return made


@transaction.atomic
def _invite_some(event: Event, guests: Sequence[Invitee], batch: InvitationList | None) -> list[Invitation]:
    # Whoever invites the same people at this moment waits here, and then finds them invited.
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    keys = {comparable(guest.email) for guest in guests if guest.email}
    live = Invitation.objects.live().filter(event=event, email_key__in=keys)
    taken = set(live.values_list("email_key", flat=True))
    known = Member.objects.filter(is_active=True).alias(key=address_key("email")).filter(key__in=keys)
    members = {comparable(member.email): member.pk for member in known}
    new = []
    for guest in guests:
        key = comparable(guest.email) if guest.email else ""
        if key and key in taken:
            continue
        taken.add(key)
        values = {**asdict(guest), "member": None}
        new.append(Invitation(event=event, batch=batch, **values))
        new[-1].member_id = members.get(key, guest.member) if key else guest.member
    return Invitation.objects.bulk_create(new)


@transaction.atomic
def amend(invitation: Invitation, **values: Any) -> Invitation:
    """Change what stands on an invitation. Raises Refused.

    With another address it counts as not sent, and earlier links are worthless: they went to somebody else. Once there
    is an answer the address stays.
    """
    fresh = Invitation.objects.select_for_update(of=("self",)).select_related("event").get(pk=invitation.pk)
    if not fresh.is_live:
        raise Refused(_("This invitation is revoked; it cannot be changed any more."))
    moves = "email" in values and comparable(values["email"]) != comparable(fresh.email)
    if moves:
        _check_address(fresh, values["email"])
        values = {**values, **NEVER_SENT, "link_version": fresh.link_version + 1}
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=[*values])
    return fresh


def _check_address(invitation: Invitation, email: str) -> None:
    if invitation.answer:
        raise Refused(_("This invitation is answered; its link stays with the address it went to."), "email")
    same = Invitation.objects.live().filter(event=invitation.event_id, email_key=comparable(email))
    if email and same.exclude(pk=invitation.pk).exists():
        raise Refused(_("This address has an invitation to this event already."), "email")


def revoke(invitation: Invitation, by: By = SYSTEM) -> bool:
    """Make an invitation and every link to it worthless, and free the seats kept for it; its answer stands.

    False if it was revoked before.
    """
    for hold in SeatHold.objects.live().filter(invitation=invitation).select_related("event"):
        release_hold(hold, by)  # before the row is locked: at the desk the rules come first
    with transaction.atomic():
        fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if not fresh.is_live:
            return False
        fresh.revoked_at = timezone.now()
        fresh.link_version += 1
        fresh.save(update_fields=["revoked_at", "link_version"])
    return True


def revoke_all(invitations: Iterable[Invitation], by: By = SYSTEM) -> int:
    """Revoke each of them; returns how many were not revoked before."""
    return sum(revoke(invitation, by) for invitation in invitations)
