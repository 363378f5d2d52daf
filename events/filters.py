"""The ways to narrow list and calendar. They live in the address, so that what one sees can be sent to somebody."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choices import groups, in_town
from events.models import Event
from events.models.listing import EventQuerySet
from events.month import Month, NoSuchMonth, month_of, read_year
from relationships.models import City, Relationship, Sector
from sistercities.pages.dates import HistoricalDate

YEAR = re.compile("[0-9]{4}")
SLUG = re.compile("[a-zA-Z0-9_-]+")
UNKNOWN: dict[str, str | Promise] = {
    "relationship": gettext_lazy("There is no such relationship."),
    "sector": gettext_lazy("There is no such sector."),
    "city": gettext_lazy("There is no such city."),
}


@dataclass(frozen=True)
class Filters:
    """A kind of event; a relationship, a sector and a city by their addresses; a year. Empty means all."""

    kind: str = ""
    relationship: str = ""
    sector: str = ""
    city: str = ""
    year: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Raises Http404 for what cannot be: an unknown kind, bond, sector or city, a year that is none."""
        wanted = cls(**{name: query.get(name, "") for name in cls.__dataclass_fields__})
        if wanted.kind and wanted.kind not in Event.Kind.values:
            raise Http404(_("There is no such kind of event."))
        try:
            _year = wanted.year and read_year(wanted.year)
        except NoSuchMonth:
            raise Http404(_("That is not a year.")) from None
        for name, words in UNKNOWN.items():
            # The form of an address first: PostgreSQL takes no NUL, not even to say that nothing bears that name.
            slug = getattr(wanted, name)
            if slug and not (SLUG.fullmatch(slug) and among(name).filter(slug=slug).exists()):
                raise Http404(str(words))
        return wanted

    def __bool__(self) -> bool:
        return any(vars(self).values())

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})

    @property
    def as_query(self) -> str:
        """What an address on the same site has after its path."""
        return f"?{self.query}" if self else ""

    @property
    def timeless(self) -> "Filters":
        """The same for every year: what the pages of the calendar go by, which have their year in the path."""
        return replace(self, year="")

    @property
    def url(self) -> str:
        return self.on(reverse("events:event_list"))

    def on(self, path: str) -> str:
        """An address with this choice."""
        return path + self.as_query

    def on_month(self, month: Month) -> str:
        return self.timeless.on(
            reverse("events:calendar_month", args=[f"{month.year:04d}", f"{month.number:02d}"])
        )

    def on_year(self, year: int) -> str:
        return self.timeless.on(reverse("events:calendar_year", args=[f"{year:04d}"]))

    def views(self, month: Month | None = None, current: str = "list") -> list[dict[str, Any]]:
        """The same choice as a list, by month and by year; from the list to the year that was chosen, or to today."""
        today = month_of(localdate())
        shown = month or (Month(int(self.year), 1) if self.year else today)
        links = {"list": self.url, "month": self.on_month(shown), "year": self.on_year(shown.year)}
        words = {"list": _("List"), "month": _("By month"), "year": _("By year")}
        return [{"label": words[name], "url": url, "current": name == current} for name, url in links.items()]

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        if self.kind:
            events = events.filter(kind=self.kind)
        if self.relationship:
            events = events.filter(relationships__slug=self.relationship)
        if self.sector:
            events = events.filter(sectors__slug=self.sector)
        if self.city:
            here = City.objects.published().filter(slug=self.city)
            events = events.filter(pk__in=Event.objects.filter(in_town("__in", here)).values("pk"))
        if self.year:
            year = HistoricalDate(int(self.year))
            events = events.filter(held_first__range=(year.first_day, year.last_day))
        return events

    def bonds(self, bonds: QuerySet[Relationship]) -> QuerySet[Relationship]:
        """The bonds that this choice leaves, for their anniversaries; none where it is for a kind of event."""
        if self.kind:
            return bonds.none()
        if self.relationship:
            bonds = bonds.filter(slug=self.relationship)
        if self.sector:
            bonds = bonds.filter(pk__in=Relationship.objects.filter(sectors__slug=self.sector))
        if self.city:
            bonds = bonds.filter(pk__in=Relationship.objects.filter(parties__city__slug=self.city))
        return bonds

    def groups(self, events: EventQuerySet, path: str = "") -> list[dict[str, Any]]:
        """Every choice there is, with how many events it would leave: for the list, or a page of the calendar."""
        names = [name for name in self.__dataclass_fields__ if name != "year" or not path]
        return groups(self, events, path or reverse("events:event_list"), names)


def among(name: str) -> QuerySet[Any]:
    """All that a filter may name, by its address."""
    if name == "sector":
        return Sector.objects.all()
    return (Relationship if name == "relationship" else City).objects.published()
