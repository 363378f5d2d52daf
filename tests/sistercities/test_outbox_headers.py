"""The headers of a mail, whatever stands in it."""

import os
from typing import Any

import pytest

from sistercities.mail.delivery import compose, one_line
from sistercities.mail.kinds import Attachment, Letter
from sistercities.mail.models import Message

State = Message.State


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
