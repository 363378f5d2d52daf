"""The letters to those who wait: their place in line, the seats that are offered to them, and what comes of it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.mail.party import ToldParty
from sistercities.mail.kinds import Letter, renders
from sistercities.mail.models import Message


@renders("rsvp_waitlisted")
def waitlisted(message: Message) -> Letter:
    """A place in line, for the whole party or for those who come beside the ones that are confirmed."""
    told = ToldParty(message)
    told.check_still_true()
    if told.seats:
        subject = ngettext(
            "You keep your seat, and wait for more: %(event)s",
            "You keep your seats, and wait for more: %(event)s",
            told.seats,
        )
        return told.letter(subject, calendar=told.entry)
    return told.letter(_("You are on the waiting list: %(event)s"))


@renders("rsvp_queue_changed")
def queue_changed(message: Message) -> Letter:
    """Another number of seats, of which some are not confirmed yet."""
    told = ToldParty(message)
    told.check_still_true()
    subject = _("Your request on the waiting list has been changed: %(event)s")
    return told.letter(subject, calendar=told.entry)


@renders("rsvp_promoted")
def promoted(message: Message) -> Letter:
    """Seats after waiting: given at once, or taken from an offer."""
    told = ToldParty(message)
    told.check_still_true()
    subject = ngettext(
        "From the waiting list: your seat is confirmed: %(event)s",
        "From the waiting list: your seats are confirmed: %(event)s",
        told.seats,
    )
    return told.letter(subject, calendar=told.entry)


@renders("rsvp_offered")
def offered(message: Message) -> Letter:
    """Seats to take until a moment, or more of them than were offered before."""
    told = ToldParty(message)
    told.check_still_true()
    told.check_offer_stands()
    subject = ngettext(
        "A seat is offered to you: %(event)s", "Seats are offered to you: %(event)s", told.offered
    )
    return told.letter(subject, calendar=told.entry)


@renders("rsvp_offer_reminder")
def offer_reminder(message: Message) -> Letter:
    """Once, when half of the time for an offer has passed; never of one that is over, taken or changed."""
    told = ToldParty(message)
    told.check_offer_stands()
    subject = ngettext(
        "A seat is still kept for you: %(event)s", "Seats are still kept for you: %(event)s", told.offered
    )
    return told.letter(subject)


@renders("rsvp_lapsed")
def lapsed(message: Message) -> Letter:
    """The time for an offer is over; what is confirmed stays so."""
    told = ToldParty(message)
    told.check_still_true()
    subject = ngettext(
        "The seat kept for you has gone on: %(event)s",
        "The seats kept for you have gone on: %(event)s",
        told.seats_gone,
    )
    return told.letter(subject, calendar=told.entry)


@renders("rsvp_deferred")
def deferred(message: Message) -> Letter:
    """The next in line goes first; the place behind is kept."""
    told = ToldParty(message)
    told.check_still_true()
    return told.letter(_("You keep your place on the waiting list: %(event)s"), calendar=told.entry)
