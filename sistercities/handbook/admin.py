"""The handbook in the admin, where whoever works there can look something up."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sistercities.handbook.book import handbook

TITLE = _("Handbook")


@admin.site.desk("handbook", TITLE)  # type: ignore[attr-defined]  # our own site, see sistercities.curation
@require_safe
def read_handbook(request: HttpRequest) -> HttpResponse:
    """The whole handbook on one page, in the reader's language: to read, to print, to search with the browser."""
    context = {**admin.site.each_context(request), "title": TITLE, "book": handbook()}
    return TemplateResponse(request, "admin/handbook.html", context)
