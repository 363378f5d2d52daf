"""Personal links: who holds one may see and change the row that it belongs to, without signing in.

A link holds a random handle (64 bits, stored) and the first 128 bits of an HMAC over its purpose, handle and version,
keyed with ``LINK_KEYS`` (never stored). So any mail can build it again, raising the version revokes it, a link for one
purpose opens no other, and the keys can be rotated: the first signs, all of them open.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.defaults import page_not_found

HANDLE_BYTES, MAC_BYTES = 8, 16
TOKEN_LENGTH = 32

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponse]


def new_handle() -> str:
    """The stored half of a link, as a row keeps it."""
    return secrets.token_hex(HANDLE_BYTES)


def mac(key: str, purpose: str, handle: str, version: int) -> bytes:
    return hmac.digest(key.encode(), f"{purpose}:{handle}:{version}".encode(), hashlib.sha256)[:MAC_BYTES]


def token(purpose: str, handle: str, version: int) -> str:
    """The secret part of a link, 32 letters safe in addresses."""
    signed = mac(settings.LINK_KEYS[0], purpose, handle, version)
    return base64.urlsafe_b64encode(bytes.fromhex(handle) + signed).decode()


def handle_in(text: str) -> str:
    """The handle that a token names, signed or not; empty where it is no token at all."""
    return _raw(text)[:HANDLE_BYTES].hex()


def is_signed(text: str, purpose: str, version: int) -> bool:
    """Whether one of our keys signed this token for this purpose and version."""
    raw = _raw(text)
    handle, signed = raw[:HANDLE_BYTES].hex(), raw[HANDLE_BYTES:]
    return any(hmac.compare_digest(mac(key, purpose, handle, version), signed) for key in settings.LINK_KEYS)


def find(rows: QuerySet[Row], purpose: str, text: str) -> Row:
    """The row that a link belongs to. Raises its DoesNotExist for anything that is not a valid, unrevoked link."""
    row: Any = rows.get(link_handle=handle_in(text))
    if not is_signed(text, purpose, row.link_version):
        raise row.DoesNotExist
    return cast(Row, row)


def _raw(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii")) if len(text) == TOKEN_LENGTH else b""
    except (UnicodeEncodeError, binascii.Error):
        return b""


def personal(view: View) -> View:
    """For pages that only the holder of a link may see: never stored, indexed, or named to other sites."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404 as missing:  # the page that says so is as personal as its address
            response = page_not_found(request, missing)
        add_never_cache_headers(response)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return guarded
