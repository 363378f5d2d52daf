"""Asking for a mail in tests, and looking at it again."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from sistercities.mail import outbox
from sistercities.mail.models import Message


class Killed(BaseException):
    """What nothing can catch, as far as a test can have it."""


def queue(key: str = "a", **fields: Any) -> Message:
    asked = {"kind": "plain", "to_email": "mei@example.org", "language": "en", "snapshot": {}, **fields}
    message = outbox.queue(key=key, **asked)
    assert message is not None
    return message


def now_in(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def again_due(message: Message) -> None:
    """Its next attempt has come."""
    Message.objects.filter(pk=message.pk).update(send_after=timezone.now() - timedelta(days=9))
