"""Those who name the people of a delegation, and those at whom guests' letters are answered."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.erasing import blocks_of, erase_as_contact, erase_ownership, policies_answered_at
from events.my_data.answers import event_of
from sistercities.my_data import Fate, Hand, Kept, Whose, forgets, lists, row, tells


@tells("delegations", gettext_lazy("Delegations"), place=24)
def tell(whose: Whose) -> list[dict[str, Any]]:
    return [
        {"event": event_of(block.event), **row(block, without=("event", "invitation"))}
        for block in blocks_of(whose)
    ]


@lists("delegations")
def in_words(whose: Whose) -> Iterator[Kept]:
    for block in blocks_of(whose):
        words = _("Who names the people of “%(delegation)s” for “%(event)s”")
        values = {"delegation": block.name, "event": block.event.title}
        why = _(
            "The seats, and the people who are named, stay: they are others’. Name and address of who names them go, "
            "and the link."
        )
        yield Kept(words % values, Fate.BLANKED, why)


@forgets("delegations")
def forget(whose: Whose, hand: Hand) -> int:
    return erase_ownership(blocks_of(whose), hand)


@tells("contact", gettext_lazy("Letters of guests"), place=26)
def tell_contact(whose: Whose) -> list[dict[str, Any]]:
    return [
        {"event": event_of(policy.event), "name": policy.reply_to_name, "email": policy.reply_to_email}
        for policy in policies_answered_at(whose)
    ]


@lists("contact")
def contact_in_words(whose: Whose) -> Iterator[Kept]:
    for policy in policies_answered_at(whose):
        yield Kept(
            _("The address to which guests of “%(event)s” write back") % {"event": policy.event.title},
            Fate.GOES,
            _("Their letters then go to the association."),
        )


@forgets("contact")
def forget_contact(whose: Whose, hand: Hand) -> int:
    return erase_as_contact(whose)
