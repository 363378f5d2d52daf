"""What the desk tells of members: whose membership ends, or has ended of late; which roles end."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.admin_membership import SOON
from people.models import Member, RoleGrant
from sistercities import desk
from sistercities.desk import Need, Urgency, far_away

ROLES_END = 30  # days

desk.begins(_("A person"), "admin:people_person_add", "people.add_person")
desk.begins(_("A member"), "admin:people_member_add", "people.add_member")


@desk.needs("people.change_member")
def memberships(request: HttpRequest) -> Iterator[Need]:
    """As many as the lists say to which they lead."""
    today, url = timezone.localdate(), reverse("admin:people_member_changelist")
    soon, lately = today + timedelta(days=SOON), today - timedelta(days=SOON)
    found = Member.objects.filter(member_until__range=(lately, soon)).aggregate(
        ending=Count("pk", filter=Q(member_until__gte=today)),
        ended=Count("pk", filter=Q(member_until__lt=today)),
    )
    if count := found["ending"]:
        words = ngettext(
            "%(count)s membership ends within %(days)s days",
            "%(count)s memberships end within %(days)s days",
            count,
        )
        detail = _("letters remind them by themselves")
        yield Need(words % {"count": count, "days": SOON}, f"{url}?ends=soon", detail=str(detail))
    if count := found["ended"]:
        words = ngettext(
            "%(count)s membership has ended, perhaps to be renewed",
            "%(count)s memberships have ended, perhaps to be renewed",
            count,
        )
        yield Need(words % {"count": count}, f"{url}?ends=lately", Urgency.SOME_TIME)


@desk.needs()
def ending_roles(request: HttpRequest) -> Iterator[Need]:
    """For administrators, who alone can give a role again."""
    if not request.user.is_superuser:
        return
    today = timezone.localdate()
    ending = RoleGrant.objects.live().filter(ends_on__lte=today + timedelta(days=ROLES_END))
    for grant in ending.select_related("member").order_by("ends_on", "pk")[:5]:
        yield Need(
            str(_("The role of %(role)s ends")) % {"role": grant},
            reverse("admin:people_member_roles", args=[grant.member_id]),
            about=grant.member.name or grant.member.email,
            detail=far_away(grant.ends_on, today) if grant.ends_on else "",
        )
