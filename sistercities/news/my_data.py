"""What somebody wrote to the association by the contact form."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.mail.addresses import address_key
from sistercities.mail.models import Message
from sistercities.my_data import Hand, Kept, Whose, forgets, lists, row, tells
from sistercities.news.models import Enquiry
from sistercities.traces import unlog


def enquiries(whose: Whose) -> QuerySet[Enquiry]:
    return Enquiry.objects.alias(key=address_key("email")).filter(key__in=whose.addresses)


@tells("messages", gettext_lazy("Messages to us"), place=32)
def tell(whose: Whose) -> list[dict[str, Any]]:
    return [row(enquiry, without=("handled_by",)) for enquiry in enquiries(whose).order_by("pk")]


@lists("messages")
def in_words(whose: Whose) -> Iterator[Kept]:
    for enquiry in enquiries(whose).order_by("pk"):
        yield Kept(_("Message “%(subject)s”") % {"subject": enquiry.subject})


@forgets("messages")
def forget(whose: Whose, hand: Hand) -> int:
    pks = list(enquiries(whose).values_list("pk", flat=True))
    Message.objects.filter(snapshot__enquiry__in=pks).delete()
    unlog(Enquiry, pks)
    return Enquiry.objects.filter(pk__in=pks).delete()[0]
