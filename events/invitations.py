"""Personal invitations: sending them, and taking them back. They are answered through ``events.rsvp``."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, Invitation, SeatHold
from events.rsvp import REASONS, SYSTEM, Refused, outlook, release_hold
from events.seating import Door
from sistercities.mail import outbox

SHUT = (Door.NONE, Door.CANCELLED, Door.POSTPONED, Door.OVER, Door.CLOSED)


def send(invitation: Invitation) -> bool:
    """Ask for the mail that invites, once. False if it was asked for before, or is not needed. Raises Refused."""
    return invitation.sent_at is None and _send(invitation, "")


def send_again(invitation: Invitation) -> bool:
    """Remind of an invitation, at most once an hour. False if that was done, or is not needed. Raises Refused."""
    return _send(invitation, f":{timezone.now():%Y%m%d%H}")


def revoke(invitation: Invitation) -> bool:
    """Make an invitation and every link to it worthless, and free the seats kept for it; its answer stands.

    False if it was revoked before.
    """
    for hold in SeatHold.objects.live().filter(invitation=invitation).select_related("event"):
        release_hold(hold, SYSTEM)  # before the row is locked: at the desk the rules come first
    with transaction.atomic():
        fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if not fresh.is_live:
            return False
        fresh.revoked_at = timezone.now()
        fresh.link_version += 1
        fresh.save(update_fields=["revoked_at", "link_version"])
    return True


def _send(invitation: Invitation, occasion: str) -> bool:
    with transaction.atomic():
        fresh = (
            Invitation.objects.select_for_update(of=("self",)).select_related("event").get(pk=invitation.pk)
        )
        check_sendable(fresh.event)
        if not fresh.is_live or fresh.is_answered:
            return False
        message = outbox.queue(
            key=f"invitation:{fresh.pk}:{fresh.link_version}{occasion}",
            kind="invitation",
            to_email=fresh.email,
            to_name=fresh.name,
            language=fresh.language,
            snapshot={"event": fresh.event_id, "invitation": fresh.pk, "version": fresh.link_version},
        )
        if message:
            fresh.sent_at = timezone.now()
            fresh.save(update_fields=["sent_at"])
    return message is not None


def check_sendable(event: Event) -> None:
    """Raise Refused where an invitation would lead to a closed door."""
    if not event.is_public:
        raise Refused(_("The event is not published yet: its invitations would lead nowhere."))
    if (door := outlook(event).door) in SHUT:
        raise Refused(REASONS[door])
