"""Limits that hold for all processes together, also where forty ask in the same moment.

A limit counts and tells; what is done about it is the caller's business. What one network does may use up what is left
to that network, never what is left to others: ask the narrower limit first, and the wider one only where that allows.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from sistercities.limits.models import Count

MINUTE, HOUR = 60, 60 * 60
# One statement: PostgreSQL lets those who come together count one after the other.
COUNT_ONE_MORE = """
    insert into limits_count (key, number, until) values (%(key)s, 1, %(until)s)
    on conflict (key) do update set
        number = case when limits_count.until <= %(now)s then 1
                      else least(limits_count.number + 1, %(highest)s) end,
        until = case when limits_count.until <= %(now)s then excluded.until else limits_count.until end
    returning number
"""
HIGHEST = 1_000_000  # whoever comes more often than that gains nothing by more


@dataclass(frozen=True)
class Limit:
    """So many times within so many seconds; the span begins with the first, and trying on does not extend it."""

    what: str
    most: int
    seconds: int

    def allows(self, *who: str) -> bool:
        """Count once more; whether that is still within the limit."""
        return self.count(*who) <= self.most

    def count(self, *who: str) -> int:
        """Count once more; how often it was within the span, this time included."""
        now = timezone.now()
        until = now + timedelta(seconds=self.seconds)
        values: dict[str, Any] = {"key": self.key(*who), "now": now, "until": until, "highest": HIGHEST}
        with connection.cursor() as cursor:
            cursor.execute(COUNT_ONE_MORE, values)
            return int(cursor.fetchone()[0])

    def is_reached(self, *who: str) -> bool:
        """Whether one time more would be too often. Counts nothing."""
        lasting = Count.objects.filter(key=self.key(*who), until__gt=timezone.now())
        return lasting.filter(number__gte=self.most).exists()

    def forget(self, *who: str) -> None:
        """Begin anew, where somebody has shown to be who they are."""
        Count.objects.filter(key=self.key(*who)).delete()

    def key(self, *who: str) -> str:
        """By what it is kept: a hash with a key of our own, of which nobody reads who it was."""
        said = "\0".join([self.what, *who]).encode()
        return hashlib.blake2b(said, key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()


def forget_what_is_over() -> int:
    """Delete the counts whose span is over; returns how many those were."""
    return Count.objects.filter(until__lte=timezone.now()).delete()[0]
