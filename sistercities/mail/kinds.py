"""Which mails there are. Each app says in its mail.py how its kinds of mail are written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils import translation

from sistercities.mail.models import Message
from sistercities.mail.names import name_of as name_of  # apps say all about their kinds of mail here
from sistercities.mail.names import named as named
from sistercities.mail.names import urgent as urgent

# What a template leaves where it has nothing to say.
GAPS = re.compile(r"\n[ \t]*\n\s*\n")


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail. ``mimetype`` may carry parameters: ``text/calendar; method=CANCEL``."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it: without a text no mail, without HTML a plain one.

    The text closes the gaps that a template leaves. ``headers`` go beside those that every mail has, or in their place;
    an empty one takes it away.
    """

    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", GAPS.sub("\n\n", self.text).strip() + "\n")


class Overtaken(Exception):
    """What the mail was to say is no longer true, and a later mail says what is; it is better not sent."""


class UnknownKind(LookupError):
    """No app knows how to write this kind of mail."""


Renderer = Callable[[Message], Letter]
_renderers: dict[str, Renderer] = {}
_keeping_nothing: set[str] = set()


def renders(kind: str) -> Callable[[Renderer], Renderer]:
    """``@renders("rsvp_confirmed")`` marks the function that writes mails of this kind."""

    def register(renderer: Renderer) -> Renderer:
        _renderers[kind] = renderer
        return renderer

    return register


def keeps_nothing(kind: str) -> None:
    """What mails of this kind tell is wiped once they are sent or given up: a code, say, that opens an account."""
    _keeping_nothing.add(kind)


def is_kept(kind: str) -> bool:
    """Whether what mails of this kind told is kept."""
    return kind not in _keeping_nothing


def known() -> list[str]:
    """All kinds of mail that somebody can write."""
    return sorted(_renderers)


def render(message: Message) -> Letter:
    """Write the mail, in the language of the one who gets it. Raises whatever its renderer raises."""
    if message.kind not in _renderers:
        raise UnknownKind(f"Nobody knows how to write a mail of the kind “{message.kind}”.")
    with translation.override(message.language):
        return _renderers[message.kind](message)
