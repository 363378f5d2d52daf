"""The mails that development wrote into files instead of sending them, read back. Whatever lies in the folder besides
is passed over: half a file, an odd character set, a picture.
"""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parsedate_to_datetime
from pathlib import Path

SUFFIXES = (".log", ".eml")
# Django's file backend sets a line of dashes after each mail; there may be several in a file.
BETWEEN_MAILS = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
KIND = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
LARGEST_FILE = 20_000_000


@dataclass(frozen=True)
class File:
    """An attached file."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Found:
    """One mail in the folder: the file it is in, and which of the mails in that file it is."""

    file: str
    number: int
    mail: Mail
    written: float

    def header(self, name: str) -> str:
        """A header in plain characters, however it was encoded."""
        return _decoded(str(self.mail.get(name, "")))

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, _decoded(str(value))) for name, value in self.mail.items()]

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def sender(self) -> str:
        return self.header("From")

    @property
    def recipient(self) -> str:
        return self.header("To")

    @property
    def date(self) -> datetime | None:
        try:
            return parsedate_to_datetime(str(self.mail.get("Date", "")))
        except (ValueError, OverflowError):
            return None

    @property
    def text(self) -> str:
        return self._body("text/plain")

    @property
    def html(self) -> str:
        return self._body("text/html")

    @property
    def files(self) -> list[File]:
        """What is attached, in order."""
        return [
            File(part.get_filename() or f"part-{place}", _content(part), _kind(part))
            for place, part in enumerate(self._parts(), start=1)
            if _is_attached(part)
        ]

    def _body(self, kind: str) -> str:
        found = (part for part in self._parts() if part.get_content_type() == kind and not _is_attached(part))
        part = next(found, None)
        return _spelt(part) if part is not None else ""

    def _parts(self) -> Iterator[Mail]:
        return (part for part in self.mail.walk() if not part.is_multipart())


def letters(folder: Path, limit: int = 200) -> list[Found]:
    """The mails in the folder, newest first, at most ``limit`` of them."""
    found: list[Found] = []
    for path in _files(folder):
        found += reversed(letters_in(path))
        if len(found) >= limit:
            break
    return found[:limit]


def letter(folder: Path, file: str, number: int) -> Found | None:
    """One mail. ``file`` is looked for among the files of the folder, so no path leads out of it."""
    for path in _files(folder):
        if path.name == file:
            return next((found for found in letters_in(path) if found.number == number), None)
    return None


def letters_in(path: Path) -> list[Found]:
    """The mails of one file, in the order in which they were written."""
    try:
        content, written = path.read_bytes(), path.stat().st_mtime
    except OSError:
        return []
    # The plain policy reads any header; the modern one stumbles over some that are malformed.
    mails = [
        message_from_bytes(part.strip(b"\r\n"), policy=policy.compat32)
        for part in BETWEEN_MAILS.split(content)
    ]
    return [
        Found(path.name, number, mail, written) for number, mail in enumerate(mails, start=1) if mail.keys()
    ]


def _files(folder: Path) -> list[Path]:
    """The files that may hold mail, the one last written first."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix in SUFFIXES]
    except OSError:  # no folder yet
        return []
    dated = [(written, path) for path in paths if (written := _last_written(path))]
    return [path for _, path in sorted(dated, reverse=True)]


def _last_written(path: Path) -> tuple[float, str] | None:
    """When, and its name to tell apart those of one moment; None for what is no file, too large or just gone."""
    try:
        facts = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST_FILE:
        return None
    return facts.st_mtime, path.name


def _is_attached(part: Mail) -> bool:
    return part.get_filename() is not None or part.get_content_disposition() == "attachment"


def _kind(part: Mail) -> str:
    kind = part.get_content_type()
    return kind if KIND.fullmatch(kind) else "application/octet-stream"


def _content(part: Mail) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _spelt(part: Mail) -> str:
    content = _content(part)
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:  # a character set that nobody knows
        return content.decode("utf-8", "replace")


def _decoded(value: str) -> str:
    unfolded = " ".join(value.split())
    try:
        return str(make_header(decode_header(unfolded)))
    except (HeaderParseError, LookupError, UnicodeError):
        return unfolded
