"""What must be true of the outbox."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count

from sistercities.audit import checks
from sistercities.mail.keeping import old
from sistercities.mail.models import Message


@checks(
    "a mail is queued once for each key",
    remedy="Delete the later ones that were not sent yet, and make the unique constraint on the key again.",
)
def queued_twice() -> Iterator[str]:
    keys = Message.objects.order_by().values("key").annotate(count=Count("pk")).filter(count__gt=1)
    for key, count in keys.values_list("key", "count"):
        yield f"{key}: {count} times"


@checks(
    "no mail is remembered for longer than three months after it was sent",
    remedy="See that the worker runs: it forgets old mails every hour.",
)
def remembered_too_long() -> Iterator[str]:
    if count := old(grace=timedelta(days=2)).count():
        yield f"{count} mails"
