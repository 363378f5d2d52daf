"""Taking the personal data out of an answer, while what it did to the seats stays on record. For the desk alone."""

from events.models import Rsvp
from sistercities.mail.models import Message

NOBODY = "—"


def blank(rsvp: Rsvp) -> None:
    """Leave nothing of who answered: names, address, message, mails, and the reasons that staff wrote about it.

    The newest change keeps its reason, which says why this was done.
    """
    rsvp.name, rsvp.email, rsvp.message, rsvp.reply, rsvp.nonce = NOBODY, "", "", "", ""
    rsvp.names_before, rsvp.priority_reason = [], ""
    rsvp.member = rsvp.invitation = None
    rsvp.link_version += 1
    rsvp.save()
    rsvp.guests.filter(is_lead=False).delete()
    rsvp.guests.update(name=NOBODY, position=0)
    Message.objects.filter(snapshot__rsvp=rsvp.pk).delete()
    if newest := rsvp.transitions.last():
        rsvp.transitions.filter(pk__lt=newest.pk).exclude(reason="").update(reason="")
