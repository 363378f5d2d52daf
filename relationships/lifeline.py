"""Offices on a line of years: where each term lies on one common scale.

Pure: no Django.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from sistercities.pages.dates import HistoricalDate

WIDTH = 600
STUB = 24  # of a term of which one end is unknown


@dataclass(frozen=True)
class Span:
    """A term of office as far as it is known: from, to, and the years in which it is attested."""

    began: HistoricalDate | None
    ended: HistoricalDate | None
    attested: Sequence[int] = ()

    @property
    def years(self) -> list[float]:
        """All points in time that it names, as fractions of years."""
        ends = [_year(self.began)] if self.began else []
        ends += [_year(self.ended, end=True)] if self.ended else []
        return [*ends, *(year + 0.5 for year in self.attested)]


@dataclass(frozen=True)
class Line:
    """One term as drawn: a bar from ``x1`` to ``x2`` (equal where there is none), its open ends, and points."""

    x1: int
    x2: int
    is_open: bool
    points: list[int]


@dataclass(frozen=True)
class Lifeline:
    """All terms on one scale, from the beginning of its first year to the end of its last."""

    first: int
    last: int
    lines: list[Line]


def lifeline(spans: Sequence[Span]) -> Lifeline | None:
    """The lines of all terms from the first year that any of them names to the last; None within a single year."""
    named = [year for span in spans for year in span.years]
    if not named:
        return None
    first, until = floor(min(named)), ceil(max(named))
    if until - first < 2:
        return None
    # The year in which a term begins that goes on is part of the scale, so that its bar is seen.
    until = max([until, *(floor(_year(span.began)) + 1 for span in spans if span.began and not span.ended)])

    def at(year: float) -> int:
        return round((year - first) / (until - first) * WIDTH)

    return Lifeline(first, until - 1, [_line(span, at) for span in spans])


def _line(span: Span, at: Callable[[float], int]) -> Line:
    points = [at(year + 0.5) for year in span.attested]
    if span.began is None and span.ended is None:
        return Line(0, 0, False, points)
    known = sorted([*span.years])
    begun, ended = at(known[0]), at(known[-1])
    if span.began and span.ended:
        return Line(begun, max(ended, begun + 4), False, points)
    return Line(
        max(0, begun - STUB) if span.began is None else begun,
        ended + STUB if span.ended is None else ended,
        True,
        points,
    )


def _year(when: HistoricalDate, *, end: bool = False) -> float:
    """A date as a fraction of years; a year alone means its beginning, or its end where a term ended."""
    if when.month is None:
        return when.year + (1 if end else 0)
    return when.year + (when.month - (0 if end else 1)) / 12
