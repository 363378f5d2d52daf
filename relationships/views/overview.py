"""All the bonds: on the map, in a list, and counted by kind."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relationships.ages import next_round
from relationships.anniversaries import Coming
from relationships.counting import Known, all_known, all_tallies, counts_by_kind
from relationships.drawing import map_of
from relationships.models import Relationship
from relationships.standing import State, with_standing
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import from_date
from sistercities.pages.listing import other_query, page_of

ON_THE_HORIZON = 3
BONDS = 40  # on one page and its map


@require_safe
@public_page
def relationship_list(request: HttpRequest) -> HttpResponse:
    """All bonds on the map and in a list, those that ended apart; counted by kind, as of today and as published."""
    kind = request.GET.get("kind", "")
    if kind and kind not in Relationship.Kind.values:
        raise Http404(_("There is no such kind of relationship."))
    known, tallies = all_known(), all_tallies()
    page_obj = page_of(request, [bond.pk for bond in known if kind in ("", bond.kind)], BONDS)
    ahead = next_round(known, ON_THE_HORIZON)
    bonds = loaded([*page_obj, *(each.of.pk for each in ahead)])
    shown = [bonds[pk] for pk in page_obj]
    context = {
        "page_obj": page_obj,
        "live": [bond for bond in shown if not bond.ended],
        "ended": [bond for bond in shown if bond.ended],
        "query": other_query(request),
        "map": map_of(bond for bond in shown if not bond.ended),
        "counts": counts_by_kind(known),
        "kind": kind,
        "today": from_date(localdate()),
        "anniversaries": celebrated(ahead, bonds),
        "tallies": tallies,
        "footnotes": Footnotes().add(*tallies),
    }
    return render(request, "relationships/relationship_list.html", context)


def loaded(numbers: Iterable[int]) -> dict[int, Any]:
    """The bonds with these numbers, with all that a row says of them."""
    found = Relationship.objects.filter(pk__in=numbers).select_related("superseded_by")
    bonds = with_standing(found.with_cities().prefetch_related("sectors"), localdate())
    return {bond.pk: bond for bond in bonds}


def celebrated(ahead: Iterable[Coming[Known]], bonds: dict[int, Any]) -> list[Coming[Relationship]]:
    """The anniversaries with their bonds; one that rests by decision has none."""
    found = (Coming(bonds[each.of.pk], each.anniversary) for each in ahead)
    return [each for each in found if each.of.standing.state is not State.SUSPENDED]
