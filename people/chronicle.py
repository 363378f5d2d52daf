"""What was done with roles, and when staff signed in."""

from collections.abc import Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.devices import device_of
from people.models import RoleGrant
from sistercities.chronicle import Deed, Strand, add


def given() -> QuerySet[Any]:
    return RoleGrant.objects.all()


def ended() -> QuerySet[Any]:
    return RoleGrant.objects.filter(ended_at__isnull=False)


def _deed(grant: RoleGrant, words: str) -> Deed:
    day = date_format(grant.ends_on, "SHORT_DATE_FORMAT") if grant.ends_on else ""
    return Deed(
        words % {"role": grant, "day": day},
        str(grant.member),
        reverse("admin:people_member_roles", args=[grant.member_id]),
    )


def _grants(numbers: Sequence[int]) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(pk__in=numbers).select_related("member")


def tell_given(numbers: Sequence[int]) -> dict[int, Deed]:
    for_good, until = _("gave the role “%(role)s”"), _("gave the role “%(role)s” until %(day)s")
    return {each.pk: _deed(each, until if each.ends_on else for_good) for each in _grants(numbers)}


def tell_ended(numbers: Sequence[int]) -> dict[int, Deed]:
    taken, over = _("took back the role “%(role)s”"), _("the role “%(role)s” was over on %(day)s")
    return {each.pk: _deed(each, taken if each.ended_by_id else over) for each in _grants(numbers)}


def signed_in() -> QuerySet[Any]:
    """As long as the sessions last: when these are over, nothing is kept of them."""
    return UserSession.objects.filter(user__is_staff=True)


def tell_signed_in(numbers: Sequence[int]) -> dict[int, Deed]:
    words = _("signed in with %(device)s")
    return {
        each.pk: Deed(words % {"device": device_of(each.user_agent)})
        for each in UserSession.objects.filter(pk__in=numbers)
    }


add(Strand("roles", gettext_lazy("Roles given"), given, tell_given, "granted_at", "granted_by_id"))
add(Strand("roles-ended", gettext_lazy("Roles ended"), ended, tell_ended, "ended_at", "ended_by_id"))
add(Strand("signed-in", gettext_lazy("Signed in"), signed_in, tell_signed_in, "created_at", "user_id"))
