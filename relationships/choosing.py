"""Which bonds the reader wants to see. The choice lives in the address: ``?country=JP&with=US&kind=sister-cities``."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, Count, F, Func, Q, QuerySet, When
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from relationships.clusters import Area
from relationships.models import City, CityName, Party, Relationship, Suspension
from relationships.models.bonds import RelationshipQuerySet
from relationships.standing import State
from sistercities.pages.bilingual import columns
from sistercities.pages.dates import from_date

CODE = re.compile("[A-Z]{2}")
SLUG = re.compile("[a-zA-Z0-9_-]{1,120}")
LONGEST = 60  # letters of a name
OURS, DIRECTORY = "ours", "directory"
WHOSE = {
    OURS: gettext_lazy("the association’s own"),
    DIRECTORY: gettext_lazy("of the directory"),
}
STANDINGS = {
    State.IN_FORCE.value: gettext_lazy("in force"),
    State.SUSPENDED.value: gettext_lazy("suspended"),
    State.ENDED.value: pgettext_lazy("bonds", "ended"),
}


def known(values: Any) -> Any:
    return lambda text: text if text in values else None


def matching(form: re.Pattern[str]) -> Any:
    return lambda text: text if form.fullmatch(text) else None


# How each part of the choice is read from the address; None is what cannot be.
PARTS = {
    "kind": known(Relationship.Kind.values),
    "whose": known(WHOSE),
    "standing": known(STANDINGS),
    "country": matching(CODE),
    "with": matching(CODE),
    "city": matching(SLUG),
    "area": Area.read,
}


@dataclass(frozen=True)
class Choice:
    """What the address asks for; empty means all."""

    kind: str = ""
    whose: str = ""
    standing: str = ""
    country: str = ""
    partner: str = ""  # the country of another of its cities; ``with`` in the address
    city: str = ""
    area: Area | None = None
    name: str = ""  # a part of the name of a city; ``q`` in the address

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Raises Http404 for what cannot be; what merely is not there gives an empty list."""
        found: dict[str, Any] = {}
        for key, read in PARTS.items():
            if text := query.get(key, ""):
                found["partner" if key == "with" else key] = read(text)
        if None in found.values():
            raise Http404(_("There are no such bonds."))
        name = " ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST]
        return cls(**found, name=name)

    def __bool__(self) -> bool:
        return self != Choice()

    @property
    def chosen(self) -> dict[str, str]:
        """As it stands in the address."""
        names = {"partner": "with", "name": "q"}
        return {names.get(key, key): str(value) for key, value in vars(self).items() if value}

    def url(self, path: str, **changes: Any) -> str:
        chosen = replace(self, **changes).chosen
        return f"{path}{'?' if chosen else ''}{urlencode(chosen)}#bonds"

    @property
    def query(self) -> str:
        """For links to the other parts of the same list."""
        return urlencode(self.chosen)

    def bonds(self, today: date) -> RelationshipQuerySet:
        """The bonds asked for, in the order of the list: those that last before those that ended, ours first."""
        found: RelationshipQuerySet = Relationship.objects.listed()
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.whose:
            found = found.filter(is_ours=self.whose == OURS)
        if self.standing:
            found = found.filter(_stands(self.standing, today))
        if self.is_local:
            found = found.filter(Among("pk", self._members().values("relationship")))
            if self.partner:
                found = found.filter(Among("pk", self._both_ends()))
        return found.order_by(*ORDER)

    @property
    def is_local(self) -> bool:
        """Whether it asks for certain cities."""
        return bool(self.country or self.partner or self.city or self.area or self.name)

    def cities(self) -> QuerySet[City]:
        """The public cities in the place asked for."""
        found = City.objects.published()
        if self.country:
            found = found.filter(country_code=self.country)
        if self.city:
            found = found.filter(slug=self.city)
        if self.area:
            found = found.filter(_within(self.area))
        if self.name:
            found = found.filter(called(self.name))
        return found.order_by()

    def _members(self) -> QuerySet[Party]:
        """The present parts of the cities asked for."""
        return parts_of(self.cities())

    def _both_ends(self) -> QuerySet[Any]:
        """The bonds of the other country; where that is the same one, those that have two cities there."""
        there = parts_of(City.objects.published().filter(country_code=self.partner))
        numbers = there.values("relationship").annotate(number=Count("pk"))
        least = 2 if self.partner == self.country else 1
        return numbers.filter(number__gte=least).values("relationship")


def parts_of(cities: QuerySet[City]) -> QuerySet[Party]:
    return Party.objects.filter(Among("city", cities.order_by().values("pk")), left=None).order_by()


class Among(Func):
    """``Among("pk", …)``: one of these numbers, which are gathered first, once, and then looked up one by one.

    A plain ``__in`` leaves the way to the database, whose guess is wrong by thousands right after a directory was taken
    in; it then reads all cities anew for each bond.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, name: str, numbers: QuerySet[Any]) -> None:
        super().__init__(F(name), ArraySubquery(numbers))


ORDER = (
    Case(When(ended=None, then=0), default=1),
    F("is_ours").desc(),
    F("established_first").asc(nulls_last=True),
    "slug",
)


def called(name: str) -> Q:
    """Cities of which a name, present or former, contains these letters."""
    own = Q()
    for column in columns("title"):
        own |= Q(**{f"{column}__icontains": name})
    return own | Q(pk__in=CityName.objects.filter(name__icontains=name).order_by().values("city"))


def _within(area: Area) -> Q:
    lon = Q(longitude__gte=area.west), Q(longitude__lte=area.east)
    across = lon[0] | lon[1] if area.spans_date_line else lon[0] & lon[1]
    return Q(latitude__range=(area.south, area.north)) & across


def _stands(standing: str, today: date) -> Q:
    if standing == State.ENDED:
        return Q(ended__isnull=False)
    day = from_date(today).first_day
    lasting = Q(ended=None) | Q(ended_last__gte=day)
    resting = Suspension.objects.filter(lasting, began_first__lte=day).order_by().values("relationship")
    suspended = Q(pk__in=resting)
    return Q(ended=None) & (suspended if standing == State.SUSPENDED else ~suspended)
