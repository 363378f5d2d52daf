"""Countries and cities in numbers, and as circles on the map that lead on to a part of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from django.db.models import Avg, Count, Min, Model, QuerySet
from django.db.models.functions import Cos, Radians, Sin

from relationships.clusters import Area, Gathering, Point, gather
from relationships.geodesy import degrees, middle
from relationships.models import City
from sistercities.pages.bilingual import LocalText, columns, local_text
from sistercities.pages.search import sort_key

# The middle of many places, seen from the centre of the globe: right on both sides of the date line too.
_LAT, _LON = Radians("latitude"), Radians("longitude")
_MIDDLE = {"x": Avg(Cos(_LAT) * Cos(_LON)), "y": Avg(Cos(_LAT) * Sin(_LON)), "z": Avg(Sin(_LAT))}


@dataclass(frozen=True)
class Country:
    """A country, with how many of its cities are on record, and how many of these have a place on the map."""

    code: str
    name: LocalText
    number: int
    placed: int
    amid: tuple[float, float] | None


def countries_of(cities: QuerySet[City]) -> list[Country]:
    """The countries of these cities, in the order of their names. One query."""
    names = {name: Min(name) for name in columns("country")}
    rows: Iterable[Any] = (
        cities.order_by()
        .values("country_code")
        .annotate(number=Count("pk"), placed=Count("latitude"), **names, **_MIDDLE)
    )
    return sorted((_country(row) for row in rows), key=lambda each: sort_key(str(each.name)))


def _country(row: dict[str, Any]) -> Country:
    name = local_text(cast(Model, SimpleNamespace(**row)), "country")
    amid = degrees(row["x"], row["y"], row["z"]) if row["placed"] else None
    return Country(row["country_code"], name, row["number"], row["placed"], amid)


def circles_of_countries(countries: Iterable[Country], url: Callable[[str], str]) -> Gathering:
    """Countries on the map, each leading to where ``url`` says for its code."""
    return gather(
        [Point(*each.amid, each.placed, str(each.name), url(each.code)) for each in countries if each.amid]
    )


def linked(gathering: Gathering, closer: Callable[[Area], str]) -> dict[str, Any]:
    """What components/_clusters.html takes: a circle leads to its one place, or closer to its several."""
    circles = [
        {"circle": circle, "url": circle.first.url if circle.is_one else closer(circle.area)}
        for circle in gathering.circles
    ]
    return {"gathering": gathering, "circles": circles}


def circles_of_cities(cities: QuerySet[City], url: Callable[[str], str]) -> tuple[list[Country], Gathering]:
    """Cities of one country on the map, each leading to its own page; of several, the countries. One query."""
    names = (*columns("title"), *columns("country"))
    rows = list(cities.order_by().values("slug", "country_code", "latitude", "longitude", *names))
    countries = _gathered(rows)
    if len(countries) != 1:
        return countries, circles_of_countries(countries, url)
    return countries, gather([_point(row) for row in rows if row["latitude"] is not None])


def _gathered(rows: Iterable[dict[str, Any]]) -> list[Country]:
    """The countries of these cities, as ``countries_of`` has them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["country_code"], []).append(row)
    return sorted(map(_of_rows, found.values()), key=lambda each: sort_key(str(each.name)))


def _of_rows(rows: list[dict[str, Any]]) -> Country:
    places = [(row["latitude"], row["longitude"]) for row in rows if row["latitude"] is not None]
    name = local_text(cast(Model, SimpleNamespace(**rows[0])), "country")
    return Country(
        rows[0]["country_code"],
        name,
        len(rows),
        len(places),
        (middle(places) or places[0]) if places else None,
    )


def _point(row: dict[str, Any]) -> Point:
    name = str(local_text(cast(Model, SimpleNamespace(**row)), "title"))
    return Point(row["latitude"], row["longitude"], 1, name, City(slug=row["slug"]).get_absolute_url())
