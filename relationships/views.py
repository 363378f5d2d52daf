"""The bonds, their cities and what was signed."""

from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.models import Person
from people.wall import wall
from relationships.ages import next_of, next_round, years_of
from relationships.drawing import cover_of, ends_of, map_of, place_of
from relationships.models import Agreement, City, Relationship, Signature, Tenure
from relationships.timeline import in_order, of_agreement, of_milestone, timeline_of
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import from_date
from sistercities.pages.listing import PER_PAGE, other_query, page_of

ON_THE_HORIZON = 3
BONDS = 40  # on one page and its map
ON_A_CITY = 24  # of each kind of thing, the latest


@require_safe
@public_page
def relationship_list(request: HttpRequest) -> HttpResponse:
    """All bonds on the map and in a list, counted by kind as of today."""
    kind = request.GET.get("kind", "")
    if kind and kind not in Relationship.Kind.values:
        raise Http404(_("There is no such kind of relationship."))
    bonds = Relationship.objects.listed().with_cities().prefetch_related("sectors")
    page_obj = page_of(request, bonds.filter(kind=kind) if kind else bonds, BONDS)
    context = {
        "page_obj": page_obj,
        "query": other_query(request),
        "map": map_of(page_obj),
        "counts": counts_by_kind(),
        "kind": kind,
        "today": from_date(localdate()),
        "anniversaries": next_round(ON_THE_HORIZON),
    }
    return render(request, "relationships/relationship_list.html", context)


def counts_by_kind() -> list[dict[str, object]]:
    """How many live bonds there are of each kind; kinds are never added up."""
    rows = Relationship.objects.listed().live().order_by().values("kind").annotate(number=Count("pk"))
    found = {row["kind"]: row["number"] for row in rows}
    kinds = [kind for kind in Relationship.Kind if kind in found]
    return [{"kind": kind.value, "label": kind.label, "value": found[kind]} for kind in kinds]


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


@require_safe
@public_page
def agreement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What was signed: by whom, in which capacity, when and where, and for how long."""
    agreements = Agreement.objects.visible_to(request.user).select_related("relationship", "renews")
    agreement = get_object_or_404(agreements, slug=slug)
    parties = list(agreement.parties.all())
    context = {
        "page": agreement,
        "parties": parties,
        "ends": ends_of(parties),
        "signatures": Signature.objects.filter(agreement=agreement).select_related("person", "party"),
        "renewals": agreement.renewals.published(),
        "footnotes": Footnotes().add(agreement),
    }
    return render(request, "relationships/agreement_detail.html", context)
