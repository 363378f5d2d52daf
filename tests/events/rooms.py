"""How tests open the room of an event, as somebody with a role."""

from typing import Any

from django.test import Client
from django.urls import reverse

from events.models import Event, TeamMember
from people.models import Member, RoleGrant, RoleName
from tests import factories


def enter(client: Client, event: Event, name: str = "room", **query: str) -> Any:
    return client.get(reverse(f"admin:events_event_{name}", args=[event.pk]), query)


def with_role(client: Client, role: RoleName, event: Event | None = None) -> Member:
    """Sign somebody in who has this role, and looks after an event."""
    who = factories.member(f"{role}@example.org", is_staff=True)
    RoleGrant.objects.create(member=who, role=role)
    if event:
        TeamMember.objects.create(event=event, member=who, duty=role)
    client.force_login(who)
    return who
