"""Search over everything, in both languages: PostgreSQL text search, Chinese split into single characters."""

import re
from typing import Any

import pypinyin
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func

from sistercities.pages.bilingual import WRITTEN_OUT, column, languages

HAN = "\u3400-\u9fff\uf900-\ufaff"
_HAN_RUN = re.compile(f"([{HAN}]+)")


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
    """The query for what a reader typed; every Chinese run is a phrase, every Western word a stem or a name.

    Returns None where nothing is left to look for.
    """
    query: SearchQuery | None = None
    for part in (piece.strip() for piece in _HAN_RUN.split(text)):
        if not part:
            continue
        if _HAN_RUN.fullmatch(part):
            found = SearchQuery(" ".join(part), config="simple", search_type="phrase")
        else:
            found = SearchQuery(part, config="english", search_type="websearch") | SearchQuery(
                part, config="simple", search_type="websearch"
            )
        query = found if query is None else query & found
    return query


def pinyin_keys(name: str) -> list[str]:
    """Ways to type a Chinese name on a Western keyboard: ``liang lingguang``, ``lianglingguang``, ``llg``."""
    syllables = pypinyin.lazy_pinyin(name, errors="ignore")
    if not syllables:
        return []
    return [" ".join(syllables), "".join(syllables), "".join(syllable[0] for syllable in syllables)]


def sort_key(text: str) -> str:
    """What a list is sorted by: pinyin for Chinese, since the database sorts it by code point."""
    return "".join(pypinyin.lazy_pinyin(text)).casefold()
