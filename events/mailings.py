"""Free letters of the hosts to a choice of people: written, tried, sent once, and watched until all have gone out.

Who gets one is decided at the press that sends it, in one transaction with all the mails: none is without the other.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.audience import Audience, People, Recipient, people
from events.models import Invitation, Mailing, Rsvp, SeatHold
from people.models import Member
from sistercities.mail import outbox
from sistercities.mail.models import Message
from sistercities.pages.bilingual import columns, languages, texts

KINDS_OF_READERS: dict[str, type[Model]] = {"rsvp": Rsvp, "invitation": Invitation, "hold": SeatHold}
COUNTED = {
    "waiting": Q(sent_at=None, failed_at=None),
    "sent": Q(sent_at__isnull=False, returned_at=None),
    "returned": Q(returned_at__isnull=False),
    "failed": Q(failed_at__isnull=False, handed_over_at=None, returned_at=None) & ~Q(error=""),
    "uncertain": Q(failed_at__isnull=False, handed_over_at__isnull=False, returned_at=None) & ~Q(error=""),
    "overtaken": Q(failed_at__isnull=False, error=""),
}


class NotReady(Exception):
    """It cannot go out; the reason is for whoever wants to send it."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Prospect:
    """What would go out now, and to whom; ``seen`` stands for all of it, so that what was looked at is what is sent."""

    mailing: Mailing
    people: People

    @property
    def seen(self) -> str:
        words = [getattr(self.mailing, name) for name in (*columns("subject"), *columns("body"))]
        found = [words, sorted(each.handle for each in self.people.recipients)]
        return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:32]

    @property
    def why_not(self) -> str | Promise:
        if self.mailing.sent_at:
            return _("This letter has been sent.")
        if not texts(self.mailing, "subject") or not texts(self.mailing, "body"):
            return _("It has no words yet, or no subject.")
        return "" if self.people.recipients else _("Nobody gets it: nobody is as you have chosen.")


def keep(mailing: Mailing) -> bool:
    """Keep a draft; False where it has been sent meanwhile, for then nothing changes it."""
    if mailing._state.adding:
        mailing.save()
        return True
    names = (*columns("subject"), *columns("body"), "audience")
    values = {name: getattr(mailing, name) for name in names}
    return bool(Mailing.objects.filter(pk=mailing.pk, sent_at=None).update(**values))


def throw_away(mailing: Mailing) -> bool:
    """Delete a draft; False where it has been sent."""
    return bool(Mailing.objects.filter(pk=mailing.pk, sent_at=None).delete()[0])


def prospect(mailing: Mailing) -> Prospect:
    return Prospect(mailing, people(mailing.event, Audience.of(mailing.audience)))


@transaction.atomic
def send(mailing: Mailing, by: Member, seen: str) -> bool:
    """Send it to everybody whom it is for now; False where that was done already. Raises NotReady.

    Two who press at once send it once: the second waits for the first, and finds it sent.
    """
    row = Mailing.objects.select_for_update(of=("self",)).select_related("event").get(pk=mailing.pk)
    if row.sent_at:
        return False
    found = prospect(row)
    if found.why_not:
        raise NotReady(found.why_not)
    if found.seen != seen:
        raise NotReady(_("It has changed since you looked, or those who get it have. Please look again."))
    recipients = found.people.recipients
    outbox.queue_all(_request(row, each) for each in recipients)
    row.sent_at, row.sent_by, row.recipients = timezone.now(), by, len(recipients)
    row.save(update_fields=["sent_at", "sent_by", "recipients"])
    return True


def try_out(mailing: Mailing, to: Member, as_read_by: Recipient | None) -> int:
    """Send it to whoever writes it, in each language that it has words in, as somebody else would read it."""
    moment = timezone.now()
    written = [code for code in languages() if code in texts(mailing, "body")]
    for code in written:
        outbox.queue(
            key=f"mailing-test:{mailing.pk}:{to.pk}:{code}:{moment:%Y%m%d%H%M%S}",
            kind="event_letter_test",
            to_email=to.email,
            to_name=as_read_by.name if as_read_by else "",
            language=code,
            snapshot=_snapshot(mailing, as_read_by),
        )
    return len(written)


def sample(mailing: Mailing, reader: Recipient | None, language: str) -> Message:
    """A message that is never sent, to look at a letter that need not be saved."""
    name = reader.name if reader else ""
    return Message(kind="event_letter", to_name=name, language=language, snapshot=_snapshot(mailing, reader))


def _snapshot(mailing: Mailing, to: Recipient | None) -> dict[str, Any]:
    """What a mail needs to know: which letter, and whose answer, invitation or block it is about."""
    return {"event": mailing.event_id, "mailing": mailing.pk, **({to.kind: to.pk} if to else {})}


def _request(mailing: Mailing, to: Recipient) -> dict[str, Any]:
    return {
        "key": f"{_stem(mailing)}{to.handle}",
        "kind": "event_letter",
        "to_email": to.email,
        "to_name": to.name,
        "language": to.language,
        "snapshot": _snapshot(mailing, to),
        "delivery": Message.Delivery.AT_MOST_ONCE,
        "priority": Message.Priority.BULK,
    }


def _stem(mailing: Mailing) -> str:
    return f"mailing:{mailing.pk}:"


# --- afterwards -----------------------------------------------------------------------------------------


def mails_of(mailing: Mailing) -> QuerySet[Any]:
    return Message.objects.filter(key__startswith=_stem(mailing))


def counts(mailing: Mailing) -> dict[str, int]:
    """What became of its mails, as numbers."""
    return mails_of(mailing).aggregate(**{name: Count("pk", filter=found) for name, found in COUNTED.items()})


def in_trouble(mailing: Mailing) -> QuerySet[Any]:
    """The mails that did not arrive, or perhaps did not, and those that had no luck at the last attempt."""
    sent_well = Q(sent_at__isnull=False, returned_at=None)
    return mails_of(mailing).exclude(sent_well).exclude(error="").order_by("to_name", "to_email")


def names_of(mails: Iterable[Message]) -> dict[int, str]:
    """Under which name staff know whoever each mail is for; it may be one that must not stand in the mail itself."""
    found: dict[int, str] = {}
    for kind, model in KINDS_OF_READERS.items():
        about = {mail.pk: mail.snapshot[kind] for mail in mails if kind in mail.snapshot}
        names = dict(model.objects.filter(pk__in=about.values()).values_list("pk", "name"))  # type: ignore[attr-defined]
        found |= {mail: names[row] for mail, row in about.items() if row in names}
    return found
