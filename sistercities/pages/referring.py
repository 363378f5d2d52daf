"""What refers to a page, of whichever app: found from the relations that lead to it, and from generic ones.

The page's own parts are not among it: they go with it wherever it goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CASCADE, PROTECT, RESTRICT, CharField, Count, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sistercities.pages import publishing, revisions
from sistercities.pages.bilingual import bilingual_names, column, languages
from sistercities.pages.everything import page_models
from sistercities.pages.models import Citation, Cited, Page, Source
from sistercities.pages.snapshots import part, parts_of

KEEPS, GOES, STAYS = "keeps", "goes", "stays"


@dataclass(frozen=True)
class Way:
    """One relation by which rows of a model lead to a page."""

    holder: type[models.Model]
    name: str
    # What becomes of the rows when the page is deleted: they keep it from that, go with it, or stay without it.
    effect: str
    # Where the rows are part of another page: their column that leads there.
    home: str = ""
    is_generic: bool = False

    @property
    def key(self) -> str:
        return f"{self.holder._meta.label_lower}.{self.name}"

    @property
    def label(self) -> str:
        """``Remarks (speaker)``: the kind of rows, and in which role they name the page."""
        kind, field = self.holder._meta, self.holder._meta.get_field(self.name)
        role = "" if self.is_generic else str(getattr(field, "verbose_name", ""))
        words = _("%(kind)s (%(role)s)") if role else "%(kind)s"
        return capfirst(words % {"kind": kind.verbose_name_plural, "role": role})

    @property
    def belongs_to_pages(self) -> bool:
        """Whether the rows are pages, parts of one, or statements with sources; all else is no page's business."""
        return bool(self.home) or issubclass(self.holder, Cited)

    def rows(self, page: Page) -> Any:
        if not self.is_generic:
            return self.holder._base_manager.filter(**{self.name: page}).order_by("pk")
        generic: Any = self.holder._meta.get_field(self.name)
        kind = ContentType.objects.get_for_model(page)
        return self.holder._base_manager.filter(
            **{generic.ct_field: kind, generic.fk_field: page.pk}
        ).order_by("pk")

    def page_of(self, row: Any) -> Any:
        """The page on which a row is edited: itself, or that of which it is a part; else the row."""
        return getattr(row, self.home) or row if self.home else row


@cache
def ways_to(model: type[Page]) -> tuple[Way, ...]:
    return tuple(_ways_to(model))


def _ways_to(model: type[Page]) -> Iterator[Way]:
    own = {(part(model, name)[0], column) for name in parts_of(model) for column in part(model, name)[1]}
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not relation.is_relation:
            continue
        holder: Any = relation.related_model
        name = relation.field.name  # type: ignore[union-attr]  # of a relation from elsewhere
        if holder._meta.auto_created or (holder, name) in own:
            continue
        yield Way(holder, name, _effect(relation), _home(holder, name))
    for holder in apps.get_models():
        for field in holder._meta.private_fields:
            if (
                type(field) is GenericForeignKey
                and (holder, field.ct_field) not in own
                and holder is not Citation
            ):
                yield Way(holder, field.name, STAYS, _home(holder, field.name), is_generic=True)


def _effect(relation: Any) -> str:
    if relation.many_to_many or relation.on_delete not in (CASCADE, PROTECT, RESTRICT):
        return STAYS
    return GOES if relation.on_delete is CASCADE else KEEPS


def _home(holder: type[models.Model], name: str) -> str:
    """The column by which rows belong to a page, other than the one in question."""
    generic = [field.name for field in holder._meta.private_fields if isinstance(field, GenericForeignKey)]
    for model in page_models():
        for each in parts_of(model):
            other, columns = part(model, each)
            if other is holder and name not in columns:
                return generic[0] if len(columns) > 1 and generic else next(iter(columns))
    return ""


def counts(page: Page) -> dict[str, int]:
    """How many rows lead to the page by each way that any does; one query."""
    parts = [
        way.rows(page)
        .order_by()
        .annotate(way=Value(way.key, output_field=CharField()))
        .values("way")
        .annotate(count=Count("*"))
        .values_list("way", "count")
        for way in ways_to(type(page))
    ]
    if not parts:
        return {}
    first, *rest = parts
    return {key: count for key, count in first.union(*rest, all=True) if count}


# --- another in its place -----------------------------------------------------------------------------


def replaceable(model: type[Page]) -> list[Way]:
    """The ways in which another page can be put in the place of one: not in what belongs to guests and members."""
    return [way for way in ways_to(model) if way.belongs_to_pages]


def replace(page: Page, other: Page, *, by: Any = None) -> int:
    """Let all pages that refer to ``page`` refer to ``other``; how many rows were changed.

    Raises ValidationError, and changes nothing, where that would break a rule: where both are named in one place.
    """
    touched: dict[tuple[str, int], Page] = {}
    changed = 0
    try:
        with transaction.atomic():
            for way in replaceable(type(page)):
                for row in (
                    way.rows(page).exclude(pk=other.pk) if way.holder is type(page) else way.rows(page)
                ):
                    home = way.page_of(row)
                    if isinstance(home, Page):
                        revisions.record_first(home)
                        touched[home._meta.label_lower, home.pk] = home
                    _put(way, row, page, other)
                    changed += 1
            for home in touched.values():
                if isinstance(page, Source):
                    _renew_marks(home, page.slug, other.slug)
                publishing.refresh(home, by=by)
            connection.check_constraints()
    except IntegrityError as refused:
        known = {way.holder for way in replaceable(type(page))}
        words = revisions.broken_rule(refused, known) or _("Both are named in one place.")
        raise ValidationError(words) from refused
    return changed


def _put(way: Way, row: Any, page: Page, other: Page) -> None:
    field: Any = way.holder._meta.get_field(way.name)
    if field.many_to_many:
        links = getattr(row, way.name)
        links.remove(page)
        links.add(other)
        return
    setattr(row, way.name, other)
    names = [field.ct_field, field.fk_field] if way.is_generic else [way.name]
    row.save(update_fields=names)


def _renew_marks(home: Page, old: str, new: str) -> None:
    """The footnotes in the texts of a page, and of its parts, name a source by its address."""
    fresh = type(home).objects.get(pk=home.pk)
    rows = [fresh, *(row for name in parts_of(type(home)) for row in getattr(fresh, name).all())]
    for row in rows:
        names = [column(name, code) for name in bilingual_names(type(row)) for code in languages()]
        marked = [name for name in names if f"[^{old}]" in getattr(row, name)]
        for name in marked:
            setattr(row, name, getattr(row, name).replace(f"[^{old}]", f"[^{new}]"))
        if marked:
            row.save(update_fields=marked)
