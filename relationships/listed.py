"""A part of a long list of bonds: their numbers first, then all that the part shows of them in a few queries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.timezone import localdate

from relationships.choosing import Among, Choice
from relationships.models import City, Party, Relationship, Sector
from relationships.standing import with_standing
from sistercities.pages.bilingual import column, languages


class Part:
    """The numbers of the bonds found, for the paginator; how many there are, where that is known already."""

    def __init__(self, found: QuerySet[Any], number: int | None = None) -> None:
        self.found, self.number = found, number

    def count(self) -> int:
        return self.found.count() if self.number is None else self.number

    def __getitem__(self, part: slice) -> list[int]:
        return list(self.found.values_list("pk", flat=True)[part])


def loaded(numbers: Iterable[int], *more: QuerySet[Any]) -> dict[int, Any]:
    """The bonds with these numbers, and ``more`` of them, with all that a row or a map says of them."""
    wanted = Q(pk__in=list(numbers))
    for queryset in more:
        wanted |= Q(pk__in=queryset)
    found = Relationship.objects.listed().filter(wanted).select_related("superseded_by")
    bonds = with_standing(found.annotate(works_in=sectors()).with_cities(), localdate())
    return {bond.pk: bond for bond in bonds}


def sectors() -> ArraySubquery:
    """The names of the sectors of a bond, in one column."""
    names = {name: name for name in (column("name", code) for code in languages())}
    rows = Sector.objects.filter(relationships=OuterRef("pk")).order_by("name_en")
    return ArraySubquery(rows.values_list(JSONObject(**names)))


def cities_of(choice: Choice, today: date) -> QuerySet[City]:
    """The cities asked for; where more is asked than a place, those that have such a bond there."""
    here = choice.cities()
    if not (choice.kind or choice.whose or choice.standing or choice.partner):
        return here
    found = choice.bonds(today).order_by().values("pk")
    members = Party.objects.filter(Among("relationship", found), left=None).order_by().values("city")
    return here.filter(Among("pk", members))
