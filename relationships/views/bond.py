"""One bond, with its thread through the years."""

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from people.models import Person
from people.wall import wall
from relationships.ages import next_of, years_of
from relationships.drawing import cover_of, ends_of
from relationships.models import Relationship
from relationships.timeline import timeline_of
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import from_date
from sistercities.pages.listing import PER_PAGE, page_of


@require_safe
@public_page
def relationship_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One bond: its thread through the years, its cities, its people, and what all of it rests on."""
    bonds = Relationship.objects.visible_to(request.user).with_cities().prefetch_related("sectors")
    bond = get_object_or_404(bonds, slug=slug)
    agreements = list(bond.agreements.published())
    entries, today = timeline_of(bond, agreements, bond.milestones.shown()), from_date(localdate())
    page_obj = page_of(request, entries)
    context = {
        "page": bond,
        "ends": ends_of(bond.cities),
        "cover": cover_of(bond),
        "years": years_of(bond),
        "anniversary": next_of(bond),
        "today": today,
        "agreements": agreements,
        "events": [entry for entry in entries if entry.is_past_event(today)],
        "page_obj": page_obj,
        "people": wall(people_of(bond)),
        **kin_of(bond),
        "footnotes": Footnotes().add(bond, *(entry.told for entry in page_obj)),
    }
    return render(request, "relationships/relationship_detail.html", context)


def people_of(bond: Relationship) -> list[Person]:
    """Those who signed for the bond or had a part in its milestones."""
    signed = Q(signatures__agreement__in=bond.agreements.published())
    took_part = Q(milestones__in=bond.milestones.shown())
    people = Person.objects.published().filter(signed | took_part).distinct()
    return list(people.select_related("portrait").prefetch_related("names")[:PER_PAGE])


def kin_of(bond: Relationship) -> dict[str, list[Relationship]]:
    """The bonds ``below`` it, on which it builds, and those ``above``, which build on it."""
    links = Relationship.builds_on.through.objects.filter(
        from_relationship=bond, to_relationship=OuterRef("pk")
    )
    related = Relationship.objects.listed().filter(Q(carries=bond) | Q(builds_on=bond)).distinct()
    kin = list(related.annotate(is_below=Exists(links)))
    return {
        "below": [each for each in kin if each.is_below],
        "above": [each for each in kin if not each.is_below],
    }
