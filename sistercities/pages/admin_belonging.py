"""Related pages where one looks for them: remarks on their event, agreements on their bond, each with the way to it.

Floors above bring theirs along, as they do with parts: ``EventAdmin.belonging = [Belonging(…)]``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from sistercities.pages.admin_translations import language_pills
from sistercities.pages.models import Page

SHOWN = 100


@dataclass(frozen=True)
class Belonging:
    """Rows of a model that belong to a page by one of their columns."""

    label: Promise | str
    model: type[models.Model]
    column: str
    # What is filled in already when one more is added; none is added here where there is no such function.
    prefilled: Callable[[Any], dict[str, Any]] | None = None
    # The column that leads on to the page on which a row is edited, where it has no form of its own.
    via: str = ""
    ordering: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    words: str
    url: str
    publication: SafeString | str
    languages: SafeString | str


@dataclass(frozen=True)
class Listed:
    """All that belongs to a page in one way, as its form shows it."""

    label: Promise | str
    rows: list[Row]
    add_url: str


class WithBelonging(admin.ModelAdmin):
    """Mixed into the admin of pages."""

    belonging: ClassVar[list[Belonging]] = []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        page = kwargs.get("obj")
        shown = [each for each in self.belonging if page and self.may_list(request, each)]
        context["belonging"] = [self.listed(request, page, each) for each in shown]
        return super().render_change_form(request, context, *args, **kwargs)

    def may_list(self, request: HttpRequest, each: Belonging) -> bool:
        target = each.model._meta.get_field(each.via).related_model if each.via else each.model
        found: Any = self.admin_site.get_model_admin(target)  # type: ignore[arg-type]  # a model, registered
        return found.has_view_or_change_permission(request)

    def listed(self, request: HttpRequest, page: Any, each: Belonging) -> Listed:
        if each.via:
            rows = each.model._default_manager.filter(**{each.column: page}).select_related(each.via)
        else:
            # A host finds here no more than in the list.
            its_rows = self.admin_site.get_model_admin(each.model).get_queryset(request)
            rows = its_rows.filter(**{each.column: page})
        rows = rows.order_by(*each.ordering) if each.ordering else rows
        add_url, meta = "", each.model._meta
        if each.prefilled and self.admin_site.get_model_admin(each.model).has_add_permission(request):
            add_url = reverse(f"admin:{meta.app_label}_{meta.model_name}_add", query=each.prefilled(page))
        return Listed(each.label, [self.row(each, row) for row in rows[:SHOWN]], add_url)

    def row(self, each: Belonging, row: Any) -> Row:
        target = getattr(row, each.via) if each.via else row
        its_admin: Any = self.admin_site.get_model_admin(type(target))
        meta = target._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[target.pk])
        if not isinstance(target, Page):
            return Row(str(row), url, "", "")
        pills = language_pills(target.missing_languages, target.stale_in)
        return Row(str(target), url, its_admin.publication(target), pills)
