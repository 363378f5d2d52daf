"""A city, its bonds and what happened there."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from relationships.choosing import Among
from relationships.counting import tallies_of
from relationships.drawing import map_of, place_of
from relationships.models import City, Organisation, Party, Relationship, Tenure
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
from sistercities.pages.search import sort_key

ON_A_CITY = 24  # of each kind of thing, the latest
PARTNERS = 200  # bonds of one city; more of them are in the list of all bonds
BODIES = 60


class Partner(NamedTuple):
    """A bond as it stands in a long list: under the name of the other city, or its own where there are several."""

    bond: Relationship
    called: City | Relationship


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
    found = Relationship.objects.listed().filter(Among("pk", parts_of(city))).select_related("superseded_by")
    bonds = list(found.with_cities()[: PARTNERS + 1])
    shown_bonds = with_standing(bonds[:PARTNERS], localdate())
    rows = list(rows_of(Scope(city=city)))
    entries, events = of_kinds(rows, "agreement", "milestone"), of_kinds(rows, "event")
    shown, gathered = latest(entries), latest(events)
    offices, tallies = page_of(request, in_office(rows), ON_A_CITY), tallies_of(city)
    told = [told for entry in (*shown, *gathered) for told in entry.told]
    context = {
        "page": city,
        "bonds": shown_bonds,
        "partners": partners_of(city, shown_bonds) if len(shown_bonds) > ON_A_CITY else [],
        "has_more_bonds": len(bonds) > PARTNERS,
        "position": place_of(city),
        "map": map_of(shown_bonds),
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


def partners_of(city: City, bonds: Iterable[Relationship]) -> list[tuple[str, list[Partner]]]:
    """The bonds of a city that has many of them, by the country of the other city; alliances by themselves."""
    found: dict[str, list[Partner]] = {}
    for bond in bonds:
        others = [other for other in bond.cities if other != city]
        if len(others) == 1:
            found.setdefault(str(others[0].country), []).append(Partner(bond, others[0]))
        else:
            found.setdefault("", []).append(Partner(bond, bond))
    for rows in found.values():
        rows.sort(key=lambda each: (each.bond.ended is not None, sort_key(str(each.called.title))))
    return sorted(found.items(), key=lambda each: (not each[0], sort_key(each[0])))


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


def parts_of(city: City) -> QuerySet[Any]:
    """The numbers of the bonds to which a city belongs now."""
    return Party.objects.filter(city=city, left=None).order_by().values("relationship")
