"""The personal links of guests: to their answer, to the invitation that they may answer, to the delegation they name.

How a link is made and opened is told in ``sistercities.links``.
"""

from enum import StrEnum

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from events.models import Event, Invitation, Rsvp, SeatHold
from events.serving import VERIFY_WITHIN
from sistercities import links


class Purpose(StrEnum):
    RSVP = "rsvp"
    INVITATION = "invitation"
    VERIFY = "verify"
    DELEGATION = "delegation"


PAGES = {
    Purpose.RSVP: "rsvp_manage",
    Purpose.INVITATION: "invitation",
    Purpose.VERIFY: "rsvp_verify",
    Purpose.DELEGATION: "delegation",
}


def token(handle: str, version: int, purpose: Purpose = Purpose.RSVP) -> str:
    """The secret part of a link, 32 letters safe in addresses."""
    return links.token(purpose, handle, version)


def token_for(rsvp: Rsvp) -> str:
    return token(rsvp.link_handle, rsvp.link_version)


def manage_path(handle: str, version: int, language: str) -> str:
    """The address of the page for one's answer, in a language."""
    return _path(Purpose.RSVP, handle, version, language)


def manage_url(handle: str, version: int, language: str) -> str:
    """The same for a mail, with the site's own name in front."""
    return settings.SITE_URL + manage_path(handle, version, language)


def verify_url(handle: str, version: int, language: str) -> str:
    """The whole address at which somebody confirms that an answer, and the e-mail address in it, are theirs."""
    return settings.SITE_URL + _path(Purpose.VERIFY, handle, version, language)


def invitation_url(invitation: Invitation) -> str:
    """The whole address at which an invitation is answered, in the guest's language."""
    return settings.SITE_URL + invitation_path(invitation, invitation.language)


def invitation_path(invitation: Invitation, language: str) -> str:
    """The same on this site, in the language of whoever reads it here."""
    return _path(Purpose.INVITATION, invitation.link_handle, invitation.link_version, language)


def hold_path(handle: str, version: int, language: str) -> str:
    """The address of the page on which a delegation is named, in a language."""
    return _path(Purpose.DELEGATION, handle, version, language)


def hold_url(handle: str, version: int, language: str) -> str:
    """The same for a mail, with the site's own name in front."""
    return settings.SITE_URL + hold_path(handle, version, language)


def _path(purpose: Purpose, handle: str, version: int, language: str) -> str:
    with translation.override(language):
        return reverse(PAGES[purpose], args=[token(handle, version, purpose)])


def find_rsvp(text: str) -> Rsvp:
    """The answer that a link belongs to. Raises Rsvp.DoesNotExist for anything that is not a valid, unrevoked link."""
    answers = Rsvp.objects.select_related("event__rsvp_policy", "event__venue__city", "member", "invitation")
    return links.find(answers, Purpose.RSVP, text)


def find_unverified(text: str) -> Rsvp:
    """The answer that a link in a mail is to verify, also one that is verified by now. Raises Rsvp.DoesNotExist.

    One whose time is over is as good as deleted, also in the minute before the worker does that.
    """
    over = Q(status=Rsvp.Status.UNVERIFIED, answered_at__lte=timezone.now() - VERIFY_WITHIN)
    answers = Rsvp.objects.exclude(over).select_related("event__rsvp_policy", "event__venue__city", "member")
    return links.find(answers, Purpose.VERIFY, text)


def find_invitation(text: str) -> Invitation:
    """The invitation that a link belongs to. Raises Invitation.DoesNotExist, also while its event is not published."""
    invitations = Invitation.objects.live().filter(event__in=Event.objects.published())
    return links.find(invitations.select_related("event__venue__city"), Purpose.INVITATION, text)


def find_hold(text: str) -> SeatHold:
    """The block of seats that a link belongs to. Raises SeatHold.DoesNotExist, also while its event is not published.

    Seats that are reserved for an invitation are taken by its own link.
    """
    blocks = SeatHold.objects.filter(invitation=None, event__in=Event.objects.published())
    return links.find(blocks.select_related("event__venue__city"), Purpose.DELEGATION, text)
