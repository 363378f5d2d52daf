"""How many bonds there are: ours, on record here today; and what others published, as of their dates.

Kinds are counted apart, and never added up.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from relationships.models import City, Relationship, Tally

LATEST = 12


def counts_by_kind() -> list[dict[str, Any]]:
    """How many live bonds there are of each kind, on record here."""
    rows = Relationship.objects.listed().live().order_by().values("kind").annotate(number=Count("pk"))
    found = {row["kind"]: row["number"] for row in rows}
    kinds = [kind for kind in Relationship.Kind if kind in found]
    return [{"kind": kind.value, "label": kind.label, "value": found[kind]} for kind in kinds]


def tallies_of(city: City) -> list[Tally]:
    """What was published of a city's bonds: of each kind the latest count."""
    return _latest(city.tallies.all())


def all_tallies() -> list[Tally]:
    """What was published of all: of each city, or whatever else is counted, and each kind the latest count."""
    return _latest(Tally.objects.shown().select_related("city"))[:LATEST]


def _latest(tallies: Iterable[Tally]) -> list[Tally]:
    """The order of the model is the latest first, so the first of each is the one to keep."""
    kept: dict[tuple[Any, ...], Tally] = {}
    for tally in tallies:
        kept.setdefault((tally.city_id, tally.what_en, tally.what_zh_hans, tally.kind), tally)
    return list(kept.values())
