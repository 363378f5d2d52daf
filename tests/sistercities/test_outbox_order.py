"""What one address gets keeps its order; who waits for whom, and who does not."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from sistercities.mail import outbox
from sistercities.mail.kinds import Letter
from sistercities.mail.models import Message
from tests.post import Post
from tests.sistercities.queued import Killed, again_due, now_in, queue

State = Message.State


@pytest.mark.django_db
def test_a_later_mail_waits_while_an_earlier_one_to_the_same_address_waits_for_another_attempt(
    letters: Any, server: Post
) -> None:
    server.answers["RCPT"] = "451 4.7.1 Greylisted"
    first = queue("a")
    later, other = queue("b", to_email="Mei@Example.ORG"), queue("c", to_email="lan@example.org")
    outbox.send_due(limit=1)
    server.answers.clear()
    assert outbox.send_due() == 1
    assert [now_in(each).state for each in (first, later, other)] == [
        State.RETRYING,
        State.WAITING,
        State.SENT,
    ]
    again_due(first)
    assert outbox.send_due() == 2
    assert now_in(first).sent_at < now_in(later).sent_at  # type: ignore[operator]


@pytest.mark.django_db
def test_the_earlier_mail_goes_first_though_the_later_one_is_due_longer(
    letters: Any, mailoutbox: list[EmailMessage]
) -> None:
    """A reminder was asked for days ago, for this morning; a change came yesterday; the worker was away since then."""
    now = timezone.now()
    queue("reminder", to_name="first", send_after=now - timedelta(hours=1))
    queue("change", to_name="second", send_after=now - timedelta(hours=20))
    outbox.send_due()
    assert [mail.body.strip() for mail in mailoutbox] == ["Dear first", "Dear second"]


@pytest.mark.django_db
def test_a_reminder_for_a_later_day_keeps_nothing_back(letters: Any, mailoutbox: list[EmailMessage]) -> None:
    queue("reminder", send_after=timezone.now() + timedelta(days=3))
    change = queue("change")
    outbox.send_due()
    assert now_in(change).state == State.SENT


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["writes", "hands over"])
def test_a_worker_that_dies_changes_no_order(
    letters: Any, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def dies(*args: Any) -> Letter:
        raise Killed

    queue("a", to_name="first")
    queue("b", to_name="second")
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "render" if stage == "writes" else "hand_over", dies)
        with pytest.raises(Killed):
            outbox.send_due()
    assert outbox.recover() == 1
    assert outbox.send_due() == 2
    assert [mail.body.strip() for mail in mailoutbox] == ["Dear first", "Dear second"]


@pytest.mark.django_db
def test_a_letter_that_cannot_be_written_keeps_no_other_to_the_same_address_back(
    letters: Any, mailoutbox: list[EmailMessage]
) -> None:
    letters["faulty"] = lambda message: 1 / 0
    faulty, sound = queue("a", kind="faulty"), queue("b")
    outbox.send_due()
    assert [now_in(each).state for each in (faulty, sound)] == [State.RETRYING, State.SENT]
    assert now_in(faulty).fault == Message.Fault.UNWRITABLE


@pytest.mark.django_db
def test_mail_in_bulk_keeps_no_letter_to_the_same_address_back(letters: Any, server: Post) -> None:
    server.answers["RCPT"] = "451 4.7.1 Greylisted"
    queue("newsletter", priority=Message.Priority.BULK)
    outbox.send_due()
    server.answers.clear()
    confirmation = queue("confirmation")
    outbox.send_due()
    assert now_in(confirmation).state == State.SENT


@pytest.mark.django_db
def test_what_was_given_up_keeps_nothing_back(letters: Any, server: Post) -> None:
    server.answers["RCPT"] = "550 5.2.2 Mailbox full"
    queue("a")
    outbox.send_due()
    server.answers.clear()
    later = queue("b")
    outbox.send_due()
    assert now_in(later).state == State.SENT


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_sends_no_later_mail_while_the_first_has_the_earlier_one_in_hand(
    letters: Any, mailoutbox: list[EmailMessage]
) -> None:
    """Both while it is being written and while the mail server has it."""
    at_work: list[int] = []

    def meanwhile(message: Message) -> Letter:
        if message.key == "a":
            at_work.append(Message.objects.due().count())
            Message.objects.filter(pk=message.pk).update(fault="", handed_over_at=timezone.now())
            at_work.append(Message.objects.due().count())
        return Letter("Hello", "")

    letters["plain"] = meanwhile
    queue("a")
    queue("b")
    assert outbox.send_due() == 2
    assert at_work == [0, 0]
