"""All the bonds: on the map, in a list that its address narrows, and counted by kind."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from relationships.ages import next_round
from relationships.almanac import round_ahead
from relationships.anniversaries import Coming
from relationships.choosing import STANDINGS, WHOSE, Choice
from relationships.clusters import Area
from relationships.counting import Census, all_tallies
from relationships.drawing import map_of
from relationships.gathering import Country, circles_of_cities, circles_of_countries, countries_of, linked
from relationships.listed import Part, cities_of, loaded
from relationships.models import City, Relationship
from relationships.standing import State
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import from_date
from sistercities.pages.listing import page_of

ON_THE_HORIZON = 3
BONDS = 40  # on one page
ARCS = 120  # so many threads can be told apart on one map; more are gathered in circles
OURS_ON_MAP = 40
SHORT = 12  # bonds that need no narrowing


@require_safe
@public_page
def relationship_list(request: HttpRequest) -> HttpResponse:
    """All bonds on the map and in a list, ours first, ended ones last; counted, and narrowed by the address."""
    choice, today, census = Choice.read(request.GET), localdate(), Census.take()
    found = choice.bonds(today)
    page_obj = page_of(request, Part(found, None if choice else census.number), BONDS)
    is_front = not choice and page_obj.number == 1
    countries = countries_of(City.objects.published()) if census.number > SHORT else []
    context = {
        "page_obj": page_obj,
        "choice": choice,
        "census": census,
        "today": from_date(today),
        "countries": countries,
        "is_front": is_front,
        "is_long": census.number > SHORT,
        "kinds": Relationship.Kind,
        "standings": STANDINGS,
        "whose": WHOSE,
        **(front(page_obj, census) if is_front else narrowed(page_obj, choice, found)),
    }
    if page_obj.number == 1:
        context |= gathered(request.path, choice, page_obj.paginator.count, countries)
    return render(request, "relationships/relationship_list.html", context)


def front(page: Page[int], census: Census) -> dict[str, Any]:
    """What the list begins with where nothing is asked: our bonds on the map, the counts, the next anniversaries."""
    today = localdate()
    shown = Relationship.objects.listed().live().order_by("established_first", "slug")
    if census.number > ARCS:
        shown = shown.ours()[:OURS_ON_MAP]
    horizon = round_ahead(today).values("pk")[: 2 * ON_THE_HORIZON]
    bonds = loaded(page, shown.values("pk"), horizon)
    on_map = [bond for bond in bonds.values() if not bond.ended and (bond.is_ours or census.number <= ARCS)]
    tallies = all_tallies()
    return {
        **sections([bonds[pk] for pk in page]),
        "map": map_of(on_map[: ARCS if census.number <= ARCS else OURS_ON_MAP]),
        "counts": census.by_kind(),
        "anniversaries": celebrated(next_round(bonds.values(), 2 * ON_THE_HORIZON)),
        "tallies": tallies,
        "footnotes": Footnotes().add(*tallies),
    }


def narrowed(page: Page[int], choice: Choice, found: Any) -> dict[str, Any]:
    """Any other part of the list, with what was found on the map where its threads can be told apart."""
    is_drawn = bool(choice) and page.number == 1 and page.paginator.count <= ARCS
    bonds = loaded(page, found.values("pk")[:ARCS]) if is_drawn else loaded(page)
    drawn = [bond for bond in bonds.values() if not bond.ended] if is_drawn else []
    return {**sections([bonds[pk] for pk in page]), "map": map_of(drawn)}


def gathered(path: str, choice: Choice, number: int, countries: list[Country]) -> dict[str, Any]:
    """The cities in circles, where there are more bonds than a map can show as threads."""
    if number <= ARCS:
        return {}

    def narrower(code: str) -> str:
        return choice.url(path, country=code)

    def closer(area: Area) -> str:
        # Where several lie at one spot, one is as near as can be.
        return "" if area == choice.area else choice.url(path, area=area)

    here = cities_of(choice, localdate())
    if choice.is_local:
        there, circles = circles_of_cities(here, narrower)
    else:
        there = countries_of(here) if choice else countries
        circles = circles_of_countries(there, narrower)
    lost = sum(each.number - each.placed for each in there)
    return {**linked(circles, closer), "there": there, "lost": lost}


def sections(bonds: list[Any]) -> dict[str, Any]:
    """Ours, those of the directory, and those that ended, each under its own heading."""

    def group(bond: Any) -> str:
        return "ended" if bond.ended else "ours" if bond.is_ours else "directory"

    return {
        "groups": [(name, list(rows)) for name, rows in groupby(bonds, key=group)],
        "live": [bond for bond in bonds if not bond.ended],
        "ended": [bond for bond in bonds if bond.ended],
    }


def celebrated(found: Iterable[Coming[Any]]) -> list[Coming[Any]]:
    """The next few anniversaries; a bond that rests by decision has none."""
    return [each for each in found if each.of.standing.state is not State.SUSPENDED][:ON_THE_HORIZON]
