"""What the tables of open data are made of. Each floor adds its own in a module ``open_tables``, with ``add``.

A column says once what it holds: its value, its type, and in words what it means. The file for spreadsheets, the file
for programs, their descriptions and the page for people are all made of that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import column, columns, languages, local_text
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.models import Citation, Page, Source
from sistercities.pages.open_data.days import first_day, last_day

Words = str | Promise
CHUNK, SAMPLE = 1_000, "sample-of-an-address"
# The long columns of a page, of which no table has a use.
UNUSED = ("search", "search_text", "names_folded", "language_marks", "stale_in", *columns("body"))


class Kind(StrEnum):
    """Types, by the names that Table Schema and JSON Schema share."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    TRUTH = "boolean"
    # Kept as text: a year, a month, or "about 1890", which no type of dates takes.
    DATE = "edtf"
    DAY = "day"
    MOMENT = "datetime"
    ADDRESS = "uri"
    NUMBERS = "integers"
    CODES = "codes"
    TEXTS = "texts"
    ADDRESSES = "uris"

    @property
    def is_list(self) -> bool:
        return self in (Kind.NUMBERS, Kind.CODES, Kind.TEXTS, Kind.ADDRESSES)


@dataclass(frozen=True)
class Column:
    name: str
    words: Words
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    # The values that it may have, each with its words.
    choices: tuple[tuple[str, Words], ...] = ()
    is_always_there: bool = False


@dataclass(frozen=True)
class Table:
    """One table: whose rows, in which columns, and what is loaded at once for a thousand of them."""

    name: str
    title: Words
    words: Words
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[Column, ...]

    def chunks(self) -> Iterable[list[Any]]:
        """All rows in the order of their numbers, a thousand at a time: each time the same few questions."""
        last = 0
        while rows := list(self.rows().defer(*UNUSED).filter(pk__gt=last).order_by("pk")[:CHUNK]):
            last = rows[-1].pk
            give_sources(rows)
            yield rows


tables: dict[str, Table] = {}


def add(table: Table) -> None:
    tables[table.name] = table


def give_sources(rows: list[Any]) -> None:
    """Give each row the addresses of the public sources that it cites, with one query for all."""
    meta = rows[0]._meta
    cited = Citation.objects.filter(
        content_type__app_label=meta.app_label,
        content_type__model=meta.model_name,
        object_id__in=[row.pk for row in rows],
        source__in=Source.objects.published(),
    )
    found: dict[int, list[str]] = {}
    for number, slug in cited.order_by("position", "pk").values_list("object_id", "source__slug"):
        found.setdefault(number, []).append(slug)
    for row in rows:
        row.cited_sources = list(dict.fromkeys(found.get(row.pk, [])))


# --- columns that many tables have ---------------------------------------------------------------------------


def of(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)


def whole(name: str, words: Words, value: Callable[[Any], Any] | None = None) -> Column:
    return Column(name, words, value or of(name), Kind.WHOLE)


def choice(name: str, words: Words, choices: Any) -> Column:
    return Column(name, words, of(name), choices=tuple(choices.choices), is_always_there=True)


def in_languages(name: str, words: Words, attribute: str = "") -> tuple[Column, ...]:
    """A text in each language, as it stands there: what is missing in one is empty, and not filled from another."""
    return tuple(
        Column(column(name, code), words, of(column(attribute or name, code))) for code in languages()
    )


def through(name: str, words: Words, get: Callable[[Any], Model | None]) -> tuple[Column, ...]:
    """The title, or another text, of what a row refers to, in each language."""

    def text(code: str) -> Callable[[Any], str]:
        return lambda row: local_text(found, "title", code) if (found := get(row)) else ""

    return tuple(Column(column(name, code), words, text(code)) for code in languages())


def dates(
    name: str, words: Words, value: Callable[[Any], HistoricalDate | None] | None = None
) -> tuple[Column, ...]:
    """A historical date, and the first and the last day that it may mean."""
    read = value or of(name)
    first, final = _("The first day that the date before may mean."), _("The last day that it may mean.")
    return (
        Column(name, words, lambda row: str(read(row) or ""), Kind.DATE),
        Column(f"{name}_earliest", first, lambda row: first_day(read(row)), Kind.DAY),
        Column(f"{name}_latest", final, lambda row: last_day(read(row)), Kind.DAY),
    )


def own() -> tuple[Column, ...]:
    """What every row begins with: its number, which never changes, its addresses, and its title."""
    number = _("Its number here, which stays the same whatever it is called.")
    return (
        Column("number", number, of("pk"), Kind.WHOLE, is_always_there=True),
        *(page_in(code) for code in languages()),
        *in_languages("title", _("What it is called.")),
    )


def page_in(code: str) -> Column:
    return Column(
        column("url", code),
        _("Its page."),
        lambda row: address(row, code),
        Kind.ADDRESS,
        is_always_there=True,
    )


def address(row: Page, code: str) -> str:
    """The page of a row in a language. Made once for a kind of page: to make 30,000 of them takes many seconds."""
    return settings.SITE_URL + _pattern(row.url_name, code).replace(SAMPLE, row.slug)


@cache
def _pattern(view: str, code: str) -> str:
    with translation.override(code):
        return reverse(view, args=[SAMPLE])


def last() -> tuple[Column, ...]:
    """What every row ends with: its summary, its sources, and when it was last checked and changed."""
    checked, changed = _("When somebody last checked it against its sources."), _("When it was last changed.")
    return (
        *in_languages("summary", _("In a sentence or two.")),
        Column("sources", _("The pages of the sources that it cites."), sources_of, Kind.ADDRESSES),
        Column("verified_on", checked, lambda row: str(row.verified_on or ""), Kind.DAY),
        Column("changed_at", changed, changed_at, Kind.MOMENT, is_always_there=True),
    )


def changed_at(row: Page) -> str:
    return max(row.updated_at, row.publish_at).isoformat(timespec="seconds")


def sources_of(row: Any) -> list[str]:
    return [f"{settings.SITE_URL}/{settings.LANGUAGE_CODE}/sources/{slug}/" for slug in row.cited_sources]


def wikidata_address(number: str) -> str:
    return f"https://www.wikidata.org/entity/{number}" if number else ""
