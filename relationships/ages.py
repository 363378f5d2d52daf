"""How old the bonds are today, by the calendar of the association (TIME_ZONE), so that all pages count the same."""

from collections.abc import Iterable

from django.utils.timezone import localdate

from relationships.anniversaries import Anniversary, Coming, coming, next_anniversary
from relationships.models import Relationship


def next_of(bond: Relationship) -> Anniversary | None:
    """The anniversary that comes next; an ended bond has none, nor one that nobody knows the date of."""
    if bond.ended or not bond.established:
        return None
    return next_anniversary(bond.established, localdate())


def next_round(bonds: Iterable[Relationship], limit: int) -> list[Coming[Relationship]]:
    """The round anniversaries of those that last which come next within a year, the nearest first."""
    live = ((bond, bond.established, localdate()) for bond in bonds if bond.established and not bond.ended)
    return [each for each in coming(live, only_round=True) if each.anniversary.day][:limit]
