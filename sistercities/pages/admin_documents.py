"""How staff keep documents: scans, programmes and reports, each once, wherever it is shown."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities.pages.admin_found import KnowsItsReader, named_to_reader
from sistercities.pages.admin_roles import Translatable
from sistercities.pages.curating import BilingualFields
from sistercities.pages.language_tags import TagForm
from sistercities.pages.models import Document, Page
from sistercities.pages.shown import pages_with
from sistercities.pages.templatetags.bilingual import pair

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.txt,application/pdf,image/jpeg,image/png,text/plain"


def link_to(page: Page) -> tuple[str, str, str]:
    """Where staff edit a page, what kind of page it is, and what it is called."""
    kind = page._meta
    url = reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[page.pk])
    return url, str(page), str(kind.verbose_name)


class DocumentAdmin(KnowsItsReader, BilingualFields, Translatable):
    """Documents are kept apart from the pages that offer them: one may stand on several."""

    form = TagForm
    fields = [
        "file",
        ("title_en", "title_zh_hans"),
        "language",
        ("credit", "rights"),
        "about_file",
        "where_used",
    ]
    readonly_fields = ["about_file", "where_used"]
    list_display = ["titles", "media_type", "weight", "language", "credit"]
    list_filter = ["media_type", "language"]
    search_fields = ["title_en", "title_zh_hans", "credit", "rights", "sha256"]
    list_per_page = 50
    save_on_top = True

    @admin.display(description=_("title"), ordering="title_en")
    def titles(self, document: Document) -> SafeString:
        return pair(document, "title")

    @admin.display(description=_("size"), ordering="size")
    def weight(self, document: Document) -> str:
        return filesizeformat(document.size)

    @admin.display(description=_("the file as it is kept"))
    def about_file(self, document: Document) -> SafeString | str:
        """What anybody needs to tell whether a copy is this very file."""
        if not document.pk:
            return "–"
        return format_html(
            '<a href="{}">{}</a> · {} · SHA-256 <span class="long-address">{}</span>',
            document.url,
            document.media_type,
            filesizeformat(document.size),
            document.sha256,
        )

    @admin.display(description=_("where it is used"))
    def where_used(self, document: Document) -> SafeString | str:
        """While it is used nowhere, no reader is led to it."""
        pages = pages_with(document) if document.pk else []
        return named_to_reader(document, pages, map(link_to, pages)) or str(_("nowhere yet"))

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "file":
            # The stock widget links to the store, which knows nothing of who may see what.
            kwargs["widget"] = forms.FileInput(attrs={"accept": ACCEPTED})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
