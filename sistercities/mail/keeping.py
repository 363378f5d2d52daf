"""How long a mail is remembered: until nobody asks any more whether it arrived."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from sistercities.mail.models import Message, MessageQuerySet

KEPT_FOR = timedelta(days=90)
AT_ONCE = 2000


def old(grace: timedelta = timedelta(0)) -> MessageQuerySet:
    """Mails that were sent, given up or returned so long ago."""
    ended = Message.objects.annotate(ended_at=Greatest(F("sent_at"), F("failed_at"), F("returned_at")))
    return ended.filter(ended_at__lt=timezone.now() - KEPT_FOR - grace)


def forget_old() -> int:
    """Delete them, some thousands at most; returns how many."""
    pks = list(old().order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return Message.objects.filter(pk__in=pks).delete()[0] if pks else 0
