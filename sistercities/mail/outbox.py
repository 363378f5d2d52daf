"""The outbox: mail is asked for in the transaction of what it tells about, and sent by workers.

``handed_over_at`` is committed just before the mail server gets a mail, and a lock of the worker's database session
marks it as in its hands. When a worker dies its session ends, so the lock tells a mail on its way from one left behind.
Left behind, a mail of the kind "at least once" goes out again under the same Message-ID, while one of the kind "at most
once" is given up as uncertain, for staff to judge.
"""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from sistercities.mail.delivery import NotSent, Refused, Uncertain, compose, hand_over
from sistercities.mail.fates import Fate, tell
from sistercities.mail.kinds import Overtaken, is_wiped, render
from sistercities.mail.models import Message

log = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)  # what a database that restarts looks like
LOCK_SPACE = 7401  # so that our session locks meet nobody else's
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=6)
LAST_ATTEMPT = 16  # 1, 2, 4 … 256 minutes, then every six hours: two days in all
PATIENCE_SECONDS = 120.0
UNCERTAIN = "Uncertain: the worker or the connection broke off while this mail was on its way."


def queue(
    *,
    key: str,
    kind: str,
    to_email: str,
    to_name: str = "",
    language: str,
    snapshot: dict[str, Any],
    delivery: str = Message.Delivery.AT_LEAST_ONCE,
    priority: int = Message.Priority.PERSONAL,
    send_after: datetime | None = None,
) -> Message | None:
    """Ask for a mail, in the caller's transaction: it is asked for if, and only if, that is committed.

    A key is queued once: for a second time, and for somebody without an address, None comes back. ``send_after`` sets
    the earliest moment, for reminders.
    """
    if not to_email:
        return None
    asked = {
        "kind": kind,
        "to_email": to_email,
        "to_name": to_name,
        "language": language,
        "snapshot": snapshot,
        "delivery": delivery,
        "priority": priority,
        "send_after": send_after or timezone.now(),
    }
    message, is_new = Message.objects.get_or_create(key=key, defaults=asked)
    return message if is_new else None


def queue_all(requests: Iterable[dict[str, Any]]) -> None:
    """Ask for many mails, a thousand with each statement; each request is what ``queue`` takes, by name."""
    messages = [Message(**request) for request in requests if request["to_email"]]
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=1000)


def send_due(limit: int = 100) -> int:
    """Send what is due, at most ``limit`` mails; returns how many were dealt with.

    The longest due goes first, mail in bulk after all others: a newsletter delays no confirmation.

    Any number of workers may call it at once. Raises OperationalError or InterfaceError while the database is away.
    """
    dealt_with = 0
    while dealt_with < limit and _send_next():
        dealt_with += 1
    return dealt_with


def recover() -> int:
    """Take up what a worker left behind when it died; returns how many mails that were."""
    left_behind = 0
    for message in Message.objects.on_their_way():
        if not _hold(message):
            continue
        try:
            fresh = Message.objects.on_their_way().filter(
                pk=message.pk, handed_over_at=message.handed_over_at
            )
            if message.delivery == Message.Delivery.AT_LEAST_ONCE:
                left_behind += fresh.update(handed_over_at=None)
            else:
                wiped: dict[str, Any] = {"snapshot": {}} if is_wiped(message.kind) else {}
                left_behind += fresh.update(failed_at=timezone.now(), error=UNCERTAIN, **wiped)
        finally:
            _let_go(message)
    return left_behind


def send_again(messages: QuerySet[Message]) -> int:
    """Staff: try mails once more that were given up; returns how many those were."""
    return messages.exclude(failed_at=None).update(
        failed_at=None, handed_over_at=None, attempts=0, send_after=timezone.now()
    )


def note_return(message: Message, words: str) -> bool:
    """A report says that a mail came back for good: note it once, and tell. False where that is known already."""
    with transaction.atomic():
        given = Message.objects.filter(pk=message.pk, returned_at=None).exclude(handed_over_at=None)
        values = {"returned_at": timezone.now(), "error": words}
        if not given.exclude(sent_at=None, failed_at=None).update(**values):
            return False
        _assign(message, values)
        tell(message, Fate(message.state, refused=True, words=words))
    return True


def delay_after(attempts: int) -> timedelta:
    """How long to wait after that many attempts in vain."""
    return min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)


# --- one mail -------------------------------------------------------------------------------------------


def _send_next() -> bool:
    """Send the mail that is due longest; False if there is none."""
    held = None
    try:
        with transaction.atomic():
            message = Message.objects.due().select_for_update(skip_locked=True).first()
            if message is None or not _hold(message):
                return False
            held = message
            message.attempts += 1
            mail = _written(message)
            if mail is not None:
                message.handed_over_at = timezone.now()
            elif message.failed_at and is_wiped(message.kind):
                message.snapshot = {}
            message.save()
        if mail is not None:
            _record(message, *_fate(message, mail))
    finally:
        if held is not None:
            _let_go(held)
    return True


def _written(message: Message) -> EmailMessage | None:
    """The mail, or None where it cannot be written now; why is noted on the message."""
    try:
        with transaction.atomic():  # so that a failed query leaves the outer transaction whole
            return compose(message, render(message))
    except Overtaken:
        _assign(message, _given_up(""))
        tell(message, Fate(Message.State.OVERTAKEN))
    except Refused as reason:
        _assign(message, _given_up(str(reason)))
        tell(message, Fate(Message.State.GIVEN_UP, refused=True, words=message.error))
    except Exception as problem:  # code of other floors: one faulty letter must not hold up the rest
        # A query that took too long, or met a deadlock, looks like a database that is away until one asks it.
        if isinstance(problem, AWAY) and not connection.is_usable():
            raise
        log.exception("Mail %s (%s) cannot be written", message.pk, message.kind)
        _assign(message, _later(message, f"{type(problem).__name__}: {problem}"))
    return None


def _fate(message: Message, mail: EmailMessage) -> tuple[dict[str, Any], bool]:
    """Hand the mail over; what is to be noted of it, and whether it was refused for good."""
    try:
        hand_over(mail)
    except Refused as reason:
        return _given_up(str(reason)) | {"handed_over_at": None}, True
    except NotSent as reason:
        return _later(message, str(reason)), False
    except Uncertain as reason:
        if message.delivery == Message.Delivery.AT_LEAST_ONCE:
            return _later(message, str(reason)), False
        return _given_up(f"{UNCERTAIN} {reason}"), False
    return {"sent_at": timezone.now(), "failed_at": None, "error": ""}, False


def _given_up(error: str) -> dict[str, Any]:
    return {"failed_at": timezone.now(), "error": error}


def _later(message: Message, error: str) -> dict[str, Any]:
    """Try again after a while, or no more after two days."""
    log.warning("Mail %s (%s), attempt %s: %s", message.pk, message.kind, message.attempts, error)
    if message.attempts >= LAST_ATTEMPT:
        return _given_up(error) | {"handed_over_at": None}
    return {
        "handed_over_at": None,
        "send_after": timezone.now() + delay_after(message.attempts),
        "error": error,
    }


def _assign(message: Message, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(message, name, value)


def _record(message: Message, values: dict[str, Any], refused: bool = False) -> None:
    """Note what became of a mail. Waits for a database that restarts: forgetting would mean sending it twice."""
    if is_wiped(message.kind) and (values.get("sent_at") or values.get("failed_at")):
        values = values | {"snapshot": {}}
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with transaction.atomic():
                # Another worker may have sent it meanwhile if our session broke; that remains true.
                noted = Message.objects.filter(pk=message.pk, sent_at=None).update(**values)
                _assign(message, values)
                if noted and (message.sent_at or message.failed_at):
                    tell(message, Fate(message.state, refused, message.error))
            return
        except AWAY:
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _hold(message: Message) -> bool:
    """Mark a mail as in the hands of this session; False if it is in another's."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", _lock_of(message))
        return cursor.fetchone() == (True,)


def _let_go(message: Message) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", _lock_of(message))
    except AWAY:
        connection.close()  # which lets go as well


def _lock_of(message: Message) -> list[int]:
    return [LOCK_SPACE, message.pk % 2**31]
