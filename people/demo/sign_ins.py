"""Who can sign in: a curator who may do everything, a translator, a host, and a member who reads Chinese."""

import secrets
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings

from people.granting import appoint
from people.models import Member, RoleName
from sistercities.pages.demo.making import Say

CURATOR = "curator@example.org"
TRANSLATOR = "translator@example.org"
HOST = "host@example.org"
MEMBER = "member@example.org"
# Of staff: name, language, role.
STAFF = {
    CURATOR: ("Demonstration Curator", "en", RoleName.ADMINISTRATOR),
    TRANSLATOR: ("示范译者", "zh-hans", RoleName.TRANSLATOR),
    HOST: ("Demonstration Host", "en", RoleName.HOST),
}
ZONES = {"en": "America/Los_Angeles", "zh-hans": "Asia/Shanghai"}
# Known to everybody who reads this, and so used on a developer's machine only.
DEVELOPMENT_PASSWORD = "two-shores-one-thread"  # noqa: S105


def load_members(say: Say) -> None:
    """Make the sign-ins, with a password that is printed this once."""
    for email, (name, language, role) in STAFF.items():
        made = _member(say, email, name=name, language=language, timezone=ZONES[language])
        if made is not None:
            appoint(made, role)
    _member(
        say,
        MEMBER,
        name="示范会员",
        language="zh-hans",
        timezone="Asia/Shanghai",
        member_since=date(2021, 12, 8),
    )


def _member(say: Say, email: str, **fields: Any) -> Member | None:
    """Whoever is made; nobody where the address has an account already."""
    known = Member.objects.at(email).first()
    if known:
        same = settings.DEVELOPMENT and known.check_password(DEVELOPMENT_PASSWORD)
        say(f"Sign-in {email}: " + (f"password “{DEVELOPMENT_PASSWORD}”" if same else "there already."))
        return None
    password = DEVELOPMENT_PASSWORD if settings.DEVELOPMENT else secrets.token_urlsafe(15)
    member = Member(email=email, **fields)
    member.set_password(password)
    member.full_clean()
    member.save()
    EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
    say(f"Sign-in {email}: password “{password}”")
    return member
