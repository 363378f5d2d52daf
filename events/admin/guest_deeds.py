"""What staff do with many parties at once: whom it concerns, what becomes of each, and the verb behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import rsvp as verbs
from events.admin import deeds
from events.admin.guest_forms import (
    AdmissionForm,
    HeardOfManyForm,
    ManyForm,
    ReasonedForm,
    TagForm,
    WordsToGuestsForm,
)
from events.guest_prospects import Before, admitted, offered, stands, withdrawn
from events.models import Event, Rsvp
from sistercities.traces import NOBODY

Status = Rsvp.Status
# Each is a turn at the desk of its own, with mails of its own; more would keep everybody else waiting.
MOST_AT_ONCE = 200
Verb = Callable[[Rsvp, Any, verbs.By], Any]


@dataclass(frozen=True)
class ManyDeed:
    """``concerns`` tells whether it can be done with a party as it stands, ``foresee`` what becomes of each.

    ``verb`` is told the party, the form and who acts; tags and letters have none, for they are for all at once.
    """

    name: str
    title: Promise
    button: Promise
    permission: str
    form: type[ManyForm]
    concerns: Callable[[Rsvp], bool]
    others: Promise
    foresee: Callable[[Event, list[Rsvp]], list[Before]]
    warning: Promise | str = ""
    verb: Verb | None = None
    is_grave: bool = False


def _is_known(rsvp: Rsvp) -> bool:
    return rsvp.status != Status.UNVERIFIED and rsvp.name != NOBODY


def _becomes(words: Promise) -> Callable[[Event, list[Rsvp]], list[Before]]:
    return lambda _event, rows: [Before(rsvp, stands(rsvp), str(words)) for rsvp in rows]


def _linked(_event: Event, rows: list[Rsvp]) -> list[Before]:
    words = _("a mail to %(email)s, with the link to the answer")
    return [Before(rsvp, stands(rsvp), words % {"email": rsvp.email}) for rsvp in rows]


BY_MAIL = gettext_lazy(
    "Each is told by mail at once. What was told cannot be taken back, only changed again."
)
TAG = ManyDeed(
    "tag",
    gettext_lazy("Give a tag"),
    gettext_lazy("Give the tag"),
    "events.change_rsvp",
    TagForm,
    _is_known,
    gettext_lazy("nothing is left of them but that they answered"),
    lambda _event, _rows: [],
)
UNTAG = ManyDeed(
    "untag",
    gettext_lazy("Take a tag off"),
    gettext_lazy("Take the tag off"),
    "events.change_rsvp",
    TagForm,
    _is_known,
    gettext_lazy("nothing is left of them but that they answered"),
    lambda _event, _rows: [],
)
APPROVE = ManyDeed(
    "approve",
    gettext_lazy("Admit those who ask to come"),
    gettext_lazy("Admit them"),
    "events.change_rsvp",
    AdmissionForm,
    deeds.APPROVE.is_open,
    gettext_lazy("they do not ask to come"),
    admitted,
    BY_MAIL,
    lambda rsvp, form, by: verbs.approve(rsvp, by, form.message_to(rsvp), rsvp.seats_wanted),
)
REJECT = ManyDeed(
    "reject",
    gettext_lazy("Do not admit those who ask to come"),
    gettext_lazy("Do not admit them"),
    "events.change_rsvp",
    WordsToGuestsForm,
    deeds.REJECT.is_open,
    gettext_lazy("they do not ask to come"),
    _becomes(gettext_lazy("not admitted")),
    BY_MAIL,
    lambda rsvp, form, by: verbs.reject(rsvp, by, form.message_to(rsvp)),
    is_grave=True,
)
OFFER = ManyDeed(
    "offer",
    gettext_lazy("Offer seats out of turn"),
    gettext_lazy("Offer them"),
    "events.change_rsvp",
    ReasonedForm,
    deeds.OFFER.is_open,
    gettext_lazy("they wait for no seat that is not offered to them already"),
    offered,
    BY_MAIL,
    lambda rsvp, _form, by: verbs.offer(rsvp, rsvp.seats_unserved, by),
)
WITHDRAW = ManyDeed(
    "withdraw",
    gettext_lazy("Withdraw answers"),
    gettext_lazy("Withdraw them"),
    "events.change_rsvp",
    HeardOfManyForm,
    lambda rsvp: deeds.WITHDRAW.is_open(rsvp) and rsvp.hold_id is None,
    gettext_lazy("they are withdrawn already, or people of a delegation, whose block is given back instead"),
    withdrawn,
    BY_MAIL,
    lambda rsvp, _form, by: verbs.withdraw(rsvp, by),
    is_grave=True,
)
LINK = ManyDeed(
    "link",
    gettext_lazy("Send the personal link again"),
    gettext_lazy("Send the links"),
    "events.change_rsvp",
    ManyForm,
    lambda rsvp: _is_known(rsvp) and bool(rsvp.email),
    gettext_lazy("there is no address to write to"),
    _linked,
    gettext_lazy("Each gets a mail at once, but nobody more than one within an hour."),
    lambda rsvp, _form, _by: verbs.send_link(rsvp),
)
LETTER = ManyDeed(
    "letter",
    gettext_lazy("Write a letter to them"),
    gettext_lazy("Begin the letter"),
    "events.add_mailing",
    ManyForm,
    _is_known,
    gettext_lazy("nothing is left of them but that they answered"),
    _becomes(gettext_lazy("among those who get the letter")),
    gettext_lazy("It begins as a draft for them alone. Nobody is written to before you send it."),
)
DEEDS = (TAG, UNTAG, APPROVE, REJECT, OFFER, WITHDRAW, LINK, LETTER)
NAMED = {deed.name: deed for deed in DEEDS}


def sorted_out(deed: ManyDeed, rows: Iterable[Rsvp]) -> tuple[list[Rsvp], list[Rsvp]]:
    """Whom a deed concerns, and who is left alone."""
    found: list[Rsvp] = []
    left: list[Rsvp] = []
    for rsvp in rows:
        (found if deed.concerns(rsvp) else left).append(rsvp)
    return found, left
