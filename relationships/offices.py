"""Who held which office on a given day: for certain, perhaps, or not; and which terms contradict each other.

Pure: no Django. Dates are vague, so each end of a term is a span of days: from the first day it may mean to the last.
What is asked for may be vague too ("1981"); for certain then means on every day that it may mean.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any, Generic, Protocol, TypeVar

from sistercities.pages.dates import HistoricalDate, Sense, days_of

YEAR = 366
# "About 1890" may as well be a year or two before or after.
ABOUT = 2 * YEAR
# A beginning that is not on record is thought to lie within so long before the end that is.
REACH = 12 * YEAR


class Term(Protocol):
    """What a term of office is known by; ``relationships.models.Tenure`` is one. Its ends are dates, or None."""

    # A column of a model is no plain attribute to the type checker, which would not know it for a date.
    @property
    def began(self) -> Any: ...
    @property
    def ended(self) -> Any: ...
    @property
    def attested_years(self) -> Sequence[int]: ...


class Certainty(StrEnum):
    """Whether somebody held an office at some time."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


class Ground(StrEnum):
    """Why it is said that somebody held it, or perhaps held it, or did not."""

    WITHIN = "within"
    ATTESTED = "attested"
    VAGUE = "vague"
    NO_END = "no-end"
    NO_BEGINNING = "no-beginning"
    NEAR = "near"
    OUTSIDE = "outside"


CERTAINTY = {
    Ground.WITHIN: Certainty.YES,
    Ground.ATTESTED: Certainty.PERHAPS,
    Ground.VAGUE: Certainty.PERHAPS,
    Ground.NO_END: Certainty.PERHAPS,
    Ground.NO_BEGINNING: Certainty.PERHAPS,
    Ground.NEAR: Certainty.PERHAPS,
    Ground.OUTSIDE: Certainty.NO,
}
AnyTerm = TypeVar("AnyTerm", bound=Term)


@dataclass(frozen=True)
class Held(Generic[AnyTerm]):
    """A term that includes the day asked for, or may include it, and on which ground."""

    term: AnyTerm
    ground: Ground

    @property
    def is_certain(self) -> bool:
        return CERTAINTY[self.ground] is Certainty.YES


def held_on(terms: Iterable[AnyTerm], when: HistoricalDate) -> list[Held[AnyTerm]]:
    """The terms that include that day or may include it, in the order given; of which nothing is known are left out."""
    judged = (Held(term, ground_of(term, when)) for term in terms)
    return [held for held in judged if held.ground is not Ground.OUTSIDE]


def ground_of(term: Term, when: HistoricalDate) -> Ground:
    """How a term stands to a day, or to a month or year."""
    asked = Days(when.first_day, when.last_day)
    years = [year_of(year) for year in sorted(term.attested_years)]
    if term.began is None and term.ended is None:
        return _by_attestation(years, asked)
    begun, ended = _span(term.began), _span(term.ended)
    if (begun and asked.last < begun.first) or (ended and asked.first > ended.last):
        return Ground.OUTSIDE
    if begun and ended and begun.last <= asked.first and asked.last <= ended.first:
        return Ground.WITHIN
    if any(year.first <= asked.first and asked.last <= year.last for year in years):
        return Ground.ATTESTED
    if begun and ended is None and begun.last <= asked.first:
        return Ground.NO_END
    if ended and begun is None:
        return Ground.NO_BEGINNING if asked.last >= ended.first - REACH else Ground.OUTSIDE
    return Ground.VAGUE


@dataclass(frozen=True)
class Days:
    """A span of days as running numbers, both included."""

    first: int
    last: int


def year_of(year: int) -> Days:
    return Days(days_of(year, 1, 1), days_of(year, 12, 31))


def _span(end: HistoricalDate | None) -> Days | None:
    if end is None:
        return None
    more = ABOUT if end.sense is Sense.ABOUT else 0
    return Days(end.first_day - more, end.last_day + more)


def _by_attestation(years: list[Days], asked: Days) -> Ground:
    """Only years are known in which sources name somebody in office."""
    if any(year.first <= asked.last and asked.first <= year.last for year in years):
        return Ground.ATTESTED
    is_between = bool(years) and years[0].first <= asked.last and asked.first <= years[-1].last
    return Ground.NEAR if is_between else Ground.OUTSIDE


# --- contradictions -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clash(Generic[AnyTerm]):
    """Two terms of one office that for certain ran at the same time, though it has one holder."""

    one: AnyTerm
    other: AnyTerm


def clashes(terms: Iterable[tuple[Hashable, Hashable, AnyTerm]]) -> Iterator[Clash[AnyTerm]]:
    """Two holders of one office on the same days. Each term comes with the key of its office, and of its holder.

    Only days count on which both held it for certain; the day on which one hands over to the next is no contradiction.
    """
    by_office: dict[Hashable, list[tuple[Hashable, AnyTerm]]] = defaultdict(list)
    for office, holder, term in terms:
        if term.began and term.ended:
            by_office[office].append((holder, term))
    for rows in by_office.values():
        for (holder, one), (other_holder, other) in combinations(rows, 2):
            if holder != other_holder and _sure_days(one, other) > 1:
                yield Clash(one, other)


def _sure_days(one: Term, other: Term) -> int:
    """On how many days both were in office for certain."""
    begins = [term.began.last_day for term in (one, other) if term.began]
    ends = [term.ended.first_day for term in (one, other) if term.ended]
    return min(ends) - max(begins) + 1
