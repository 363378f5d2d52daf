"""The anniversaries of the association's bonds: those to come, those of a month, where it is the day already.

An ended bond has none after its end, and one that rests by decision none while it rests. The database puts them in the
order of the calendar, so that a page of them costs the same however many bonds there are; those of a directory are told
on their own pages only.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Left, Mod, Substr
from django.utils import timezone
from django.utils.timezone import localdate

from relationships.anniversaries import ROUND, Coming, coming, marked_in
from relationships.models import City, Relationship, Suspension
from relationships.models.bonds import RelationshipQuerySet
from relationships.standing import covers
from sistercities.pages.dates import days_of, from_date

DAY, NO_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "^[0-9]{4}(-[0-9]{2})?$"


def remembered() -> RelationshipQuerySet:
    """Published bonds of ours whose founding day is known."""
    found: RelationshipQuerySet = (
        Relationship.objects.listed().ours().filter(established_first=F("established_last"))
    )
    return found.with_cities().prefetch_related("suspensions")


def ahead(today: date) -> RelationshipQuerySet:
    """Our live bonds that have an anniversary to come, the nearest first; last those known by year or month alone."""
    bonds = Relationship.objects.listed().ours().live().annotate(written=Cast("established", CharField()))
    of_a_day = Q(written__regex=DAY, established_first__lt=from_date(today).first_day)
    of_a_year = Q(written__regex=NO_DAY, established_first__lt=days_of(today.year, 1, 1))
    resting = Suspension.objects.filter(ended=None, began_first__lte=from_date(today).first_day)
    found: RelationshipQuerySet = bonds.filter(of_a_day | of_a_year).exclude(
        pk__in=resting.order_by().values("relationship")
    )
    placed = found.annotate(
        day=Case(When(written__regex=DAY, then=Substr("written", 6)), default=Value("none")),
        is_past=Case(When(day__lt=f"{today:%m-%d}", then=1), default=0),
    )
    return placed.with_cities().order_by(
        Case(When(day="none", then=1), default=0), "is_past", "day", "established_first", "pk"
    )


def round_ahead(today: date) -> RelationshipQuerySet:
    """Of these, those whose next anniversary has a day and is a round one."""
    years = today.year + F("is_past") - Cast(Left("written", 4), IntegerField())
    found: RelationshipQuerySet = ahead(today).exclude(day="none").annotate(rest=Mod(years, Value(ROUND)))
    return found.filter(rest=0)


def of_next_twelve_months(bonds: Iterable[Relationship], today: date) -> list[Coming[Relationship]]:
    """The next anniversary of each of these bonds, the nearest first; last those of bonds known by their year."""
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
