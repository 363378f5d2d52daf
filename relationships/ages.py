"""How old the bonds are today, by the calendar of their own cities."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from relationships.anniversaries import Anniversary, Coming, coming, next_anniversary, years_full
from relationships.models import Relationship


def today_of(bond: Relationship) -> date:
    """Today's date in the first of its cities."""
    cities = bond.cities
    return timezone.localdate(timezone=ZoneInfo(cities[0].timezone) if cities else None)


def years_of(bond: Relationship) -> int:
    """The years it has lasted, full ones."""
    return years_full(bond.established, today_of(bond), bond.ended)


def next_of(bond: Relationship) -> Anniversary | None:
    """The anniversary that comes next; an ended bond has none."""
    return None if bond.ended else next_anniversary(bond.established, today_of(bond))


def next_round(limit: int) -> list[Coming[Relationship]]:
    """The round anniversaries of all bonds that come next within a year, the nearest first."""
    bonds = Relationship.objects.listed().live().with_cities()
    found = coming(((bond, bond.established, today_of(bond)) for bond in bonds), only_round=True)
    return [each for each in found if each.anniversary.day][:limit]
