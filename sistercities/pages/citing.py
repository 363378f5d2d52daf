"""The sources of one page: numbered in the order in which they are cited, with what they disagree about."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sistercities.pages.models import Citation, Cited, Source


@dataclass
class Disagreement:
    """A claim of which sources say different things."""

    claim: str
    citations: list[Citation]


@dataclass
class Footnotes:
    """Numbers of the sources on a page; give it every cited object that the page shows."""

    sources: list[Source] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)

    def add(self, *subjects: Cited) -> "Footnotes":
        """Take in the citations of these objects, in their order. Wants ``citations__source`` prefetched."""
        for subject in subjects:
            rows = [row for row in subject.citations.all() if row.source.is_public]
            for row in rows:
                self._number(row.source)
            self.disagreements += disagreements(rows)
        return self

    def numbers_of(self, subject: Cited) -> list[int]:
        """The numbers behind one object's citations, each once, ascending."""
        return sorted({self.numbers[row.source.slug] for row in subject.citations.all() if row.source.slug in self.numbers})

    def _number(self, source: Source) -> None:
        if source.slug not in self.numbers:
            self.sources.append(source)
            self.numbers[source.slug] = len(self.sources)


def disagreements(citations: Iterable[Citation]) -> list[Disagreement]:
    """The claims among these citations that at least one source contradicts, with all that is cited for them."""
    rows = list(citations)
    disputed = {row.claim for row in rows if row.stance == Citation.Stance.CONTRADICTS}
    return [Disagreement(claim, [row for row in rows if row.claim == claim]) for claim in sorted(disputed)]
