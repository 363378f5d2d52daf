"""Cities and bonds as the drawings want them: the ends of a thread, places and arcs on the map."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from django.utils.translation import gettext as _

from relationships.cover import Globe, globe
from relationships.map import Bond, Drawing, Place, Unplaced, draw
from relationships.models import City, Relationship
from sistercities.pages.bilingual import html_language, texts


def ends_of(cities: Iterable[City]) -> list[dict[str, str]]:
    """The ends of a thread, as components/_thread.html and _ends.html take them."""
    return [{"class": city.colour_class, **names_of(city)} for city in cities]


def names_of(city: City) -> dict[str, str]:
    """The name of a city in the reader's language, and the other beside it."""
    lead = city.title
    code, other = next(
        ((code, name) for code, name in texts(city, "title").items() if name != lead), ("", "")
    )
    return {"lead": lead, "other": other, "other_lang": html_language(code)}


def place_of(city: City) -> Place | None:
    """A city on the map, under its names; linked where it has a public page. None where nobody knows its place."""
    if city.latitude is None or city.longitude is None:
        return None
    url = city.get_absolute_url() if city.is_public else ""
    return Place(city.latitude, city.longitude, **names_of(city), url=url, colour=city.colour_class)


def map_of(bonds: Iterable[Relationship], *, here: Relationship | None = None) -> Drawing:
    """The bonds as arcs. Two cities are joined once, by the first of their bonds; none leads to the page ``here``."""
    bonds = list(bonds)
    first = here.cities if here else []
    cities, arcs = _gathered(bonds, first)
    own = here.get_absolute_url() if here else ""
    drawing = draw(cities, [replace(arc, url="") if arc.url == own else arc for arc in arcs])
    members = {city.pk: city for city in (*first, *(city for bond in bonds for city in bond.cities))}
    lost = [bond for bond in bonds if bond != here and not is_drawn(bond)]
    return replace(
        drawing,
        lost_bonds=[Unplaced(str(bond.title), bond.get_absolute_url()) for bond in lost],
        lost_cities=[
            Unplaced(str(city.title), city.get_absolute_url(), city.colour_class)
            for city in members.values()
            if place_of(city) is None
        ],
    )


def is_drawn(bond: Relationship) -> bool:
    """Whether two of its cities at least have a place, so that there is an arc to follow."""
    return sum(place_of(city) is not None for city in bond.cities) > 1


def cover_of(bond: Relationship) -> Globe | None:
    """A drawing of the globe for one bond; None where it joins no two cities of which the place is known."""
    cities, arcs = _gathered([bond])
    return globe(cities, arcs) if arcs else None


def _gathered(
    bonds: Iterable[Relationship], first_of_all: Iterable[City] = ()
) -> tuple[list[Place], list[Bond]]:
    bonds = list(bonds)
    cities = {city.pk: city for city in (*first_of_all, *(city for bond in bonds for city in bond.cities))}
    known = {pk: place for pk, city in cities.items() if (place := place_of(city))}
    numbers = {pk: number for number, pk in enumerate(known)}
    places = list(known.values())
    arcs: dict[tuple[int, int], Bond] = {}
    for bond in bonds:
        ends_here = (numbers[city.pk] for city in bond.cities if city.pk in numbers)
        for first, second in combinations(ends_here, 2):
            label = _("%(a)s–%(b)s") % {"a": places[first].lead, "b": places[second].lead}
            ends = (min(first, second), max(first, second))
            arcs.setdefault(ends, Bond(first, second, label, bond.get_absolute_url()))
    return places, list(arcs.values())
