"""What the hosts decide about one party, each time with a reason where it is not plain. Part of ``events.rsvp``."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events import welcome
from events.answers import NONE_FREE, By, Refused
from events.desk import NOTHING, party_of
from events.forgetting import blank
from events.models import Deed, Rsvp
from events.owning import give_new_link
from events.recording import check_reason
from events.seating import Decision, Queue
from events.serving import open_desk
from sistercities.busy import retried

Status = Rsvp.Status
ASKS_OTHERWISE = _("The party asks for another number of seats by now: see above. Please decide once more.")


@retried
def approve(rsvp: Rsvp, by: By, message: str = "", seats: int | None = None) -> Rsvp:
    """Admit a party that asks to come: it gets its seats, or a place in line where they are taken.

    ``seats``: as many as it asked for when the hosts decided; another number is for them to decide anew.
    """
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.status == Status.REQUESTED:
            welcome.check_open(desk)
            if seats not in (None, fresh.seats_wanted):
                raise Refused(ASKS_OTHERWISE)
            fresh.reply = message
            desk.seat(fresh, desk.decide(fresh, fresh.seats_wanted), by, Deed.APPROVED)
    fresh.refresh_from_db()
    return fresh


@retried
def reject(rsvp: Rsvp, by: By, message: str = "") -> Rsvp:
    """Do not admit a party that asks to come; ``by`` says why for the record, the message tells the guest."""
    check_reason(by)
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.status == Status.REQUESTED:
            fresh.reply = message
            desk.seat(fresh, NOTHING, by, Deed.REJECTED, ends=Status.REJECTED)
    return fresh


@retried
def prioritise(rsvp: Rsvp, priority: int, by: By) -> Rsvp:
    """Put a waiting party into another class of the line, with the reason that everybody may ask for."""
    check_reason(by)
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.queue_number is None:
            raise Refused(_("This party does not wait in line."))
        if fresh.priority != priority:
            party = party_of(fresh)
            fresh.priority, fresh.priority_reason = priority, by.reason
            kept = Decision(party.confirmed, party.wanted, Queue.KEEP, party.offered)
            desk.seat(fresh, kept, by, Deed.PRIORITISED)
            desk.letters.take_back(fresh)
    fresh.refresh_from_db()
    return fresh


@retried
def offer(rsvp: Rsvp, seats: int, by: By) -> Rsvp:
    """Offer free seats to a waiting party out of turn, with a reason."""
    check_reason(by)
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        welcome.check_open(desk)
        if not 1 <= seats <= fresh.seats_unserved or fresh.queue_number is None:
            raise Refused(_("This party does not wait for so many seats."), "seats")
        if seats > desk.free:
            words = ngettext(
                "Only %(count)d seat is free. Raise the number of seats first.",
                "Only %(count)d seats are free. Raise the number of seats first.",
                max(desk.free, 0),
            )
            raise Refused(words % {"count": desk.free} if desk.free > 0 else NONE_FREE, "seats")
        desk.make_offer(fresh, seats, by)
    fresh.refresh_from_db()
    return fresh


@retried
def remove(rsvp: Rsvp, by: By) -> Rsvp:
    """Take an answer out for good, such as a hoax: its seats are given back and its personal data blanked, untold."""
    check_reason(by)
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.hold and fresh.hold.is_live:
            desk.release(fresh.hold, by)
        # One that was never verified may share its address with an answer that stands.
        fresh.email, fresh.member = "", None
        desk.seat(fresh, NOTHING, by, Deed.REMOVED, ends=Status.CANCELLED)
        desk.letters.take_back(fresh)
        blank(fresh)
    return fresh


@retried
def renew_link(rsvp: Rsvp, by: By) -> None:
    """Make every link to an answer worthless and mail a new one: for links that fell into the wrong hands.

    The form that it came by, sent once more, leads there no longer either.
    """
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        give_new_link(desk, fresh, by)
