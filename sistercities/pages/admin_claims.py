"""A page for staff: what is published and rests on nothing."""

from itertools import groupby

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sistercities.pages.unsourced import unsourced

OF_EACH = 100
TITLE = _("Published without a source")


@admin.site.desk("without-source", TITLE)  # type: ignore[attr-defined]  # our own site, see sistercities.curation
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
