"""Handing one mail to the mail server, and telling apart the ways in which that can go wrong."""

import smtplib
import unicodedata
from contextlib import suppress
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email
from django.utils.translation import to_locale

from sistercities.mail.bounces import returns_to
from sistercities.mail.kinds import Letter
from sistercities.mail.models import Message

PERMANENT = range(500, 600)
SHUTS_DOWN = 421


class NotSent(Exception):
    """It did not go out, and may at another time."""


class Unreachable(NotSent):
    """The mail server is not there, takes nobody in, or hangs up: no fault of this mail, and others fare no better."""


class Refused(Exception):
    """It will never go out as it is: the address or the mail itself was refused for good."""


class Uncertain(Exception):
    """The connection broke while the server had the mail; it may or may not have gone out."""


class UnfoldedMail(EmailMultiAlternatives):
    """A mail whose long headers stay on one line: some programs look for the address to leave a list right there."""

    def message(self, **options: Any) -> Any:
        mail: Any = super().message(**options)
        mail.policy = mail.policy.clone(max_line_length=None)
        return mail


def compose(message: Message, letter: Letter) -> EmailMessage:
    """The letter with its headers. Raises Refused where the address is none."""
    try:
        validate_email(message.to_email)
        mail = UnfoldedMail(
            subject=one_line(letter.subject),
            body=letter.text,
            from_email=returns_to(message) or sender(message.language),
            to=[str(Address(one_line(message.to_name), addr_spec=message.to_email))],
            reply_to=[settings.MAIL_REPLY_TO],
            headers=_headers(message, letter),
        )
        if letter.html:
            mail.attach_alternative(letter.html, "text/html")
        for attachment in letter.attachments:
            mail.attach(attachment.name, attachment.content, attachment.mimetype)
        mail.message()
    except ValidationError as problem:
        raise Refused(f"“{message.to_email}” is not a mail address.") from problem
    except ValueError as problem:  # an address that only the mail library finds fault with
        raise Refused(str(problem)) from problem
    return mail


def _headers(message: Message, letter: Letter) -> dict[str, str]:
    usual = {
        "From": sender(message.language),
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": to_locale(message.language).replace("_", "-"),
    }
    return {name: value for name, value in {**usual, **letter.headers}.items() if value}


def one_line(text: str) -> str:
    """The text as a header may hold it: no line breaks, nothing invisible that turns the writing around."""
    spaced = " ".join(str(text).split())
    return "".join(
        letter for letter in spaced if not unicodedata.category(letter).startswith(("C", "Zl", "Zp"))
    )


def sender(language: str) -> str:
    """The association's name in the reader's language before its address, unless the settings name another."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return str(Address(name or settings.SITE_NAME[language], addr_spec=address))


def hand_over(mail: EmailMessage) -> None:
    """Give the mail to the server; comes back once the server has taken it.

    Raises NotSent, of which Unreachable is one, Refused or Uncertain.
    """
    connection = get_connection()
    try:
        connection.open()
    except OSError as problem:  # as all errors of smtplib
        raise Unreachable(_said(problem)) from problem
    content = _Content(connection)
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as problem:
        code = max(answer[0] for answer in problem.recipients.values())
        raise _by_code(code)(_said(problem)) from problem
    except smtplib.SMTPDataError as problem:
        raise _by_code(problem.smtp_code)(_said(problem)) from problem
    except (smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError) as problem:
        # A sender or a sign-in that is refused is ours to mend, and the mail is worth another try then.
        raise NotSent(_said(problem)) from problem
    except OSError as problem:
        raise (Uncertain if content.may_have_gone else Unreachable)(_said(problem)) from problem
    finally:
        with suppress(OSError):  # the mail's fate is settled; a server that hangs up rudely changes nothing
            connection.close()


class _Content:
    """Whether the content of the mail may have reached the server, and not only the question whether it takes it."""

    def __init__(self, connection: Any) -> None:
        # Of other ways than SMTP we do not know when they begin.
        self.may_have_gone = not isinstance(connection, EmailBackend)
        if isinstance(connection, EmailBackend) and connection.connection:
            self.send = connection.connection.data
            connection.connection.data = self._sent  # type: ignore[method-assign, assignment]

    def _sent(self, content: Any) -> Any:
        self.may_have_gone = True
        return self.send(content)


def _by_code(code: int) -> type[NotSent] | type[Refused]:
    if code == SHUTS_DOWN:
        return Unreachable
    return Refused if code in PERMANENT else NotSent


def _said(problem: OSError) -> str:
    """What the server answered, in one line for staff."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {_text(words)}" for code, words in problem.recipients.values()]
        return "; ".join(answers)
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {_text(problem.smtp_error)}"
    return f"{type(problem).__name__}: {problem}"


def _text(words: bytes | str) -> str:
    return one_line(words.decode("utf-8", "replace") if isinstance(words, bytes) else words)
