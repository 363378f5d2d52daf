"""How old the bonds are today, by the calendar of the association (TIME_ZONE), so that all pages count the same."""

from django.utils.timezone import localdate

from relationships.anniversaries import Anniversary, Coming, coming, next_anniversary, years_full
from relationships.models import Relationship


def years_of(bond: Relationship) -> int:
    """The years it has lasted, full ones."""
    return years_full(bond.established, localdate(), bond.ended)


def next_of(bond: Relationship) -> Anniversary | None:
    """The anniversary that comes next; an ended bond has none."""
    return None if bond.ended else next_anniversary(bond.established, localdate())


def next_round(limit: int) -> list[Coming[Relationship]]:
    """The round anniversaries of all bonds that come next within a year, the nearest first."""
    bonds = Relationship.objects.listed().live().with_cities()
    found = coming(((bond, bond.established, localdate()) for bond in bonds), only_round=True)
    return [each for each in found if each.anniversary.day][:limit]
