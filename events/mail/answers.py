"""The letters about an answer: what was said, what it led to, and what became of the event."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.links import verify_url
from events.mail.party import ToldParty
from events.models import Event
from sistercities.mail.kinds import Letter, Overtaken, renders
from sistercities.mail.models import Message


@renders("rsvp_confirmed")
def confirmed(message: Message) -> Letter:
    """Seats, at once or by decision of the hosts."""
    told = ToldParty(message)
    told.check_still_true()
    subject = ngettext("Your seat is confirmed: %(event)s", "Your seats are confirmed: %(event)s", told.seats)
    return told.letter(subject, calendar=told.entry)


@renders("rsvp_changed")
def changed(message: Message) -> Letter:
    """Another number of seats, all of them confirmed, or other names."""
    told = ToldParty(message)
    told.check_still_true()
    return told.letter(_("Your answer has been changed: %(event)s"), calendar=told.entry)


@renders("rsvp_withdrawn")
def withdrawn(message: Message) -> Letter:
    told = ToldParty(message)
    told.check_still_true()
    subject = _("Your answer has been withdrawn: %(event)s")
    return told.letter(subject, calendar=told.entry)


@renders("rsvp_declined")
def declined(message: Message) -> Letter:
    told = ToldParty(message)
    told.check_still_true()
    return told.letter(_("Thank you for your answer: %(event)s"))


@renders("rsvp_already")
def already(message: Message) -> Letter:
    """For whoever owns an address with which somebody filled in the form again."""
    return ToldParty(message).letter(_("You have answered already: %(event)s"))


@renders("rsvp_new_link")
def new_link(message: Message) -> Letter:
    """A link in place of those that fell into wrong hands."""
    return ToldParty(message).letter(_("A new link to your answer: %(event)s"))


# --- before it counts -----------------------------------------------------------------------------------


class ToldUnverified(ToldParty):
    """What a message tells somebody whose address was typed into a form, perhaps by another: nothing of the answer."""

    @property
    def link(self) -> str:
        return verify_url(self.snapshot["handle"], self.snapshot["version"], self.message.language)


@renders("rsvp_verify")
def verify(message: Message) -> Letter:
    """An answer that counts once its address is verified; nothing of it is told, for anybody may have typed it."""
    told = ToldUnverified(message)
    told.check_still_true()
    if told.event.state != Event.State.ON:
        raise Overtaken("the event is called off")
    return told.letter(_("Please confirm your answer: %(event)s"))


@renders("rsvp_requested")
def requested(message: Message) -> Letter:
    """The hosts decide; until then no seat is held."""
    told = ToldParty(message)
    told.check_still_true()
    return told.letter(_("We have your request: %(event)s"))


@renders("rsvp_rejected")
def rejected(message: Message) -> Letter:
    told = ToldParty(message)
    told.check_still_true()
    return told.letter(_("About your request: %(event)s"))


# --- what became of the event ---------------------------------------------------------------------------


@renders("event_cancelled")
def event_cancelled(message: Message) -> Letter:
    told = ToldParty(message)
    return told.letter(_("Cancelled: %(event)s"), calendar=told.entry)


@renders("event_changed")
def event_changed(message: Message) -> Letter:
    """Another time or place; what the event's notice says stands in it."""
    told = ToldParty(message)
    told.check_still_true()
    subject = _("Postponed: %(event)s") if told.is_postponed else _("Changed: %(event)s")
    return told.letter(subject, calendar=told.entry)
