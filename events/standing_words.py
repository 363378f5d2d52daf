"""How an answer stands, and until when one is taken, in few words: as a list has room for. Changes nothing."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Invitation, Rsvp, RsvpPolicy, SeatOffer
from events.outlook import hours_of
from events.when import clock_of, spell_deadline
from sistercities.pages.bilingual import current_language

Status = Rsvp.Status


def state_of(rsvp: Rsvp, offer: SeatOffer | None) -> list[str]:
    """How an answer stands, in a few words each; an offer past its end is over, written down or not."""
    if offer is None and rsvp.status == Status.OFFERED:
        return [_("The time of the offer is over")]
    return list(_seats_in_words(rsvp, offer)) or [_other_state(rsvp)]


def _seats_in_words(rsvp: Rsvp, offer: SeatOffer | None) -> Iterator[str]:
    if seats := rsvp.seats_confirmed:
        yield ngettext("%(count)d seat confirmed", "%(count)d seats confirmed", seats) % {"count": seats}
    if offer:
        until = _moment(offer.expires_at, rsvp.event)
        words = ngettext(
            "%(count)d seat offered to you until %(until)s",
            "%(count)d seats offered to you until %(until)s",
            offer.seats,
        )
        yield words % {"count": offer.seats, "until": until}
    if rsvp.status in Rsvp.WAITING and (waits := rsvp.seats_unserved) and (offer or not rsvp.seats_offered):
        words = ngettext(
            "on the waiting list for %(count)d seat", "on the waiting list for %(count)d seats", waits
        )
        yield words % {"count": waits}


def _other_state(rsvp: Rsvp) -> str:
    if rsvp.status == Status.REQUESTED:
        words = ngettext(
            "You have asked for %(count)d seat; the hosts decide",
            "You have asked for %(count)d seats; the hosts decide",
            rsvp.seats_wanted,
        )
        return words % {"count": rsvp.seats_wanted}
    if rsvp.status == Status.CANCELLED and rsvp.event.is_cancelled:
        return _("The event has been cancelled")
    words_of = {
        Status.DECLINED: _("You are not coming"),
        Status.CANCELLED: _("You have withdrawn"),
        Status.REJECTED: _("The hosts could not admit your party"),
        Status.LAPSED: _("The time of the offer is over"),
    }
    return words_of.get(Status(rsvp.status), "")


def answer_by(event: Event, policy: RsvpPolicy, invitation: Invitation | None = None) -> str:
    """Until when an answer is taken."""
    if event.starts_at is None:
        return ""
    last = hours_of(event.starts_at, policy, invitation).last_moment
    if last == event.starts_at:
        return _("Answers are taken until it begins")
    return _("Answers are taken until %(moment)s") % {"moment": _moment(last, event)}


def _moment(moment: datetime, event: Event) -> str:
    language = current_language()
    return spell_deadline(moment, clock_of(event.zone, language), [], language)
