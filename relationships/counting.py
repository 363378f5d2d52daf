"""How many bonds there are: ours, on record here today; and what others published, as of their dates.

Kinds are counted apart, and never added up.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from relationships.models import City, Relationship, Tally
from sistercities.pages.dates import HistoricalDate


@dataclass(frozen=True)
class Known:
    """What is asked of all bonds at once; the rest is loaded for those that are shown."""

    pk: int
    kind: str
    established: HistoricalDate | None
    ended: HistoricalDate | None


def all_known() -> list[Known]:
    """Every bond that lists may name: those that last in the order of their years, then those that ended."""
    rows = Relationship.objects.listed().values_list("pk", "kind", "established", "ended")
    return sorted((Known(*row) for row in rows), key=lambda bond: bond.ended is not None)


def counts_by_kind(known: Iterable[Known]) -> list[dict[str, Any]]:
    """How many bonds that last there are of each kind, on record here."""
    found = Counter(bond.kind for bond in known if not bond.ended)
    kinds = [kind for kind in Relationship.Kind if kind.value in found]
    return [{"kind": kind.value, "label": kind.label, "value": found[kind.value]} for kind in kinds]


def tallies_of(city: City) -> list[Tally]:
    """What was published of a city's bonds: of each kind the latest count."""
    return _latest(city.tallies.select_related("city"))


def all_tallies() -> list[Tally]:
    """What was published at all: of each city, or whatever else is counted, and of each kind the latest count."""
    return _latest(Tally.objects.shown().select_related("city"))


def _latest(tallies: Iterable[Tally]) -> list[Tally]:
    """The order of the model is the latest first, so the first of each is the one to keep."""
    kept: dict[tuple[Any, ...], Tally] = {}
    for tally in tallies:
        kept.setdefault((tally.city_id, tally.what_en, tally.what_zh_hans, tally.kind), tally)
    return sorted(kept.values(), key=lambda tally: (tally.city_id or 0, tally.pk))
