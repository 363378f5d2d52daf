"""Sending a newsletter: frozen by one press, queued in batches by the worker, counted until all is done.

A batch and the place up to which readers have theirs are committed together, and each mail has a key that can be queued
once: whatever is killed goes on where it was. The mails themselves go out at most once.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sistercities.mail import outbox
from sistercities.mail.models import Message
from sistercities.newsletter.composing import content_for, pages_in
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.pages.bilingual import languages, texts

BATCH = 500
MAILS_KEPT_FOR = timedelta(days=30)
State = Newsletter.State


class NotReady(Exception):
    """It cannot go out; the reason is for whoever wants to send it."""


def readers() -> dict[str, int]:
    """How many get a newsletter now, by language."""
    found = dict.fromkeys(languages(), 0)
    rows = Subscriber.objects.reading().order_by().values_list("language")
    return found | dict(rows.annotate(number=Count("pk")))


def why_not(newsletter: Newsletter) -> str:
    """Why it cannot go out; empty where it can."""
    if not newsletter.is_draft:
        return _("This newsletter has been sent.")
    if not texts(newsletter, "subject"):
        return _("A newsletter that goes out needs a subject.")
    if not pages_in(newsletter) and not texts(newsletter, "greeting"):
        return _("There is nothing in it.")
    return "" if sum(readers().values()) else _("Nobody gets the newsletter yet.")


@transaction.atomic
def begin(newsletter: Newsletter, by: Any = None) -> Newsletter:
    """Freeze what each language gets; from here on nothing changes it or takes it back. Raises NotReady."""
    row = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if reason := why_not(row):
        raise NotReady(reason)
    pages = pages_in(row)
    row.frozen = {code: content_for(row, code, pages) for code in languages()}
    row.state, row.sending_at, row.sent_by = State.SENDING, timezone.now(), by
    row.recipients = sum(readers().values())
    row.save()
    return row


def go_on(batches: int) -> None:
    """Queue some batches for each newsletter that is being sent, and note which are finished."""
    for newsletter in Newsletter.objects.filter(state=State.SENDING).order_by("sending_at"):
        left = batches
        while left and _queue_batch(newsletter.pk):
            left -= 1
        if left:
            _finish(newsletter)


@transaction.atomic
def _queue_batch(pk: int) -> bool:
    """Ask for the next mails of a newsletter; False where there are none, or another worker asks for them now."""
    row = Newsletter.objects.filter(pk=pk, state=State.SENDING).select_for_update(skip_locked=True).first()
    if row is None:
        return False
    batch = list(_next_readers(row)[:BATCH])
    if not batch:
        return False
    outbox.queue_all(_request(row, reader) for reader in batch)
    row.queued_to = batch[-1].pk
    row.save(update_fields=["queued_to"])
    return True


def _next_readers(newsletter: Newsletter) -> QuerySet[Subscriber]:
    confirmed = Subscriber.objects.reading().filter(confirmed_at__lte=newsletter.sending_at)
    return confirmed.filter(pk__gt=newsletter.queued_to).order_by("pk")


def _request(newsletter: Newsletter, reader: Subscriber) -> dict[str, Any]:
    return {
        "key": f"{newsletter.key_stem}{reader.pk}",
        "kind": "newsletter",
        "to_email": reader.email,
        "language": reader.language,
        "snapshot": {"newsletter": newsletter.pk, "subscriber": reader.pk},
        "delivery": Message.Delivery.AT_MOST_ONCE,
        "priority": Message.Priority.BULK,
    }


def _finish(newsletter: Newsletter) -> None:
    """Note that all its mails have met their fate."""
    newsletter.refresh_from_db()
    if newsletter.state == State.SENDING and not _next_readers(newsletter).exists():
        mails = Message.objects.filter(key__startswith=newsletter.key_stem)
        if not mails.waiting().exists():
            done = {"state": State.SENT, "sent_at": timezone.now(), "recipients": mails.count()}
            Newsletter.objects.filter(pk=newsletter.pk, state=State.SENDING).update(**done)


def counts(newsletter: Newsletter) -> dict[str, int]:
    """What became of its mails, as numbers."""
    if newsletter.tally:
        return dict(newsletter.tally)
    refused = Q(failed_at__isnull=False, handed_over_at=None) & ~Q(error="")
    found = Message.objects.filter(key__startswith=newsletter.key_stem).aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False, returned_at=None)),
        waiting=Count("pk", filter=Q(sent_at=None, failed_at=None)),
        came_back=Count("pk", filter=Q(returned_at__isnull=False) | refused),
        uncertain=Count(
            "pk", filter=Q(failed_at__isnull=False, handed_over_at__isnull=False, returned_at=None)
        ),
        overtaken=Count("pk", filter=Q(failed_at__isnull=False, error="")),
    )
    if newsletter.state == State.SENDING:
        found["waiting"] += _next_readers(newsletter).count()
    return found


def forget_mails() -> None:
    """A month after it was sent nobody needs to know any more to whom a newsletter went: only the numbers stay."""
    long_ago = timezone.now() - MAILS_KEPT_FOR
    for newsletter in Newsletter.objects.filter(state=State.SENT, sent_at__lt=long_ago, tally={}):
        with transaction.atomic():
            newsletter.tally = counts(newsletter)
            newsletter.save(update_fields=["tally"])
            Message.objects.filter(key__startswith=newsletter.key_stem).delete()
    asked = Message.objects.filter(kind__in=["newsletter_asked", "newsletter_test"], created_at__lt=long_ago)
    asked.delete()
