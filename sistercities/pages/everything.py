"""Every public model, found through the app registry, and one query over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.text import capfirst

from sistercities.pages.bilingual import LocalText, columns, local_text
from sistercities.pages.models import Page

TEXTS = (*columns("title"), *columns("summary"))
COLUMNS = ("slug", *TEXTS, "publish_at", "updated_at")


def page_models() -> list[type[Page]]:
    """All kinds of pages, of whichever app."""
    return [model for model in apps.get_models() if issubclass(model, Page)]


@dataclass(frozen=True)
class Found:
    """A page of any kind, as one row of a query over all kinds."""

    model: type[Page]
    slug: str
    texts: dict[str, str]
    publish_at: datetime
    updated_at: datetime

    def __getattr__(self, name: str) -> str:
        """The columns of its title and its summary, as a page has them."""
        try:
            return self.__dict__["texts"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def title(self) -> LocalText:
        return local_text(cast(Page, self), "title")

    @property
    def summary(self) -> LocalText:
        return local_text(cast(Page, self), "summary")

    @property
    def kind_label(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    def get_absolute_url(self) -> str:
        return reverse(self.model.url_name, args=[self.slug])


def together(querysets: Iterable[QuerySet[Any]], *more: str) -> QuerySet[Any, dict[str, Any]]:
    """One query over pages of all kinds: ``page_model``, ``pk``, the columns of ``Found`` and ``more`` of them."""
    parts = [
        queryset.order_by()
        .annotate(page_model=Value(queryset.model._meta.label_lower, output_field=CharField()))
        .values("page_model", "pk", *COLUMNS, *more)
        for queryset in querysets
    ]
    first, *rest = parts
    return first.union(*rest, all=True)


def found(row: dict[str, Any]) -> Found:
    """A row of ``together`` as a page."""
    texts = {name: row[name] for name in TEXTS}
    model = apps.get_model(row["page_model"])
    return Found(model, row["slug"], texts, row["publish_at"], row["updated_at"])


def next_turn(now: datetime) -> datetime | None:
    """The next moment at which something public changes by itself: a page appears, an embargo ends, an event begins."""
    parts = [
        model.objects.filter(**{f"{name}__gt": now}).order_by().annotate(turn=F(name)).values_list("turn")
        for model in page_models()
        for name in model.turns_at
    ]
    first, *rest = parts
    row = first.union(*rest, all=True).order_by("turn").first()
    return row[0] if row else None
