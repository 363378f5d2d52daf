"""Whose membership runs, by their own or by that of their household; who is reminded of its end; renewing it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate

from people.models import Member
from sistercities.mail import outbox

# Days from a letter to the last day of the membership: two months before, two weeks before, the day after.
LETTERS = (60, 14, -1)
# Where no worker ran on the day, the letter still goes within a week; later the next one is due, or none.
CATCH_UP = 7
MORNING = time(9)


def running(today: date) -> Q:
    """Members whose own membership runs on a day."""
    return Q(member_since__lte=today) & (Q(member_until=None) | Q(member_until__gte=today))


def covered(today: date) -> Q:
    """Members whom the membership of somebody else covers on a day."""
    above = Q(covered_by__member_since__lte=today, covered_by__membership__in=Member.COVERING)
    return above & (Q(covered_by__member_until=None) | Q(covered_by__member_until__gte=today))


def current(today: date | None = None) -> Q:
    """Whoever is a member on a day: ``Member.is_current_member``, asked of many at once."""
    today = today or localdate()
    return running(today) | covered(today)


# --- letters before the end -----------------------------------------------------------------------------


def letter_due(until: date, today: date) -> int | None:
    """Which letter is due about a membership that ends on this day, if any: 60, 14 or -1."""
    left = (until - today).days
    return next((days for days in LETTERS if days - CATCH_UP < left <= days), None)


def remind(now: datetime | None = None) -> int:
    """Ask for the letters that are due about memberships that end; each once. Returns how many letters are due.

    Nobody is written to whose membership has no end, or whom another's covers, or who may not sign in.
    """
    now = now or timezone.now()
    today = localdate(now)
    near = Q()
    for days in LETTERS:
        last = today + timedelta(days=days)
        near |= Q(member_until__gt=last - timedelta(days=CATCH_UP), member_until__lte=last)
    ending = Member.objects.filter(near, is_active=True).exclude(member_since=None).exclude(covered(today))
    requests = [_letter(member, today) for member in ending.order_by("pk")]
    outbox.queue_all(requests)
    return len(requests)


def _letter(member: Member, today: date) -> dict[str, Any]:
    until = member.member_until or today
    days = letter_due(until, today)
    return {
        "key": f"membership-ends:{member.pk}:{until.isoformat()}:{days}",
        "kind": "membership_ends",
        "to_email": member.email,
        "to_name": member.name,
        "language": member.language,
        "snapshot": {"member": member.pk, "until": until.isoformat(), "days": days},
        "send_after": _morning_of(member, today),
    }


def _morning_of(member: Member, day: date) -> datetime:
    return datetime.combine(day, MORNING, ZoneInfo(member.timezone or settings.TIME_ZONE))


# --- renewing -------------------------------------------------------------------------------------------


@dataclass
class Renewal:
    """What became of members who were to be renewed by a year."""

    renewed: list[Member] = field(default_factory=list)
    endless: list[Member] = field(default_factory=list)
    renewed_before: list[Member] = field(default_factory=list)
    long_ended: list[Member] = field(default_factory=list)

    def place_for(self, member: Member, today: date) -> list[Member]:
        """Among whom a member belongs: with the others who cannot be renewed so, or with those who can."""
        until = member.member_until
        if until is None:
            return self.endless
        if until > today + timedelta(days=366):
            return self.renewed_before
        return self.renewed if a_year_after(until) >= today else self.long_ended


@transaction.atomic
def renew(members: "QuerySet[Member] | Iterable[Member]", today: date | None = None) -> Renewal:
    """Let memberships run a year longer, counted from their last day.

    Left alone: those without an end; those that end more than a year from now, for they were renewed already; and
    those that would have ended even so, whose dates somebody has to look at.
    """
    today, outcome = today or localdate(), Renewal()
    chosen = [member.pk for member in members]
    for member in Member.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"):
        outcome.place_for(member, today).append(member)
    for member in outcome.renewed:
        if member.member_until:
            member.member_until = a_year_after(member.member_until)
        member.save(update_fields=["member_until"])
    return outcome


def a_year_after(day: date) -> date:
    """The same day a year later; the 28th where it is the leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
