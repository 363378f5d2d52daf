"""Personal links: who holds one may see and change the answer it belongs to.

A link holds a random handle (64 bits, stored) and the first 128 bits of an HMAC over handle and version, keyed with
``LINK_KEYS`` (never stored). So any mail can build it again, raising the version revokes it, and the keys can be rotated:
the first signs, all of them open.
"""

import base64
import binascii
import hashlib
import hmac

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from events.models import Rsvp

HANDLE_BYTES, MAC_BYTES = 8, 16
TOKEN_LENGTH = 32


def _mac(key: str, handle: str, version: int) -> bytes:
    return hmac.digest(key.encode(), f"rsvp:{handle}:{version}".encode(), hashlib.sha256)[:MAC_BYTES]


def token(handle: str, version: int) -> str:
    """The secret part of a link, 32 letters safe in addresses."""
    mac = _mac(settings.LINK_KEYS[0], handle, version)
    return base64.urlsafe_b64encode(bytes.fromhex(handle) + mac).decode()


def token_for(rsvp: Rsvp) -> str:
    return token(rsvp.link_handle, rsvp.link_version)


def manage_path(handle: str, version: int, language: str) -> str:
    """The address of the page for one's answer, in a language."""
    with translation.override(language):
        return reverse("rsvp_manage", args=[token(handle, version)])


def manage_url(handle: str, version: int, language: str) -> str:
    """The same for a mail, with the site's own name in front."""
    return settings.SITE_URL + manage_path(handle, version, language)


def find_rsvp(text: str) -> Rsvp:
    """The answer that a link belongs to. Raises Rsvp.DoesNotExist for anything that is not a valid, unrevoked link."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii")) if len(text) == TOKEN_LENGTH else b""
    except (UnicodeEncodeError, binascii.Error):
        raw = b""
    handle = raw[:HANDLE_BYTES].hex()
    rsvp = Rsvp.objects.select_related("event__rsvp_policy", "event__venue__city", "member").get(link_handle=handle)
    if not any(
        hmac.compare_digest(_mac(key, handle, rsvp.link_version), raw[HANDLE_BYTES:]) for key in settings.LINK_KEYS
    ):
        raise Rsvp.DoesNotExist
    return rsvp
