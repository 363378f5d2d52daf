"""What was agreed about a block of seats beside their number: who names its people, and until when."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.answers import By, Refused
from events.models import DeskNote, SeatHold
from events.serving import open_desk
from sistercities.busy import retried


@retried
def amend_hold(hold: SeatHold, by: By, **terms: Any) -> SeatHold:
    """Change until when names may be changed, whether unnamed seats are kept then, and who names the people.

    A later moment lets names be exchanged again; seats that were given back at the old one stay with those who got
    them. With another address all earlier links open nothing, and a new one is mailed there.
    """
    with open_desk(hold.event) as desk:
        fresh = SeatHold.objects.get(event=desk.event, pk=hold.pk)
        before, elsewhere = fresh.freezes_at, terms.get("owner_email", fresh.owner_email) != fresh.owner_email
        for name, value in terms.items():
            setattr(fresh, name, value)
        if fresh.freezes_at != before:
            if fresh.freezes_at and fresh.freezes_at <= desk.now:
                raise Refused(_("This moment has passed."), "freezes_at")
            moments = before or desk.event.starts_at, fresh.freezes_at or desk.event.starts_at
            was, becomes = (moment.isoformat() if moment else "" for moment in moments)
            desk.remark(by, DeskNote.Kind.HOLD, subject=fresh.name, before=was, after=becomes)
        fresh.link_version += elsewhere
        fresh.save(update_fields=[*terms, "link_version"])
        if elsewhere:
            desk.letters.tell_owner(fresh, "hold_made", f"renewed-{fresh.link_version}")
    return fresh
