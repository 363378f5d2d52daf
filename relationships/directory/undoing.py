"""Taking back what came of a directory: only pages that nobody has touched since."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, cast

from django.db import models
from django.db.models import Count, Func, ProtectedError

from relationships.models import City, CityKey, Directory, DirectoryRow, Relationship
from sistercities.pages import masses
from sistercities.pages.models import Page, Revision, Status
from sistercities.pages.snapshots import part, parts_of

AT_ONCE = 250
# What a page says, whether it is public or not; what others are called is none of it.
WITHOUT_PUBLICATION = "((%(expressions)s - 'names'::text) #- '{columns,status}' #- '{columns,publish_at}')"


def brought(directory: Directory) -> tuple[list[int], list[int]]:
    """The bonds and the cities that came of it."""
    rows = DirectoryRow.objects.filter(directory=directory, is_done=True)
    bonds = rows.filter(verdict=DirectoryRow.Verdict.NEW).exclude(relationship=None)
    cities = [pk for pks in rows.exclude(made_cities=[]).values_list("made_cities", flat=True) for pk in pks]
    return list(bonds.values_list("relationship_id", flat=True)), cities


def untouched(model: type[Page], pks: list[int], status: str = "") -> list[int]:
    """Of these pages those that are as the import left them: all their revisions say the same.

    Whoever publishes them or takes them back has not changed them.
    """
    there = model._base_manager.filter(pk__in=pks)
    kept = set((there.filter(status=status) if status else there).values_list("pk", flat=True))
    counts = (
        Revision.objects.filter(kind=model._meta.label_lower, object_id__in=kept)
        .values("object_id")
        .annotate(number=Count(Func("snapshot", template=WITHOUT_PUBLICATION), distinct=True))
    )
    touched = set(counts.filter(number__gt=1).values_list("object_id", flat=True))
    return sorted(kept - touched)


def withdraw(directory: Directory) -> Iterator[None]:
    """Make drafts of what came of it, bonds before cities; pages that somebody has changed stay as they are."""
    bonds, cities = brought(directory)
    yield from _in_pieces(
        directory, masses.withdraw, Relationship, untouched(Relationship, bonds, Status.PUBLISHED)
    )
    yield from _in_pieces(directory, masses.withdraw, City, untouched(City, cities, Status.PUBLISHED))


def delete(directory: Directory) -> Iterator[None]:
    """Delete the drafts that came of it, those to which nothing else refers; bonds before cities."""
    bonds, cities = brought(directory)
    yield from _in_pieces(directory, _delete_free, Relationship, untouched(Relationship, bonds, Status.DRAFT))
    yield from _in_pieces(directory, _delete_free, City, untouched(City, cities, Status.DRAFT))


def _in_pieces(
    directory: Directory, act: Callable[..., None], model: type[Page], pks: list[int]
) -> Iterator[None]:
    for start in range(0, len(pks), AT_ONCE):
        piece = pks[start : start + AT_ONCE]
        act(model, piece, by=directory.handed_in_by)
        Directory.objects.filter(pk=directory.pk).update(
            rows_done=models.F("rows_done") + len(piece), attempts=1
        )
        yield


def _delete_free(model: type[Page], pks: list[int], *, by: object = None) -> None:
    """Pages to which something refers are left, for it would be lost with them or would lose its place."""
    used = referred_to(model, pks)
    free = [pk for pk in pks if pk not in used]
    try:
        masses.delete(model, free, by=by)
    except ProtectedError:
        for pk in free:
            with suppress(ProtectedError):
                masses.delete(model, [pk], by=by)


def referred_to(model: type[Page], pks: list[int]) -> set[int]:
    """Those of these pages to which something refers that is no part of them: an event, a milestone, a count."""
    own = {part(model, name)[0] for name in parts_of(model)} | {CityKey}
    found: set[int] = set()
    for relation in model._meta.related_objects:
        other, name = cast(Any, relation.related_model), relation.field.name
        if other not in own:
            found.update(other._base_manager.filter(**{f"{name}__in": pks}).values_list(name, flat=True))
    return found
