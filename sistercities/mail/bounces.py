"""Mail that came back: the address it comes back to, and the report that a mail server writes about it (RFC 3464).

With ``MAIL_BOUNCES`` each mail has a return address of its own, ``bounces+<number>-<signature>@…``, so that a report
is matched with its mail whatever else it says. Else the Message-ID of the mail that it quotes does: that cannot be
guessed, and only who got the mail knows it.
"""

import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import Message as Mail
from email.parser import HeaderParser

from django.conf import settings
from django.utils import timezone

from sistercities import links
from sistercities.mail.models import Message

PURPOSE = "bounce"
SIGNED = 16  # letters of the signature in a return address
REPORTS = {"message/delivery-status", "message/global-delivery-status"}
ORIGINALS = {
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
}
# Where mail servers note to whom a mail was delivered; To names the return address in nearly every report.
RECIPIENTS = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
RETURN_ADDRESS = re.compile(rf"\+(\d{{1,18}})-([0-9a-f]{{{SIGNED}}})@", re.IGNORECASE)
MESSAGE_ID = re.compile(r"<[^<>\s]+>")
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
LARGEST = 1_000_000  # characters of a report; the mail it quotes may be cut off
LOOKED_BACK = timedelta(days=21)
SAID = 300


@dataclass(frozen=True)
class Report:
    """What a report says of one mail: that it will not arrive, under which status code, in whose words."""

    status: str
    words: str


def returns_to(message: Message) -> str:
    """The address to which this mail comes back; empty where the site has none of its own."""
    if not settings.MAIL_BOUNCES or message.pk is None:
        return ""
    local, _, domain = settings.MAIL_BOUNCES.partition("@")
    return f"{local}+{message.pk}-{_signature(settings.LINK_KEYS[0], message.pk)}@{domain}"


def read(content: bytes) -> Mail:
    """A mail as it came in. The plain policy reads any header; the modern one stumbles over some."""
    return message_from_bytes(content[:LARGEST], policy=policy.compat32)


def report_in(mail: Mail) -> Report | None:
    """What the mail reports as failed for good; None where it is no report, or one of delay or of success."""
    for part in mail.walk():
        if part.get_content_type() not in REPORTS:
            continue
        for block in _blocks(part):
            status = STATUS.search(str(block.get("Status", "")))
            if str(block.get("Action", "")).strip().lower() == "failed":
                words = " ".join(str(block.get("Diagnostic-Code", "")).split())
                code = status[0] if status else ""
                return Report(code, f"{code} {words}".strip()[:SAID] or "failed")
    return None


def message_of(mail: Mail, recipient: str = "") -> Message | None:
    """The mail of ours that a report is about; ``recipient`` is the address at which the report came in, if known."""
    addresses = [recipient, *(str(value) for name in RECIPIENTS for value in mail.get_all(name, []))]
    for number, signed in (found for each in addresses for found in RETURN_ADDRESS.findall(each)):
        if any(
            hmac.compare_digest(_signature(key, int(number)), signed.lower()) for key in settings.LINK_KEYS
        ):
            return Message.objects.filter(pk=int(number)).first()
    return _quoted(mail)


def _quoted(mail: Mail) -> Message | None:
    quoted = {found for text in _originals(mail) for found in MESSAGE_ID.findall(text)}
    if not quoted:
        return None
    lately = Message.objects.filter(handed_over_at__gt=timezone.now() - LOOKED_BACK)
    return next(
        (message for message in lately.iterator(chunk_size=500) if message.message_id in quoted), None
    )


def _originals(mail: Mail) -> Iterator[str]:
    """The Message-ID lines of the mails that a report quotes, whole or by their headers."""
    for part in mail.walk():
        if part.get_content_type() in ORIGINALS:
            inner = (
                part.get_payload(0) if part.is_multipart() else HeaderParser().parsestr(_text(part).lstrip())
            )
            if isinstance(inner, Mail):
                yield str(inner.get("Message-ID", ""))


def _blocks(part: Mail) -> Iterator[Mail]:
    """The groups of fields of a delivery status: the first is about the mail, the others about one recipient each.

    Python reads the older kind group by group, and of the newer one the first group only, the rest as its text.
    """
    inner = part.get_payload()
    groups = [group for group in inner if isinstance(group, Mail)] if isinstance(inner, list) else [part]
    for group in groups:
        yield group
        rest = group.get_payload()
        for block in re.split(r"(?:\r?\n){2,}", rest) if isinstance(rest, str) else []:
            yield HeaderParser().parsestr(block)


def _text(part: Mail) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _signature(key: str, number: int) -> str:
    return links.mac(key, PURPOSE, str(number), 0).hex()[:SIGNED]
