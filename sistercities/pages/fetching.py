"""Where stored files are fetched: from us alone, who know what is public; a store does not.

A page that is read by a preview link gives each address a key: signed, good for one day and for one file, and dead as
soon as the link is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from sistercities.pages.models.history import PreviewLink

LASTS = timedelta(days=1)

_link: ContextVar[int | None] = ContextVar("preview_link", default=None)


@contextmanager
def with_keys(link: PreviewLink) -> Iterator[None]:
    """All addresses of files that are written within carry a key of this link."""
    before = _link.set(link.pk)
    try:
        yield
    finally:
        _link.reset(before)


def file_address(name: str, key_of: str = "") -> str:
    """Where a stored file is fetched; ``key_of`` is the file whose key opens it, if that is another one."""
    address, link = f"{settings.MEDIA_URL}{name}", _link.get()
    return address if link is None else f"{address}?key={_signer(key_of or name).sign(str(link))}"


def opened_by(key: str, name: str) -> bool:
    """Whether a key opens this file: it is ours, fresh, and its preview link still leads somewhere."""
    try:
        link = _signer(name).unsign(key, max_age=LASTS)
    except BadSignature:
        return False
    return PreviewLink.objects.open().filter(pk=int(link)).exists()


def _signer(name: str) -> TimestampSigner:
    return TimestampSigner(salt=f"media {name}")
