"""The outbox: mail is asked for in the transaction of what it tells about, and sent by workers.

Three commits lead to a mail: a worker takes it up, counting the attempt, so that one that kills its worker cannot do so
for ever; it notes ``handed_over_at`` just before the mail server gets it; and it notes what the server said. A lock of
its session (``hands``) tells a mail in hand from one left behind by a worker that died. That goes out; if it had been
handed over, under the same Message-ID; where it may go out once only it is uncertain then, for staff to judge.
"""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from sistercities.mail.delivery import NotSent, Refused, Uncertain, Unreachable, compose, hand_over
from sistercities.mail.fates import Fate, tell
from sistercities.mail.hands import AWAY, hold, let_go
from sistercities.mail.in_time import within
from sistercities.mail.kinds import Overtaken, is_kept, render
from sistercities.mail.models import Message

log = logging.getLogger(__name__)
Fault = Message.Fault
Values = dict[str, Any]
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=6)
LAST_ATTEMPT = 16  # 1, 2, 4 … 256 minutes, then every six hours: two days in all
BLAMELESS = 2  # so often a worker may die over a mail before that is put down to the mail
PATIENCE_SECONDS = 120.0
SECONDS_TO_WRITE = 30.0  # much less than a worker has that is told to stop
UNCERTAIN = gettext_noop("Uncertain: the worker or the connection broke off while this mail was on its way.")
LEFT = gettext_noop("The worker ended while it wrote this mail.")
IN_HAND = {"handed_over_at": None}


class Turn(Enum):
    """What came of a worker's turn."""

    NOTHING_DUE = "nothing is due"
    DEALT_WITH = "a mail is dealt with"
    SERVER_AWAY = "the mail server was out of reach"


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
    """Send what is due, at most ``limit`` mails, until the mail server is out of reach; returns how many went well.

    The longest due goes first, mail in bulk after all others: a newsletter delays no confirmation.
    Any number of workers may call it at once. Raises OperationalError or InterfaceError while the database is away.
    """
    dealt_with = 0
    while dealt_with < limit and send_next() is Turn.DEALT_WITH:
        dealt_with += 1
    return dealt_with


def send_next() -> Turn:
    """Send the mail that is due longest."""
    held: list[Message] = []
    try:
        message = _take_up(held)
        if message is None:
            return Turn.NOTHING_DUE
        mail = _written(message)
        if mail is None or not _is_handed_over(message):
            return Turn.DEALT_WITH
        _record(message, *_fate(message, mail))
        return Turn.SERVER_AWAY if message.fault == Fault.NO_SERVER else Turn.DEALT_WITH
    finally:
        for message in held:
            let_go(message)


def recover() -> int:
    """Take up what a worker left behind when it died; returns how many mails that were."""
    left_behind = 0
    for message in Message.objects.in_hand():
        if not hold(message):
            continue
        try:
            with transaction.atomic():
                same = {"attempts": message.attempts, "handed_over_at": message.handed_over_at}
                fresh = Message.objects.in_hand().filter(pk=message.pk, **same)
                if fresh.select_for_update().first():
                    _note(message, _left_behind(message))
                    left_behind += 1
        finally:
            let_go(message)
    return left_behind


def send_again(messages: QuerySet[Message]) -> int:
    """Staff: send mails once more that were given up, are uncertain or came back; returns how many those were."""
    again = messages.filter(pk__in=Message.objects.may_go_again().values("pk"))
    return again.update(
        sent_at=None,
        failed_at=None,
        returned_at=None,
        looked_after_at=None,
        handed_over_at=None,
        due_since=None,
        attempts=0,
        send_after=timezone.now(),
    )


def look_after(messages: QuerySet[Message]) -> int:
    """Staff: there is nothing more to do about mails that did not arrive; returns how many those were."""
    return messages.filter(pk__in=Message.objects.in_trouble().values("pk")).update(
        looked_after_at=timezone.now()
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


def _take_up(held: list[Message]) -> Message | None:
    """The mail that is due longest, its attempt counted; what is held then has to be let go of."""
    others: list[int] = []
    while True:
        with transaction.atomic():
            due = Message.objects.due().exclude(pk__in=others)
            message: Message | None = due.select_for_update(skip_locked=True).first()
            if message is None:
                return None
            if hold(message):
                held.append(message)
                message.attempts += 1
                message.due_since = message.due_since or message.send_after
                message.fault = Fault.WRITING
                message.save()
                return message
            others.append(message.pk)


def _written(message: Message) -> EmailMessage | None:
    """The mail, or None where it cannot be written now; why is noted."""
    try:
        with transaction.atomic(), within(SECONDS_TO_WRITE):
            return compose(message, render(message))
    except Overtaken:
        _record(message, _given_up("", ""))
    except Refused as reason:
        _record(message, _given_up(Fault.REFUSED, str(reason)), refused=True)
    except Exception as problem:  # code of other floors: one faulty letter must not hold up the rest
        # A query that took too long, or met a deadlock, looks like a database that is away until one asks it.
        if isinstance(problem, AWAY) and not connection.is_usable():
            raise
        log.exception("Mail %s (%s) cannot be written", message.pk, message.kind)
        _record(message, _later(message, Fault.UNWRITABLE, f"{type(problem).__name__}: {problem}"))
    return None


def _is_handed_over(message: Message) -> bool:
    """Note that the server gets it now; False where it was deleted since it was taken up."""
    values = {"handed_over_at": timezone.now(), "fault": ""}
    _assign(message, values)
    return bool(Message.objects.filter(pk=message.pk, sent_at=None, failed_at=None).update(**values))


def _fate(message: Message, mail: EmailMessage) -> tuple[Values, bool]:
    """Hand the mail over; what is to be noted of it, and whether it was refused for good."""
    try:
        hand_over(mail)
    except Refused as reason:
        return _given_up(Fault.REFUSED, str(reason)) | IN_HAND, True
    except Unreachable as reason:
        return _later(message, Fault.NO_SERVER, str(reason)), False
    except NotSent as reason:
        return _later(message, Fault.PUT_OFF, str(reason)), False
    except Uncertain as reason:
        if message.delivery == Message.Delivery.AT_LEAST_ONCE:
            return _later(message, Fault.BROKEN_OFF, str(reason)), False
        return _given_up(Fault.BROKEN_OFF, f"{UNCERTAIN} {reason}"), False
    return {"sent_at": timezone.now(), "failed_at": None, "fault": "", "error": ""}, False


def _left_behind(message: Message) -> Values:
    """What becomes of a mail whose worker died."""
    if message.handed_over_at and message.delivery == Message.Delivery.AT_MOST_ONCE:
        return _given_up(Fault.BROKEN_OFF, UNCERTAIN)
    # Of all that may kill a worker its mail is the least likely, until it happens again. Before that it goes at once,
    # and still before later ones to the same address.
    is_blamed = message.attempts > BLAMELESS
    if message.handed_over_at:
        values = _later(message, Fault.BROKEN_OFF, UNCERTAIN)
    else:
        values = _later(message, Fault.UNWRITABLE if is_blamed else "", LEFT)
    return values if is_blamed else values | {"send_after": timezone.now()}


def _given_up(fault: str, error: str) -> Values:
    return {"failed_at": timezone.now(), "fault": fault, "error": error}


def _later(message: Message, fault: str, error: str) -> Values:
    """Try again after a while, or no more after two days."""
    log.warning("Mail %s (%s), attempt %s: %s", message.pk, message.kind, message.attempts, error)
    if message.attempts >= LAST_ATTEMPT:
        # It may have arrived if it broke off on its way.
        return _given_up(fault, error) | ({} if fault == Fault.BROKEN_OFF else IN_HAND)
    return {
        **IN_HAND,
        "send_after": timezone.now() + delay_after(message.attempts),
        "fault": fault,
        "error": error,
    }


def _assign(message: Message, values: Values) -> None:
    for name, value in values.items():
        setattr(message, name, value)


def _record(message: Message, values: Values, refused: bool = False) -> None:
    """Note what became of a mail. Waits for a database that restarts: forgetting would mean sending it twice."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with transaction.atomic():
                _note(message, values, refused)
            return
        except AWAY:
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _note(message: Message, values: Values, refused: bool = False) -> None:
    """Write down what became of a mail, and tell whoever asked for it if that is the end of it."""
    if not is_kept(message.kind) and (values.get("sent_at") or values.get("failed_at")):
        values = values | {"snapshot": {}, "is_wiped": True}
    # Another worker may have sent it meanwhile if our session broke; that remains true.
    noted = Message.objects.filter(pk=message.pk, sent_at=None).update(**values)
    _assign(message, values)
    if noted and (message.sent_at or message.failed_at):
        tell(message, Fate(message.state, refused, message.error))
