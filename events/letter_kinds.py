"""Which letters an event sends, what staff call them, when each goes out, and which placeholders it knows."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise


class Reader(StrEnum):
    """Who gets a letter."""

    PARTY = "party"
    DELEGATION = "delegation"
    INVITED = "invited"


READERS = {
    Reader.INVITED: _("To those who are invited"),
    Reader.PARTY: _("To those who have answered"),
    Reader.DELEGATION: _("To whoever looks after a delegation"),
}
PLACEHOLDERS: dict[str, Words] = {
    "name": _("the guest's name; “guest” where we do not know it for certain"),
    "event": _("the title of the event"),
    "when": _("date and time, on the clocks of the place"),
    "place": _("where it is, with its address"),
    "page": _("the address of the event's page"),
    "link": _("the guest's personal link"),
    "until": _("the last moment for an answer, on the clocks of both cities"),
    "position": _("the place on the waiting list"),
    "delegation": _("the name of the delegation"),
}
SEATS: dict[str, Words] = {
    "seats": _("how many seats are confirmed"),
    "awaited": _("how many seats are waited for"),
    "asked": _("how many seats are asked for"),
    "offered": _("how many seats are offered"),
    "kept": _("how many seats are kept"),
}
# Placeholders that stand for an address of ours, and so become a link; none of these goes into a subject.
LINKS = frozenset({"link", "page"})
ALWAYS = ("name", "event", "when", "place", "page")


@dataclass(frozen=True)
class LetterKind:
    """A letter of an event. ``seats`` says which seats it counts, if any."""

    name: Words
    goes_out: Words
    more: tuple[str, ...] = ("link",)
    seats: str = ""
    reader: Reader = Reader.PARTY

    @property
    def placeholders(self) -> dict[str, Words]:
        """What may stand in braces, with an explanation of each."""
        known = {name: PLACEHOLDERS[name] for name in (*ALWAYS, *self.more)}
        return {**known, "seats": SEATS[self.seats]} if self.seats else known


def _to_delegation(name: Words, goes_out: Words, *more: str) -> LetterKind:
    return LetterKind(name, goes_out, ("delegation", *more), "kept", Reader.DELEGATION)


KINDS: dict[str, LetterKind] = {
    "invitation": LetterKind(
        pgettext_lazy("mail", "Invitation"), _("When staff send it."), reader=Reader.INVITED
    ),
    "invitation_reminder": LetterKind(
        _("Reminder of an invitation"),
        _("When staff remind those who have not answered."),
        reader=Reader.INVITED,
    ),
    "rsvp_verify": LetterKind(
        _("Confirm your address"), _("After the form, where the event asks for a verified e-mail.")
    ),
    "rsvp_confirmed": LetterKind(
        _("Seats confirmed"),
        _("With a yes that finds seats, or when the hosts admit a request."),
        seats="seats",
    ),
    "rsvp_requested": LetterKind(
        _("Request received"), _("Where the hosts decide who comes."), seats="asked"
    ),
    "rsvp_rejected": LetterKind(_("Request not admitted"), _("When the hosts decide so."), ()),
    "rsvp_declined": LetterKind(_("Thanks for a no"), _("With an answer that says no.")),
    "rsvp_waitlisted": LetterKind(
        _("On the waiting list"), _("With a yes that finds too few seats."), ("link", "position"), "awaited"
    ),
    "rsvp_queue_changed": LetterKind(
        _("Waiting for other seats"),
        _("When a party that waits changes its answer."),
        ("link", "position"),
        "awaited",
    ),
    "rsvp_offered": LetterKind(
        _("Seats offered"), _("When seats become free for a party that waits."), ("link", "until"), "offered"
    ),
    "rsvp_offer_reminder": LetterKind(
        _("Reminder of an offer"),
        _("At half of the time that an offer stands."),
        ("link", "until"),
        "offered",
    ),
    "rsvp_deferred": LetterKind(
        _("Not now"), _("When a party lets the next in line go first."), ("link", "position"), "awaited"
    ),
    "rsvp_lapsed": LetterKind(_("Offer lapsed"), _("When nobody has answered an offer in time.")),
    "rsvp_promoted": LetterKind(
        _("Confirmed from the waiting list"),
        _("When an offer is taken, or seats are given at once."),
        seats="seats",
    ),
    "rsvp_changed": LetterKind(
        _("Answer changed"), _("When confirmed seats or names change."), seats="seats"
    ),
    "rsvp_withdrawn": LetterKind(_("Answer withdrawn"), _("When a party withdraws.")),
    "rsvp_already": LetterKind(
        _("Answered already"), _("When the form is sent again with the address of a guest.")
    ),
    "rsvp_new_link": LetterKind(_("New personal link"), _("When staff make earlier links worthless.")),
    "event_changed": LetterKind(_("Event changed"), _("When time or place change, or it is postponed.")),
    "event_cancelled": LetterKind(_("Event cancelled"), _("When the event is called off."), ()),
    "event_reminder": LetterKind(
        _("Reminder before the day"), _("On the days before the event that its rules name."), seats="seats"
    ),
    "event_thanks": LetterKind(
        _("Thanks afterwards"), _("On the day after the event, where its rules say so."), ()
    ),
    "hold_made": _to_delegation(
        _("Seats for a delegation"), _("When seats are kept, or the link is renewed."), "link", "until"
    ),
    "hold_changed": _to_delegation(
        _("Delegation changed"), _("When its seats or names change."), "link", "until"
    ),
    "hold_reminder": _to_delegation(
        _("Reminder before the day, to a delegation"),
        _("On the days before the event that its rules name."),
        "link",
        "until",
    ),
    "hold_event_changed": _to_delegation(
        _("Event changed, to a delegation"), _("When time or place change, or it is postponed."), "link"
    ),
    "hold_event_cancelled": _to_delegation(
        _("Event cancelled, to a delegation"), _("When the event is called off.")
    ),
}
# Letters that staff write as a whole: they have no usual words.
FREE: dict[str, LetterKind] = {
    "event_letter": LetterKind(_("Letter to guests"), _("When staff send it."), seats="seats"),
}
# By which property of a party its letters count seats.
COUNTED = {
    kind: {"asked": "awaited"}.get(each.seats, each.seats)
    for kind, each in KINDS.items()
    if each.seats and each.reader is Reader.PARTY
}


def allowed_in(kind: str) -> frozenset[str]:
    """The names that may stand in braces in letters of this kind."""
    known = KINDS.get(kind) or FREE.get(kind)
    return frozenset(known.placeholders) if known else frozenset()
