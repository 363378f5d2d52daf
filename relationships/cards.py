"""What stands on the cards of cities, bonds and agreements: where they lie on the globe, and who signed."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from relationships.cover import RADIUS as ON_COVER
from relationships.cover import between_antipodes, seen
from relationships.geodesy import LatLon, degrees, distance_km, great_circle, middle, vector
from relationships.ledger import parties_of
from relationships.map import Place
from relationships.models import Agreement, City, Relationship
from sistercities.cards import colours
from sistercities.cards.canvas import Canvas, Point
from sistercities.cards.card import Card
from sistercities.cards.colours import city_colour
from sistercities.cards.emblems import Drawn, Emblem, Read, Sheet, Thread
from sistercities.cards.glyphs import Words, width
from sistercities.pages.bilingual import current_language, texts
from sistercities.pages.dates import spell, spell_span
from sistercities.pages.sharing import draws, joined, local, photograph, stands_for, titled, words

stands_for("relationships", _("Relationships"), "relationships:relationship_list")
stands_for("anniversaries", _("Anniversaries"), "relationships:anniversaries")
stands_for("timeline", _("Timeline"), "timeline")
stands_for("offices", _("Who held which office"), "offices")
stands_for("agreements", _("Agreements"), "agreement_list")
stands_for("cities", _("Cities"), "city_list")

STEP = 15
# Where the cities of a bond stand on the card, and how far apart: left and right, up and down.
FIELD, REACH = (965.0, 282.0), (160.0, 140.0)
LARGEST, SMALLEST = 330.0, 205.0
# From straight above, the shortest way is a straight line; seen from aside, in degrees, it arches.
ASIDE = 38.0
NAME_SIZE = 25
# Nearer ones would stand on each other.
TOO_NEAR_KM = 1500


@dataclass(frozen=True)
class Spot:
    """A city on the globe of a card."""

    at: LatLon
    colour: str
    name: Words


@dataclass(frozen=True)
class Globe(Drawn):
    """The earth behind the card, seen from over the middle of the places, with the ways between them."""

    spots: tuple[Spot, ...]

    def draw(self, canvas: Canvas, read: Read) -> None:
        ways = [great_circle(a.at, b.at, 90) for a, b in combinations(self.spots, 2)]
        view = View.of(self.eye, [place for way in ways for place in way] or [self.spots[0].at])
        canvas.hairlines([line for each in graticule() for line in view.visible(each)], "#e6dfd1", 1.2)
        canvas.ring(view.centre, view.radius * 1.003, colours.LINE, 1.6)
        for (a, b), way in zip(combinations(self.spots, 2), ways, strict=True):
            for part in view.visible(way):
                canvas.line(part, 7, a.colour, b.colour)
        for spot in self.spots:
            self.mark(canvas, spot, view)

    @property
    def eye(self) -> LatLon:
        """From where all places are in sight: two from aside, so that their thread arches."""
        places = [spot.at for spot in self.spots]
        lat, lon = middle(places) or between_antipodes(Place(*places[0], "", "", "", "", ""))
        if len(places) == 1:
            return lat * 0.5, lon - 18
        return aside(places[0], places[1], (lat, lon)) if len(places) == 2 else (lat, lon)

    def mark(self, canvas: Canvas, spot: Spot, view: "View") -> None:
        x, y, near = view.seen(spot.at)
        if near < -0.01:
            return
        canvas.disc((x, y), 17, colours.PAPER)
        canvas.disc((x, y), 13, spot.colour)
        if len(self.spots) == 1:
            return
        others = [view.seen(other.at)[1] for other in self.spots if other is not spot]
        half = width(spot.name, NAME_SIZE) / 2
        below = y + 60 > min(others) if len(others) == 1 else y > view.middle[1]
        middle_of_name = min(max(x, 745 + half), 1185 - half)
        at = (middle_of_name, y + 46 if below else y - 32)
        canvas.write(spot.name, at, NAME_SIZE, colours.INK, "m", halo=colours.PAPER)


def aside(a: LatLon, b: LatLon, over: LatLon) -> LatLon:
    """The place from which the way between two is seen from its side, the one nearer the equator."""
    p, q, m = vector(*a), vector(*b), vector(*over)
    cross = (p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0])
    long = math.hypot(*cross)
    if long < 1e-6:
        return over
    turn = math.radians(ASIDE)
    sides = [
        degrees(
            *(math.cos(turn) * u + sign * math.sin(turn) * v / long for u, v in zip(m, cross, strict=True))
        )
        for sign in (1, -1)
    ]
    return min(sides, key=lambda side: abs(side[0]))


@dataclass(frozen=True)
class View:
    """How the globe lies on the card: from where it is seen, where its middle is, how large it is."""

    eye: LatLon
    centre: Point
    radius: float
    middle: Point

    @classmethod
    def of(cls, eye: LatLon, places: Iterable[LatLon]) -> "View":
        """So large, and so placed, that all places come to stand in their field."""
        spots = [seen(place, eye) for place in places]
        xs, ys = [x / ON_COVER for x, _, _ in spots], [y / ON_COVER for _, y, _ in spots]
        wide, high = (max(xs) - min(xs)) / 2, (max(ys) - min(ys)) / 2
        fitting = min(REACH[0] / max(wide, 0.01), REACH[1] / max(high, 0.01))
        radius = max(SMALLEST, min(LARGEST, fitting))
        mean = (max(xs) + min(xs)) / 2 * radius, (max(ys) + min(ys)) / 2 * radius
        return cls(eye, (FIELD[0] - mean[0], FIELD[1] - mean[1]), radius, FIELD)

    def seen(self, place: LatLon) -> tuple[float, float, float]:
        x, y, near = seen(place, self.eye)
        scale = self.radius / ON_COVER
        return self.centre[0] + x * scale, self.centre[1] + y * scale, near

    def visible(self, line: Iterable[LatLon]) -> list[list[Point]]:
        """The parts of a line on the near side."""
        parts: list[list[Point]] = [[]]
        for place in line:
            x, y, near = self.seen(place)
            if near >= 0:
                parts[-1].append((x, y))
            elif parts[-1]:
                parts.append([])
        return [part for part in parts if len(part) > 1]


def graticule() -> list[list[LatLon]]:
    meridians = [[(float(lat), float(lon)) for lat in range(-75, 76, 3)] for lon in range(-180, 180, STEP)]
    parallels = [[(float(lat), float(lon)) for lon in range(-180, 181, 3)] for lat in range(-75, 76, STEP)]
    return meridians + parallels


def threads(cities: Iterable[City]) -> tuple[str, ...]:
    """The colours of the first cities, for the thread of a card; that of the site where none is known."""
    return tuple(city_colour(city.colour_class) for city in list(cities)[:3]) or Thread().colours


def names(cities: Iterable[City]) -> tuple[str, ...]:
    """Their names, none of which breaks at the end of a line."""
    return tuple(name for city in cities for name in texts(city, "title").values())


def globe_of(cities: Iterable[City]) -> Emblem:
    """The cities on the globe, where all places are known and far enough apart; else the thread alone."""
    cities = list(cities)[:3]
    places = [(city.latitude or 0.0, city.longitude or 0.0) for city in cities]
    is_known = all(city.latitude is not None and city.longitude is not None for city in cities)
    is_near = any(distance_km(a, b) < TOO_NEAR_KM for a, b in combinations(places, 2))
    if not cities or not is_known or is_near:
        return Thread(threads(cities))
    return Globe(
        tuple(
            Spot(place, city_colour(city.colour_class), words(city.title))
            for place, city in zip(places, cities, strict=True)
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
        emblem=photograph(page.picture) or globe_of([page]),
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
