"""A city, its bonds and what happened there."""

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.models import Person
from relationships.drawing import map_of, place_of
from relationships.models import City, Relationship, Tenure
from relationships.timeline import in_order, of_agreement, of_milestone
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes

ON_A_CITY = 24  # of each kind of thing, the latest


@require_safe
@public_page
def city_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A city: where it lies, its bonds, what it signed, what happened there."""
    city = get_object_or_404(City.objects.visible_to(request.user).select_related("picture"), slug=slug)
    found = list(
        Relationship.objects.listed().filter(parts_of(city)).with_cities().distinct()[: ON_A_CITY + 1]
    )
    bonds = found[:ON_A_CITY]
    signed = city.agreements.published().order_by("-signed_first")[:ON_A_CITY]
    happened = city.milestones.shown().order_by(F("happened_first").desc(nulls_last=True))[:ON_A_CITY]
    entries = in_order([*map(of_agreement, signed), *map(of_milestone, happened)])
    held = Tenure.objects.filter(city=city, person__in=Person.objects.published())
    offices = list(held.select_related("person")[:ON_A_CITY])
    context = {
        "page": city,
        "bonds": bonds,
        "has_more_bonds": len(found) > len(bonds),
        "position": place_of(city),
        "map": map_of(bonds),
        "entries": entries,
        "offices": offices,
        "footnotes": Footnotes().add(city, *(entry.told for entry in entries), *offices),
    }
    return render(request, "relationships/city_detail.html", context)


def parts_of(city: City) -> Q:
    """The bonds to which a city belongs now."""
    return Q(parties__city=city, parties__left=None)
