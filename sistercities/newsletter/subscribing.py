"""Asking for the newsletter, confirming, leaving; and forgetting those who did not confirm, or left.

Whoever asks learns nothing of the address that they give: for a new one, one on the list, one that left and one whose
mail comes back the same statements run, and the letter is decided upon when it is written.
"""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sistercities.mail import outbox
from sistercities.mail.addresses import comparable
from sistercities.newsletter.models import AskedFor, Subscriber

State = Subscriber.State
MAILS_IN_ALL, BETWEEN_MAILS = 3, timedelta(days=1)
TIME_TO_CONFIRM = timedelta(days=14)
LEFT_KEPT_FOR = timedelta(days=30)
COUNTS_KEPT_FOR = timedelta(days=365)


@transaction.atomic
def ask(email: str, language: str, nonce: str, *, by_staff: bool = False) -> None:
    """Somebody wants the newsletter at an address: a letter goes there, and nothing else happens.

    An address gets one such letter a day, and three in all until it confirms one; what staff ask for is not counted.
    """
    Subscriber.objects.bulk_create([Subscriber(email=email, language=language)], ignore_conflicts=True)
    if not (_counts_another(email) or by_staff):
        return
    # Of who gets it already, the day on which they asked stays on record: now somebody else may have.
    Subscriber.objects.at(email).exclude(state=State.ACTIVE).update(asked_at=timezone.now())
    asked = {"kind": "newsletter_asked", "to_email": email, "language": language, "snapshot": {}}
    outbox.queue_all([{"key": f"newsletter-asked-{nonce}", **asked}])


def _counts_another(email: str) -> bool:
    """Count a letter to this address; False where it has had enough of them."""
    now, digest = timezone.now(), _digest(email)
    AskedFor.objects.bulk_create([AskedFor(digest=digest)], ignore_conflicts=True)
    count = AskedFor.objects.select_for_update().get(digest=digest)
    if count.mails >= MAILS_IN_ALL or (count.last_at and count.last_at > now - BETWEEN_MAILS):
        return False
    count.mails, count.last_at = count.mails + 1, now
    count.save()
    return True


def has_count(email: str) -> bool:
    """Whether it is known how often mail was asked for at this address."""
    return AskedFor.objects.filter(digest=_digest(email)).exists()


def forget_count(email: str) -> None:
    AskedFor.objects.filter(digest=_digest(email)).delete()


def _digest(email: str) -> str:
    key = settings.SECRET_KEY.encode()[:64]
    return hashlib.blake2b(comparable(email).encode(), key=key, digest_size=16).hexdigest()


def may_confirm(subscriber: Subscriber) -> bool:
    """Whether the letter that asks to confirm is still young enough; who gets the newsletter may look at it again."""
    return subscriber.state == State.ACTIVE or subscriber.asked_at > timezone.now() - TIME_TO_CONFIRM


@transaction.atomic
def confirm(subscriber: Subscriber, language: str) -> None:
    """The newsletter comes from now on, in the language of the page on which this was confirmed."""
    row = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if row.state == State.ACTIVE:
        return
    row.state, row.language, row.confirmed_at, row.left_at = State.ACTIVE, language, timezone.now(), None
    row.bounces, row.bounced_at, row.bounced_since = 0, None, None
    row.save()
    forget_count(row.email)


@transaction.atomic
def leave(subscriber: Subscriber) -> None:
    """No newsletter comes any more, whatever waits in the outbox; links to confirm or to change something die."""
    row = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if row is None or row.state == State.LEFT:
        return
    row.state, row.left_at, row.link_version = State.LEFT, timezone.now(), row.link_version + 1
    row.save()


def speak(subscriber: Subscriber, language: str) -> None:
    """The newsletter comes in another language from now on."""
    Subscriber.objects.filter(pk=subscriber.pk).update(language=language)


def forget() -> int:
    """Delete who did not confirm within two weeks, and who left a month ago; returns how many those were."""
    now = timezone.now()
    unconfirmed = Q(state=State.ASKED)
    gone = Q(state=State.LEFT, left_at__lt=now - LEFT_KEPT_FOR)
    # Who left and asks again has two weeks as well.
    forgotten = Subscriber.objects.filter(unconfirmed | gone, asked_at__lt=now - TIME_TO_CONFIRM).delete()[0]
    AskedFor.objects.filter(last_at__lt=now - COUNTS_KEPT_FOR).delete()
    return forgotten
