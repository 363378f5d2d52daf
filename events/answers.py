"""What is said at the desk where RSVPs are taken: an answer, by whom, what became of it, and why one is refused."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models import Rsvp, RsvpTransition
from events.seating import Door
from people.models import Member

Actor = RsvpTransition.Actor


@dataclass(frozen=True)
class By:
    """Who makes a change, why where that should be kept, and how it reached us."""

    actor: str = Actor.GUEST
    member: Member | None = None
    reason: str = ""
    source: str = Rsvp.Source.WEB

    @property
    def is_guest(self) -> bool:
        return self.actor == Actor.GUEST


GUEST, SYSTEM = By(), By(Actor.SYSTEM)


@dataclass(frozen=True)
class Reply:
    """An answer to one question of the hosts, of the party or of one guest by the place in it (the lead is 0).

    It says one thing: choices, yes or no, or words.
    """

    question: int
    guest: int | None = None
    choices: tuple[int, ...] = ()
    yes: bool | None = None
    text: str = ""


@dataclass(frozen=True)
class Answer:
    """What somebody says: who they are, whether they come, with how many seats (their own included) and with whom.

    ``takes_any``: seat us as soon as there is a seat, without asking again, also a part of us. What is None was not
    asked, and stays as it is: title and organisation of whoever leads the party, the language into which it is to be
    interpreted (empty: none), whether other guests may see the names, and the answers to the hosts' questions.
    """

    name: str
    email: str
    seats: int
    companions: tuple[str, ...] = ()
    message: str = ""
    language: str = "en"
    nonce: str = ""
    member: Member | None = None
    takes_any: bool = False
    title: str | None = None
    organisation: str | None = None
    interpretation: str | None = None
    shows_in_list: bool | None = None
    replies: tuple[Reply, ...] | None = None

    @property
    def is_yes(self) -> bool:
        return self.seats > 0


class Recorded(StrEnum):
    """What became of an answer."""

    NEW = "new"
    AGAIN = "again"  # the same form once more: the answer stands as it was
    KNOWN_ADDRESS = "known-address"  # that address has answered; its owner gets the link by mail
    KNOWN_GUEST = "known-guest"  # who holds the link has answered, and may see and change that answer
    UNVERIFIED = "unverified"  # it counts once the link in a mail was followed


@dataclass(frozen=True)
class Outcome:
    rsvp: Rsvp
    recorded: Recorded


class Refused(Exception):
    """An answer that cannot be taken; ``field`` names the form field it concerns, if one does."""

    def __init__(self, message: str | Promise, field: str | None = None) -> None:
        super().__init__(message)
        self.message, self.field = message, field


NONE_FREE = _("No seat is free. Raise the number of seats first.")


def promised_already(seats: int) -> str:
    """Why there cannot be fewer seats than these, and the ways to have fewer all the same."""
    words = ngettext(
        "%(count)d seat is promised already: confirmed, offered, or kept in a block. Withdraw guests or give a block "
        "back first, or keep at least as many seats.",
        "%(count)d seats are promised already: confirmed, offered, or kept in blocks. Withdraw guests or give blocks "
        "back first, or keep at least as many seats.",
        seats,
    )
    return words % {"count": seats}


REASONS = {
    Door.NONE: _("This event takes no RSVPs."),
    Door.CANCELLED: _("This event has been cancelled."),
    Door.POSTPONED: _("This event has been postponed. Answers are taken again once the new date is known."),
    Door.OVER: _("This event has begun; answers are no longer taken."),
    Door.NOT_YET: _("Answers are not yet taken."),
    Door.CLOSED: _(
        "The time for answers is over. Whoever has answered can still withdraw, or come with fewer."
    ),
    Door.FULL: _("All seats are taken."),
}
