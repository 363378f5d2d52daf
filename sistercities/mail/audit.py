"""What must be true of the outbox."""

from collections.abc import Iterator

from django.db.models import Count

from sistercities.audit import checks
from sistercities.mail.models import Message


@checks(
    "a mail is queued once for each key",
    remedy="Delete the later ones that were not sent yet, and make the unique constraint on the key again.",
)
def queued_twice() -> Iterator[str]:
    keys = Message.objects.order_by().values("key").annotate(count=Count("pk")).filter(count__gt=1)
    for key, count in keys.values_list("key", "count"):
        yield f"{key}: {count} times"
