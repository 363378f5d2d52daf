"""What is kept of somebody who can sign in."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.devices import device_of
from people.granting import is_last_administrator
from people.models import Member, RoleGrant
from sistercities.mail.addresses import address_key, comparable
from sistercities.my_data import Fate, Hand, Kept, Whose, forgets, lists, plain, row, tells
from sistercities.traces import unlog

SESSIONS_AT_ONCE = 500


def whose_account(member: Member) -> Whose:
    """The account with the addresses that are known to be theirs: an address that is not confirmed is anybody's."""
    proven = EmailAddress.objects.filter(user=member, verified=True).values_list("email", flat=True)
    return Whose.at(member.email, *proven, account=member)


def whoever_has(address: str, names: tuple[str, ...] = ()) -> Whose:
    """For staff: whoever has this address, with their account if there is one."""
    if not address.strip():
        return Whose.at(names=names)
    key = comparable(address)
    member = Member.objects.at(address).first()
    if member is None:
        proven = EmailAddress.objects.filter(verified=True).alias(key=address_key("email"))
        member = Member.objects.filter(emailaddress__in=proven.filter(key=key)).first()
    found = whose_account(member) if member else Whose()
    return Whose(member, found.addresses | {key}, frozenset(names))


# --- the account ----------------------------------------------------------------------------------------


@tells("account", gettext_lazy("Account"), place=90)
def tell(whose: Whose) -> dict[str, Any] | None:
    member: Member | None = whose.account
    if member is None:
        return None
    keys = Authenticator.objects.filter(user=member)
    return {
        **row(member, without=("covered_by", "person")),
        "password": "kept as a hash" if member.has_usable_password() else None,
        "covered_by_the_membership_of": str(member.covered_by) if member.covered_by else None,
        "person_in_the_archive": str(member.person) if member.person else None,
        "groups": [group.name for group in member.groups.all()],
        "roles": [row(grant, without=("member", "granted_by", "ended_by")) for grant in _roles(member)],
        "addresses": [
            row(address, without=("user",)) for address in EmailAddress.objects.filter(user=member)
        ],
        "companions": [companion.name for companion in member.companions.all()],
        "keys_to_sign_in": [
            {
                "kind": key.get_type_display(),
                "name": key.data.get("name"),
                "made": plain(key.created_at),
                "last_used": plain(key.last_used_at),
            }
            for key in keys
        ],
        "sessions": sessions_of(member),
    }


@lists("account")
def in_words(whose: Whose) -> Iterator[Kept]:
    member: Member | None = whose.account
    if member is None:
        return
    yield Kept(
        _("Name, language, time zone, membership and which letters are wished: %(member)s")
        % {"member": member}
    )
    addresses = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    if addresses:
        yield Kept(_("Addresses to sign in with: %(addresses)s") % {"addresses": ", ".join(addresses)})
    if roles := [str(grant) for grant in _roles(member)]:
        yield Kept(_("Roles among staff, also former ones: %(roles)s") % {"roles": ", ".join(roles)})
    if companions := [companion.name for companion in member.companions.all()]:
        yield Kept(_("Companions often brought along: %(names)s") % {"names": ", ".join(companions)})
    if keys := Authenticator.objects.filter(user=member).count():
        words = ngettext(
            "%(count)d key or set of codes to sign in", "%(count)d keys or sets of codes to sign in", keys
        )
        yield Kept(words % {"count": keys})
    if found := len(sessions_of(member)):
        words = ngettext(
            "Signed in on %(count)d device",
            "Signed in on %(count)d devices",
            found,
        )
        yield Kept(words % {"count": found})
    if member.person:
        yield Kept(
            _("The page “%(person)s” in the archive, with speeches, offices and signatures")
            % {"person": member.person},
            Fate.STAYS,
            _(
                "It tells of the public part, as published sources have it. If something there is wrong, please "
                "write to us."
            ),
        )


@forgets("account")
def forget(whose: Whose, hand: Hand) -> int:
    """The account goes last, with its addresses, keys, companions and sessions; whatever it did stays without it."""
    member: Member | None = whose.account
    end_sessions(whose)
    if member is None or not (account := Member.objects.filter(pk=member.pk)).exists():
        return 0
    unlog(Member, [member.pk])
    unlog(EmailAddress, EmailAddress.objects.filter(user=member).values_list("pk", flat=True))
    account.delete()
    return 1


def _roles(member: Member) -> QuerySet[RoleGrant]:
    return member.grants.order_by("pk")


def may_go(member: Member) -> bool:
    """Whether somebody else would be left who can administer the site."""
    return not is_last_administrator(member)


# --- sessions -------------------------------------------------------------------------------------------


def sessions_of(member: Member) -> list[dict[str, Any]]:
    """On which devices somebody is signed in."""
    noted = UserSession.objects.filter(user=member).order_by("created_at")
    return [
        {
            "device": device_of(session.user_agent),
            "browser": session.user_agent,
            "network_address": session.ip,
            "since": plain(session.created_at),
            "last_seen": plain(session.last_seen_at),
        }
        for session in noted
    ]


def end_sessions(whose: Whose) -> int:
    """Delete the sessions of an account, and those in which a code is awaited at one of these addresses."""
    account = str(whose.account.pk) if whose.account is not None else ""
    gone = [
        session.pk
        for session in Session.objects.iterator(chunk_size=SESSIONS_AT_ONCE)
        if _concerns(session.get_decoded(), account, whose.addresses)
    ]
    return Session.objects.filter(pk__in=gone).delete()[0]


def _concerns(data: Any, account: str, addresses: frozenset[str]) -> bool:
    if isinstance(data, dict):
        is_theirs = bool(account) and str(data.get("_auth_user_id", "")) == account
        return is_theirs or any(_concerns(each, "", addresses) for each in data.values())
    if isinstance(data, list):
        return any(_concerns(each, "", addresses) for each in data)
    return isinstance(data, str) and comparable(data) in addresses
