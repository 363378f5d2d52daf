"""All the bonds: on the map, in a list, and counted by kind."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relationships.ages import next_round
from relationships.drawing import map_of
from relationships.models import Relationship
from sistercities.pages.caching import public_page
from sistercities.pages.dates import from_date
from sistercities.pages.listing import other_query, page_of

ON_THE_HORIZON = 3
BONDS = 40  # on one page and its map


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
