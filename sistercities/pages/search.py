"""Search over everything, in both languages: PostgreSQL text search, Chinese split into single characters."""

import functools
import re
from collections.abc import Iterable
from operator import and_, or_
from typing import Any

import pypinyin
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func

from sistercities.pages.bilingual import WRITTEN_OUT, column, languages
from sistercities.pages.letters import (
    APOSTROPHES,
    HAN,
    plain,
    readings,
    simplified,
    without_tone_numbers,
    words,
)

_HAN_RUN = re.compile(f"[{HAN}]+")
TONELESS = "0"  # before a syllable of a title's pinyin, so that the you of 友好 is not the English word


class HanSpaced(Func):
    """Each Chinese character becomes a word of its own, so that a phrase of characters can be found."""

    function = "regexp_replace"
    template = f"%(function)s(%(expressions)s, '([{HAN}])', ' \\1 ', 'g')"
    output_field = models.TextField()


def search_vector() -> models.GeneratedField:
    """The stored vector of a page: titles weigh most, then names and parts, then the text.

    What a page says in further languages is among its ``search_text``, for a stored column cannot be altered in place.
    """
    english = SearchVector("title_en", weight="A", config="english")
    chinese = SearchVector(HanSpaced(F("title_zh_hans")), weight="A", config="simple")
    names = SearchVector(HanSpaced(F("search_text")), weight="B", config="simple")
    words = SearchVector("search_text", weight="B", config="english")
    body_english = SearchVector("summary_en", "body_en", weight="C", config="english")
    body_chinese = SearchVector(HanSpaced(F("summary_zh_hans")), weight="C", config="simple")
    text_chinese = SearchVector(HanSpaced(F("body_zh_hans")), weight="C", config="simple")
    whole = english + chinese + names + words + body_english + body_chinese + text_chinese
    return models.GeneratedField(
        expression=whole, output_field=SearchVectorField(), db_persist=True, editable=False
    )


def further_languages(page: Any) -> list[str]:
    """The texts of a page in the languages that have no part of their own in the stored vector."""
    more = [code for code in languages() if code not in WRITTEN_OUT]
    return [getattr(page, column(name, code)) for name in ("title", "summary", "body") for code in more]


def search_query(text: str) -> SearchQuery | None:
    """The query for what a reader typed: each Chinese run is a phrase, each Western word a stem, a name or pinyin.

    All of it must be there. Returns None where nothing is left to look for. Signs mean nothing: neither wildcards nor
    operators are known.
    """
    parts = [_characters(run) for run in _HAN_RUN.findall(text)]
    if words(latin := " ".join(_HAN_RUN.sub(" ", text).split())):
        parts.append(_western(latin))
    return functools.reduce(and_, parts) if parts else None


def _characters(run: str) -> SearchQuery:
    """A run of Chinese characters as typed, or in simplified ones."""
    forms = dict.fromkeys([run, simplified(run)])
    return functools.reduce(or_, (_phrase(list(form)) for form in forms))


def _western(typed: str) -> SearchQuery:
    """Words in Latin letters as typed or without marks; by their stems, as names, or as the syllables of a title."""
    bare = " ".join(words(typed))
    forms = [typed, APOSTROPHES.sub(" ", typed), bare, plain(bare), plain(without_tone_numbers(bare))]
    distinct = dict.fromkeys(form.casefold() for form in forms)
    queries = [SearchQuery(form, config=config) for form in distinct for config in ("english", "simple")]
    syllables = readings(forms[-1].casefold())
    queries += [_phrase(f"{TONELESS}{syllable}" for syllable in reading) for reading in syllables]
    return functools.reduce(or_, queries)


def _phrase(tokens: Iterable[str]) -> SearchQuery:
    return SearchQuery(" ".join(tokens), config="simple", search_type="phrase")


def pinyin_keys(name: str) -> list[str]:
    """Ways to type a Chinese name on a Western keyboard: ``liang ling guang``, ``lianglingguang``, ``llg``."""
    syllables = pypinyin.lazy_pinyin(name, errors="ignore")
    return [" ".join(syllables), *unspaced_keys(name)] if syllables else []


def unspaced_keys(name: str) -> list[str]:
    """Those of them in which no syllable stands alone, where it might be a word of another tongue."""
    syllables = pypinyin.lazy_pinyin(name, errors="ignore")
    return ["".join(syllables), "".join(syllable[0] for syllable in syllables)] if syllables else []


def sort_key(text: str) -> str:
    """What a list is sorted by: pinyin for Chinese, since the database sorts it by code point."""
    # Most names need no dictionary, and lists of guests are long.
    return text.casefold() if text.isascii() else "".join(pypinyin.lazy_pinyin(text)).casefold()
