"""The sources of a page, cited below its form, and the marks by which its text refers to them."""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sistercities.pages.admin_claims import ClaimInput
from sistercities.pages.admin_help import CITATION_HELP
from sistercities.pages.curating import NamedTicks, RowFields, RowForm
from sistercities.pages.models import Citation, Page, Source

MARK = (
    '<div class="cite-this" data-cite="{}"><button type="button" hidden>{}</button> <code data-mark>{}</code> '
    '<span class="quiet" data-uses></span></div>'
)


def mark_of(source: Source) -> str:
    """What stands in a text for a source."""
    return f"[^{source.slug}]"


class CitationFormSet(NamedTicks, BaseGenericInlineFormSet):
    """The sources of one page; none is cited twice for the same claim."""

    def get_queryset(self) -> QuerySet[Citation]:
        rows = super().get_queryset()
        for row in rows:
            row.subject = self.instance
        return rows

    def clean(self) -> None:
        seen: set[tuple[int, str]] = set()
        for form in self.forms:
            values = form.cleaned_data if form.is_valid() else {}
            if not values.get("source") or values.get("DELETE"):
                continue
            key = values["source"].pk, values["claim"]
            if key in seen:
                form.add_error("source", _("This source is cited for that claim already."))
            seen.add(key)


class CitationInline(RowFields, GenericTabularInline):
    """Each row with the mark that stands for its source, and a button that puts it into the text."""

    model = Citation
    form = RowForm
    formset = CitationFormSet  # type: ignore[assignment]  # the stubs know no formsets of generic relations
    template = "admin/edit_inline/citations.html"
    extra = 0
    fields = ["source", "locator", "claim", "stance", "note_en", "note_zh_hans", "position"]
    autocomplete_fields = ["source"]
    classes = ["citations"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only pages have texts in which a mark can stand."""
        (name, shown), *more = super().get_fieldsets(request, obj)
        if issubclass(self.parent_model, Page):
            source, *others = shown["fields"]
            shown = {**shown, "fields": [source, "mark", *others]}
        return [(name, shown), *more]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "mark"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "claim":
            kwargs["widget"] = ClaimInput(self.parent_model)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and not field.help_text:
            field.help_text = CITATION_HELP.get(db_field.name, "")
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        return super().get_queryset(request).select_related("source")

    @admin.display(description=_("mark in the text"))
    def mark(self, citation: Citation) -> SafeString:
        """What is typed after a statement, so that readers find this source; the button waits for its script."""
        known = mark_of(citation.source) if citation.source_id else ""
        return format_html(MARK, known, _("Cite"), known or "–")


@require_safe
def source_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """The mark of a source that was chosen just now."""
    if not request.user.has_perm("pages.view_source"):
        raise PermissionDenied
    return JsonResponse({"mark": mark_of(get_object_or_404(Source.objects.only("slug"), pk=pk))})
