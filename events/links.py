"""Personal links: who holds one may see and change the answer it belongs to, or answer the invitation it belongs to.

A link holds a random handle (64 bits, stored) and the first 128 bits of an HMAC over its purpose, handle and version,
keyed with ``LINK_KEYS`` (never stored). So any mail can build it again, raising the version revokes it, a link for one
purpose opens no other, and the keys can be rotated: the first signs, all of them open.
"""

import base64
import binascii
import hashlib
import hmac
from enum import StrEnum
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from events.models import Event, Invitation, Rsvp

HANDLE_BYTES, MAC_BYTES = 8, 16
TOKEN_LENGTH = 32


class Purpose(StrEnum):
    RSVP = "rsvp"
    INVITATION = "invitation"


Row = TypeVar("Row", Rsvp, Invitation)
PAGES = {Purpose.RSVP: "rsvp_manage", Purpose.INVITATION: "invitation"}


def _mac(key: str, purpose: Purpose, handle: str, version: int) -> bytes:
    return hmac.digest(key.encode(), f"{purpose}:{handle}:{version}".encode(), hashlib.sha256)[:MAC_BYTES]


def token(handle: str, version: int, purpose: Purpose = Purpose.RSVP) -> str:
    """The secret part of a link, 32 letters safe in addresses."""
    mac = _mac(settings.LINK_KEYS[0], purpose, handle, version)
    return base64.urlsafe_b64encode(bytes.fromhex(handle) + mac).decode()


def token_for(rsvp: Rsvp) -> str:
    return token(rsvp.link_handle, rsvp.link_version)


def manage_path(handle: str, version: int, language: str) -> str:
    """The address of the page for one's answer, in a language."""
    return _path(Purpose.RSVP, handle, version, language)


def manage_url(handle: str, version: int, language: str) -> str:
    """The same for a mail, with the site's own name in front."""
    return settings.SITE_URL + manage_path(handle, version, language)


def invitation_url(invitation: Invitation) -> str:
    """The whole address at which an invitation is answered, in the guest's language."""
    path = _path(Purpose.INVITATION, invitation.link_handle, invitation.link_version, invitation.language)
    return settings.SITE_URL + path


def _path(purpose: Purpose, handle: str, version: int, language: str) -> str:
    with translation.override(language):
        return reverse(PAGES[purpose], args=[token(handle, version, purpose)])


def find_rsvp(text: str) -> Rsvp:
    """The answer that a link belongs to. Raises Rsvp.DoesNotExist for anything that is not a valid, unrevoked link."""
    return _find(
        Rsvp.objects.select_related("event__rsvp_policy", "event__venue__city", "member"), Purpose.RSVP, text
    )


def find_invitation(text: str) -> Invitation:
    """The invitation that a link belongs to. Raises Invitation.DoesNotExist, also while its event is not published."""
    invitations = Invitation.objects.live().filter(event__in=Event.objects.published())
    return _find(invitations.select_related("event__venue__city"), Purpose.INVITATION, text)


def _find(rows: QuerySet[Row], purpose: Purpose, text: str) -> Row:
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii")) if len(text) == TOKEN_LENGTH else b""
    except (UnicodeEncodeError, binascii.Error):
        raw = b""
    handle = raw[:HANDLE_BYTES].hex()
    row = rows.get(link_handle=handle)
    keys = settings.LINK_KEYS
    if not any(
        hmac.compare_digest(_mac(key, purpose, handle, row.link_version), raw[HANDLE_BYTES:]) for key in keys
    ):
        raise rows.model.DoesNotExist
    return row
