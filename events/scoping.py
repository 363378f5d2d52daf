"""Which events somebody works at: whoever is host of some sees these and what belongs to them, and no others."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from events.models import Event, TeamMember
from people.models import RoleGrant
from people.roles import Scope, duties, scope

Row = TypeVar("Row", bound=models.Model)


def within(user: Any, permission: str, rows: QuerySet[Row], path: str = "") -> QuerySet[Row]:
    """Those rows for which somebody has the permission; ``path`` leads from a row to its event."""
    where = scope(user, permission)
    if where is Scope.ALL:
        return rows
    if where is Scope.NONE:
        return rows.none()
    own = TeamMember.objects.filter(member=user, duty__in=duties(user, permission)).values("event")
    return rows.filter(**{f"{path or 'pk'}__in": own})


def is_within(user: Any, permission: str, event: int | None) -> bool:
    """Whether somebody has the permission at this event, given by its number; without one, everywhere."""
    where = scope(user, permission)
    if where is not Scope.OWN:
        return where is Scope.ALL
    team = TeamMember.objects.filter(member=user, event=event, duty__in=duties(user, permission))
    return event is not None and team.exists()


def without_role(event: Event) -> QuerySet[TeamMember]:
    """Who has a duty at an event, and not the role that would let them do it."""
    held = RoleGrant.objects.live().filter(member=OuterRef("member"), role=OuterRef("duty"))
    team = event.team.filter(member__is_superuser=False).select_related("member")
    return team.exclude(Exists(held))


def entrust(event: Event, member: Any) -> None:
    """Whoever makes an event and may do so at own events only becomes its host, and so finds it again."""
    if scope(member, "events.change_event") is Scope.OWN:
        TeamMember.objects.get_or_create(event=event, member=member, duty=TeamMember.Duty.HOST)
