"""Mail: queued once, sent, tried again, given up."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from sistercities.mail import kinds, outbox
from sistercities.mail.kinds import Letter, Overtaken
from sistercities.mail.models import Message
from tests.sistercities.queued import now_in, queue

State = Message.State


@pytest.mark.django_db
def test_mail_is_queued_once_per_key() -> None:
    assert queue("rsvp:1") is not None
    assert (
        outbox.queue(key="rsvp:1", kind="plain", to_email="x@example.org", language="en", snapshot={}) is None
    )
    assert Message.objects.get().to_email == "mei@example.org"


@pytest.mark.django_db
def test_somebody_without_an_address_gets_no_mail() -> None:
    assert outbox.queue(key="phone", kind="plain", to_email="", language="en", snapshot={}) is None
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_mail_is_not_asked_for_when_its_reason_is_rolled_back() -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_due_mail_goes_out_and_is_marked_sent(letters: Any, mailoutbox: list[EmailMessage]) -> None:
    message = queue(to_name="Mei Chen")
    assert outbox.send_due() == 1
    assert now_in(message).state == State.SENT
    assert [mail.body.strip() for mail in mailoutbox] == ["Dear Mei Chen"]
    assert outbox.send_due() == 0


@pytest.mark.django_db
def test_reminder_waits_for_its_time(letters: Any, mailoutbox: list[EmailMessage]) -> None:
    message = queue(send_after=timezone.now() + timedelta(hours=1))
    assert outbox.send_due() == 0
    Message.objects.update(send_after=timezone.now())
    assert outbox.send_due() == 1
    assert now_in(message).sent_at


@pytest.mark.django_db
def test_one_faulty_letter_does_not_hold_up_the_rest(letters: Any, mailoutbox: list[EmailMessage]) -> None:
    letters["faulty"] = lambda message: 1 / 0
    faulty, sound = queue("a", kind="faulty"), queue("b")
    assert outbox.send_due() == 2
    assert now_in(sound).state == State.SENT
    assert now_in(faulty).state == State.RETRYING
    assert now_in(faulty).error == "ZeroDivisionError: division by zero"
    assert now_in(faulty).send_after > timezone.now()
    assert list(Message.objects.in_trouble()) == [faulty]


@pytest.mark.django_db
def test_letter_whose_query_fails_is_tried_again_later(letters: Any) -> None:
    letters["faulty"] = lambda message: connection.cursor().execute("select 1/0")
    faulty = queue(kind="faulty")
    outbox.send_due()
    assert now_in(faulty).state == State.RETRYING


@pytest.mark.django_db
def test_letter_whose_query_takes_too_long_does_not_hold_up_the_rest(
    letters: Any, mailoutbox: list[EmailMessage]
) -> None:
    """PostgreSQL reports that as it reports being away; yet it is there, and the next letter can go."""

    def slow(message: Message) -> Letter:
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 20")
            cursor.execute("select pg_sleep(5)")
        return Letter("Late", "")

    letters["slow"] = slow
    late, sound = queue("a", kind="slow"), queue("b")
    assert outbox.send_due() == 2
    assert now_in(sound).state == State.SENT
    assert now_in(late).state == State.RETRYING
    assert now_in(late).attempts == 1
    assert "timeout" in now_in(late).error


@pytest.mark.django_db
def test_kind_that_nobody_can_write_shows_as_trouble(letters: Any) -> None:
    message = queue(kind="telegram")
    outbox.send_due()
    assert "telegram" in now_in(message).error


@pytest.mark.django_db
def test_overtaken_letter_is_not_sent_and_is_no_trouble(letters: Any, mailoutbox: list[EmailMessage]) -> None:
    def overtaken(message: Message) -> Letter:
        raise Overtaken

    letters["old"] = overtaken
    message = queue(kind="old")
    outbox.send_due()
    assert now_in(message).state == State.OVERTAKEN
    assert not mailoutbox
    assert not Message.objects.in_trouble().exists()


@pytest.mark.django_db
def test_bad_address_is_given_up_at_once(letters: Any) -> None:
    message = queue(to_email="nobody at all")
    outbox.send_due()
    assert now_in(message).state == State.GIVEN_UP
    assert "nobody at all" in now_in(message).error


@pytest.mark.django_db
def test_attempts_grow_rarer_and_end_after_two_days() -> None:
    delays = [outbox.delay_after(attempts) for attempts in range(1, outbox.LAST_ATTEMPT)]
    assert delays[0] == timedelta(minutes=1)
    assert delays == sorted(delays)
    assert timedelta(hours=40) < sum(delays, timedelta()) < timedelta(hours=60)


@pytest.mark.django_db
def test_last_attempt_is_the_last(letters: Any) -> None:
    letters["faulty"] = lambda message: 1 / 0
    message = queue(kind="faulty")
    Message.objects.update(attempts=outbox.LAST_ATTEMPT - 1)
    outbox.send_due()
    assert now_in(message).state == State.GIVEN_UP
    assert outbox.send_again(Message.objects.all()) == 1
    assert now_in(message).state == State.RETRYING


@pytest.mark.django_db
def test_a_code_is_wiped_from_the_outbox_once_its_mail_is_sent_or_given_up(
    letters: Any, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "_keeping_nothing", set())
    letters["code"] = lambda message: Letter("Your code", message.snapshot["code"])
    kinds.keeps_nothing("code")
    secret = {"kind": "code", "snapshot": {"code": "QX7P-42"}}
    sent, refused, kept = queue("a", **secret), queue("b", to_email="nobody at all", **secret), queue("c")
    left = queue("d", delivery=Message.Delivery.AT_MOST_ONCE, **secret)
    Message.objects.filter(pk=left.pk).update(handed_over_at=timezone.now())
    Message.objects.filter(pk=kept.pk).update(snapshot={"guests": 2})
    outbox.recover()
    outbox.send_due()
    assert [mail.body.strip() for mail in mailoutbox] == ["QX7P-42", "Dear"]
    assert [now_in(each).snapshot for each in (sent, refused, left, kept)] == [{}, {}, {}, {"guests": 2}]
