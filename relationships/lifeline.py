"""Offices on a line of years: where each term lies on one common scale.

Pure: no Django.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sistercities.pages.dates import HistoricalDate

WIDTH = 600
SHORTEST = 12  # years; a single year would fill the line otherwise


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
    first: int
    last: int
    decades: list[int]
    lines: list[Line]


def lifeline(spans: Sequence[Span]) -> Lifeline | None:
    """The lines of all terms on one scale of whole years; None where no term names any year."""
    named = [year for span in spans for year in span.years]
    if not named:
        return None
    first, last = int(min(named)), int(max(named)) + 1
    missing = max(0, SHORTEST - (last - first))
    first, last = first - missing // 2, last + (missing - missing // 2)

    def at(year: float) -> int:
        return round((year - first) / (last - first) * WIDTH)

    decades = [at(year) for year in range(-(-first // 10) * 10, last + 1, 10)]
    return Lifeline(first, last, decades, [_line(span, at) for span in spans])


def _line(span: Span, at: Callable[[float], int]) -> Line:
    points = [at(year + 0.5) for year in span.attested]
    if span.began is None and span.ended is None:
        return Line(0, 0, False, points)
    known = sorted([*span.years])
    begun, ended = at(known[0]), at(known[-1])
    return Line(begun, max(ended, begun + 4), span.began is None or span.ended is None, points)


def _year(when: HistoricalDate, *, end: bool = False) -> float:
    """A date as a fraction of years; a year alone means its beginning, or its end where a term ended."""
    if when.month is None:
        return when.year + (1 if end else 0)
    return when.year + (when.month - (0 if end else 1)) / 12
