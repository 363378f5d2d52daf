"""Giving roles and taking them back: the whole vocabulary. Administrators alone do it, and one of them always stays.

What a member may do follows from the roles that hold (``people.roles``). Whoever loses one is signed out everywhere;
whoever gets their first signs in anew, with all that is asked of staff.
"""

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import account_letters
from people.devices import end_sessions
from people.models import Member, RoleGrant, RoleName


class Refused(Exception):
    """What cannot be; its words are for whoever asked."""


NOT_YOURS = _("Only who administers this site gives and takes back roles.")
ASLEEP = _("This account is at rest: nobody can sign in with it. Let it sign in first.")
OVER = _("The last day is over already.")
LAST = _(
    "This is the only one who administers this site without an end. Please make somebody else an administrator first."
)


@transaction.atomic
def grant(member: Member, role: RoleName, *, by: Member, ends_on: date | None = None) -> RoleGrant:
    """Give a role, until taken back or until its last day; to whoever has it already, with another last day.

    Raises Refused.
    """
    _administrators_at_the_table()
    _must_administer(by)
    if not Member.objects.filter(pk=member.pk, is_active=True).exists():
        raise Refused(ASLEEP)
    if ends_on is not None and ends_on < timezone.localdate():
        raise Refused(OVER)
    former = RoleGrant.objects.filter(member=member, role=role, ended_at=None).first()
    if former is not None and former.ends_on == ends_on:
        return former
    if former is not None:
        _close(former, by)
    given = RoleGrant.objects.create(member=member, role=role, ends_on=ends_on, granted_by=by)
    _change_the_locks(member)
    if role == RoleName.ADMINISTRATOR:
        _somebody_stays()
    _follow(member, is_lost=False)
    if former is None:
        _tell(member, account_letters.ROLE_GIVEN, role)
    return given


@transaction.atomic
def take_back(given: RoleGrant, *, by: Member) -> None:
    """End a role now; what has ended stays as it was. Raises Refused."""
    _administrators_at_the_table()
    _must_administer(by)
    given.refresh_from_db()
    if given.ended_at is not None:
        return
    _close(given, by)
    if given.role == RoleName.ADMINISTRATOR:
        _somebody_stays()
    _follow(given.member, is_lost=True)
    _tell(given.member, account_letters.ROLE_ENDED, given.role)


@transaction.atomic
def end_due() -> int:
    """Close the roles whose last day is over; returns how many."""
    due = list(
        RoleGrant.objects.due().select_for_update(skip_locked=True, of=("self",)).select_related("member")
    )
    for given in due:
        _close(given, None)
        _tell(given.member, account_letters.ROLE_ENDED, given.role)
    for member in Member.objects.filter(pk__in={given.member_id for given in due}):
        _follow(member, is_lost=True)
    return len(due)


@transaction.atomic
def appoint(member: Member, role: RoleName) -> RoleGrant:
    """Give a role from the command line of the server, where nobody is signed in: to the first administrator."""
    given, _is_new = RoleGrant.objects.get_or_create(member=member, role=role, ended_at=None)
    _follow(member, is_lost=False)
    return given


@transaction.atomic
def strip(member: Member, *, by: Member) -> None:
    """Take away all rights that somebody has beside roles, as older sites gave them. Raises Refused."""
    _administrators_at_the_table()
    _must_administer(by)
    member.user_permissions.clear()
    member.groups.clear()
    _follow(member, is_lost=True)
    _somebody_stays()


def beside_a_role() -> QuerySet[Member]:
    """Who may do something that no role of theirs says."""
    live = RoleGrant.objects.live()
    administering = live.filter(role=RoleName.ADMINISTRATOR).values("member")
    return Member.objects.filter(
        Q(pk__in=Member.groups.through.objects.values("member"))
        | Q(pk__in=Member.user_permissions.through.objects.values("member"))
        | Q(is_staff=True) & ~Q(pk__in=live.values("member"))
        | Q(is_superuser=True) & ~Q(pk__in=administering)
    ).order_by("pk")


def may_touch(user: Any, member: Member | None) -> bool:
    """Whether somebody may change an account: one of staff is for its owner and for administrators.

    Whoever has another's address, password or second factor in hand has that account, and all that it may do.
    """
    return member is None or user.is_superuser or not member.is_staff or member.pk == user.pk


def is_last_administrator(member: Member) -> bool:
    """Whether nobody would administer the site for good without this member."""
    lasting = _lasting()
    return lasting.filter(member=member).exists() and not lasting.exclude(member=member).exists()


# --- what the verbs are made of -------------------------------------------------------------------------


def _lasting() -> QuerySet[RoleGrant]:
    """The roles of those who administer the site without an end."""
    found = RoleGrant.objects.filter(role=RoleName.ADMINISTRATOR, ended_at=None, ends_on=None)
    return found.filter(member__is_active=True)


def _administrators_at_the_table() -> None:
    # Two who take back each other's role at the same moment come one after the other.
    list(_lasting().select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _must_administer(by: Member) -> None:
    if not Member.objects.filter(pk=by.pk, is_superuser=True, is_active=True).exists():
        raise Refused(NOT_YOURS)


def _somebody_stays() -> None:
    if not _lasting().exists():
        raise Refused(LAST)


def _close(given: RoleGrant, by: Member | None) -> None:
    given.ended_at, given.ended_by = timezone.now(), by
    given.save(update_fields=["ended_at", "ended_by"])


def _tell(member: Member, letter: str, role: str) -> None:
    told = {"name": member.name, "zone": member.timezone, "role": RoleName(role).value}
    account_letters.ask(letter, member.email, told, member.language)


def _change_the_locks(member: Member) -> None:
    """Whoever is new among staff signs in by mail: a password or a passkey from before may be in another's hand."""
    if Member.objects.filter(pk=member.pk, is_staff=False).exists():
        member.set_unusable_password()
        member.save(update_fields=["password"])
        Authenticator.objects.filter(user=member).delete()


def _follow(member: Member, *, is_lost: bool) -> None:
    """Let the account be what its roles say. Who loses something, or is new among staff, has to sign in again."""
    live = set(member.grants.live().values_list("role", flat=True))
    was_staff = Member.objects.select_for_update().values_list("is_staff", flat=True).get(pk=member.pk)
    member.is_staff, member.is_superuser = bool(live), RoleName.ADMINISTRATOR.value in live
    member.save(update_fields=["is_staff", "is_superuser"])
    if is_lost or (member.is_staff and not was_staff):
        end_sessions(member)
