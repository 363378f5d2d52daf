"""On which devices a member is signed in, and how to sign out there.

The list is what the sign-in pages have noted. Signing out everywhere does not depend on it: it makes every session of
the member worthless, known or not.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from people.models import Member

# What a browser says of itself, and what people call it; the first that fits.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
]


@dataclass(frozen=True)
class Device:
    """One place where a member is signed in."""

    number: int
    name: str
    network_address: str
    since: datetime
    is_this: bool


def device_of(user_agent: str) -> str:
    """What people call a device: its browser and its system."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    if "MicroMessenger" in user_agent:
        browser = _("WeChat")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def devices_of(member: Member, current: str | None) -> list[Device]:
    """Where the member is signed in, this device first. Reads only."""
    noted = list(UserSession.objects.filter(user=member).order_by("-created_at"))
    keys = [each.session_key for each in noted]
    lasting = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    good = {session.session_key for session in lasting if _is_good(session, member)}
    found = [
        Device(each.pk, device_of(each.user_agent), each.ip, each.created_at, each.session_key == current)
        for each in noted
        if each.session_key in good
    ]
    return sorted(found, key=lambda device: not device.is_this)


def _is_good(session: Session, member: Member) -> bool:
    """Whether a session still opens the account: neither its password nor signing out everywhere has ended it."""
    kept = session.get_decoded()
    is_theirs = kept.get(SESSION_KEY) == str(member.pk)
    return is_theirs and constant_time_compare(kept.get(HASH_SESSION_KEY, ""), member.get_session_auth_hash())


def sign_out_on(member: Member, number: int) -> None:
    """End the session on one device."""
    for noted in UserSession.objects.filter(user=member, pk=number):
        noted.end()


def sign_out_everywhere(request: HttpRequest, member: Member, *, but_here: bool) -> None:
    """Make all sessions of the member worthless; with ``but_here`` this one stays."""
    end_sessions(member, but=request.session.session_key)
    if but_here:
        update_session_auth_hash(request, member)
        UserSession.objects.create_from_request(request)


def end_sessions(member: Member, *, but: str | None = None) -> None:
    """Let no session of the member open the account any longer, and delete those that are known; not the one named."""
    Member.objects.filter(pk=member.pk).update(sessions_version=F("sessions_version") + 1)
    member.refresh_from_db(fields=["sessions_version"])
    noted = UserSession.objects.filter(user=member)
    Session.objects.filter(session_key__in=noted.values("session_key")).exclude(session_key=but).delete()
    noted.delete()


def forget_sessions() -> None:
    """Delete sessions that are over, and the notes of devices that belong to none."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
