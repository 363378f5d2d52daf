"""How a bond stands: in force, resting by decision, ended, or quiet. Derived each time, and never stored.

A floor above tells of its own signs of life with ``@sign_of_life``, in its module ``timeline``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import F, Max, QuerySet

from relationships.models import Agreement, Milestone, Relationship, Suspension
from relationships.quiet import quiet_since
from sistercities.pages.bilingual import LocalText
from sistercities.pages.dates import HistoricalDate, days_of


class State(StrEnum):
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True)
class Standing:
    """How one bond stands on a day; ``relationships/_standing.html`` says it in words."""

    state: State
    # When it ended, or from when to when it is suspended.
    since: HistoricalDate | None = None
    until: HistoricalDate | None = None
    reason: LocalText | None = None
    suspension: Suspension | None = None
    # The public bond that took its place.
    superseded_by: Relationship | None = None
    # The year of the last sign of life of a bond that is neither ended nor suspended.
    quiet_since: int | None = None

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say: it lasts, and it is alive."""
        return self.state is State.IN_FORCE and self.quiet_since is None


# Rows of ``bond`` (its number) and ``day`` (the running number of its latest day), for bonds with these numbers.
Signs = Callable[[Sequence[int]], QuerySet[Any, Any]]
signs_of_life: list[Signs] = []


def sign_of_life(signs: Signs) -> Signs:
    """Add what a floor knows: one row for each bond that has any, with the columns ``bond`` and ``day``."""
    signs_of_life.append(signs)
    return signs


@sign_of_life
def _signed(bonds: Sequence[int]) -> QuerySet[Any, Any]:
    rows = Agreement.objects.published().filter(relationship__in=bonds).order_by()
    return rows.values(bond=F("relationship_id")).annotate(day=Max("signed_first"))


@sign_of_life
def _happened(bonds: Sequence[int]) -> QuerySet[Any, Any]:
    rows = Milestone.objects.shown().filter(relationship__in=bonds).order_by()
    return rows.values(bond=F("relationship_id")).annotate(day=Max("happened_first"))


def standing_of(bond: Relationship, today: date) -> Standing:
    """How one bond stands."""
    return standings_of([bond], today)[bond.pk]


def with_standing(bonds: Iterable[Relationship], today: date) -> list[Relationship]:
    """The same bonds, each with its ``standing``: what ``relationships/_bond_row.html`` says of it."""
    listed = list(bonds)
    found = standings_of(listed, today)
    for bond in listed:
        bond.standing = found[bond.pk]
    return listed


def standings_of(bonds: Iterable[Relationship], today: date) -> dict[int, Standing]:
    """How bonds stand, by number: at most four queries, however many they are."""
    wanted = {bond.pk: bond for bond in bonds}
    found = {pk: _ended(bond) for pk, bond in wanted.items() if bond.ended}
    rest = [bond for pk, bond in wanted.items() if pk not in found]
    for row in Suspension.objects.filter(relationship__in=rest) if rest else []:
        if covers(row, today):
            found[row.relationship_id] = Standing(
                State.SUSPENDED, row.began, row.ended, row.reason or None, row
            )
    # Of a bond that came with a directory nobody claims to know what happened since.
    found |= {bond.pk: Standing(State.IN_FORCE) for bond in rest if bond.pk not in found and not bond.is_ours}
    rest = [bond for bond in rest if bond.pk not in found]
    days = _days([bond.pk for bond in rest]) if rest else {}
    for bond in rest:
        signs = [*_beginning(bond), *days.get(bond.pk, [])]
        found[bond.pk] = Standing(State.IN_FORCE, quiet_since=quiet_since(signs, today))
    return found


def _beginning(bond: Relationship) -> list[int]:
    """The day on which it was made is its first sign of life, where one knows it."""
    began = bond.established
    return [days_of(began.year, began.month or 1, began.day or 1)] if began else []


def covers(row: Suspension, today: date) -> bool:
    """Whether a suspension holds on a day; where only a month or a year is known, from its first day to its last."""
    day = days_of(today.year, today.month, today.day)
    return row.began.first_day <= day and (row.ended is None or day <= row.ended.last_day)


def _ended(bond: Relationship) -> Standing:
    heir = bond.superseded_by
    return Standing(State.ENDED, bond.ended, superseded_by=heir if heir and heir.is_public else None)


def _days(bonds: list[int]) -> dict[int, list[int]]:
    """The days of the signs of life of bonds; what happens in an alliance is one of the bonds it builds on too."""
    above = Relationship.builds_on.through.objects.filter(
        to_relationship__in=bonds, from_relationship__in=Relationship.objects.listed()
    ).values_list("to_relationship_id", "from_relationship_id")
    carried: dict[int, list[int]] = defaultdict(list)
    for below, bond in above:
        carried[bond].append(below)
    first, *more = [signs([*bonds, *carried]) for signs in signs_of_life]
    found: dict[int, list[int]] = defaultdict(list)
    for row in first.union(*more, all=True) if more else first:
        if row["day"] is not None:
            for bond in (row["bond"], *carried[row["bond"]]):
                found[bond].append(row["day"])
    return found
