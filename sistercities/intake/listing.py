"""Every list of the admin as a file: its rows as they are filtered and sorted there, all pages of them.

Where such a list can be taken in, the columns that are read lead; what the list shows beside follows.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeData
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sistercities.intake.kinds import Kind, kind_of
from sistercities.pages.bilingual import columns, current_language
from sistercities.pages.dates import HistoricalDate, written
from sistercities.pages.models import Page
from sistercities.tables.writing import as_file

MOST = 20_000
_BLOCKS = re.compile(r"<(?:br|/?(?:div|li|p|span|ul|dd|dt))\b[^>]*>")
# Of pages the list shows both titles in one cell; a file has a column for each.
TITLES = ("titles", "names_in_both")


def answer(request: HttpRequest, model_admin: ModelAdmin, form: str) -> HttpResponse:
    """A list as a file, if whoever asks may see it in the admin."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    options = model_admin.opts
    back = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    try:
        shown = model_admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return HttpResponseRedirect(f"{back}?e=1")
    rows = shown.queryset
    if rows.count() > MOST:
        words = _("More than %(most)s rows are too many for one file. Narrow the list down first.")
        messages.warning(request, words % {"most": MOST})
        return HttpResponseRedirect(f"{back}?{request.GET.urlencode()}")
    kind = kind_of(model_admin.model)
    rows = kind.for_list(rows) if kind else rows
    heads, cells = heads_and_cells(request, model_admin, kind)
    return as_file(f"{options.model_name}-list", heads, (cells(row) for row in rows), form)


def heads_and_cells(request: HttpRequest, model_admin: ModelAdmin, kind: type[Kind] | None) -> Any:
    """The heads of the file, and what makes the cells of a row."""
    read = list(kind.columns()) if kind else []
    heads = [capfirst(str(column.label)) for column in read]
    fields = [] if read else titles_of(model_admin.model)
    heads += [capfirst(str(field.verbose_name)) for field in fields]
    names = [name for name in model_admin.get_list_display(request) if is_more(name, read, fields)]
    labels = [capfirst(str(label_for_field(name, model_admin.model, model_admin))) for name in names]
    further = [(name, label) for name, label in zip(names, labels, strict=True) if label not in heads]

    def cells(row: Any) -> list[Any]:
        told = kind.told(row) if kind else {}
        lead = [column.show(told.get(column.name)) for column in read]
        lead += [getattr(row, field.name) for field in fields]
        return [*lead, *(cell_of(name, row, model_admin) for name, _label in further)]

    return [*heads, *(label for _name, label in further)], cells


def titles_of(model: type[models.Model]) -> list[models.Field]:
    names = ["slug", *columns("title")] if issubclass(model, Page) else []
    return [field for field in model._meta.concrete_fields if field.name in names]


def is_more(name: Any, read: Iterable[Any], fields: Iterable[models.Field]) -> bool:
    """Whether a column of the list tells something that no other column of the file tells."""
    known = {column.name for column in read} | {field.name for field in fields}
    if name in known or name == "action_checkbox":
        return False
    return not (known and name in TITLES)


def cell_of(name: Any, row: Any, model_admin: ModelAdmin) -> Any:
    """What the list shows in one place, as a cell."""
    field, source, value = lookup_field(name, row, model_admin)
    if field is None:
        return bool(value) if getattr(source, "boolean", False) and value is not None else plain(value)
    if field.is_relation:
        return plain(getattr(row, field.name))
    chosen = dict(getattr(field, "flatchoices", ()))
    return plain(chosen.get(value, value))


def plain(value: Any) -> Any:
    """A value without what only a page needs of it."""
    if isinstance(value, SafeData):
        text = unescape(strip_tags(_BLOCKS.sub(" ", str(value))))
        return " ".join(text.split())
    if isinstance(value, HistoricalDate):
        return written(value, current_language())
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | date):
        return value
    return "" if str(value) in ("–", "-") else str(value)
