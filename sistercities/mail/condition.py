"""How the outbox does: what waits, since when, and whether anybody is there to send it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from sistercities.mail import hands
from sistercities.mail.models import Message

# A worker looks once a second; for longer than this only one that is missing lets a mail lie.
SOON = timedelta(minutes=2)
LATE = timedelta(minutes=15)


@dataclass(frozen=True)
class Condition:
    """Mails that should have gone out by now, the oldest of them, and the workers that are connected.

    ``lying_since`` is that of mails that nobody has tried to send, or for which the mail server was out of reach: their
    readers' own mail servers have nothing to do with it.
    """

    count: int
    oldest: datetime | None
    lying_since: datetime | None
    is_server_away: bool
    workers: int

    @property
    def age(self) -> timedelta:
        """How long the oldest has waited."""
        return timezone.now() - self.oldest if self.oldest else timedelta()

    @property
    def lies(self) -> timedelta:
        return timezone.now() - self.lying_since if self.lying_since else timedelta()

    @property
    def is_unattended(self) -> bool:
        """Whether no worker seems to run: none is connected, and mail lies there."""
        return not self.workers and self.lies > SOON

    @property
    def is_late(self) -> bool:
        """Whether workers run, and mail lies there all the same."""
        return bool(self.workers) and self.lies > LATE


def condition() -> Condition:
    away = Q(fault=Message.Fault.NO_SERVER)
    lying = away | Q(attempts=0)
    found = Message.objects.unsent().aggregate(
        count=Count("pk"),
        oldest=Min("since"),
        lying_since=Min("since", filter=lying & Q(priority=Message.Priority.PERSONAL)),
        away=Count("pk", filter=away),
    )
    away_count = found.pop("away")
    return Condition(**found, is_server_away=bool(away_count), workers=hands.workers())
