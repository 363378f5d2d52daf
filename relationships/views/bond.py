"""One bond, with its thread through the years."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from people.models import Person
from people.wall import wall
from relationships.ages import next_of
from relationships.drawing import cover_of, ends_of, map_of
from relationships.lasting import lasting
from relationships.models import Party, Relationship, RelationshipSector, Sector
from relationships.narrowing import PER_PAGE, Narrowed
from relationships.standing import standing_of
from relationships.thread import Entry, Scope, thread_of
from sistercities.news.related import told_in
from sistercities.pages.bilingual import column, languages
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import HistoricalDate, from_date, parse
from sistercities.pages.listing import page_of
from sistercities.pages.moved import follows_moves

PEOPLE = 60
Kin = dict[str, list[Relationship]]


@require_safe
@follows_moves(Relationship)
@public_page
def relationship_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One bond: its thread through the years, its cities, its people, and what all of it rests on."""
    bonds = Relationship.objects.visible_to(request.user).select_related("superseded_by")
    bond = get_object_or_404(bonds.annotate(works_in=fields(), stories=told_in(Relationship)), slug=slug)
    kin = kin_of(bond)
    thread = Narrowed.read(request, thread_of(Scope(bond=bond)))
    page_obj = thread.part(request.GET, partial(page_of, request, size=PER_PAGE))
    told = [told for entry in page_obj for told in entry.told]
    today, standing = localdate(), standing_of(bond, localdate())
    context = {
        "page": bond,
        **kin,
        **drawn(bond, kin),
        **counted(thread.entries, from_date(today)),
        "standing": standing,
        "fields": fields_of(bond),
        "lasted": lasting(bond.established, today, bond.ended) if bond.established else None,
        "anniversary": next_of(bond),
        "thread": thread,
        "page_obj": page_obj,
        "people": wall(people_of(bond)),
        "footnotes": Footnotes().add(bond, *told, *filter(None, [standing.suspension])),
    }
    return render(request, "relationships/relationship_detail.html", context)


def fields() -> ArraySubquery:
    """The fields in which the cities of a bond work together, with their dates, in one column."""
    rows = RelationshipSector.objects.filter(relationship=OuterRef("pk"))
    names = {name: f"sector__{name}" for name in (column("name", code) for code in languages())}
    return ArraySubquery(rows.values_list(JSONObject(since="since", until="until", **names)))


def fields_of(bond: Any) -> list[RelationshipSector]:
    """Those fields as objects, without another query."""
    return [
        RelationshipSector(
            sector=Sector(**{name: text for name, text in row.items() if name not in ("since", "until")}),
            since=parse(row["since"]) if row["since"] else None,
            until=parse(row["until"]) if row["until"] else None,
        )
        for row in bond.works_in
    ]


def people_of(bond: Relationship) -> list[Person]:
    """Those who signed for the bond or had a part in its milestones."""
    signed = Q(signatures__agreement__in=bond.agreements.published())
    took_part = Q(milestones__in=bond.milestones.shown())
    people = Person.objects.published().filter(signed | took_part).distinct()
    return list(people.select_related("portrait").prefetch_related("names")[:PEOPLE])


def kin_of(bond: Relationship) -> Kin:
    """The bonds ``below``, on which it builds, those ``above``, which build on it, and the ``former`` it follows."""
    links = Relationship.builds_on.through.objects.filter
    related = Relationship.objects.listed().annotate(
        is_below=Exists(links(from_relationship=bond, to_relationship=OuterRef("pk"))),
        is_above=Exists(links(to_relationship=bond, from_relationship=OuterRef("pk"))),
    )
    kin = list(related.filter(Q(is_below=True) | Q(is_above=True) | Q(superseded_by=bond)))
    prefetch_related_objects([bond, *kin], Prefetch("parties", Party.objects.select_related("city")))
    return {
        "below": [each for each in kin if each.is_below],
        "above": [each for each in kin if each.is_above],
        "former": [each for each in kin if each.superseded_by_id == bond.pk],
    }


def drawn(bond: Relationship, kin: Kin) -> dict[str, Any]:
    """A pair is drawn on the globe; an alliance on the map, where each arc leads to the pair on which it builds."""
    is_alliance = len(bond.cities) > 2
    return {
        "ends": ends_of(bond.cities),
        "cover": None if is_alliance else cover_of(bond),
        "map": map_of([*among(bond, kin["below"]), bond], here=bond) if is_alliance else None,
    }


def among(bond: Relationship, others: Iterable[Relationship]) -> list[Relationship]:
    """The bonds between cities of this one."""
    members = {city.pk for city in bond.cities}
    return [other for other in others if members.issuperset(city.pk for city in other.cities)]


def counted(entries: Iterable[Entry], today: HistoricalDate) -> dict[str, Any]:
    """What is counted as of today: the agreements, in chains too, and the events that took place."""
    entries = list(entries)
    agreements = [entry for entry in entries if entry.kind == "agreement"]
    events = [entry for entry in entries if entry.is_past_event(today)]
    return {"today": today, "agreements": agreements, "chains": chains(agreements), "events": events}


def chains(agreements: Iterable[Entry]) -> list[list[Entry]]:
    """The agreements in the order of time, each with its renewals behind it."""
    found: dict[int, list[Entry]] = {}
    for entry in agreements:
        chain = found.get(entry.page.renews_id, [])
        chain.append(entry)
        found[entry.page.pk] = chain
    return list({id(chain): chain for chain in found.values()}.values())
