"""The sources of one page: numbered in the order in which they are cited, with what they disagree about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from sistercities.pages.models import Citation, Cited, Page, Source
from sistercities.pages.text import Numbers, mark_name
from sistercities.pages.unsourced import claim_in_words

Key = tuple[str, int]


@dataclass
class Disagreement:
    """A claim of which sources say different things, and the thing about which it is made."""

    subject: Cited
    claim: str
    citations: list[Citation]

    @property
    def what(self) -> str:
        """What the claim speaks of, in the reader's words: the kind, the date; empty where there is no word for it."""
        return claim_in_words(type(self.subject), self.claim).lower()


@dataclass(frozen=True)
class Note:
    """A source in the list below a page: where in it to look, and the marks in the text from which it is reached."""

    number: int
    source: Source
    places: list[str]
    marks: list[str]


@dataclass
class Footnotes:
    """Numbers of the sources on a page; give it every cited object that the page shows."""

    sources: list[Source] = field(default_factory=list)
    numbers: Numbers = field(default_factory=Numbers)
    disagreements: list[Disagreement] = field(default_factory=list)
    rows: dict[Key, list[Citation]] = field(default_factory=dict)

    def add(self, *subjects: Cited | tuple[Cited, str | None]) -> "Footnotes":
        """Take in the citations of these objects, in their order, with one query for all of them.

        Where the page tells only one claim of an object, give both; the sources of the rest then stay off the list.
        """
        named = dict(each if isinstance(each, tuple) else (each, None) for each in subjects)
        fresh = {subject: claim for subject, claim in named.items() if key_of(subject) not in self.rows}
        found = citations_of(fresh)
        for subject, claim in fresh.items():
            rows = [row for row in found[key_of(subject)] if row.source.is_public]
            self.disagreements += disagreements(subject, rows)
            self.rows[key_of(subject)] = [row for row in rows if claim in (None, row.claim)]
            for row in self.rows[key_of(subject)]:
                self._number(row.source)
        return self

    def numbers_of(self, subject: Cited, claim: str | None = None) -> list[int]:
        """The numbers of the sources of an object, or of one claim in it: each once, ascending."""
        rows = self.rows.get(key_of(subject), [])
        return sorted({self.numbers[row.source.slug] for row in rows if claim in (None, row.claim)})

    @property
    def own_disagreements(self) -> list[Disagreement]:
        """Those about the page itself, which was taken in first, and about parts that have no page of their own."""
        first = next(iter(self.rows), None)
        return [
            each
            for each in self.disagreements
            if key_of(each.subject) == first or not isinstance(each.subject, Page)
        ]

    @property
    def disputed_pages(self) -> list[Page]:
        """The other public pages named on this one about which sources disagree."""
        own = self.own_disagreements
        found = (each.subject for each in self.disagreements if each not in own)
        return list(dict.fromkeys(page for page in found if isinstance(page, Page) and page.is_public))

    @property
    def notes(self) -> list["Note"]:
        """The list below the page. Asked once the page is drawn: it leads back to every mark that has been set."""
        places: dict[str, list[str]] = defaultdict(list)
        for row in (row for rows in self.rows.values() for row in rows if row.locator):
            places[row.source.slug].append(row.place)
        return [
            Note(number, source, list(dict.fromkeys(places[source.slug])), self._marks(number))
            for number, source in enumerate(self.sources, start=1)
        ]

    def _marks(self, number: int) -> list[str]:
        return [mark_name(number, each + 1) for each in range(self.numbers.marks[number])]

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


def disagreements(subject: Cited, rows: list[Citation]) -> list[Disagreement]:
    """The claims among an object's citations that at least one source contradicts, with all that is cited for them."""
    disputed = {row.claim for row in rows if row.stance == Citation.Stance.CONTRADICTS}
    return [
        Disagreement(subject, claim, [row for row in rows if row.claim == claim])
        for claim in sorted(disputed)
    ]
