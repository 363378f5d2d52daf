"""The thread of agreements, milestones, events and offices through the years: of one bond, of one city, or of all.

Every kind of entry is a *strand*: a query whose rows all have the same columns, so that one query fetches the whole
thread however long it is, and a function that makes entries of a row. A floor above adds its strand from its module
``timeline``, which is found by itself (see ``apps.py``).

The permanent address of an entry is ``?entry=milestone-12#milestone-12`` on the page of its bond or on the timeline of
all: the number is that of the row, which no change of title or date touches, and the page of the list on which it
stands is found when somebody asks. What was signed at an event is tied into its knot.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, CharField, F, JSONField, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from relationships.decades import decade_of, place_in_time, spell_decade
from relationships.models import City, Relationship
from sistercities.pages.bilingual import LocalText, column, current_language, languages, local_text
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.fields import HistoricalDateField
from sistercities.pages.models import Cited

Row = dict[str, Any]
# Of one day: what was signed, where people met for it, what else happened.
ORDER = ("agreement", "event", "milestone", "office")
COLUMNS = ("slug", "dated", "dated_until", "details", "in_sectors", "in_cities", "in_bonds", "signed_pks")
# By what a thread is narrowed, and the column that holds it.
TOPICS = {"sector": "in_sectors", "city": "in_cities", "relationship": "in_bonds"}
# What stands in a column that a strand has no use for.
EMPTY: dict[str, Combinable] = {
    "slug": Value("", output_field=CharField()),
    "dated": Cast(Value(None), HistoricalDateField(null=True)),
    "dated_until": Cast(Value(None), HistoricalDateField(null=True)),
    "details": JSONObject(),
    "in_sectors": Cast(Value([]), ArrayField(JSONField())),
    "in_cities": Cast(Value([]), ArrayField(JSONField())),
    "in_bonds": Cast(Value([]), ArrayField(JSONField())),
    "signed_pks": Cast(Value([]), ArrayField(BigIntegerField())),
}


class Topic(NamedTuple):
    """What an entry is about, as far as it is public: a sector, a city or a relationship, by address and name."""

    of: str
    slug: str
    name: LocalText


@dataclass(frozen=True)
class Entry:
    """One knot of the thread. ``page`` is anything with a title in two languages."""

    when: HistoricalDate | None
    kind: str
    kind_label: str
    page: Any
    url: str = ""
    text: LocalText | None = None
    until: HistoricalDate | None = None
    # What a reader must know beside it, such as that accounts differ.
    note: LocalText | None = None
    # The Markdown column to show instead of the text, where its own footnote marks name the sources.
    body: str = ""
    # A mark beside the kind, as components/_label.html knows it.
    label: str = ""
    took_place: bool = True
    # What the marks beside it must be cited for; None stands for all its sources.
    claim: str | None = None
    # What is cited where that is not the page: of an office the office, and not the person.
    of: Cited | None = None
    key: str = ""
    topics: frozenset[Topic] = frozenset()
    # The keys of the agreements signed there, and those of them that are on this thread.
    holds: frozenset[str] = frozenset()
    signed: tuple["Entry", ...] = field(default=(), compare=False)

    def is_past_event(self, today: HistoricalDate) -> bool:
        """Whether it counts among the events that took place."""
        return self.kind == "event" and self.took_place and bool(self.when and self.when <= today)

    @property
    def cited(self) -> Cited:
        """What its sources are cited for."""
        cited: Cited = self.of or self.page
        return cited

    @property
    def told(self) -> list[tuple[Cited, str | None]]:
        """What the footnotes of its page take in."""
        return [(self.cited, self.claim), *(told for each in self.signed for told in each.told)]

    @property
    def all(self) -> list["Entry"]:
        """Itself and what is tied into it."""
        return [self, *self.signed]

    @cached_property
    def under(self) -> dict[str, frozenset[str]]:
        """Under which choice of each filter it is found."""
        found = {of: frozenset(topic.slug for topic in self.topics if topic.of == of) for of in TOPICS}
        return {"kind": frozenset([self.kind]), **found}

    @cached_property
    def decade(self) -> int | None:
        return decade_of(self.when) if self.when else None

    @property
    def chapter(self) -> tuple[str, str]:
        """The decade under whose heading it stands: the name of the place on the page, and the words."""
        if self.decade is None:
            return "undated", _("Date not known")
        return f"decade{self.decade}", spell_decade(self.decade, current_language())


@dataclass(frozen=True)
class Scope:
    """Whose thread it is: that of a bond, of a city, or of everything."""

    bond: Relationship | None = None
    city: City | None = None


@dataclass(frozen=True)
class Strand:
    """One kind of entry: its rows within a scope, by ``as_rows``, and the entries that each row makes."""

    kind: str
    rows: Callable[[Scope], QuerySet[Any]]
    entries: Callable[[Row], Iterable[Entry]]


strands: dict[str, Strand] = {}


def add(strand: Strand) -> None:
    strands[strand.kind] = strand


def as_rows(found: QuerySet[Any], kind: str, title: str, text: str, **columns: Combinable) -> QuerySet[Any]:
    """The rows of a strand: under which names it keeps title and text, and what stands for each of ``COLUMNS``."""
    columns = {**EMPTY, **columns, "strand": Value(kind, output_field=CharField())}
    for name, prefix in (("title", title), ("text", text)):
        if name != prefix:
            columns |= {column(name, code): F(column(prefix, code)) for code in languages()}
    names = [*COLUMNS, *(column(name, code) for name in ("title", "text") for code in languages())]
    stored = {each.name for each in found.model._meta.concrete_fields}
    added = {name: value for name, value in columns.items() if name not in stored}
    return found.order_by().annotate(**added).values("strand", "pk", *names)


def named(found: QuerySet[Any], name: str = "title") -> ArraySubquery:
    """Addresses and names of the public things that an entry is about, in one column."""
    names = {column("name", code): column(name, code) for code in languages()}
    return ArraySubquery(found.order_by().values_list(JSONObject(slug="slug", **names)))


def rows_of(scope: Scope, kinds: Collection[str] = ORDER) -> QuerySet[Any, Row]:
    """The rows of all strands, in no order. One query."""
    first, *rest = [strands[kind].rows(scope) for kind in ORDER if kind in kinds and kind in strands]
    return first.union(*rest, all=True)


def thread_of(scope: Scope, kinds: Collection[str] = ORDER) -> list[Entry]:
    """All entries in the order of time; what has no date comes last. One query."""
    return thread_from(rows_of(scope, kinds))


def thread_from(rows: Iterable[Row]) -> list[Entry]:
    return in_order(entry for row in rows for entry in entries_of(row))


def entries_of(row: Row) -> Iterable[Entry]:
    """The entries of a row, each knowing where it belongs."""
    topics = frozenset(
        Topic(of, each["slug"], local_text(cast(Model, SimpleNamespace(**each)), "name"))
        for of, name in TOPICS.items()
        for each in row[name]
    )
    holds = frozenset(f"agreement-{pk}" for pk in row["signed_pks"])
    for entry in strands[row["strand"]].entries(row):
        key = entry.key or f"{row['strand']}-{row['pk']}"
        yield replace(entry, key=key, topics=topics, holds=holds)


def texts_of(row: Row, name: str, prefix: str = "") -> dict[str, str]:
    """A text of the row in all languages, under the columns of another name if need be."""
    return {column(prefix or name, code): row[column(name, code)] for code in languages()}


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=_place)


def _place(entry: Entry) -> tuple[bool, tuple[int, int, int], int]:
    where = place_in_time(entry.when) if entry.when else (0, 0, 0)
    return entry.when is None, where, ORDER.index(entry.kind)


def tied(entries: Iterable[Entry]) -> list[Entry]:
    """The knots: what was signed at an event on the thread is tied into the event, the first that names it."""
    entries = list(entries)
    loose = {entry.key: entry for entry in entries if entry.kind == "agreement"}
    knots: dict[str, Entry] = {}
    for entry in entries:
        signed = tuple(loose.pop(key) for key in list(loose) if key in entry.holds)
        knots[entry.key] = replace(entry, signed=signed) if signed else entry
    return [knots[e.key] for e in entries if e.kind != "agreement" or e.key in loose]
