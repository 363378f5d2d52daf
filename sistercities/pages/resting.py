"""What rests on a source: everything public that cites it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from sistercities.pages.bilingual import LocalText
from sistercities.pages.everything import Found, found, together
from sistercities.pages.models import Citation, Cited, Page, Source


@dataclass(frozen=True)
class Use:
    """One thing that cites a source, where it is shown, and for what it cites it."""

    title: LocalText | str
    kind_label: str
    url: str
    citations: list[Citation]


def with_disputes(citations: QuerySet[Citation]) -> QuerySet[Citation]:
    """Each with ``is_disputed``: whether sources disagree about its claim, on whichever side it stands."""
    same = {name: OuterRef(name) for name in ("content_type", "object_id", "claim")}
    contradictions = Citation.objects.filter(
        stance=Citation.Stance.CONTRADICTS, source__in=Source.objects.published(), **same
    )
    return citations.annotate(is_disputed=Exists(contradictions))


def of_public_things(citations: QuerySet[Citation]) -> QuerySet[Citation]:
    """Those whose subjects readers may see: others must not even be counted."""
    visible = Q(pk__in=[])
    for model in apps.get_models():
        if issubclass(model, Cited):
            kind = ContentType.objects.get_for_model(model)
            visible |= Q(content_type=kind, object_id__in=_public(model).values("pk"))
    return citations.filter(visible)


def _public(model: type[Any]) -> QuerySet[Any]:
    """The pages of a model that lists may name; the parts that are shown on a public page."""
    if issubclass(model, Page):
        return model.objects.listed()
    on_a_page = Q(pk__in=[])
    for name in model.shown_through:
        whole: Any = model._meta.get_field(name).related_model
        on_a_page |= Q(**{f"{name}__in": whole.objects.published()})
    has_switch = any(field.name == "is_shown" for field in model._meta.concrete_fields)
    return model._base_manager.filter(on_a_page, **({"is_shown": True} if has_switch else {}))


def uses(citations: Iterable[Citation]) -> list[Use]:
    """The public things among the subjects of these citations; wants ``content_type`` at hand."""
    rows: dict[tuple[type[Cited], int], list[Citation]] = defaultdict(list)
    for citation in citations:
        model = citation.content_type.model_class()
        if model and issubclass(model, Cited):
            rows[model, citation.object_id].append(citation)
    shown = _shown(rows)
    return [Use(*shown[key], citations=cited) for key, cited in rows.items() if key in shown]


def _shown(
    keys: Iterable[tuple[type[Cited], int]],
) -> dict[tuple[type[Cited], int], tuple[LocalText | str, str, str]]:
    """Title, kind and address of those that the public may see: one query for all pages, one for each kind of part."""
    numbers: dict[type[Any], list[int]] = defaultdict(list)
    for model, pk in keys:
        numbers[model].append(pk)
    shown: dict[tuple[type[Cited], int], tuple[LocalText | str, str, str]] = {}
    listed = [
        model.objects.listed().filter(pk__in=pks) for model, pks in numbers.items() if issubclass(model, Page)
    ]
    for row in together(listed) if listed else []:
        page: Found = found(row)
        shown[page.model, row["pk"]] = page.title, page.kind_label, page.get_absolute_url()
    for model, pks in numbers.items():
        if issubclass(model, Page):
            continue
        for part in _public(model).filter(pk__in=pks).select_related(*model.shown_through):
            if whole := part.shown_on():
                shown[model, part.pk] = (
                    str(part),
                    capfirst(str(model._meta.verbose_name)),
                    whole.get_absolute_url(),
                )
    return shown
