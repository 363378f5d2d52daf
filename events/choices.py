"""The choices there are to narrow list and calendar, each with how many events it would leave: one query for all."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Left
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.models import Event, Venue
from events.models.listing import EventQuerySet
from relationships.models import City, Party, Relationship, Sector
from sistercities.pages.bilingual import LocalText, column, current_language, languages
from sistercities.pages.templatetags.bilingual import plain

if TYPE_CHECKING:  # filters ask for the choices there are; at run time nothing here asks back
    from events.filters import Filters

LABELS: dict[str, str | Promise] = {
    "kind": _("Kind"),
    "relationship": _("Relationship"),
    "sector": _("Sector"),
    "city": _("City"),
    "year": _("Year"),
}
MOST = 24  # in one group, those with most events
Row = dict[str, Any]
Without = Callable[[str], EventQuerySet]


def groups(filters: "Filters", events: EventQuerySet, path: str, names: list[str]) -> list[Row]:
    """What components/_filters.html takes: these groups of choices, as links to the page at a path.

    A group in which there is nothing to choose is left out, unless something was chosen in it.
    """
    found: dict[str, list[Row]] = {name: [] for name in names}
    for row in _rows(events, lambda name: replace(filters, **{name: ""}).narrow(events), names):
        found[row["filter"]].append(row)
    if filters.year and "year" in found:
        _keep_year(found["year"], filters.year)
    return [
        {"name": name, "label": LABELS[name], "options": _options(filters, path, name, rows)}
        for name, rows in found.items()
        if rows or getattr(filters, name)
    ]


def _keep_year(rows: list[Row], year: str) -> None:
    """The year asked for stands among the others even if it had no event."""
    if year not in [row["value"] for row in rows]:
        rows.append({"value": year, "found": 0})
        rows.sort(key=lambda row: str(row["value"]), reverse=True)


def _options(filters: "Filters", path: str, name: str, rows: list[Row]) -> list[Row]:
    choices = [("", _("All"), None), *((row["value"], _label(name, row), row["found"]) for row in rows)]
    return [
        {
            "label": label,
            "url": replace(filters, **{name: value}).on(path),
            "current": value == getattr(filters, name),
            "count": count,
        }
        for value, label, count in choices
    ]


def _label(name: str, row: Row) -> Any:
    if name == "kind":
        return capfirst(str(Event.Kind(row["value"]).label))
    wanted = current_language()
    for code in (wanted, *languages()):
        if words := row.get(column("label", code)):
            return plain(LocalText.of(words, code, fallback=code != wanted))
    return row["value"]


def _rows(events: EventQuerySet, without: Without, names: list[str]) -> list[Row]:
    parts = [PARTS[name](events, without(name)) for name in names]
    rows: list[Row] = list(parts[0].union(*parts[1:], all=True))
    return sorted(rows, key=lambda row: (row["place"], row["value"]))


def _part(choices: QuerySet[Any], name: str, *order: str, labels: str = "") -> QuerySet[Any, Row]:
    """The same columns of each group: a query counts them all."""
    columns = {
        column("label", code): F(column(labels, code)) if labels else Value("", output_field=CharField())
        for code in languages()
    }
    marked = choices.annotate(filter=Value(name), **columns).order_by(*order)
    return marked.values("filter", "value", "found", "place", *columns)[:MOST]


def _among(name: str, events: EventQuerySet) -> Count:
    """How many of these events there are under a choice; choices without any stay."""
    return Count(name, filter=Q(**{f"{name}__in": events.order_by().values("pk")}), distinct=True)


def _kinds(events: EventQuerySet, left: EventQuerySet) -> QuerySet[Any, Row]:
    kinds = events.order_by().values(value=F("kind")).annotate(found=_among("pk", left), place=Value(0))
    return _part(kinds, "kind", "-found")


def _years(events: EventQuerySet, left: EventQuerySet) -> QuerySet[Any, Row]:
    """The years of our era in which events began, the latest first."""
    dated = events.annotate(value=Left(Cast("held", CharField()), 4)).filter(value__regex="^[0-9]{4}$")
    years = dated.order_by().values("value").annotate(found=_among("pk", left))
    return _part(years.annotate(place=-Cast("value", IntegerField())), "year", "place")


def _named(name: str, model: type[Model], labels: str) -> Callable[..., QuerySet[Any, Row]]:
    """Bonds or sectors that events name."""

    def part(events: EventQuerySet, left: EventQuerySet) -> QuerySet[Any, Row]:
        known = Relationship.objects.published() if model is Relationship else Sector.objects.all()
        named = known.filter(events__in=events).annotate(value=F("slug"), found=_among("events", left))
        place = F("established_first") if model is Relationship else Value(0)
        return _part(named.annotate(place=place), name, "-found", labels=labels)

    return part


def _cities(events: EventQuerySet, left: EventQuerySet) -> QuerySet[Any, Row]:
    here = left.filter(in_town("", OuterRef("pk"))).order_by().values(all=Value(1))
    number = Subquery(here.annotate(number=Count("pk", distinct=True)).values("number"))
    joined = Party.objects.filter(relationship__events__in=events).values("city")
    venues = Venue.objects.filter(events__in=events).values("city")
    known = City.objects.published().filter(Q(pk__in=joined) | Q(pk__in=venues))
    known = known.annotate(value=F("slug"), found=Coalesce(number, 0), place=Value(0))
    return _part(known, "city", "-found", labels="title")


def in_town(lookup: str, city: Any) -> Q:
    """Events that took place in a city, or served a published bond of it; finds one twice that did both."""
    served = Q(
        relationships__in=Relationship.objects.published(), **{f"relationships__parties__city{lookup}": city}
    )
    return Q(**{f"venue__city{lookup}": city}) | served


PARTS: dict[str, Callable[[EventQuerySet, EventQuerySet], QuerySet[Any, Row]]] = {
    "kind": _kinds,
    "relationship": _named("relationship", Relationship, "title"),
    "sector": _named("sector", Sector, "name"),
    "city": _cities,
    "year": _years,
}
