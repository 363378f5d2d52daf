"""How many bonds there are: ours, on record here today; and what others published, as of their dates.

Kinds are counted apart, and never added up.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from relationships.models import City, Relationship, Tally


@dataclass(frozen=True)
class Census:
    """All bonds that lists may name, in numbers: by kind, those that ended, and whose they are."""

    rows: list[tuple[str, bool, bool, int]]  # kind, whether they ended, whether they are ours, how many

    @classmethod
    def take(cls) -> "Census":
        """One query, however many bonds there are."""
        found = Relationship.objects.listed().order_by().annotate(is_over=Q(ended__isnull=False))
        grouped = found.values_list("kind", "is_over", "is_ours").annotate(number=Count("pk"))
        return cls(list(grouped))

    @property
    def number(self) -> int:
        return sum(row[-1] for row in self.rows)

    @property
    def ended(self) -> int:
        return sum(number for _kind, is_over, _is_ours, number in self.rows if is_over)

    @property
    def ours(self) -> int:
        return sum(number for _kind, _is_over, is_ours, number in self.rows if is_ours)

    @property
    def directory(self) -> int:
        """How many came with a directory, and are not the association's own."""
        return self.number - self.ours

    def by_kind(self) -> list[dict[str, Any]]:
        """How many bonds that last there are of each kind, on record here."""
        found: Counter[str] = Counter()
        for kind, is_over, _is_ours, number in self.rows:
            found[kind] += 0 if is_over else number
        kinds = [kind for kind in Relationship.Kind if found[kind.value]]
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
