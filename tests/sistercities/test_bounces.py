"""Mail that comes back: told by the mail server at once, or by a report that arrives days later."""

import mailbox
from datetime import timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from sistercities.mail import bounces, kinds, outbox
from sistercities.mail.fates import Fate
from sistercities.mail.kinds import Letter
from sistercities.mail.management.commands.read_bounces import take
from sistercities.mail.models import Message
from sistercities.newsletter import returning
from sistercities.newsletter.models import Subscriber

pytestmark = pytest.mark.django_db
State = Subscriber.State

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/{status_type}

Reporting-MTA: dns; mail.example
X-Postfix-Queue-ID: 4XyZ
Arrival-Date: Sun, 22 Nov 2026 08:00:00 +0000 (UTC)

Final-Recipient: rfc822; mei@example.org
Original-Recipient: rfc822;mei@example.org
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 {status} <mei@example.org>: Recipient address
    rejected: User unknown

--B
Content-Type: {original}

From: Office <office@sistercities.example>
Subject: Winter news
Message-ID: {message_id}

--B--
"""


def report(
    message: Message | None = None,
    *,
    to: str = "bounces@sistercities.example",
    action: str = "failed",
    status: str = "5.1.1",
    original: str = "text/rfc822-headers",
    status_type: str = "delivery-status",
    message_id: str = "",
) -> bytes:
    quoted = message_id or (message.message_id if message else "<other@example.net>")
    parts = {"to": to, "action": action, "status": status, "original": original, "status_type": status_type}
    return POSTFIX.format(message_id=quoted, **parts).encode()


def reader(**fields: Any) -> Subscriber:
    values = {"state": State.ACTIVE, "confirmed_at": timezone.now() - timedelta(days=60), **fields}
    return Subscriber.objects.create(email="mei@example.org", **values)


def mail_to(subscriber: Subscriber, **fields: Any) -> Message:
    """A newsletter that the mail server took."""
    now = timezone.now()
    count = Message.objects.count()
    asked = {
        "key": f"newsletter-1-{count}",
        "kind": "newsletter",
        "to_email": subscriber.email,
        "priority": 1,
    }
    snapshot = {"newsletter": 1, "subscriber": subscriber.pk}
    return Message.objects.create(
        **asked, snapshot=snapshot, **{"handed_over_at": now, "sent_at": now, **fields}
    )


def now_in(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


# --- reports ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("original", ["text/rfc822-headers", "message/rfc822"])
@pytest.mark.parametrize("status_type", ["delivery-status", "global-delivery-status"])
def test_report_is_matched_by_the_message_id_that_it_quotes(original: str, status_type: str) -> None:
    mail_to(reader())
    message = mail_to(Subscriber.objects.get())
    assert take(report(message, original=original, status_type=status_type), "") == "noted"
    assert now_in(message).state == Message.State.RETURNED
    assert now_in(message).error.startswith(
        "5.1.1 smtp; 550 5.1.1 <mei@example.org>: Recipient address rejected"
    )
    assert Message.objects.filter(returned_at=None).count() == 1


def test_report_is_matched_by_the_address_to_which_it_came_back(settings: Any) -> None:
    settings.MAIL_BOUNCES = "bounces@sistercities.example"
    message = mail_to(reader())
    own = bounces.returns_to(message)
    assert own.startswith(f"bounces+{message.pk}-")
    assert take(report(to=own.upper()), "") == "noted"
    assert take(report(to=own), "") == "known already"
    second = mail_to(Subscriber.objects.get())
    assert take(report(), bounces.returns_to(second)) == "noted"


def test_forged_return_address_opens_nothing(settings: Any) -> None:
    settings.MAIL_BOUNCES = "bounces@sistercities.example"
    message = mail_to(reader())
    forged = f"bounces+{message.pk}-{'0' * 16}@sistercities.example"
    assert take(report(to=forged), forged) == "passed over: about no mail of ours"
    assert now_in(message).state == Message.State.SENT


def test_return_address_of_an_older_key_is_still_known(settings: Any) -> None:
    settings.MAIL_BOUNCES, settings.LINK_KEYS = "bounces@sistercities.example", ["old"]
    message = mail_to(reader())
    own = bounces.returns_to(message)
    settings.LINK_KEYS = ["new", "old"]
    assert take(report(to=own), "") == "noted"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no report"),
        (b"\xff\xfe\x00 nonsense", "no report"),
        (b"Subject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday.", "no report"),
        (report(action="delayed", status="4.4.1"), "no report"),
        (report(action="delivered", status="2.0.0"), "no report"),
        (report(), "no mail of ours"),
        (report(message_id="<a>" * 5000), "no mail of ours"),
        (report().replace(b"Action: failed", b""), "no report"),
        (b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\n" * 3000, "passed over"),
    ],
)
def test_what_is_no_report_of_ours_is_passed_over(content: bytes, words: str) -> None:
    message = mail_to(reader())
    assert words in take(content, "")
    assert now_in(message).state == Message.State.SENT


def test_mails_carry_their_return_address_in_the_envelope_only(
    settings: Any, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    monkeypatch.setattr(kinds, "_renderers", {"plain": lambda message: Letter("Hello", "Dear reader")})
    settings.MAIL_BOUNCES = "bounces@sistercities.example"
    message = outbox.queue(key="a", kind="plain", to_email="mei@example.org", language="en", snapshot={})
    assert message is not None
    outbox.send_due()
    [mail] = mailoutbox
    assert mail.from_email == bounces.returns_to(message)
    assert mail.message()["From"].endswith("<receptions@sistercities.example>")
    settings.MAIL_BOUNCES = ""
    assert bounces.returns_to(message) == ""


def test_command_reads_one_report_from_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    message = mail_to(reader())
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(report(message))))
    call_command("read_bounces")
    assert capsys.readouterr().out == "noted\n"


def test_command_reads_a_maildir_once(tmp_path: Path, capsys: Any) -> None:
    message = mail_to(reader())
    box = mailbox.Maildir(tmp_path / "box")
    for content in (report(message), b"Subject: Hello\n\nNo report."):
        box.add(content)
    call_command("read_bounces", maildir=tmp_path / "box")
    assert sorted(capsys.readouterr().out.split("\n")) == ["", "noted", "passed over: no report of a failure"]
    call_command("read_bounces", maildir=tmp_path / "box")
    assert capsys.readouterr().out == ""
    assert not list((tmp_path / "box" / "new").iterdir())
    with pytest.raises(CommandError, match="no maildir"):
        call_command("read_bounces", maildir=tmp_path)


def test_mail_server_is_asked_to_keep_a_report_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = mail_to(reader())
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(report(message))))

    def away(*_arguments: Any) -> bool:
        raise OperationalError

    monkeypatch.setattr(outbox, "note_return", away)
    with pytest.raises(CommandError) as refused:
        call_command("read_bounces")
    assert refused.value.returncode == 75


# --- what follows for the reader ----------------------------------------------------------------------


def came_back(subscriber: Subscriber, code: str, days_ago: float = 0) -> Subscriber:
    """A newsletter came back so many days ago."""
    outbox.note_return(mail_to(subscriber), f"550 {code} Refused")
    if days_ago:
        moved = timezone.now() - timedelta(days=days_ago)
        Subscriber.objects.filter(pk=subscriber.pk).update(bounced_at=moved, bounced_since=moved)
    found: Subscriber = now_in(subscriber)
    return found


@pytest.mark.parametrize("code", sorted(returning.NOBODY_THERE))
def test_address_that_does_not_exist_gets_no_more_at_once(code: str) -> None:
    assert came_back(reader(), code).state == State.UNREACHABLE


def test_third_time_counts_when_more_than_a_week_lies_between() -> None:
    known = reader()
    assert [came_back(known, "5.2.2").state for _ in range(4)] == [State.ACTIVE] * 4
    Subscriber.objects.update(bounced_since=timezone.now() - timedelta(days=7, minutes=1))
    assert came_back(known, "5.2.2").state == State.UNREACHABLE


def test_failures_of_long_ago_are_forgiven() -> None:
    known = reader()
    came_back(known, "5.2.2"), came_back(known, "5.2.2", days_ago=200)
    after = came_back(known, "5.2.2")
    assert (after.state, after.bounces) == (State.ACTIVE, 1)


@pytest.mark.parametrize("code", ["5.7.1", "5.7.26"])
def test_refusal_of_our_mail_says_nothing_about_the_address(code: str) -> None:
    assert came_back(reader(), code).bounces == 0


def test_late_report_does_not_undo_a_new_confirmation() -> None:
    known = reader()
    message = mail_to(known)
    Subscriber.objects.update(confirmed_at=timezone.now() + timedelta(seconds=1))
    outbox.note_return(message, "550 5.1.1 Unknown")
    assert now_in(known).state == State.ACTIVE


def test_who_left_stays_left() -> None:
    known = reader(state=State.LEFT)
    assert came_back(known, "5.1.1").state == State.LEFT


def test_refusal_while_sending_counts_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    known = reader()
    monkeypatch.setattr(kinds, "_renderers", {"newsletter": lambda message: Letter("Hello", "Dear reader")})

    def refuses(_mail: EmailMessage) -> None:
        raise outbox.Refused("550 5.1.1 No such mailbox")

    monkeypatch.setattr(outbox, "hand_over", refuses)
    mail_to(known, handed_over_at=None, sent_at=None)
    outbox.send_due()
    assert now_in(known).state == State.UNREACHABLE
    assert not Message.objects.in_trouble().exists()


def test_server_of_ours_that_is_away_counts_against_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    known = reader()
    monkeypatch.setattr(kinds, "_renderers", {"newsletter": lambda message: Letter("Hello", "Dear reader")})

    def absent(_mail: EmailMessage) -> None:
        raise outbox.NotSent("553 5.1.8 Sender refused")

    monkeypatch.setattr(outbox, "hand_over", absent)
    mail_to(known, handed_over_at=None, sent_at=None, attempts=outbox.LAST_ATTEMPT - 1)
    outbox.send_due()
    assert (now_in(known).bounces, Message.objects.get().state) == (0, Message.State.GIVEN_UP)


def test_fate_that_cannot_be_told_does_not_send_the_mail_again(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    monkeypatch.setattr(kinds, "_renderers", {"newsletter": lambda message: Letter("Hello", "Dear reader")})

    def broken(_message: Message, _fate: Fate) -> None:
        Subscriber.objects.get(pk=-1)

    monkeypatch.setattr("sistercities.mail.fates._hearers", {"newsletter": broken})
    message = mail_to(reader(), handed_over_at=None, sent_at=None)
    outbox.send_due()
    assert outbox.send_due() == 0
    assert (now_in(message).state, len(mailoutbox)) == (Message.State.SENT, 1)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("550 5.1.1 No such user", "5.1.1"),
        ("550-5.7.26 DMARC", "5.7.26"),
        ("550 User unknown at 192.5.1.1", ""),
        ("", ""),
    ],
)
def test_status_code_is_read_from_the_servers_words(words: str, code: str) -> None:
    assert Fate(Message.State.GIVEN_UP, refused=True, words=words).code == code
