"""The ways to narrow the calendar. They live in the address, so that a view of the archive can be sent to somebody."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Left
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from events.models.event import EventQuerySet
from relationships.models import Relationship
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.templatetags.bilingual import plain

YEAR = re.compile("[0-9]{4}")


@dataclass(frozen=True)
class Filters:
    """A kind of event, a relationship by its address, a year; empty means all."""

    kind: str = ""
    relationship: str = ""
    year: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Raises Http404 for what cannot be: an unknown kind or relationship, a year that is none."""
        wanted = cls(*(query.get(name, "") for name in ("kind", "relationship", "year")))
        if wanted.kind and wanted.kind not in Event.Kind.values:
            raise Http404(_("There is no such kind of event."))
        if wanted.year and not YEAR.fullmatch(wanted.year):
            raise Http404(_("That is not a year."))
        if wanted.relationship:
            get_object_or_404(Relationship.objects.published(), slug=wanted.relationship)
        return wanted

    def __bool__(self) -> bool:
        return bool(self.kind or self.relationship or self.year)

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})

    @property
    def url(self) -> str:
        return f"{reverse('events:event_list')}{'?' if self else ''}{self.query}"

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        if self.kind:
            events = events.filter(kind=self.kind)
        if self.relationship:
            events = events.filter(relationships__slug=self.relationship)
        if self.year:
            year = HistoricalDate(int(self.year))
            events = events.filter(held_first__range=(year.first_day, year.last_day))
        return events

    def groups(self, events: EventQuerySet) -> list[dict[str, Any]]:
        """What components/_filters.html takes: per filter its options and how many events each would leave."""
        kinds = replace(self, kind="").narrow(events).order_by().values_list("kind").annotate(Count("pk"))
        bonds = Relationship.objects.published().filter(
            events__in=replace(self, relationship="").narrow(events)
        )
        counted = bonds.annotate(found=Count("events", distinct=True))
        return [
            self._group(
                "kind", _("Kind"), [(kind, Event.Kind(kind).label, n) for kind, n in kinds.order_by("kind")]
            ),
            self._group(
                "relationship",
                _("Relationship"),
                [(bond.slug, plain(bond.title), bond.found) for bond in counted],
            ),
            self._group(
                "year",
                _("Year"),
                [(year, year, n) for year, n in _years(replace(self, year="").narrow(events))],
            ),
        ]

    def _group(self, name: str, label: str, options: list[tuple[str, Any, int]]) -> dict[str, Any]:
        current = getattr(self, name)
        choices = [("", _("all"), None), *options]
        return {
            "label": label,
            "options": [
                {
                    "label": words,
                    "url": replace(self, **{name: value}).url,
                    "current": value == current,
                    "count": count,
                }
                for value, words, count in choices
            ],
        }


def _years(events: EventQuerySet) -> list[tuple[str, int]]:
    """The years of our era in which events began, the latest first, with how many."""
    year = Left(Cast("held", CharField()), 4)
    found = events.order_by().annotate(year=year).filter(year__regex="^[0-9]{4}$")
    return list(found.values_list("year").annotate(Count("pk", distinct=True)).order_by("-year"))
