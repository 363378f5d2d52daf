"""Whether what guests told is gone when its time is over."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from events.retention import ALL, SENSITIVE, due
from sistercities.audit import checks

GRACE = timedelta(days=2)


@checks(
    "what names guests is gone when the days that its event gives it are over, and what is sensitive before",
    remedy="See that the worker runs: it removes it within ten minutes, and notes that at the desk of the event.",
)
def kept_too_long() -> Iterator[str]:
    then = timezone.now() - GRACE
    for what, words in ((SENSITIVE, "sensitive replies"), (ALL, "names, addresses or messages")):
        for event in due(what, then):
            yield f"{event.slug}: {words} are left"
