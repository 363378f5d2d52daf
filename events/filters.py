"""The ways to narrow the calendar. They live in the address, so that a view of the archive can be sent to somebody."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, Q, QuerySet
from django.db.models.functions import Cast, Left
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.models import Event
from events.models.event import EventQuerySet
from relationships.models import Relationship
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.templatetags.bilingual import plain

YEAR = re.compile("[0-9]{4}")
SLUG = re.compile("[a-zA-Z0-9_-]+")


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
        # The form of an address first: PostgreSQL takes no NUL, not even to say that nothing bears that name.
        if wanted.relationship and not (
            SLUG.fullmatch(wanted.relationship) and _is_published(wanted.relationship)
        ):
            raise Http404(_("There is no such relationship."))
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
        """What components/_filters.html takes: every choice there is, with how many events it would leave."""
        kinds = _counted(
            events.order_by("kind").values_list("kind"), "pk", replace(self, kind="").narrow(events)
        )
        bonds = _counted(
            Relationship.objects.published().filter(events__in=events),
            "events",
            replace(self, relationship="").narrow(events),
        )
        return [
            self._group(
                "kind",
                _("Kind"),
                [(kind, capfirst(Event.Kind(kind).label), found) for kind, found in kinds],
            ),
            self._group(
                "relationship",
                _("Relationship"),
                [(bond.slug, plain(bond.title), bond.found) for bond in bonds],
            ),
            self._group("year", _("Year"), self._years(events)),
        ]

    def _years(self, events: EventQuerySet) -> list[tuple[str, str, int]]:
        """The years of our era in which events began, the latest first; the one asked for even if it had none."""
        dated = events.annotate(year=Left(Cast("held", CharField()), 4)).filter(year__regex="^[0-9]{4}$")
        rows = _counted(
            dated.order_by("year").values_list("year"), "pk", replace(self, year="").narrow(events)
        )
        found = {self.year: 0, **dict(rows)} if self.year else dict(rows)
        return [(year, year, found[year]) for year in sorted(found, reverse=True)]

    def _group(self, name: str, label: str, options: list[tuple[str, Any, int]]) -> dict[str, Any]:
        current = getattr(self, name)
        choices = [("", _("All"), None), *options]
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


def _counted(choices: QuerySet[Any], name: str, events: EventQuerySet) -> QuerySet[Any]:
    """Each choice with how many of these events it has, in ``found``; choices without any stay."""
    among = Q(**{f"{name}__in": events.order_by().values("pk")})
    return choices.annotate(found=Count(name, filter=among, distinct=True))


def _is_published(slug: str) -> bool:
    return bool(Relationship.objects.published().filter(slug=slug).exists())
