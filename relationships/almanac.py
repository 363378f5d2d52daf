"""The anniversaries of published bonds: those of the next twelve months, those of a month, where it is the day already.

An ended bond has none after its end, and one that rests by decision none while it rests.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone
from django.utils.timezone import localdate

from relationships.anniversaries import Coming, coming, marked_in
from relationships.models import City, Relationship
from relationships.models.bonds import RelationshipQuerySet
from relationships.standing import covers
from sistercities.pages.dates import from_date


def remembered() -> RelationshipQuerySet:
    """Published bonds whose founding day is known."""
    found: RelationshipQuerySet = Relationship.objects.listed().filter(
        established_first=F("established_last")
    )
    return found.with_cities().prefetch_related("suspensions")


def of_next_twelve_months(today: date | None = None) -> list[Coming[Relationship]]:
    """The next anniversary of each live bond, the nearest first; last those of bonds known by their year."""
    today = today or localdate()
    bonds = Relationship.objects.listed().live().with_cities().prefetch_related("suspensions")
    found = coming((bond, bond.established, today) for bond in bonds if bond.established)
    return [each for each in found if lasts_on(each.of, each.anniversary.day or today)]


def between(bonds: Iterable[Relationship], first: date, last: date) -> list[Coming[Relationship]]:
    """The anniversaries of these bonds in a span of days, in the order of their days, the oldest bond first."""
    found = [
        Coming(bond, anniversary)
        for bond in bonds
        for year in range(first.year, last.year + 1)
        if bond.established
        and (anniversary := marked_in(bond.established, year))
        and anniversary.day
        and first <= anniversary.day <= last
        and lasts_on(bond, anniversary.day)
    ]
    return sorted(found, key=lambda each: (each.anniversary.day, -each.anniversary.years))


def lasts_on(bond: Relationship, day: date) -> bool:
    """Whether a bond neither had ended by a day, nor rested on it."""
    ended = bond.ended is not None and bond.ended.first_day <= from_date(day).first_day
    return not ended and not any(covers(row, day) for row in bond.suspensions.all())


def where_it_has_begun(each: Coming[Relationship], now: datetime | None = None) -> Sequence[City]:
    """The cities of the bond where the day has begun, while the association's own calendar is a day behind."""
    now, day = now or timezone.now(), each.anniversary.day
    if day is None or day - localdate(now) != timedelta(days=1):
        return []
    known = (city for city in each.of.cities if city.timezone)
    return [city for city in known if now.astimezone(ZoneInfo(city.timezone)).date() == day]
