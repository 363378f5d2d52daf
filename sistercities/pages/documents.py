"""What becomes of an uploaded document: judged by its content, counted, and given a name that nobody can guess."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

MEGABYTES = 25
# How a file of each kind begins, and what it is called; text is what is left and reads as UTF-8.
BEGINNINGS = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
}
TEXT = ("txt", "text/plain; charset=utf-8")
CONTENT_TYPES = dict([*BEGINNINGS.values(), TEXT])
NOT_A_DOCUMENT = _(
    "This is not a document that we can take. Please choose a PDF, JPEG, PNG or plain text file."
)
TOO_HEAVY = _("This file has more than %(limit)d megabytes. Please choose a smaller one.")
EMPTY = _("This file is empty.")


@dataclass(frozen=True)
class Inspected:
    """What a file is: its ending, its media type, its size in bytes, its checksum in hexadecimal."""

    extension: str
    media_type: str
    size: int
    sha256: str


def new_name(extension: str) -> str:
    return f"documents/{secrets.token_hex(16)}.{extension}"


def inspect(file: File) -> Inspected:
    """Read a file once. Raises ValidationError where it is empty, too heavy, or of no kind that we take."""
    if not file.size:
        raise ValidationError(EMPTY, code="empty")
    if file.size > MEGABYTES * 1_000_000:
        raise ValidationError(TOO_HEAVY, code="too_heavy", params={"limit": MEGABYTES})
    file.seek(0)
    content = file.read()
    file.seek(0)
    extension, media_type = _kind_of(content)
    return Inspected(extension, media_type, len(content), hashlib.sha256(content).hexdigest())


def _kind_of(content: Any) -> tuple[str, str]:
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise ValidationError(NOT_A_DOCUMENT, code="not_a_document") from None
    if "\0" in text or text.lstrip("\ufeff \r\n\t").startswith("<"):
        raise ValidationError(NOT_A_DOCUMENT, code="not_a_document")
    return TEXT
