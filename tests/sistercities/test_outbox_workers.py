"""Workers that die, letters that kill them, and a database that goes away."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.utils import timezone

from sistercities.mail import delivery, hands, outbox
from sistercities.mail.kinds import Letter
from sistercities.mail.management.commands.work import Command
from sistercities.mail.models import Message
from tests.sistercities.queued import Killed, again_due, now_in, queue

State = Message.State


@pytest.mark.django_db
def test_confirmation_left_behind_by_a_dead_worker_goes_out(
    letters: Any, mailoutbox: list[EmailMessage]
) -> None:
    message = queue()
    Message.objects.update(handed_over_at=timezone.now(), attempts=1)
    assert outbox.send_due() == 0
    assert outbox.recover() == 1
    assert outbox.send_due() == 1
    assert now_in(message).state == State.SENT


@pytest.mark.django_db
def test_bulk_mail_left_behind_is_uncertain_and_not_sent_again(
    letters: Any, mailoutbox: list[EmailMessage]
) -> None:
    message = queue(delivery=Message.Delivery.AT_MOST_ONCE)
    Message.objects.update(handed_over_at=timezone.now(), attempts=1)
    outbox.recover()
    outbox.send_due()
    assert now_in(message).state == State.UNCERTAIN
    assert not mailoutbox
    assert list(Message.objects.in_trouble()) == [message]


@pytest.mark.django_db(transaction=True)
def test_mail_in_the_hands_of_a_living_worker_is_left_to_it(letters: Any) -> None:
    message = queue()
    Message.objects.update(handed_over_at=timezone.now())
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s, %s)", hands.lock_of(message))
    assert outbox.recover() == 0
    other.close()
    deadline = time.monotonic() + 5
    while not outbox.recover() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert now_in(message).state == State.RETRYING


@pytest.mark.django_db(transaction=True)
def test_worker_waits_for_a_database_that_restarts(
    letters: Any, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connection is cut from outside, as a restart does."""
    message = queue()
    worker = Command()
    worker.stopping = False
    failures = []

    def rest(seconds: float) -> None:
        failures.append(seconds)
        worker.stopping = now_in(message).sent_at is not None

    monkeypatch.setattr(worker, "rest", rest)
    other = connection.copy()
    with connection.cursor() as cursor, other.cursor() as killer:
        cursor.execute("select pg_backend_pid()")
        killer.execute("select pg_terminate_backend(%s)", cursor.fetchone())
    other.close()
    worker.go_on()
    assert len(failures) >= 2
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_sent_mail_is_recorded_even_if_the_database_was_away_meanwhile(
    letters: Any, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queue()

    def cut_the_line(mail: EmailMessage) -> None:
        delivery.hand_over(mail)
        with connection.cursor() as cursor, pytest.raises(OperationalError):
            cursor.execute("select pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(outbox, "hand_over", cut_the_line)
    monkeypatch.setattr(outbox.time, "sleep", lambda seconds: None)
    assert outbox.send_due() == 1
    assert now_in(message).state == State.SENT


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_could_not_be_taken_up_is_let_go(letters: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session goes on, so its lock would keep every other worker from that mail."""
    message = queue()

    def fails(self: Message, *args: Any, **kwargs: Any) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(Message, "save", fails)
    with pytest.raises(OperationalError):
        outbox.send_due()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", hands.lock_of(message))
        assert cursor.fetchone() == (True,)
    other.close()


@pytest.mark.django_db
def test_a_letter_that_kills_its_worker_is_tried_ever_more_rarely_and_then_given_up(
    letters: Any, mailoutbox: list[EmailMessage]
) -> None:
    """Else it would be the first thing the next worker meets, for ever, and nobody would get any mail."""

    def kills(message: Message) -> Letter:
        raise Killed

    letters["poison"] = kills
    poison, sound = queue("a", kind="poison"), queue("b")
    for _time in range(3):
        with pytest.raises(Killed):
            outbox.send_due()
        assert now_in(poison).state == State.ON_ITS_WAY
        assert outbox.recover() == 1
    assert outbox.send_due() == 1
    assert now_in(sound).state == State.SENT
    assert now_in(poison).send_after > timezone.now() + timedelta(minutes=3)
    Message.objects.filter(pk=poison.pk).update(attempts=outbox.LAST_ATTEMPT - 1)
    again_due(poison)
    with pytest.raises(Killed):
        outbox.send_due()
    outbox.recover()
    assert now_in(poison).state == State.GIVEN_UP
    assert now_in(poison).error == outbox.LEFT


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_is_written_in_circles_does_not_hold_up_the_rest(
    letters: Any, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def circles(message: Message) -> Letter:
        while True:  # it is stopped amid a query, and that connection is lost
            Message.objects.count()

    letters["circles"] = circles
    monkeypatch.setattr(outbox, "SECONDS_TO_WRITE", 0.4)
    endless, sound = queue("a", kind="circles"), queue("b")
    assert outbox.send_due() == 2
    assert now_in(sound).state == State.SENT
    assert now_in(endless).fault == Message.Fault.UNWRITABLE
    assert now_in(endless).error == "TookTooLong: not done after 0.4 seconds"


@pytest.mark.django_db
def test_a_mail_that_was_deleted_while_it_was_written_is_not_sent(
    letters: Any, mailoutbox: list[EmailMessage]
) -> None:
    """Somebody had their data erased just then."""

    def erased(message: Message) -> Letter:
        Message.objects.all().delete()
        return Letter("Hello", "")

    letters["plain"] = erased
    queue()
    assert outbox.send_due() == 1
    assert not mailoutbox
