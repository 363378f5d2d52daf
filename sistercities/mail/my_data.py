"""The mails that went to somebody, or are to go there."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from sistercities.mail.models import Message, MessageQuerySet
from sistercities.my_data import Hand, Kept, Whose, forgets, lists, row, tells

# The handle in what a mail tells is half of a personal link.
HALF_OF_A_LINK = ("handle", "version")


def mails_to(whose: Whose) -> MessageQuerySet:
    return Message.objects.filter(to_key__in=whose.addresses)


@tells("letters", gettext_lazy("Letters from us"), place=40)
def tell(whose: Whose) -> list[dict[str, Any]]:
    return [tell_mail(message) for message in mails_to(whose).order_by("pk")]


def tell_mail(message: Message) -> dict[str, Any]:
    told = {name: value for name, value in message.snapshot.items() if name not in HALF_OF_A_LINK}
    return {**row(message, without=("key", "to_key", "snapshot", "handed_over_at", "attempts")), "told": told}


@lists("letters")
def in_words(whose: Whose) -> Iterator[Kept]:
    if count := mails_to(whose).count():
        words = ngettext(
            "%(count)d letter: to which address, of what kind, when, and what it told",
            "%(count)d letters: to which address, of what kind, when, and what they told",
            count,
        )
        yield Kept(words % {"count": count})


@forgets("letters")
def forget(whose: Whose, hand: Hand) -> int:
    return mails_to(whose).delete()[0]
