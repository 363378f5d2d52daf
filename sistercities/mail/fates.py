"""What became of a mail, told to whoever asked for mails of its kind: mail itself knows nothing of readers or pages."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, transaction

from sistercities.mail.models import Message

log = logging.getLogger(__name__)
# An enhanced status code (RFC 3463) as it stands in the answer of a mail server: "550 5.1.1 User unknown".
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")


@dataclass(frozen=True)
class Fate:
    """Where a mail ended. ``refused``: it came back for good, for a reason that another try does not mend."""

    state: Message.State
    refused: bool = False
    words: str = ""

    @property
    def code(self) -> str:
        """The enhanced status code, such as 5.1.1 for an address that does not exist; empty where none was given."""
        found = STATUS.search(self.words)
        return found[1] if found else ""


Hearer = Callable[[Message, Fate], None]
_hearers: dict[str, Hearer] = {}


def hears_of(kind: str) -> Callable[[Hearer], Hearer]:
    """``@hears_of("newsletter")`` marks what is to be called once a mail of this kind is sent, given up or returned."""

    def register(hearer: Hearer) -> Hearer:
        _hearers[kind] = hearer
        return hearer

    return register


def tell(message: Message, fate: Fate) -> None:
    """Tell whoever wants to hear of it; in the transaction in which it is noted, so that neither is without the other.

    What fails there must not undo the note: a mail whose sending is forgotten goes out twice.
    """
    hearer = _hearers.get(message.kind)
    if hearer is None:
        return
    try:
        with transaction.atomic():
            hearer(message, fate)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # code of other floors
        log.exception("What became of mail %s (%s) could not be told", message.pk, message.kind)
