"""Find pages of every kind by words in English, Chinese or pinyin: the best of each kind, and how many there are."""

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, CharField, F, FloatField, Q, QuerySet, Value, When

from sistercities.pages.bilingual import column, columns
from sistercities.pages.everything import page_models, together
from sistercities.pages.fields import UNPRINTABLE
from sistercities.pages.letters import HAN, folded, has_han, simplified, words
from sistercities.pages.models import Page
from sistercities.pages.search import search_query

LONGEST = 200
MOST_WORDS = 12
LITTLE = 3  # finds: with fewer, perhaps something else was meant than the very words
SHORTEST_BEGINNING = 4  # letters of a word, beside what has the very word
TEXTS = (*columns("body"), "search_text")  # where the passage is looked for that has the words
FEW = 4  # of each kind, beside the others
MANY = 1000  # of a kind: what is in more pages than these tells none of them from the others
# What bears the very name comes before what begins with it, that before what has it in its name, and that before all
# that speaks of it.
NAMED, BEGINS, AMONG_NAMES = 3.0, 2.0, 1.0
BESIDE = 0.5  # sources and standing pages stand behind what they speak of
_WILDCARDS = re.compile(r"[%_]")
_PIECE = re.compile(f"[{HAN}]+|[^\\W{HAN}]+")  # a run of Chinese characters, or a Western word


def one_line(text: str) -> str:
    """What a reader typed, on one line, without hidden characters and with letters and signs of ordinary width."""
    return " ".join(unicodedata.normalize("NFKC", UNPRINTABLE.sub(" ", text)).split())


def clean(text: str) -> str:
    """What a reader typed, on one line and of bearable length."""
    return one_line(text)[:LONGEST].rstrip()


@dataclass(frozen=True)
class Hit:
    """A page that answers, and how well."""

    kind: str
    pk: int
    score: float

    @property
    def page(self) -> tuple[str, int]:
        """Which page it is, however well it answers."""
        return self.kind, self.pk


@dataclass(frozen=True)
class Finds:
    """The best pages of each kind, best first, and how many there are in all."""

    totals: dict[str, int]
    hits: list[Hit]

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    def of_kind(self, kind: str) -> int:
        """How many there are of one kind, or of all; no more than ``MANY`` where these were not counted to the end."""
        counts = [self.totals.get(kind, 0)] if kind else list(self.totals.values())
        return MANY if any(count >= MANY for count in counts) else sum(counts)

    @property
    def kinds(self) -> list[str]:
        """The kinds of which there is something, the one with the best page first; what stands beside comes last."""
        beside = {model._meta.model_name for model in page_models() if not model.is_news}
        return sorted(dict.fromkeys(hit.kind for hit in self.hits), key=lambda kind: kind in beside)


@dataclass(frozen=True)
class Wish:
    """What the address asks for beside the words: a language in which pages must be, a kind, and a part of its list."""

    language: str = ""
    kind: str = ""
    start: int = 0
    size: int = FEW

    @property
    def is_plain(self) -> bool:
        return not (self.language or self.kind)

    def span(self, model: type[Page]) -> slice:
        chosen = model._meta.model_name == self.kind
        return slice(self.start, self.start + self.size) if chosen else slice(0, FEW)


NOTHING = Finds({}, [])
BEST = (
    "(select kind, pk, points, count(*) over () from ({scored}) as scored (kind, pk, points)"
    " order by points desc, pk offset {offset} limit {limit})"
)


def literal(text: str) -> Q:
    """That a word with a sign which databases take for a wildcard stands in the page exactly so: ``100%``."""
    pieces = [piece for piece in text.split() if _WILDCARDS.search(piece) and words(piece)]
    places = [*columns("title"), *columns("summary"), *TEXTS]
    return functools.reduce(and_, (_in_any(places, piece) for piece in pieces), Q())


def _in_any(places: Iterable[str], piece: str) -> Q:
    forms = dict.fromkeys([piece, piece.replace("%", "％")])
    return functools.reduce(or_, (Q(**{f"{place}__icontains": form}) for place in places for form in forms))


def is_literal(text: str) -> bool:
    """Whether it has such a word; beginnings and similar names are no answer to it."""
    return bool(literal(text))


def beginning(text: str, shortest: int) -> SearchQuery | None:
    """A query for Western words that begin like those typed: half a name is often all that one remembers.

    None where one of them is shorter than so many letters, or a number: too much begins like these.
    """
    starts = folded(text).split()[:MOST_WORDS]
    if (
        has_han(text)
        or is_literal(text)
        or not all(len(word) >= shortest and word.isalpha() for word in starts)
    ):
        return None
    raw = " & ".join(f"{word}:*" for word in starts)
    return SearchQuery(raw, config="simple", search_type="raw") if raw else None


def some_of(text: str) -> SearchQuery | None:
    """A query for any of the words. None where there is but one."""
    pieces = list(dict.fromkeys(_PIECE.findall(text)))[:MOST_WORDS]
    queries = [query for piece in pieces if (query := search_query(piece)) is not None]
    return functools.reduce(or_, queries) if len(queries) > 1 and not is_literal(text) else None


def score(model: type[Page], query: SearchQuery, text: str) -> Any:
    """How well a page answers: by its names first, then by how often and where the words stand."""
    name = folded(text)
    if not name:
        return SearchRank(F("search"), query)
    titled = Q(title_zh_hans=simplified(text))
    for title in columns("title"):
        titled |= Q(**{f"{title}__iexact": text})
    named = begins = Q()
    for form in dict.fromkeys([name, name.replace(" ", "")]):  # guang zhou is Guangzhou
        named |= Q(names_folded__contains=f"\n{form}\n")
        begins |= Q(names_folded__contains=f"\n{form}")
    by_name = Case(
        When(named | titled, then=Value(NAMED)),
        When(begins, then=Value(BEGINS)),
        When(names_folded__contains=name if has_han(name) else f" {name}", then=Value(AMONG_NAMES)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    return (by_name + SearchRank(F("search"), query)) * Value(1.0 if model.is_news else BESIDE)


def finds(query: SearchQuery | None, text: str, wish: Wish) -> Finds:
    """The pages of all kinds that match; what is listed nowhere is not found either."""
    if query is None:
        return NOTHING
    parts: list[str] = []
    values: list[Any] = []
    for model in page_models():
        sql, given = _candidates(model, query, text, wish).query.sql_with_params()
        span = wish.span(model)
        parts.append(BEST.format(scored=sql, offset=span.start, limit=span.stop - span.start))
        values += given
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), values)
        rows = sorted(cursor.fetchall(), key=lambda row: -row[2])
    hits = [Hit(kind, pk, points) for kind, pk, points, _total in rows]
    return Finds({row[0]: row[3] for row in rows}, hits)


def _candidates(model: type[Page], query: SearchQuery, text: str, wish: Wish) -> QuerySet[Any, Any]:
    """Pages of one kind that match, as many as are weighed against each other; those by their names in any case."""
    pages = model.objects.listed().order_by().filter(literal(text), search=query)
    if wish.language:
        pages = pages.exclude(**{column("title", wish.language): ""})
    kind = Value(str(model._meta.model_name), output_field=CharField())
    scored = pages.annotate(page_model=kind, points=score(model, query, text)).values_list(
        "page_model", "pk", "points"
    )
    name = folded(text)
    if not name:
        return scored[:MANY]
    # Of fewer than three letters the index knows how names begin, not what stands in them.
    named = scored.filter(names_folded__contains=name if len(name) > 2 else f"\n{name}")
    return named[:MANY].union(scored[:MANY])


def rows_of(hits: Iterable[Hit]) -> list[tuple[Hit, dict[str, Any]]]:
    """The hits, each with its page and the texts of it, by one query; without those that went away meanwhile."""
    hits = list(hits)
    pages = [
        model.objects.filter(pk__in=[hit.pk for hit in hits if hit.kind == model._meta.model_name])
        for model in page_models()
        if model._meta.model_name in {hit.kind for hit in hits}
    ]
    rows = (
        {(row["page_model"].split(".")[1], row["pk"]): row for row in together(pages, *TEXTS)}
        if pages
        else {}
    )
    return [(hit, rows[hit.page]) for hit in hits if hit.page in rows]


def find(text: str, wish: Wish | None = None) -> Finds:
    """All that answers to these words, and where that is little, to words that begin like them."""
    wish, query = wish or Wish(), search_query(text)
    exact = finds(query, text, wish)
    begun = (
        None if exact.total >= LITTLE else beginning(text, shortest=SHORTEST_BEGINNING if exact.total else 2)
    )
    return finds(query | begun, text, wish) if query and begun else exact


def find_some(text: str, wish: Wish | None = None) -> Finds:
    """What answers to some of the words, for want of pages that have them all."""
    return finds(some_of(text), text, wish or Wish())
