"""Cities and bonds as the drawings want them: the ends of a thread, places and arcs on the map."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from django.utils.translation import gettext as _

from relationships.cover import Globe, globe
from relationships.map import Bond, Drawing, Place, draw
from relationships.models import City, Relationship
from sistercities.pages.bilingual import html_language, texts


def ends_of(cities: Iterable[City]) -> list[dict[str, str]]:
    """The ends of a thread, as components/_thread.html and _ends.html take them."""
    return [
        {"class": place.colour, "lead": place.lead, "other": place.other, "other_lang": place.other_lang}
        for place in map(place_of, cities)
    ]


def place_of(city: City) -> Place:
    """A city on the map, under its names; linked where it has a public page."""
    lead = city.title
    code, other = next(
        ((code, name) for code, name in texts(city, "title").items() if name != lead), ("", "")
    )
    return Place(
        city.latitude,
        city.longitude,
        lead,
        other,
        html_language(code),
        city.get_absolute_url() if city.is_public else "",
        city.colour_class,
    )


def map_of(bonds: Iterable[Relationship], *, here: Relationship | None = None) -> Drawing:
    """The bonds as arcs. Two cities are joined once, by the first of their bonds; none leads to the page ``here``."""
    cities, arcs = _gathered(bonds, here.cities if here else ())
    own = here.get_absolute_url() if here else ""
    return draw(cities, [replace(arc, url="") if arc.url == own else arc for arc in arcs])


def cover_of(bond: Relationship) -> Globe | None:
    """A drawing of the globe for one bond; None where it joins no two cities."""
    cities, arcs = _gathered([bond])
    return globe(cities, arcs) if arcs else None


def _gathered(
    bonds: Iterable[Relationship], first_of_all: Iterable[City] = ()
) -> tuple[list[Place], list[Bond]]:
    bonds = list(bonds)
    cities = {city.pk: city for city in (*first_of_all, *(city for bond in bonds for city in bond.cities))}
    numbers = {pk: number for number, pk in enumerate(cities)}
    places = [place_of(city) for city in cities.values()]
    arcs: dict[tuple[int, int], Bond] = {}
    for bond in bonds:
        for first, second in combinations((numbers[city.pk] for city in bond.cities), 2):
            label = _("%(a)s–%(b)s") % {"a": places[first].lead, "b": places[second].lead}
            ends = (min(first, second), max(first, second))
            arcs.setdefault(ends, Bond(first, second, label, bond.get_absolute_url()))
    return places, list(arcs.values())
