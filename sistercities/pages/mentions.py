"""Pages that name others are found under those names too: as they are now, and while everybody may read them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from sistercities.pages import indexing
from sistercities.pages.bilingual import columns
from sistercities.pages.everything import page_models
from sistercities.pages.models import Citation, Page
from sistercities.pages.snapshots import Snapshot, part, parts_of

Others = dict[type[Page], set[int]]


def is_called_otherwise(page: Page, before: Snapshot) -> bool:
    """Whether others name the page differently than before, or may name it now, or no more."""
    was = before["columns"]
    names = [*columns("title"), "status"]
    return any(was.get(name) != getattr(page, name) for name in names)


def tell(page: Page) -> None:
    """Let all pages that name this one be found accordingly."""
    tell_all(mentioning(type(page), [page.pk]))


def tell_all(others: Others) -> None:
    """Let these pages be found by what those to which they refer are called now; such as are gone are passed over."""
    for model, pks in others.items():
        indexing.refill(model, pks)


def mentioning(model: type[Page], pks: Iterable[int]) -> Others:
    """The pages that refer to these pages, themselves or by one of their parts; citing a source names nobody."""
    found: Others = defaultdict(set)
    wanted = list(pks)
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if other is Citation:
            continue
        rows = other._base_manager.filter(**{f"{relation.field.name}__in": wanted})
        if issubclass(other, Page):
            found[other].update(rows.values_list("pk", flat=True))
        else:
            for owner, name in _owners(other):
                if owner is model and relation.field.name in part(model, name)[1]:
                    continue  # its own part, by which it names nobody
                pages = owner._base_manager.filter(**{f"{name}__in": rows})
                found[owner].update(pages.values_list("pk", flat=True))
    return found


def _owners(model: type[models.Model]) -> Iterator[tuple[Any, str]]:
    """The pages of which rows of this model are a part."""
    for owner in page_models():
        yield from ((owner, name) for name in parts_of(owner) if part(owner, name)[0] is model)


def tell_of_new(since: timedelta) -> None:
    """The same for pages whose moment came of late: nobody touches them then.

    What was saved at its moment or after it was told at once; an import brings thousands of such pages.
    """
    now = timezone.now()
    for model in page_models():
        new = (
            model.objects.published(now)
            .filter(publish_at__gt=now - since)
            .filter(publish_at__gt=F("updated_at"))
        )
        if pks := list(new.values_list("pk", flat=True)):
            tell_all(mentioning(model, pks))
