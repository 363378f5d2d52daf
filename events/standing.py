"""Events as signs of life of the bonds they belong to."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Max, QuerySet

from events.models import Event
from relationships.standing import sign_of_life


def _held() -> QuerySet[Event]:
    """What took place or will, as far as lists may name it."""
    return Event.objects.listed().filter(state=Event.State.ON, is_illustration=False).order_by()


@sign_of_life
def belonging(bonds: Sequence[int]) -> QuerySet[Any, Any]:
    rows = Event.relationships.through.objects.filter(relationship__in=bonds, event__in=_held()).order_by()
    return rows.values(bond=F("relationship_id")).annotate(day=Max("event__held_first"))


@sign_of_life
def celebrating(bonds: Sequence[int]) -> QuerySet[Any, Any]:
    rows = _held().filter(marks__in=bonds)
    return rows.values(bond=F("marks_id")).annotate(day=Max("held_first"))
