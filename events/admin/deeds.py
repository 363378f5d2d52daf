"""What staff do with one party: its form, the verb of ``events.rsvp`` behind it, and what is said before and after."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import rsvp as verbs
from events.admin import party_forms
from events.models import Rsvp
from sistercities.traces import NOBODY

Status = Rsvp.Status


@dataclass(frozen=True)
class PartyDeed:
    """One deed: ``is_open`` tells whether it can be done with a party as it stands, ``hints`` what it leads to."""

    name: str
    title: Promise
    button: Promise
    form: Callable[..., forms.Form]
    verb: Callable[[Rsvp, dict[str, Any], verbs.By], Rsvp]
    is_open: Callable[[Rsvp], bool]
    hints: Callable[[Rsvp], list[str]]
    is_grave: bool = False


def by_mail(rsvp: Rsvp) -> str:
    """How the guest hears of it."""
    if rsvp.email:
        return _("A mail to %(email)s tells them.") % {"email": rsvp.email}
    return _("There is no e-mail address: please tell them yourself.")


def _untold(rsvp: Rsvp) -> str:
    return _("Nobody is told by mail.")


def _loses(rsvp: Rsvp) -> str:
    if rsvp.hold_id:
        return _("The whole delegation is withdrawn, and the seats kept for it are given back as well.")
    seats = rsvp.seats_confirmed + rsvp.seats_offered
    if not seats:
        return _("The party loses its place in line.")
    words = ngettext(
        "The party loses its seat, which goes to those who wait.",
        "The party loses its %(count)d seats, which go to those who wait.",
        seats,
    )
    return words % {"count": seats}


def _asks_for(rsvp: Rsvp) -> str:
    words = ngettext(
        "The party asks for %(count)d seat.", "The party asks for %(count)d seats.", rsvp.seats_wanted
    )
    return words % {"count": rsvp.seats_wanted}


def _admitted(rsvp: Rsvp) -> str:
    if verbs.outlook(rsvp.event).seats_left >= rsvp.seats_wanted:
        return _("They are free: it is confirmed at once.")
    return _("So many are not free, or others wait for them: it goes on the waiting list.")


def _offered(rsvp: Rsvp) -> str:
    words = ngettext(
        "%(count)d seat is offered to it. What it leaves goes to the next in line.",
        "%(count)d seats are offered to it. What it leaves goes to the next in line.",
        rsvp.seats_offered,
    )
    return words % {"count": rsvp.seats_offered}


def _free(rsvp: Rsvp) -> str:
    left = rsvp.event.rsvp_policy.seats_left
    if left is None:
        return _("The event has no limit of seats.")
    if not left:
        return _("No seat is free. Raise the number of seats first; it is noted with its reason.")
    words = ngettext("%(count)d seat is free.", "%(count)d seats are free.", left)
    return words % {"count": left}


APPROVE = PartyDeed(
    "approve",
    gettext_lazy("Admit a party"),
    gettext_lazy("Admit them"),
    party_forms.ApprovalForm,
    lambda rsvp, said, by: verbs.approve(rsvp, by, said["message"], rsvp.seats_wanted),
    lambda rsvp: rsvp.status == Status.REQUESTED,
    lambda rsvp: [_asks_for(rsvp), _admitted(rsvp), by_mail(rsvp)],
)
REJECT = PartyDeed(
    "reject",
    gettext_lazy("Do not admit a party"),
    gettext_lazy("Do not admit them"),
    party_forms.DecisionForm,
    lambda rsvp, said, by: verbs.reject(rsvp, by, said["message"]),
    lambda rsvp: rsvp.status == Status.REQUESTED,
    lambda rsvp: [_asks_for(rsvp), by_mail(rsvp)],
    is_grave=True,
)
ACCEPT = PartyDeed(
    "accept",
    gettext_lazy("Take the offered seats for a guest"),
    gettext_lazy("Take the seats"),
    party_forms.AcceptanceForm,
    lambda rsvp, said, by: verbs.accept(rsvp, said["offer_seats"], by),
    lambda rsvp: rsvp.seats_offered > 0,
    lambda rsvp: [_offered(rsvp), by_mail(rsvp)],
)
WITHDRAW = PartyDeed(
    "withdraw",
    gettext_lazy("Withdraw an answer"),
    gettext_lazy("Withdraw the answer"),
    party_forms.WithdrawalForm,
    lambda rsvp, said, by: verbs.withdraw(rsvp, by),
    lambda rsvp: rsvp.is_live,
    lambda rsvp: [_loses(rsvp), by_mail(rsvp)],
    is_grave=True,
)
PRIORITISE = PartyDeed(
    "prioritise",
    gettext_lazy("Change the place in line"),
    gettext_lazy("Change the place"),
    party_forms.PriorityForm,
    lambda rsvp, said, by: verbs.prioritise(rsvp, said["priority"], by),
    lambda rsvp: rsvp.queue_number is not None,
    lambda rsvp: [
        _("Whom the hosts put first is served before members, and members before all others."),
        _untold(rsvp),
    ],
)
OFFER = PartyDeed(
    "offer",
    gettext_lazy("Offer seats out of turn"),
    gettext_lazy("Offer them"),
    party_forms.OfferForm,
    lambda rsvp, said, by: verbs.offer(rsvp, said["seats"], by),
    lambda rsvp: rsvp.queue_number is not None and rsvp.seats_unserved > 0,
    lambda rsvp: [_free(rsvp), by_mail(rsvp)],
)
REMOVE = PartyDeed(
    "remove",
    gettext_lazy("Remove an answer"),
    gettext_lazy("Remove it for good"),
    party_forms.DeedForm,
    lambda rsvp, said, by: verbs.remove(rsvp, by),
    lambda rsvp: rsvp.status != Status.UNVERIFIED and rsvp.name != NOBODY,
    lambda rsvp: [
        _(
            "For a hoax, or for somebody who asks to be forgotten. Who merely cannot come is withdrawn instead."
        ),
        _(
            "Names, address, message and reasons are blanked for good; that there was an answer stays on record."
        ),
        _("The reason that you give here stays, so name nobody in it."),
        *([_loses(rsvp)] if rsvp.is_live else []),
        _untold(rsvp),
    ],
    is_grave=True,
)
DEEDS = (APPROVE, REJECT, ACCEPT, WITHDRAW, PRIORITISE, OFFER, REMOVE)


def open_to(rsvp: Rsvp) -> list[PartyDeed]:
    """What can be done with a party as it stands."""
    return [deed for deed in DEEDS if deed.is_open(rsvp)]
