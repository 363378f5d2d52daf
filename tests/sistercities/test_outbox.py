"""Mail: queued once, sent, tried again, given up; and nothing is lost when workers are killed."""

import os
import smtplib
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from sistercities.mail import delivery, hands, kinds, outbox
from sistercities.mail.delivery import compose, one_line
from sistercities.mail.kinds import Attachment, Letter, Overtaken
from sistercities.mail.management.commands.work import Command
from sistercities.mail.models import Message
from tests.post import Post

State = Message.State


class Killed(BaseException):
    """What nothing can catch, as far as a test can have it."""


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Kinds of mail for these tests alone."""
    made: dict[str, Any] = {"plain": lambda message: Letter("Hello", f"Dear {message.to_name}")}
    monkeypatch.setattr(kinds, "_renderers", made)
    return made


@pytest.fixture
def server(settings: Any) -> Iterator[Post]:
    with Post() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = post.host, post.port
        yield post


def queue(key: str = "a", **fields: Any) -> Message:
    asked = {"kind": "plain", "to_email": "mei@example.org", "language": "en", "snapshot": {}, **fields}
    message = outbox.queue(key=key, **asked)
    assert message is not None
    return message


def now_in(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


# --- asking for a mail ----------------------------------------------------------------------------------


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


# --- in the order in which they were asked for ----------------------------------------------------------


def again_due(message: Message) -> None:
    """Its next attempt has come."""
    Message.objects.filter(pk=message.pk).update(send_after=timezone.now() - timedelta(days=9))


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


# --- sending --------------------------------------------------------------------------------------------


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


# --- what a mail server may answer ----------------------------------------------------------------------


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


# --- workers that die -----------------------------------------------------------------------------------


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


# --- headers --------------------------------------------------------------------------------------------


def message_to(name: str, **fields: Any) -> Message:
    return Message(
        key="k", kind="plain", to_email="mei@example.org", to_name=name, **{"language": "en", **fields}
    )


def test_names_cannot_break_headers() -> None:
    mail = compose(message_to("Mei\r\nBcc: all@example.org\u202e"), Letter("One\nTwo", "text")).message()
    assert mail["Bcc"] is None
    assert mail["Subject"] == "One Two"
    assert "\u202e" not in str(mail)


@pytest.mark.parametrize("name", ["Chen, Mei", 'Mei "May" Chen', "梁灵光", "Zoë O’Hara <x@y>", "@", ""])
def test_any_name_leaves_the_address_whole(name: str) -> None:
    mail = compose(message_to(name), Letter("s", "t"))
    assert mail.recipients() == [mail.to[0]]
    sent = mail.message()["To"]
    assert sent.endswith("mei@example.org>") or sent == "mei@example.org"


def test_machines_are_told_not_to_answer(settings: Any) -> None:
    settings.MAIL_REPLY_TO = "office@sistercities.example"
    mail = compose(message_to("梁文", language="zh-hans"), Letter("s", "t")).message()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] == "office@sistercities.example"
    assert mail["Content-Language"] == "zh-Hans"


def test_one_line_keeps_both_scripts() -> None:
    assert one_line(" Mei\t Chen\u2028陈梅\x00 ") == "Mei Chen 陈梅"


def test_message_id_is_the_same_for_every_attempt() -> None:
    assert message_to("a").message_id == message_to("b").message_id
    assert message_to("a").message_id.endswith(f"@{os.environ.get('SITE_HOST', '127.0.0.1')}>")


def test_attachment_travels_with_its_kind() -> None:
    letter = Letter("s", "t", "<p>t</p>", (Attachment("a.ics", b"BEGIN", "text/calendar; method=CANCEL"),))
    sent = compose(message_to("Mei"), letter).message()
    kinds_sent = [part.get_content_type() for part in sent.walk()]
    assert kinds_sent == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert 'method="CANCEL"' in sent.as_string() or "method=CANCEL" in sent.as_string()
