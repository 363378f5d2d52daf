"""What follows when a newsletter comes back: the third time within more than a week, or at once where nobody is there,
its reader counts as unreachable, and gets no more until they confirm again.
"""

from datetime import timedelta

from django.utils import timezone

from sistercities.mail.fates import Fate, hears_of
from sistercities.mail.models import Message
from sistercities.newsletter.models import Subscriber

TIMES, AT_LEAST_OVER = 3, timedelta(days=7)
FORGIVEN_AFTER = timedelta(days=180)
# No such mailbox; it has moved and left no address; its domain takes no mail (RFC 3463, RFC 7505).
NOBODY_THERE = {"5.1.1", "5.1.6", "5.1.10"}


@hears_of("newsletter")
def note(message: Message, fate: Fate) -> None:
    """Count a newsletter that came back for good, but for a reason that lies in the address and not in our mail."""
    if not fate.refused or fate.code.startswith("5.7."):
        return
    reader = Subscriber.objects.select_for_update().filter(pk=message.snapshot["subscriber"]).first()
    if reader is None or reader.state != Subscriber.State.ACTIVE or _before_confirming(message, reader):
        return
    now = timezone.now()
    if reader.bounced_at is None or reader.bounced_at < now - FORGIVEN_AFTER:
        reader.bounces, reader.bounced_since = 0, now
    reader.bounces, reader.bounced_at = reader.bounces + 1, now
    over = now - (reader.bounced_since or now)
    if fate.code in NOBODY_THERE or (reader.bounces >= TIMES and over >= AT_LEAST_OVER):
        reader.state = Subscriber.State.UNREACHABLE
    reader.save()


def _before_confirming(message: Message, reader: Subscriber) -> bool:
    """A report that took its time says nothing of an address that was confirmed since."""
    return reader.confirmed_at is not None and message.created_at < reader.confirmed_at
