"""What is kept of a reader of the newsletter."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.mail.addresses import address_key
from sistercities.my_data import Hand, Kept, Whose, forgets, lists, row, tells
from sistercities.newsletter.models import Subscriber, SubscriberQuerySet
from sistercities.newsletter.subscribing import forget_count, has_count
from sistercities.traces import unlog


def subscribers(whose: Whose) -> SubscriberQuerySet:
    return Subscriber.objects.alias(key=address_key("email")).filter(key__in=whose.addresses)


@tells("newsletter", gettext_lazy("Newsletter"), place=30)
def tell(whose: Whose) -> list[dict[str, Any]]:
    return [row(subscriber) for subscriber in subscribers(whose)]


@lists("newsletter")
def in_words(whose: Whose) -> Iterator[Kept]:
    for subscriber in subscribers(whose):
        words = _("%(address)s: %(state)s")
        yield Kept(words % {"address": subscriber.email, "state": subscriber.get_state_display()})
    for address in whose.addresses:
        if has_count(address):
            yield Kept(
                _("How often the newsletter was asked for at this address, without the address itself")
            )


@forgets("newsletter")
def forget(whose: Whose, hand: Hand) -> int:
    found = subscribers(whose)
    unlog(Subscriber, found.values_list("pk", flat=True))
    for address in whose.addresses:
        forget_count(address)
    return found.delete()[0]
