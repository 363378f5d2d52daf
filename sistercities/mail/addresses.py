"""When two ways of writing an e-mail address mean one person, and when they do not: docs/rsvp.md has the rule.

Whatever people type goes through ``canonical`` before it is kept; what is compared in Python goes through
``comparable``, what is compared in the database through ``address_key``, which is the last guard and knows less.
"""

import re
import unicodedata
from typing import Any

import idna
from django.core.exceptions import ValidationError
from django.db.models import Func
from django.db.models.functions import Lower, Trim
from django.utils.translation import gettext_lazy as _

MALFORMED = _("Please check the address: it should look like name@example.org.")
TOO_LONG = _("This address is too long. Please check it.")
INVISIBLE = _("Please leave out invisible control characters.")
SEVERAL = _("Please give one address only.")
QUOTED = _("Please give the address alone, without quotation marks, brackets and comments.")
OTHER_LETTERS = _(
    "Before the @ we can take Latin letters, figures and a few signs only. Please give another address."
)
NO_DOMAIN = _("We know no way to write to what stands behind the @. Please check it.")

LONGEST, LONGEST_LOCAL, LONGEST_DOMAIN = 254, 64, 253  # RFC 5321
# Spaces of every width, and what copying out of other programs leaves around an address without showing it.
_AROUND = " \t\r\n\u00a0\u3000\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}  # controls, marks of direction and of joining, breaks of lines
_QUOTES = re.compile(r"[\"“”„()<>\[\]《》:\\]")
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.IGNORECASE)
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+(?!\d+$){_LABEL}")


def canonical(text: str) -> str:
    """The one way in which we write an address: the part before the @ as its owner does, the domain as DNS does.

    Raises ValidationError, in words for whoever typed it, where we could not write to it.
    """
    local, domain = _parts(_plain(text))
    if not local.isascii():
        raise _refused(OTHER_LETTERS, "letters")
    domain = _in_ascii(domain)
    if len(local) > LONGEST_LOCAL or len(domain) > LONGEST_DOMAIN or len(local) + 1 + len(domain) > LONGEST:
        raise _refused(TOO_LONG, "max_length")
    if not _LOCAL.fullmatch(local):
        raise _refused(MALFORMED, "invalid")
    return f"{local}@{domain}"


def comparable(text: str) -> str:
    """By which two addresses are compared: equal where they are one person's. Takes everything, even what is none."""
    try:
        return canonical(text).lower()
    except ValidationError:
        return unicodedata.normalize("NFKC", text).strip().lower()


def _plain(text: str) -> str:
    """Without what surrounds it, in plain letters for full-width ones, with the full stop of a Latin keyboard."""
    text = text.strip(_AROUND)
    # The longest that can become short enough: what is longer need not be looked at.
    if len(text) > 2 * LONGEST:
        raise _refused(TOO_LONG, "max_length")
    return unicodedata.normalize("NFKC", text).replace("。", ".").strip()


def _parts(text: str) -> tuple[str, str]:
    if any(unicodedata.category(letter) in _INVISIBLE for letter in text):
        raise _refused(INVISIBLE, "control_characters")
    if _QUOTES.search(text):
        raise _refused(QUOTED, "quoted")
    if text.count("@") > 1:
        raise _refused(SEVERAL, "several")
    local, _at, domain = text.partition("@")
    if not local or "." not in domain or " " in text:
        raise _refused(MALFORMED, "invalid")
    return local, domain


def _in_ascii(domain: str) -> str:
    """A domain as DNS has it. What is in ASCII already may have hyphens where IDNA wants none."""
    domain = domain.removesuffix(".")
    plain = domain.lower()
    if not plain.isascii() or "xn--" in plain:
        try:
            plain = idna.encode(domain, uts46=True, std3_rules=True).decode()
        except idna.IDNAError:
            raise _refused(NO_DOMAIN, "domain") from None
    if not _DOMAIN.fullmatch(plain):
        raise (
            _refused(TOO_LONG, "max_length") if len(plain) > LONGEST_DOMAIN else _refused(NO_DOMAIN, "domain")
        )
    return plain


def _refused(words: Any, code: str) -> ValidationError:
    return ValidationError(words, code=code)


class Normalised(Func):
    """Text in the compatibility form of Unicode: full-width letters become plain ones."""

    function = "normalize"
    template = "%(function)s(%(expressions)s, NFKC)"


def address_key(expression: Any) -> Lower:
    """By which addresses are compared in the database: without full-width letters, outer spaces and capitals."""
    return Lower(Trim(Normalised(expression)))
