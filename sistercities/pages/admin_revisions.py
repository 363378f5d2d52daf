"""Who did what: all revisions of all pages in one list, those of deleted pages too."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities.pages.comparing import contents
from sistercities.pages.curating import pill
from sistercities.pages.everything import page_models
from sistercities.pages.models import Revision
from sistercities.pages.snapshots import kind_in_words, model_of

PILLS = {"published": "published", "withdrawn": "draft", "deleted": "cancelled", "restored": "scheduled"}


def may_read(request: HttpRequest) -> list[str]:
    """The kinds of pages of which somebody may read the history."""
    return [
        model._meta.label_lower
        for model in page_models()
        if any(
            request.user.has_perm(f"{model._meta.app_label}.{right}_{model._meta.model_name}")
            for right in ("view", "change")
        )
    ]


class KindFilter(admin.SimpleListFilter):
    title = _("kind of page")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind, kind_in_words(kind)) for kind in sorted(may_read(request), key=kind_in_words)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class RevisionAdmin(admin.ModelAdmin):
    """Read only: what was done is not written anew."""

    list_display = ["made_at", "page_title", "kind_words", "number", "done", "who"]
    list_display_links = ["made_at", "page_title"]
    list_filter = [("made_by", admin.RelatedOnlyFieldListFilter), "act", KindFilter]
    list_select_related = ["made_by"]
    search_fields = ["title"]
    date_hierarchy = "made_at"
    ordering = ["-made_at", "-pk"]
    list_per_page = 50
    change_form_template = "admin/revision.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).filter(kind__in=may_read(request))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Who did what"), **(extra_context or {})})

    @admin.display(description=_("page"), ordering="title")
    def page_title(self, revision: Revision) -> str:
        return revision.title

    @admin.display(description=_("kind of page"), ordering="kind")
    def kind_words(self, revision: Revision) -> str:
        return kind_in_words(revision.kind)

    @admin.display(description=_("what was done"), ordering="act")
    def done(self, revision: Revision) -> SafeString | str:
        words = revision.get_act_display()
        return pill(PILLS[revision.act], words) if revision.act in PILLS else words

    @admin.display(description=_("by whom"), ordering="made_by")
    def who(self, revision: Revision) -> str:
        return str(revision.made_by or _("a program"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """All that the page held then, and the ways to its history."""
        revision = self.get_object(request, object_id)
        known = self.read(revision) if revision else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **known})

    def read(self, revision: Revision) -> dict[str, Any]:
        model = model_of(revision.kind)
        page = model._base_manager.filter(pk=revision.object_id).first() if model else None
        link = str(_("The page was deleted."))
        if page:
            address = reverse(f"admin:{revision.kind.replace('.', '_')}_history", args=[page.pk])
            link = format_html('<a href="{}">{}</a>', address, _("History of this page"))
        return {
            "title": f"{revision.title}: {_('revision')} {revision.number}",
            "contents": contents(model, revision.snapshot) if model else None,
            "history_link": link,
            "kind": kind_in_words(revision.kind),
            "who": self.who(revision),
        }

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
