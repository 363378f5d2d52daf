"""What stands on the cards of cities, bonds and agreements: where they lie on the globe, and who signed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from relationships.cover import between_antipodes, seen
from relationships.geodesy import LatLon, great_circle, middle
from relationships.ledger import parties_of
from relationships.map import Place
from relationships.models import Agreement, City, Relationship
from sistercities.cards import colours
from sistercities.cards.canvas import Canvas, Point
from sistercities.cards.card import Card
from sistercities.cards.colours import city_colour
from sistercities.cards.emblems import Drawn, Emblem, Read, Sheet, Thread
from sistercities.cards.glyphs import Words
from sistercities.pages.bilingual import current_language, texts
from sistercities.pages.dates import spell, spell_span
from sistercities.pages.sharing import draws, joined, local, photograph, stands_for, titled, words

stands_for("relationships", _("Relationships"), "relationships:relationship_list")
stands_for("anniversaries", _("Anniversaries"), "relationships:anniversaries")
stands_for("timeline", _("Timeline"), "timeline")
stands_for("offices", _("Who held which office"), "offices")
stands_for("agreements", _("Agreements"), "agreement_list")

RADIUS, CENTRE = 330.0, (1000.0, 300.0)
STEP = 15


@dataclass(frozen=True)
class Spot:
    """A city on the globe of a card."""

    at: LatLon
    colour: str
    name: Words


@dataclass(frozen=True)
class Globe(Drawn):
    """The earth behind the card, seen from above the middle of the places, with the ways between them."""

    spots: tuple[Spot, ...]

    def draw(self, canvas: Canvas, read: Read) -> None:
        eye = self.eye
        canvas.hairlines([line for each in graticule() for line in visible(each, eye)], "#e6dfd1", 1.2)
        canvas.ring(CENTRE, RADIUS * 1.003, colours.LINE, 1.6)
        for a, b in combinations(self.spots, 2):
            for way in visible(great_circle(a.at, b.at, 90), eye):
                canvas.line(way, 7, a.colour, b.colour)
        for spot in self.spots:
            self.mark(canvas, spot, eye)

    @property
    def eye(self) -> LatLon:
        """From where all places are in sight; far from the poles, where the lines would crowd."""
        places = [spot.at for spot in self.spots]
        lat, lon = middle(places) or between_antipodes(Place(*places[0], "", "", "", "", ""))
        return max(-50.0, min(50.0, lat)), lon

    def mark(self, canvas: Canvas, spot: Spot, eye: LatLon) -> None:
        x, y, near = seen_on_card(spot.at, eye)
        if near < -0.01:
            return
        canvas.disc((x, y), 17, colours.PAPER)
        canvas.disc((x, y), 13, spot.colour)
        low = y > CENTRE[1] or len(self.spots) == 1
        canvas.write(spot.name, (min(max(x, 800.0), 1110.0), y + 48 if low else y - 30), 25, colours.INK, "m")


def graticule() -> list[list[LatLon]]:
    meridians = [[(float(lat), float(lon)) for lat in range(-75, 76, 3)] for lon in range(-180, 180, STEP)]
    parallels = [[(float(lat), float(lon)) for lon in range(-180, 181, 3)] for lat in range(-75, 76, STEP)]
    return meridians + parallels


def seen_on_card(place: LatLon, eye: LatLon) -> tuple[float, float, float]:
    x, y, near = seen(place, eye)
    scale = RADIUS / 600
    return CENTRE[0] + x * scale, CENTRE[1] + y * scale, near


def visible(line: Iterable[LatLon], eye: LatLon) -> list[list[Point]]:
    """The parts of a line on the near side."""
    parts: list[list[Point]] = [[]]
    for place in line:
        x, y, near = seen_on_card(place, eye)
        if near >= 0:
            parts[-1].append((x, y))
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if len(part) > 1]


def threads(cities: Iterable[City]) -> tuple[str, ...]:
    """The colours of the first cities, for the thread of a card; that of the site where none is known."""
    return tuple(city_colour(city.colour_class) for city in list(cities)[:3]) or Thread().colours


def names(cities: Iterable[City]) -> tuple[str, ...]:
    """Their names, none of which breaks at the end of a line."""
    return tuple(name for city in cities for name in texts(city, "title").values() if " " not in name)


def globe_of(cities: Iterable[City]) -> Emblem:
    """The cities on the globe, where all places are known; else the thread that joins them alone."""
    cities = list(cities)[:3]
    if not cities or any(city.latitude is None or city.longitude is None for city in cities):
        return Thread(threads(cities))
    return Globe(
        tuple(
            Spot(
                (city.latitude or 0.0, city.longitude or 0.0),
                city_colour(city.colour_class),
                words(city.title),
            )
            for city in cities
        )
    )


@draws(Relationship, load=lambda rows: rows.with_cities())
def relationship(page: Relationship, _shown: Mapping[str, Any]) -> Card:
    """The bond with its kind and its years; its cities on the globe."""
    cities = page.cities
    years = spell_span(page.established, page.ended, current_language()) if page.established else ""
    return titled(
        page,
        kicker=joined([capfirst(str(page.get_kind_display())), years]),
        emblem=globe_of(cities),
        thread=threads(cities),
        phrases=names(cities),
    )


@draws(City, load=lambda rows: rows.select_related("picture"))
def city(page: City, _shown: Mapping[str, Any]) -> Card:
    """The city, its region and country; its photograph, or where it lies."""
    colour = city_colour(page.colour_class)
    return titled(
        page,
        kicker=joined([page.region, page.country]),
        emblem=photograph(page.picture) if page.picture else globe_of([page]),
        thread=(colour, colour),
    )


@draws(Agreement, load=lambda rows: rows.select_related("relationship"))
def agreement(page: Agreement, shown: Mapping[str, Any]) -> Card:
    """What was signed, when and where; a sheet with a line for each party."""
    parties = list(shown.get("parties") or parties_of(page))
    signed = spell(page.signed, current_language()) if page.signed else ""
    lines = tuple((words(each.title), city_colour(each.colour_class)) for each in parties[:3])
    return titled(
        page,
        kicker=joined([capfirst(str(page.get_kind_display())), signed]),
        lines=(local(page, "place"),),
        emblem=Sheet(signed=lines),
        thread=threads(parties),
        phrases=names(parties),
    )
