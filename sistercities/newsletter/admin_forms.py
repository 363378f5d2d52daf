"""The form of a newsletter in the admin, and the lines of what it tells of."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sistercities.newsletter.models import Newsletter, NewsletterItem
from sistercities.pages.admin_translations import language_pills
from sistercities.pages.beside import ErrorsBeside
from sistercities.pages.corrections import page_at
from sistercities.pages.curating import Rows
from sistercities.pages.models import Page

MOST_AT_ONCE = 50


class NewsletterForm(ErrorsBeside):
    """Greeting and subject in both languages; further pages are named by their addresses."""

    further = forms.CharField(
        label=_("Further pages"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_(
            "Addresses of public pages, one a line, as they stand in the browser. They are put at the end."
        ),
    )

    def clean_further(self) -> list[Page]:
        """The pages at these addresses. Says which are none that everybody may read."""
        lines = [line.strip() for line in self.cleaned_data["further"].splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(_("That is too many at once: fifty at most."))
        pages = {line: page_at(_path(line)) for line in lines}
        if missing := [line for line, page in pages.items() if page is None]:
            unknown = ", ".join(line[:80] for line in missing[:5])
            raise ValidationError(_("No public page: %(addresses)s"), params={"addresses": unknown})
        return [page for page in pages.values() if page is not None]


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:  # [ in the name of a host
        return ""


class ItemInline(Rows):
    """What is proposed; ticked is what goes in, in the order of the numbers."""

    model = NewsletterItem
    fields = ["included", "position", "what", "its_languages"]
    readonly_fields = ["what", "its_languages"]
    can_delete = False
    max_num = 0
    verbose_name_plural = _("Pages: tick what goes in, and number them in their order")

    def get_queryset(self, request: HttpRequest) -> QuerySet[NewsletterItem]:
        return super().get_queryset(request).select_related("content_type").prefetch_related("page")

    @admin.display(description=_("page"))
    def what(self, item: NewsletterItem) -> SafeString | str:
        page = item.page
        if page is None:
            return gettext("(deleted since)")
        kind = page._meta
        edit = reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[page.pk])
        hidden = "" if page.is_public else format_html(" <strong>{}</strong>", _("not public: left out"))
        return format_html('<a href="{}">{}</a> ({}){}', edit, page, kind.verbose_name, hidden)

    @admin.display(description=_("languages"))
    def its_languages(self, item: NewsletterItem) -> SafeString | str:
        return language_pills(item.page.missing_languages, item.page.stale_in) if item.page else ""


def may_compose(newsletter: Newsletter | None) -> bool:
    """What goes out, or has gone out, is as it is."""
    return newsletter is None or newsletter.is_draft
