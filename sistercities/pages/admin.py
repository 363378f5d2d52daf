"""How staff curate pages: both languages side by side, the sources below, and whether everybody may read it."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities.pages import publishing, revisions, staleness
from sistercities.pages.admin_citations import CitationInline, source_mark
from sistercities.pages.admin_corrections import CorrectionAdmin
from sistercities.pages.admin_documents import DocumentAdmin
from sistercities.pages.admin_filters import LanguageFilter, PublicationFilter, SourcesFilter, VerifiedFilter
from sistercities.pages.admin_forms import PageForm
from sistercities.pages.admin_found import KnowsItsReader, named_to_reader
from sistercities.pages.admin_help import PAGE_HELP, SOURCE_HELP, Help
from sistercities.pages.admin_live import LivePreview
from sistercities.pages.admin_merging import Merging
from sistercities.pages.admin_pictures import PictureAdmin
from sistercities.pages.admin_publishing import Publishing
from sistercities.pages.admin_revisions import RevisionAdmin
from sistercities.pages.admin_roles import Publishable
from sistercities.pages.admin_translations import language_pills
from sistercities.pages.admin_uploads import address
from sistercities.pages.bilingual import html_language, language_name, languages, texts
from sistercities.pages.curating import (
    BilingualFields,
    date_in_words,
    fieldsets_in_all_languages,
    pill,
)
from sistercities.pages.language_tags import TagForm
from sistercities.pages.models import (
    Citation,
    Correction,
    Document,
    Page,
    Picture,
    Revision,
    Source,
    StandingPage,
    Status,
)
from sistercities.pages.shown import relations_to, undescribed, wanting_words
from sistercities.pages.templatetags.bilingual import pair
from sistercities.pages.text import marks


class PageAdmin(LivePreview, Merging, Publishing, BilingualFields, Publishable):
    """The base of all admins of pages; each adds what its pages have beside title, text and publication."""

    form = PageForm
    lead_fields: ClassVar[Any] = [("title_en", "title_zh_hans"), "slug"]
    own_fieldsets: ClassVar[Any] = []
    # Under fields whose model says nothing there.
    helps: ClassVar[Help] = {}
    list_display = ["titles", "publication", "language_state", "citation_count", "verified_on"]
    list_filter = [PublicationFilter, LanguageFilter, SourcesFilter, VerifiedFilter]
    search_fields = ["title_en", "title_zh_hans", "slug", "search_text"]
    inlines = [CitationInline]
    actions = ["publish", "withdraw"]
    list_per_page = 50
    save_on_top = True
    # The stock link leads to one language only; the change form offers both.
    view_on_site = False

    # --- the list -------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        pages = super().get_queryset(request).defer("search", "search_text")
        return pages.annotate(citation_count=Count("citations", distinct=True))

    def get_ordering(self, request: HttpRequest) -> Any:
        # A query that counts leaves out the order of its model, and autocompletes would list pages anyhow.
        return super().get_ordering(request) or self.model._meta.ordering

    @admin.display(description=_("title"), ordering="title_en")
    def titles(self, page: Page) -> SafeString | str:
        return pair(page, "title") if page.title else page.slug

    @admin.display(description=_("status"), ordering="status")
    def publication(self, page: Page) -> SafeString:
        if page.is_scheduled:
            moment = date_format(timezone.localtime(page.publish_at), "SHORT_DATETIME_FORMAT")
            return pill("scheduled", _("scheduled for %(moment)s") % {"moment": moment})
        return pill("draft", _("draft")) if page.status == Status.DRAFT else pill("published", _("published"))

    @admin.display(description=_("languages"))
    def language_state(self, page: Page) -> SafeString:
        return language_pills(page.missing_languages, page.stale_in)

    @admin.display(description=_("sources"), ordering="citation_count")
    def citation_count(self, page: Any) -> int:
        return page.citation_count

    # --- one page -------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = [
            (None, {"fields": self.lead_fields}),
            *self.own_fieldsets,
            (_("Text"), {"fields": [("summary_en", "summary_zh_hans"), ("body_en", "body_zh_hans")]}),
            (_("Publication"), {"fields": [("status", "publish_at"), "verified_on"]}),
        ]
        return fieldsets_in_all_languages(shown)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and not field.help_text:
            field.help_text = {**PAGE_HELP, **self.helps}.get(db_field.name, "")
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        page = kwargs.get("obj")
        own = page if page is not None and self.may_write(request, page) else None
        context["public_addresses"] = (
            [address_in(page, code) for code in languages()] if page and page.slug else []
        )
        context["upload_url"] = address("upload", own) if own and has_gallery(own) else ""
        context["previews_url"] = self.previews_address(own) if own and not own.is_public else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        if change:
            revisions.record_first(form.instance)
        return super().save_form(request, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.tidy_parts(form.instance)
        publishing.refresh(form.instance, by=request.user)
        self.look_over(form)
        self.warn_of_lost_marks(request, form.instance)
        self.warn_of_undescribed(request, form.instance)
        self.say_what_is_unseen(request, form.instance)

    def look_over(self, form: Any) -> None:
        """Whoever edits a page may say that a language needs no change, although another one has changed."""
        if codes := form.cleaned_data.get("looked_over"):
            staleness.look_over(type(form.instance).objects.get(pk=form.instance.pk), codes)

    def tidy_parts(self, page: Any) -> None:
        """Put in order the parts that were just saved, before the page is refreshed and its revision kept."""

    def say_what_is_unseen(self, request: HttpRequest, page: Page) -> None:
        """Whoever published a page and then looks for it in vain is told what it waits for."""
        if page.status == Status.PUBLISHED and not page.is_public:
            words = _("Readers do not see it yet: %(why)s.")
            self.message_user(request, words % {"why": self.why_unseen(page)}, messages.INFO)

    def why_unseen(self, page: Page) -> str:
        return strip_tags(self.publication(page))

    def warn_of_undescribed(self, request: HttpRequest, page: Page) -> None:
        """A picture that nobody described is on no page yet; say so to whoever chose it."""
        if wanting := undescribed(page):
            self.message_user(request, wanting_words(wanting), messages.WARNING)

    def warn_of_lost_marks(self, request: HttpRequest, page: Page) -> None:
        """A footnote mark whose source is not cited vanishes from the page; say so to whoever wrote it."""
        cited = set(page.citations.values_list("source__slug", flat=True))
        if lost := sorted(set().union(*map(marks, texts(page, "body").values())) - cited):
            words = _(
                "The text refers to sources that are not cited on this page, so these marks are not shown: %(marks)s"
            )
            self.message_user(request, words % {"marks": ", ".join(lost)}, messages.WARNING)


def has_gallery(page: Page) -> bool:
    return any(way and isinstance(page, kind) for _holder, _name, way, kind in relations_to(Picture))


def address_in(page: Page, code: str) -> dict[str, Any]:
    """Where a page stands in one language; drafts too, which only staff may open."""
    with translation.override(code):
        url = page.get_absolute_url()
    label = _("See it in %(language)s") % {"language": language_name(code)}
    return {"url": url, "label": label, "html_lang": html_language(code)}


class SourceForm(TagForm, PageForm):
    """A source names the language that it is written in."""


@admin.register(Source)
class SourceAdmin(KnowsItsReader, PageAdmin):
    form = SourceForm
    list_display = ["titles", "publication", "kind", "language", "published_date", "use_count", "accessed_on"]
    list_filter = ["kind", PublicationFilter, LanguageFilter, "language"]
    search_fields = [*PageAdmin.search_fields, "author", "publisher_en", "publisher_zh_hans", "url"]
    inlines = []
    readonly_fields = ["rests_on_it"]
    helps = SOURCE_HELP
    own_fieldsets = [
        (
            _("Publication of the source"),
            {
                "fields": [
                    ("kind", "language"),
                    "author",
                    ("publisher_en", "publisher_zh_hans"),
                    ("published_on", "accessed_on"),
                    "url",
                    "archived_url",
                    "rests_on_it",
                ]
            },
        )
    ]

    def get_urls(self) -> list[Any]:
        mark = path("<int:pk>/mark/", self.admin_site.admin_view(source_mark), name="pages_source_mark")
        return [mark, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(use_count=Count("uses", distinct=True))

    @admin.display(description=_("published on"), ordering="published_first")
    def published_date(self, source: Source) -> str:
        return date_in_words(source.published_on)

    @admin.display(description=_("cited"), ordering="use_count")
    def use_count(self, source: Any) -> int:
        return source.use_count

    @admin.display(description=_("what rests on it"))
    def rests_on_it(self, source: Source) -> SafeString | str:
        known = source.uses.prefetch_related("subject").select_related("content_type") if source.pk else []
        uses = [use for use in known if use.subject is not None]
        links = [(edit_address(use), use.subject, use.get_stance_display()) for use in uses]
        return named_to_reader(source, [use.subject for use in uses], links) or "–"


def edit_address(use: Citation) -> str:
    """Where staff edit what a citation belongs to."""
    kind = use.content_type
    return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[use.object_id])


@admin.register(StandingPage)
class StandingPageAdmin(PageAdmin):
    list_display = ["titles", "slug", "position", *PageAdmin.list_display[1:]]
    own_fieldsets = [(_("Place"), {"fields": ["position"]})]


admin.site.register(Document, DocumentAdmin)
admin.site.register(Picture, PictureAdmin)
admin.site.register(Correction, CorrectionAdmin)
admin.site.register(Revision, RevisionAdmin)
