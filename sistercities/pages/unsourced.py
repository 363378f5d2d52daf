"""Published statements without a source, for staff to mend.

A model says itself in ``claims`` what it states, by which columns; a source cited for the whole page covers all of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils.text import capfirst

from sistercities.pages.models import Citation, Cited, Page

# "term (English)" names a column; the claim is the term.
_LANGUAGE = re.compile(r"\s*[(（][^()（）]*[)）]$")


@dataclass(frozen=True)
class Unsourced:
    """One statement, or a whole thing where ``claim`` is empty, for which nothing is cited."""

    subject: Cited
    claim: str
    label: str

    @property
    def kind_label(self) -> str:
        return capfirst(str(self.subject._meta.verbose_name))

    @property
    def url(self) -> str:
        """Where staff cite a source for it."""
        meta = self.subject._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.subject.pk])


def cited_models() -> list[type[Cited]]:
    return [model for model in apps.get_models() if issubclass(model, Cited)]


def unsourced(limit: int | None = None) -> Iterator[Unsourced]:
    """All of them by kind and claim; with a limit no more than so many of each."""
    for model in cited_models():
        for claim, columns in model.claims.items():
            rows = _without_source(model, claim, columns)
            for row in rows[:limit]:
                if _is_shown(row):
                    yield Unsourced(row, claim, label_of(model, columns))


def statements_without_source(page: Page) -> list[str]:
    """What is stated on one page, published or not, without a source; empty for the page as a whole."""
    model = type(page)
    return [
        label_of(model, columns)
        for claim, columns in model.claims.items()
        if _without_source(model, claim, columns, of=page).exists()
    ]


def how_many() -> int:
    """As many as ``unsourced`` finds, counted by the database in one query."""
    counts = [
        _shown(model, _without_source(model, claim, columns))
        .order_by()
        .annotate(found=Count("pk"))
        .values("found")
        for model in cited_models()
        for claim, columns in model.claims.items()
    ]
    first, *rest = counts
    return sum(row["found"] for row in first.union(*rest, all=True))


def label_of(model: type[models.Model], columns: tuple[str, ...]) -> str:
    """What is stated, in the reader's language: the name of the first column that states it."""
    if not columns:
        return ""
    return capfirst(_LANGUAGE.sub("", str(model._meta.get_field(columns[0]).verbose_name)))  # type: ignore[union-attr]


def claim_in_words(model: type[Cited], claim: str) -> str:
    """What a claim speaks of, where the model knows it or has a column of that name; else empty."""
    names = {each.name for each in model._meta.concrete_fields}
    return label_of(model, model.claims.get(claim, (claim,) if claim in names else ()))


def _without_source(
    model: type[Cited], claim: str, columns: tuple[str, ...], of: Page | None = None
) -> models.QuerySet[Any]:
    """The things that state this and cite nothing for it: of pages those which readers see, or that one page."""
    parts = model._default_manager.select_related(*model.shown_through)
    rows = model.objects.published() if issubclass(model, Page) and of is None else parts
    rows = rows.filter(pk=of.pk) if of else rows
    support = Citation.objects.filter(
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
        object_id=OuterRef("pk"),
        stance=Citation.Stance.SUPPORTS,
    )
    if claim:
        support = support.filter(claim__in=[claim, ""])
    return rows.filter(_says(model, columns), ~Exists(support)).order_by("pk")


def _says(model: type[Cited], columns: tuple[str, ...]) -> Q:
    """Whether any of the columns holds something; what has none says something by being there."""
    said = Q()
    for name in columns:
        field = model._meta.get_field(name)
        said |= Q(**{f"{name}__isnull": False}) & (
            ~Q(**{name: ""}) if isinstance(field, (models.CharField, models.TextField)) else Q()
        )
    return said


def _shown(model: type[Cited], rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows that ``_is_shown`` would let pass, ready to be counted all at once."""
    if not issubclass(model, Page) and model.shown_through:
        on_a_page, nowhere = Q(), Q()
        for name in model.shown_through:
            whole: Any = model._meta.get_field(name).related_model
            on_a_page |= Q(**{f"{name}__in": whole.objects.published()})
            nowhere &= Q(**{name: None})
        has_switch = any(field.name == "is_shown" for field in model._meta.concrete_fields)
        rows = rows.filter((on_a_page & Q(is_shown=True) if has_switch else on_a_page) | nowhere)
    return rows.select_related(None).annotate(everything=Value(1)).values("everything")


def _is_shown(row: Cited) -> bool:
    """Whether readers see it: a page here is public already, a part is where the page it belongs to is."""
    if isinstance(row, Page):
        return row.is_public
    return row.shown_on() is not None or not any(getattr(row, name) for name in row.shown_through)
