"""Personal invitations, and the lists from which people are invited."""

from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.erasing import (
    erase_from_lists,
    erase_from_mailings,
    erase_invitations,
    invitations_of,
    lists_with,
    mailings_to,
)
from events.models import Invitation, InvitationList, Mailing
from events.my_data.answers import event_of
from sistercities.my_data import Fate, Hand, Kept, Whose, forgets, lists, row, tells


@tells("invitations", gettext_lazy("Invitations"), place=20)
def tell(whose: Whose) -> list[dict[str, Any]]:
    found = invitations_of(whose)
    prefetch_related_objects(found, "tags")
    return [tell_invitation(invitation) for invitation in found]


def tell_invitation(invitation: Invitation, *, by_link: bool = False) -> dict[str, Any]:
    """One invitation; what staff noted for themselves is not for everybody whom the link was passed on to."""
    hidden = ("note",) if by_link else ()
    told = row(invitation, without=("event", "member", "batch", *hidden))
    tags = {} if by_link else {"tags": [str(tag) for tag in invitation.tags.all()]}
    return {"event": event_of(invitation.event), **told, **tags}


@lists("invitations")
def in_words(whose: Whose) -> Iterator[Kept]:
    for invitation in invitations_of(whose):
        yield describe(invitation)


def describe(invitation: Invitation) -> Kept:
    words = _("Invitation to “%(event)s” for %(name)s")
    values = {"event": invitation.event.title, "name": invitation.name}
    return Kept(
        words % values,
        Fate.BLANKED,
        _(
            "Its link opens nothing any more, and seats kept for it are free. That there was one, and when it was sent,"
            " stays without a name."
        ),
    )


@forgets("invitations")
def forget(whose: Whose, hand: Hand) -> int:
    return erase_invitations(invitations_of(whose), hand)


@tells("lists", gettext_lazy("Lists of people to invite or to write to"), place=22)
def tell_lists(whose: Whose) -> list[dict[str, Any]]:
    found: list[InvitationList | Mailing] = [*lists_with(whose), *mailings_to(whose)]
    return [{"event": event_of(each.event), "list": str(each)} for each in found]


@lists("lists")
def lists_in_words(whose: Whose) -> Iterator[Kept]:
    for each in [*lists_with(whose), *mailings_to(whose)]:
        yield Kept(_("The address in the list “%(list)s”") % {"list": each})


@forgets("lists")
def forget_lists(whose: Whose, hand: Hand) -> int:
    count = erase_from_lists(lists_with(whose), whose.addresses)
    return count + erase_from_mailings(mailings_to(whose), whose.addresses)
