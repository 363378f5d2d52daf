"""Many pages at once, as an import brings them: each found, marked and with its first revision, in a few queries.

What ``publishing`` does for one page is done here for hundreds: nothing else may differ, for readers or in the history.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from sistercities.pages import indexing, mentions, snapshots, staleness
from sistercities.pages.models import Page, Revision, Status
from sistercities.pages.revisions import CONTENT, kind_of, title_of

AT_ONCE = 500
Rows = Sequence[Any]


def numbers(model: type[models.Model], how_many: int) -> list[int]:
    """Numbers for rows that are yet to be written, so that others can refer to them before."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, %s)) from generate_series(1, %s)",
            [table, key, how_many],
        )
        return [number for (number,) in cursor.fetchall()]


def know_parts(page: Page, parts: Mapping[str, Rows]) -> None:
    """Let a page that is new know its parts, so that nobody asks the database for what is not there."""
    relations = [
        *snapshots.parts_of(type(page)),
        *snapshots.links_of(type(page)),
        *indexing.lookups_of(type(page)),
    ]
    cache: dict[str, Any] = dict.fromkeys((name.partition("__")[0] for name in relations), ())
    page._prefetched_objects_cache = {**cache, **parts}  # type: ignore[attr-defined]


def add(pages: Sequence[Page], *, by: Any = None) -> None:
    """Write new pages of one model, whose numbers and parts are known, each with its first revision.

    Their parts are saved before: the database looks at what belongs together when the transaction ends.
    """
    if not pages:
        return
    for page in pages:
        indexing.fill(page)
        staleness.review(page)
    type(pages[0])._base_manager.bulk_create(pages, batch_size=AT_ONCE)
    shown = {page.pk: Revision.Act.PUBLISHED for page in pages if page.status == Status.PUBLISHED}
    _record(pages, shown, {}, by)


def refresh(model: type[Page], pks: Iterable[int], *, by: Any = None) -> None:
    """What ``publishing.refresh`` does, for pages whose columns were changed in place; nobody else is told."""
    todo = sorted(pks)
    for start in range(0, len(todo), AT_ONCE):
        with transaction.atomic():
            pages = _held(model, todo[start : start + AT_ONCE])
            for page in pages:
                page.derive()
                indexing.fill(page)
                staleness.review(page)
            columns = ["search_text", "names_folded", "language_marks", "stale_in"]
            model._base_manager.bulk_update(pages, columns)
            _date(model, pages)
            _record(pages, {}, _last(model, pages), by)


def withdraw(model: type[Page], pks: Iterable[int], *, by: Any = None) -> None:
    """Make pages drafts again."""
    todo = list(pks)
    with transaction.atomic():
        pages = [page for page in _held(model, todo) if page.status == Status.PUBLISHED]
        for page in pages:
            page.status = Status.DRAFT
        model._base_manager.bulk_update(pages, ["status"])
        _date(model, pages)
        _record(pages, {page.pk: Revision.Act.WITHDRAWN for page in pages}, _last(model, pages), by)
        mentions.tell_all(mentions.mentioning(model, [page.pk for page in pages]))


def delete(model: type[Page], pks: Iterable[int], *, by: Any = None) -> None:
    """Take pages away for good; what they were last stays readable among the revisions."""
    todo = list(pks)
    with transaction.atomic():
        pages = _held(model, todo)
        acts = {page.pk: Revision.Act.DELETED for page in pages}
        _record(pages, acts, _last(model, pages), by)
        others = mentions.mentioning(model, acts)
        model._base_manager.filter(pk__in=acts).delete()
        mentions.tell_all(others)


def _held(model: type[Page], pks: Sequence[int]) -> list[Any]:
    """Pages as they are now, with their rows locked and all that a revision and search look at."""
    relations = [*snapshots.parts_of(model), *snapshots.links_of(model), *indexing.lookups_of(model)]
    pages = model._base_manager.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    return list(pages.prefetch_related(*dict.fromkeys(relations)))


def _date(model: type[Page], pages: Sequence[Page]) -> None:
    """Feeds, maps and tables tell when a page was last changed."""
    model._base_manager.filter(pk__in=[page.pk for page in pages]).update(updated_at=timezone.now())


def _last(model: type[Page], pages: Sequence[Page]) -> dict[int, Revision]:
    rows = Revision.objects.filter(kind=model._meta.label_lower, object_id__in=[page.pk for page in pages])
    return {row.object_id: row for row in rows.order_by("object_id", "-number").distinct("object_id")}


def _record(pages: Sequence[Page], acts: Mapping[int, str], last: Mapping[int, Revision], by: Any) -> None:
    """A revision of each page that is not as its last one has it."""
    taken = [(page, snapshots.take(page)) for page in pages]
    changed = [(page, now) for page, now in taken if page.pk in acts or not _same(last.get(page.pk), now)]
    names = _names(changed)
    Revision.objects.bulk_create(
        [
            Revision(
                kind=kind_of(page),
                object_id=page.pk,
                number=last[page.pk].number + 1 if page.pk in last else 1,
                act=acts.get(page.pk, Revision.Act.SAVED),
                made_by=by,
                title=title_of(page),
                snapshot={**now, "names": {key: names[key] for key in _keys(page, now) if key in names}},
            )
            for page, now in changed
        ],
        batch_size=AT_ONCE,
    )


def _same(last: Revision | None, now: snapshots.Snapshot) -> bool:
    return last is not None and all(last.snapshot.get(kind) == now[kind] for kind in CONTENT)


def _keys(page: Page, taken: snapshots.Snapshot) -> list[str]:
    found = snapshots.references(type(page), taken)
    return [snapshots.key(other, pk) for other, pks in found.items() for pk in pks]


def _names(taken: Iterable[tuple[Page, snapshots.Snapshot]]) -> dict[str, dict[str, str]]:
    """What all that these snapshots mention is called, asked for once for each kind."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for page, snapshot in taken:
        for other, pks in snapshots.references(type(page), snapshot).items():
            wanted[other] |= pks
    return {
        snapshots.key(other, pk): snapshots.in_all_languages(thing)
        for other, pks in wanted.items()
        for pk, thing in other._base_manager.in_bulk(pks).items()
    }
