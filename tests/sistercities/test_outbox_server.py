"""What a mail server may answer, and what becomes of the mail then."""

import smtplib
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from sistercities.mail import delivery, outbox
from sistercities.mail.management.commands.work import Command
from sistercities.mail.models import Message
from tests.post import Post
from tests.sistercities.queued import now_in, queue

State = Message.State


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_refusal_for_good_is_given_up_with_the_servers_words(letters: Any, server: Post, stage: str) -> None:
    server.answers[stage] = "550 5.1.1 No such mailbox"
    message = queue()
    outbox.send_due()
    assert now_in(message).state == State.GIVEN_UP
    assert now_in(message).error == "550 5.1.1 No such mailbox"


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_refusal_for_now_is_tried_again(letters: Any, server: Post, stage: str) -> None:
    server.answers[stage] = "451 4.7.1 Greylisted"
    message = queue()
    outbox.send_due()
    assert now_in(message).state == State.RETRYING
    server.answers.clear()
    Message.objects.update(send_after=timezone.now())
    outbox.send_due()
    assert now_in(message).state == State.SENT
    assert now_in(message).attempts == 2


@pytest.mark.django_db
def test_refused_sender_is_ours_to_mend_and_tried_again(letters: Any, server: Post) -> None:
    server.answers["MAIL"] = "553 Not your domain"
    message = queue()
    outbox.send_due()
    assert now_in(message).state == State.RETRYING
    assert "553" in now_in(message).error


@pytest.mark.django_db
def test_absent_server_is_tried_again(letters: Any, server: Post, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    message = queue(delivery=Message.Delivery.AT_MOST_ONCE)
    outbox.send_due()
    assert now_in(message).state == State.RETRYING


@pytest.mark.django_db
def test_a_server_that_is_away_costs_one_letter_an_attempt_and_not_all(
    letters: Any, server: Post, settings: Any
) -> None:
    settings.EMAIL_PORT = 1
    first, second = queue("a"), queue("b", to_email="lan@example.org")
    assert outbox.send_due() == 0
    assert now_in(first).fault == Message.Fault.NO_SERVER
    assert [now_in(each).attempts for each in (first, second)] == [1, 0]


@pytest.mark.django_db
def test_a_server_that_shuts_down_is_away(letters: Any, server: Post) -> None:
    server.answers["RCPT"] = "421 4.3.2 Shutting down"
    message = queue()
    assert outbox.send_due() == 0
    assert now_in(message).fault == Message.Fault.NO_SERVER


@pytest.mark.django_db
def test_a_line_that_breaks_before_the_mail_was_on_it_leaves_nothing_uncertain(
    letters: Any, server: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **kwargs: Any) -> None:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    monkeypatch.setattr(smtplib.SMTP, "rcpt", gone)
    message = queue(delivery=Message.Delivery.AT_MOST_ONCE)
    outbox.send_due()
    assert now_in(message).state == State.RETRYING


@pytest.mark.django_db
def test_the_worker_asks_a_server_that_is_away_ever_more_rarely(
    letters: Any, server: Post, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_PORT = 1
    worker = Command()
    worker.stopping, rests = False, list[float]()

    def rest(seconds: float) -> None:
        rests.append(seconds)
        Message.objects.update(send_after=timezone.now())
        worker.stopping = len(rests) == 7

    monkeypatch.setattr(worker, "rest", rest)
    queue()
    worker.go_on()
    assert rests == [1, 2, 4, 8, 16, 30, 30]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("promise", "state"),
    [(Message.Delivery.AT_LEAST_ONCE, State.RETRYING), (Message.Delivery.AT_MOST_ONCE, State.UNCERTAIN)],
)
def test_line_that_breaks_leaves_bulk_mail_uncertain(
    letters: Any, monkeypatch: pytest.MonkeyPatch, promise: str, state: str
) -> None:
    def breaks(mail: EmailMessage) -> None:
        raise delivery.Uncertain("Connection unexpectedly closed")

    monkeypatch.setattr(outbox, "hand_over", breaks)
    message = queue(delivery=promise)
    outbox.send_due()
    assert now_in(message).state == state


@pytest.mark.django_db
def test_disconnection_amid_the_mail_counts_as_uncertain(
    letters: Any, server: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **kwargs: Any) -> None:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    monkeypatch.setattr(smtplib.SMTP, "data", gone)
    with pytest.raises(delivery.Uncertain):
        delivery.hand_over(EmailMessage("a", "b", to=["c@example.org"]))
