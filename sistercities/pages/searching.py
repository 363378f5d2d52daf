"""Find pages of every kind by words in English, Chinese or pinyin."""

import functools
import re
from operator import or_

import opencc
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Q, QuerySet, Value, When

from sistercities.pages.bilingual import columns
from sistercities.pages.everything import page_models, together
from sistercities.pages.fields import UNPRINTABLE
from sistercities.pages.search import HAN, search_query

LONGEST = 200
TEXTS = (*columns("body"), "search_text")  # where the passage is looked for that has the words
MOST_WORDS = 12
BY_NAME = 1.0  # what bears the very name that was asked for comes before all that speaks of it
BESIDE = 0.5  # sources and standing pages stand behind what they speak of
_WORD = re.compile(r"[^\W\d_]+|\d+")
_HAN = re.compile(f"[{HAN}]")
_PIECE = re.compile(f"[{HAN}]+|[^\\W{HAN}]+")  # a run of Chinese characters, or a Western word


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters as simplified ones. For queries only: no name is ever shown converted."""
    return str(_converter().convert(text))


def one_line(text: str) -> str:
    """What a reader typed, on one line, without hidden characters."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def clean(text: str) -> str:
    """What a reader typed, on one line and of bearable length."""
    return one_line(text)[:LONGEST].rstrip()


def matching(text: str) -> SearchQuery | None:
    """The query for a reader's words, in the characters as typed or in simplified ones."""
    query, plain = search_query(text), simplified(text)
    if query is None or plain == text:
        return query
    other = search_query(plain)
    return query if other is None else query | other


def beginning(text: str) -> SearchQuery | None:
    """A query for Western words that begin like those typed: half a name is often all that one remembers."""
    if _HAN.search(text):
        return None
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    raw = " & ".join(f"{word}:*" for word in words)
    return SearchQuery(raw, config="simple", search_type="raw") if raw else None


def results(query: SearchQuery, asked: str) -> QuerySet:
    """Rows of all kinds that match, the best first; what is listed nowhere is not found either."""
    named = Q(title_zh_hans=simplified(asked))
    for name in columns("title"):
        named |= Q(**{f"{name}__iexact": asked})
    first = Case(When(named, then=Value(BY_NAME)), default=Value(0.0))
    matches = (
        model.objects.listed()
        .filter(search=query)
        .annotate(rank=SearchRank(F("search"), query) * Value(1.0 if model.is_news else BESIDE) + first)
        for model in page_models()
    )
    return together(matches, "rank", *TEXTS).order_by("-rank", "slug")


def find(text: str) -> QuerySet | None:
    """All that answers to these words; whole words first, else beginnings. None where nothing was asked."""
    if (query := matching(text)) is None:
        return None
    exact = results(query, text)
    begun = beginning(text)
    return exact if begun is None or exact.exists() else results(begun, text)


def find_some(text: str) -> QuerySet | None:
    """What answers to some of the words, for want of pages that have them all. None where there is but one word."""
    words = list(dict.fromkeys(_PIECE.findall(text)))[:MOST_WORDS]
    queries = [query for word in words if (query := matching(word)) is not None]
    return results(functools.reduce(or_, queries), text) if len(queries) > 1 else None
