"""A city, its bonds and what happened there."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from relationships.counting import tallies_of
from relationships.drawing import map_of, place_of
from relationships.models import City, Organisation, Relationship, Tenure
from relationships.standing import with_standing
from relationships.thread import Entry, Row, Scope, in_order, rows_of, thread_from
from relationships.timeline import tenure_of
from sistercities.news.related import told_in
from sistercities.pages.bilingual import column, languages
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import HistoricalDate, parse
from sistercities.pages.listing import page_of
from sistercities.pages.moved import follows_moves

ON_A_CITY = 24  # of each kind of thing, the latest
BODIES = 60


@require_safe
@follows_moves(City)
@public_page
def city_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A city: where it lies, its bonds, what it signed, what happened there, who held office."""
    cities = (
        City.objects.visible_to(request.user)
        .select_related("picture")
        .annotate(bodies=bodies(), stories=told_in(City))
    )
    city = get_object_or_404(cities, slug=slug)
    found = Relationship.objects.listed().filter(parts_of(city)).select_related("superseded_by")
    bonds = list(found.with_cities().distinct()[: ON_A_CITY + 1])
    rows = list(rows_of(Scope(city=city)))
    entries, events = of_kinds(rows, "agreement", "milestone"), of_kinds(rows, "event")
    shown, gathered = latest(entries), latest(events)
    offices, tallies = page_of(request, in_office(rows), ON_A_CITY), tallies_of(city)
    told = [told for entry in (*shown, *gathered) for told in entry.told]
    context = {
        "page": city,
        "bonds": with_standing(bonds[:ON_A_CITY], localdate()),
        "has_more_bonds": len(bonds) > ON_A_CITY,
        "position": place_of(city),
        "map": map_of(bonds[:ON_A_CITY]),
        "bodies": bodies_of(city),
        "entries": shown,
        "more_entries": len(entries) - len(shown),
        "events": gathered[::-1],
        "more_events": len(events) - len(gathered),
        "offices": offices,
        "tallies": tallies,
        "footnotes": Footnotes().add(city, *told, *offices, *tallies),
    }
    return render(request, "relationships/city_detail.html", context)


def of_kinds(rows: Iterable[Row], *kinds: str) -> list[Entry]:
    return thread_from(row for row in rows if row["strand"] in kinds)


def latest(entries: list[Entry]) -> list[Entry]:
    """The latest of them in the order of time; what has no date gives way."""
    return in_order(sorted(entries, key=lambda entry: entry.when is not None)[-ON_A_CITY:])


def in_office(rows: Iterable[Row]) -> list[Tenure]:
    """Who held office, by the first date that is known of each; years in which it is attested count too."""
    return sorted((tenure_of(row) for row in rows if row["strand"] == "office"), key=_first_known)


def _first_known(tenure: Tenure) -> tuple[bool, int, int]:
    known = [when.sort_key for when in (tenure.began, tenure.ended) if when]
    known += [HistoricalDate(year).sort_key for year in tenure.attested_years]
    return (not known, *min(known, default=(0, 0)))


def bodies() -> ArraySubquery:
    """The organisations of a city that are shown, in one column."""
    names = {name: name for name in (column("name", code) for code in languages())}
    found = Organisation.objects.filter(city=OuterRef("pk"), is_shown=True).order_by("name_en")
    return ArraySubquery(
        found.values_list(JSONObject(pk="pk", kind="kind", founded="founded", **names))[:BODIES]
    )


def bodies_of(city: Any) -> list[Organisation]:
    """Those organisations as objects, without another query."""
    return [
        Organisation(**{**row, "founded": row["founded"] and parse(row["founded"])}) for row in city.bodies
    ]


def parts_of(city: City) -> Q:
    """The bonds to which a city belongs now."""
    return Q(parties__city=city, parties__left=None)
