"""All the cities: by country, and those of a country by their names."""

from itertools import groupby
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from django.db.models import Count, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relationships.choosing import CODE, Choice
from relationships.gathering import Country, circles_of_cities, circles_of_countries, countries_of, linked
from relationships.models import City, Party, Relationship
from sistercities.pages.bilingual import LocalText, columns, local_text
from sistercities.pages.caching import public_page
from sistercities.pages.letters import folded
from sistercities.pages.listing import page_of
from sistercities.pages.search import sort_key

CITIES = 240  # on one page
FEW = 60  # so many at most are named before a country is chosen


class Name(NamedTuple):
    """A city in a list: its name, its address, and under what it is sorted."""

    key: str
    name: LocalText
    url: str
    pk: int
    country: str

    @property
    def initial(self) -> str:
        return self.key[:1].upper() if self.key[:1].isalpha() else "#"


@require_safe
@public_page
def city_list(request: HttpRequest) -> HttpResponse:
    """The countries with how many of their cities are on record; of one country all its cities, by their names."""
    code = request.GET.get("country", "")
    if code and not CODE.fullmatch(code):
        raise Http404(_("There is no such country."))
    cities = City.objects.published()
    countries = countries_of(cities)
    country = next((each for each in countries if each.code == code), None)
    if code and not country:
        raise Http404(_("There is no such country."))
    context: dict[str, Any] = {"countries": countries, "country": country}
    if country:
        context |= of_country(request, code)
    else:
        context["total"] = sum(each.number for each in countries)
        context["few"] = few(cities, countries) if context["total"] <= FEW else []
        circles = circles_of_countries(countries, lambda code: f"{request.path}?country={code}")
        context |= linked(circles, lambda area: bonds_url(Choice(area=area)))
    return render(request, "relationships/city_list.html", context)


def few(cities: QuerySet[City], countries: list[Country]) -> list[tuple[Country, list[Name]]]:
    """Every country with its cities: where there are few, nobody has to choose a country first."""
    names = names_of(cities)
    return [(each, [name for name in names if name.country == each.code]) for each in countries]


def of_country(request: HttpRequest, code: str) -> dict[str, Any]:
    """The cities of a country, a part at a time, each with the number of its bonds; and the way to each letter."""
    cities = City.objects.published().filter(country_code=code)
    names = names_of(cities)
    page_obj = page_of(request, names, CITIES)
    places = {name.initial: at // CITIES + 1 for at, name in reversed(list(enumerate(names)))}
    bonds = Party.objects.filter(left=None, relationship__in=Relationship.objects.listed().live())
    shown = [name.pk for name in page_obj]
    counted = bonds.filter(city__in=shown).order_by().values_list("city").annotate(Count("pk"))
    numbers = dict(counted)
    rows = [(name, numbers.get(name.pk, 0)) for name in page_obj]
    return {
        "page_obj": page_obj,
        "query": f"country={code}",
        "letters": sorted(places.items()) if page_obj.has_other_pages() else [],
        "chapters": [
            (initial, list(found)) for initial, found in groupby(rows, key=lambda row: row[0].initial)
        ],
        **(around(cities, code) if page_obj.number == 1 else {}),
    }


def around(cities: QuerySet[City], code: str) -> dict[str, Any]:
    """The cities of a country in circles, which lead to the bonds of a part of it."""
    _country, circles = circles_of_cities(cities, lambda code: "")
    return linked(circles, lambda area: bonds_url(Choice(country=code, area=area)))


def bonds_url(choice: Choice) -> str:
    """Where the bonds of a part of the map are listed."""
    return choice.url(reverse("relationships:relationship_list"))


def names_of(cities: Any) -> list[Name]:
    """The cities in the order of the reader's language: Chinese names by their reading."""
    found = []
    for row in cities.order_by().values("pk", "slug", "country_code", *columns("title")):
        name = local_text(cast(Model, SimpleNamespace(**row)), "title")
        url = City(slug=row["slug"]).get_absolute_url()
        found.append(Name(folded(sort_key(str(name))), name, url, row["pk"], row["country_code"]))
    return sorted(found, key=lambda each: (each.initial == "#", each.key, each.pk))
