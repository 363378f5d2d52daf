"""Under which words and names a page is found: filled when it is saved, and for thousands of pages at once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models

from sistercities.pages.bilingual import nothing_in, texts
from sistercities.pages.everything import page_models
from sistercities.pages.letters import accented, folded, simplified, syllables
from sistercities.pages.models import Page
from sistercities.pages.search import TONELESS, further_languages

AT_ONCE = 500
# What follows is for finding only: readings and spellings that no page shows.
KEYS = "\u241e"

Words = Callable[[Any], Iterable[str]]
_added: dict[type[Page], list[tuple[Words, tuple[str, ...]]]] = defaultdict(list)


def adds_words(model: type[Page], *lookups: str) -> Callable[[Words], Words]:
    """Let a floor above add words under which a page is found; ``lookups`` are the relations that they come from."""

    def register(words: Words) -> Words:
        if words not in [known for known, _lookups in _added[model]]:
            _added[model].append((words, lookups))
        return words

    return register


def words_of(page: Page) -> str:
    """All words beside its own text under which a page is found."""
    further = [
        *page.further_words(),
        *(word for words, _lookups in _added[type(page)] for word in words(page)),
    ]
    shown = _distinct([*further, *further_languages(page)])
    keys = [key for key in _distinct(_keys(page, shown)) if key not in shown]
    return "\n".join([*shown, *([KEYS, *keys] if keys else [])])


def lookups_of(model: type[Page]) -> list[str]:
    """The relations that the words of such pages come from."""
    return [*model.worded_by, *(lookup for _words, more in _added[model] for lookup in more)]


def _distinct(lines: Iterable[str]) -> list[str]:
    stripped = (line.strip() for line in lines)
    return list(dict.fromkeys(line for line in stripped if line))


def _keys(page: Page, shown: Iterable[str]) -> Iterator[str]:
    """Its names without marks and in simplified characters, its titles in pinyin, words with marks without these."""
    yield from page.known_as()
    yield from (other for name in [*page.known_as(), *shown] if (other := simplified(name)) != name)
    for title in texts(page, "title").values():
        yield " ".join(f"{TONELESS}{syllable}" for syllable in syllables(title))
    own = (text for name in ("title", "summary", "body") for text in texts(page, name).values())
    yield " ".join(dict.fromkeys(bare for text in [*own, *shown] for bare in accented(text)))


def names_of(page: Page) -> str:
    """The names under which a page is known, each on a line of its own between line breaks, as they are compared."""
    names = dict.fromkeys(name for each in page.known_as() if (name := folded(each)))
    return "\n".join(["", *names, ""]) if names else ""


def fill(page: Page) -> None:
    """Set the words and the names under which a page is found; its parts are saved, the page itself is not yet."""
    page.search_text, page.names_folded = words_of(page), names_of(page)


def refill(model: type[Page], pks: Collection[int] | None = None) -> int:
    """Write the words and names of these pages (of all, unless told) where they changed; returns of how many.

    For what was written past the saving verbs, such as an import. It keeps no revision and touches no date.
    """
    lookups = lookups_of(model)
    numbers = model._base_manager.values_list("pk", flat=True) if pks is None else pks
    changed, todo = 0, sorted(numbers)
    for start in range(0, len(todo), AT_ONCE):
        pages = model._base_manager.filter(pk__in=todo[start : start + AT_ONCE]).prefetch_related(*lookups)
        changed += _write(model, [page for page in pages if _is_stale(page)])
    if len(todo) > AT_ONCE:
        settle(model)
    return changed


def settle(model: type[models.Model]) -> None:
    """Bring the indexes and the planner up to date after much was written; it would take them minutes by themselves.

    What was written lately stands in a list that each search would read from end to end.
    """
    slow = [index.name for index in model._meta.indexes if isinstance(index, GinIndex)]
    statements = [f"select gin_clean_pending_list('{name}')" for name in slow]
    with connection.cursor() as cursor:
        cursor.execute("; ".join([*statements, f"analyze {connection.ops.quote_name(model._meta.db_table)}"]))


def fill_missing() -> int:
    """Give names to pages that have none although they have a title; some of each kind."""
    return sum(
        refill(model, list(without.values_list("pk", flat=True)[:AT_ONCE]))
        for model in page_models()
        for without in [model._base_manager.filter(names_folded="").exclude(nothing_in("title"))]
    )


def _is_stale(page: Page) -> bool:
    before = page.search_text, page.names_folded
    fill(page)
    return before != (page.search_text, page.names_folded)


def _write(model: type[models.Model], pages: list[Any]) -> int:
    """One statement for all of them; a long CASE, as ``bulk_update`` writes it, takes ten times as long."""
    if pages:
        table = connection.ops.quote_name(model._meta.db_table)
        sql = (
            f"update {table} set search_text = new.words, names_folded = new.names"  # noqa: S608 - a table of ours
            " from unnest(%s::bigint[], %s::text[], %s::text[]) as new (pk, words, names)"
            f" where {table}.id = new.pk"
        )
        with connection.cursor() as cursor:
            columns = [
                [getattr(page, name) for page in pages] for name in ("pk", "search_text", "names_folded")
            ]
            cursor.execute(sql, columns)
    return len(pages)
