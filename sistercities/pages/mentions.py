"""Pages that name others are found under those names too: as they are now, and while everybody may read them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from sistercities.pages import indexing
from sistercities.pages.bilingual import columns
from sistercities.pages.everything import page_models
from sistercities.pages.models import Citation, Page
from sistercities.pages.snapshots import Snapshot, part, parts_of


def is_called_otherwise(page: Page, before: Snapshot) -> bool:
    """Whether others name the page differently than before, or may name it now, or no more."""
    was = before["columns"]
    names = [*columns("title"), "status"]
    return any(was.get(name) != getattr(page, name) for name in names)


def tell(page: Page) -> None:
    """Let all pages that name this one be found accordingly."""
    others = defaultdict(set)
    for other in mentioning(page):
        others[type(other)].add(other.pk)
    for model, pks in others.items():
        indexing.refill(model, pks)


def mentioning(page: Page) -> Iterator[Any]:
    """The pages that refer to a page, themselves or by one of their parts; citing a source names nobody."""
    for relation in page._meta.related_objects:
        model: Any = relation.related_model
        if model is Citation:
            continue
        rows = model._base_manager.filter(**{relation.field.name: page})
        if issubclass(model, Page):
            yield from rows
        else:
            for owner, name in _owners(model):
                yield from owner._base_manager.filter(**{f"{name}__in": rows}).distinct()


def _owners(model: type[models.Model]) -> Iterator[tuple[Any, str]]:
    """The pages of which rows of this model are a part."""
    for owner in page_models():
        yield from ((owner, name) for name in parts_of(owner) if part(owner, name)[0] is model)


def tell_of_new(since: timedelta) -> None:
    """The same for pages whose moment came of late: nobody touches them then."""
    now = timezone.now()
    for model in page_models():
        for page in model.objects.published(now).filter(publish_at__gt=now - since):
            tell(page)
