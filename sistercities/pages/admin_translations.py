"""A page for staff: what wants a translator, of all kinds of pages."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sistercities.pages.admin_filters import behind, incomplete, lacks, untranslated
from sistercities.pages.bilingual import column, html_language, language_name, languages
from sistercities.pages.curating import pill
from sistercities.pages.everything import Found, found, page_models, together
from sistercities.pages.models import Page

ON_A_PAGE = 100
TITLE = _("Translations that are missing or older")


@dataclass(frozen=True)
class Waiting:
    """A page that wants a translator."""

    page: Found
    state: SafeString
    edit_url: str


def language_pills(missing: list[str], stale: list[str]) -> SafeString:
    """The state of a page's languages in words: what is wanting, what lags behind, or that nothing is."""
    wanting = [pill("incomplete", incomplete(code)) for code in missing]
    older = [pill("stale", behind(code)) for code in stale if code not in missing]
    shown = [*wanting, *older] or [pill("complete", _("complete"))]
    return format_html_join(" ", "{}", ((each,) for each in shown))


@admin.site.desk("translations", TITLE, "pages.view_drafts")  # type: ignore[attr-defined]  # our own site, see sistercities.curation
@require_safe
def translations(request: HttpRequest) -> HttpResponse:
    """Every page, public or not yet, in which a language lacks something or lags behind; the latest change leads."""
    kinds = [model for model in page_models() if may_edit(request, model)]
    code = request.GET.get("language", "")
    chosen = code if code in languages() else ""
    rows: Any = waiting(kinds, chosen).order_by("-updated_at", "slug") if kinds else []
    shown: Any = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": TITLE,
        "rows": [as_waiting(row) for row in shown],
        "page_obj": shown,
        "query": f"language={chosen}" if chosen else "",
        "chosen": chosen,
        "choices": [(each, html_language(each), language_name(each)) for each in languages()],
    }
    return TemplateResponse(request, "admin/translations.html", context)


def may_edit(request: HttpRequest, model: type[Page]) -> bool:
    return bool(
        admin.site.is_registered(model) and admin.site.get_model_admin(model).has_change_permission(request)
    )


def waiting(kinds: list[type[Page]], code: str) -> QuerySet[Any, dict[str, Any]]:
    """The rows of all kinds that want a translator, into one language or into any."""
    wanted = lacks(code) | Q(stale_in__contains=[code]) if code else untranslated()
    flags = {column("lacks", each): as_flag(lacks(each)) for each in languages()}
    found_rows = [model.objects.filter(wanted).annotate(**flags) for model in kinds]
    return together(found_rows, "stale_in", *flags)


def as_flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def as_waiting(row: dict[str, Any]) -> Waiting:
    missing = [code for code in languages() if row[column("lacks", code)]]
    meta = apps.get_model(row["page_model"])._meta
    edit_url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row["pk"]])
    return Waiting(found(row), language_pills(missing, row["stale_in"]), edit_url)
