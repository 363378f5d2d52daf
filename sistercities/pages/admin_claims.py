"""Claims in the admin: which statements want a source, and which of them are published and rest on nothing."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sistercities.pages.models import Cited
from sistercities.pages.unsourced import label_of, unsourced

OF_EACH = 100
TITLE = _("Published without a source")


@admin.site.desk("without-source", TITLE, "pages.view_drafts")  # type: ignore[attr-defined]  # our own site, see sistercities.curation
@require_safe
def without_source(request: HttpRequest) -> HttpResponse:
    """Every published statement for which nothing is cited, by kind; of each kind and statement the first hundred."""
    kinds = groupby(unsourced(OF_EACH), lambda each: each.kind_label)
    context = {
        **admin.site.each_context(request),
        "title": TITLE,
        "kinds": [(kind, list(rows)) for kind, rows in kinds],
        "of_each": OF_EACH,
    }
    return TemplateResponse(request, "admin/without_source.html", context)


class ClaimInput(forms.TextInput):
    """The key of a statement, with those that this kind of thing is known to make as suggestions."""

    template_name = "widgets/claim.html"

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__()
        claims = model.claims.items() if issubclass(model, Cited) else ()
        self.claims = [(model, claim, columns) for claim, columns in claims if claim]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["claims"] = [
            (claim, label_of(model, columns)) for model, claim, columns in self.claims
        ]
        return context
