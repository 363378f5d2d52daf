"""How staff look after memberships: which run, which end soon, who covers whom, and another year for many at once."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.granting import LAST, is_last_administrator
from people.membership import current, renew
from people.models import Member

SOON = 60
# More names than these nobody reads in a message.
NAMED = 10


class MembershipFilter(admin.SimpleListFilter):
    title = _("membership")
    parameter_name = "membership"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("current", _("current")),
            ("covered", _("covered by somebody else")),
            ("ended", _("ended")),
            ("none", _("never a member")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:
        chosen = {
            "current": queryset.filter(current()),
            "covered": queryset.exclude(covered_by=None),
            "ended": queryset.filter(member_until__lt=localdate()).exclude(current()),
            "none": queryset.filter(member_since=None, covered_by=None),
        }
        return chosen.get(self.value() or "", queryset)


class EndingFilter(admin.SimpleListFilter):
    title = _("end of the membership")
    parameter_name = "ends"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("soon", _("ends within 60 days")),
            ("lately", _("ended within the last 60 days")),
            ("never", _("without an end")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:
        today = localdate()
        soon, lately = today + timedelta(days=SOON), today - timedelta(days=SOON)
        chosen = {
            "soon": queryset.filter(member_until__range=(today, soon)),
            "lately": queryset.filter(member_until__gte=lately, member_until__lt=today),
            "never": queryset.filter(member_since__isnull=False, member_until=None),
        }
        return chosen.get(self.value() or "", queryset)


class MemberForm(UserChangeForm):
    class Meta:
        model = Member
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("member_until") and not cleaned.get("member_since"):
            self.add_error("member_since", _("Since when? A membership that ends has begun."))
        if cleaned.get("is_active") is False and is_last_administrator(self.instance):
            self.add_error("is_active", LAST)
        above = cleaned.get("covered_by")
        if above and above.membership not in Member.COVERING:
            words = _(
                "The membership of %(member)s covers nobody else: make it a household or a corporate one first."
            )
            self.add_error("covered_by", ValidationError(words, params={"member": above}))
        return cleaned


class Renewing:
    """Mixed into the admin of members: whom a membership covers, and another year for all that are chosen."""

    message_user: Any
    log_change: Any

    @admin.display(description=_("also covers, with accounts of their own"))
    def covers_whom(self, member: Member) -> str:
        return ", ".join(str(covered) for covered in member.covers.order_by("name", "email")) or "–"

    @admin.action(description=_("Renew the membership by a year"), permissions=["change"])
    def renew_by_a_year(self, request: HttpRequest, queryset: QuerySet[Member]) -> None:
        outcome = renew(queryset)
        for member in outcome.renewed:
            self.log_change(request, member, [{"changed": {"fields": [str(_("member until"))]}}])
        if count := len(outcome.renewed):
            words = ngettext(
                "%(count)d membership runs a year longer: %(who)s.",
                "%(count)d memberships run a year longer: %(who)s.",
                count,
            )
            self.message_user(
                request, words % {"count": count, "who": _with_ends(outcome.renewed)}, messages.SUCCESS
            )
        left = [
            (outcome.endless, _("Without an end, and so as it was: %(who)s.")),
            (
                outcome.renewed_before,
                _("Renewed before, for it ends more than a year from now, and so as it was: %(who)s."),
            ),
            (
                outcome.long_ended,
                _("Ended more than a year ago, and so as it was; please enter the dates by hand: %(who)s."),
            ),
        ]
        for members, reason in left:
            if members:
                self.message_user(request, reason % {"who": _names(members)}, messages.WARNING)


def _with_ends(members: list[Member]) -> str:
    return _listed(f"{member} ({member.member_until})" for member in members)


def _names(members: list[Member]) -> str:
    return _listed(str(member) for member in members)


def _listed(words: Iterable[str]) -> str:
    known = list(words)
    more = len(known) - NAMED
    return ", ".join(known[:NAMED]) + (f" + {more}" if more > 0 else "")
