"""The sources of one page: numbered in the order in which they are cited, with what they disagree about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from sistercities.pages.models import Citation, Cited, Source

Key = tuple[str, int]


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
    rows: dict[Key, list[Citation]] = field(default_factory=dict)

    def add(self, *subjects: Cited) -> "Footnotes":
        """Take in the citations of these objects, in their order, with one query for all of them."""
        fresh = [subject for subject in subjects if key_of(subject) not in self.rows]
        found = citations_of(fresh)
        for subject in fresh:
            rows = self.rows[key_of(subject)] = [
                row for row in found[key_of(subject)] if row.source.is_public
            ]
            for row in rows:
                self._number(row.source)
            self.disagreements += disagreements(rows)
        return self

    def numbers_of(self, subject: Cited) -> list[int]:
        """The numbers behind one object's citations, each once, ascending."""
        return sorted({self.numbers[row.source.slug] for row in self.rows.get(key_of(subject), [])})

    def _number(self, source: Source) -> None:
        if source.slug not in self.numbers:
            self.sources.append(source)
            self.numbers[source.slug] = len(self.sources)


def key_of(subject: Cited) -> Key:
    """What a citation knows its subject by: the kind and the number of the row."""
    return subject._meta.label_lower, subject.pk


def citations_of(subjects: Iterable[Cited]) -> dict[Key, list[Citation]]:
    """The citations of objects of any kinds, by object."""
    wanted: dict[tuple[str, str], list[int]] = defaultdict(list)
    found: dict[Key, list[Citation]] = defaultdict(list)
    for subject in subjects:
        wanted[subject._meta.app_label, subject._meta.model_name or ""].append(subject.pk)
    if not wanted:
        return found
    # By name and not by ContentType.get_for_model: a process that has just started would ask for each kind.
    conditions = Q()
    for (app, model), numbers in wanted.items():
        conditions |= Q(content_type__app_label=app, content_type__model=model, object_id__in=numbers)
    for row in (
        Citation.objects.filter(conditions)
        .select_related("source", "content_type")
        .order_by("position", "pk")
    ):
        found[f"{row.content_type.app_label}.{row.content_type.model}", row.object_id].append(row)
    return found


def disagreements(citations: Iterable[Citation]) -> list[Disagreement]:
    """The claims among these citations that at least one source contradicts, with all that is cited for them."""
    rows = list(citations)
    disputed = {row.claim for row in rows if row.stance == Citation.Stance.CONTRADICTS}
    return [Disagreement(claim, [row for row in rows if row.claim == claim]) for claim in sorted(disputed)]
