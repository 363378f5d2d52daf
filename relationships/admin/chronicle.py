"""How staff curate what happened, and who held which office when."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.admin import PersonAdmin
from relationships.models import Milestone, Tenure
from sistercities.pages.admin import CitationInline
from sistercities.pages.curating import BilingualFields, Stack, date_in_words
from sistercities.pages.templatetags.bilingual import pair


@admin.register(Milestone)
class MilestoneAdmin(BilingualFields, admin.ModelAdmin):
    list_display = ["titles", "date", "relationship", "city", "is_shown", "citation_count"]
    list_filter = ["relationship", "city", "is_shown"]
    list_select_related = ["relationship", "city"]
    search_fields = ["title_en", "title_zh_hans", "text_en", "text_zh_hans", "place_en", "place_zh_hans"]
    autocomplete_fields = ["relationship", "city", "people"]
    inlines = [CitationInline]
    list_per_page = 50
    fieldsets = [
        (None, {"fields": [("title_en", "title_zh_hans"), "happened", ("place_en", "place_zh_hans")]}),
        (_("Where it is shown"), {"fields": [("relationship", "city"), "people", "is_shown"]}),
        (_("Text"), {"fields": [("text_en", "text_zh_hans")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        return super().get_queryset(request).annotate(citation_count=Count("citations", distinct=True))

    @admin.display(description=_("what"), ordering="title_en")
    def titles(self, milestone: Milestone) -> SafeString:
        return pair(milestone, "title")

    @admin.display(description=_("when"), ordering="happened_first")
    def date(self, milestone: Milestone) -> str:
        return date_in_words(milestone.happened)

    @admin.display(description=_("sources"), ordering="citation_count")
    def citation_count(self, milestone: Any) -> int:
        return milestone.citation_count


TENURE_FIELDS: list[str | list[str] | tuple[str, ...]] = [
    ("office_en", "office_zh_hans"),
    ("city", "organisation"),
    ("began", "ended", "attested"),
    ("note_en", "note_zh_hans"),
]


class TenureInline(Stack):
    """On a person's page; the sources of an office are cited on the office's own page."""

    model = Tenure
    fields = TENURE_FIELDS
    autocomplete_fields = ["city", "organisation"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenure]:
        return super().get_queryset(request).select_related("city", "organisation")


@admin.register(Tenure)
class TenureAdmin(BilingualFields, admin.ModelAdmin):
    fields = ["person", *TENURE_FIELDS]
    list_display = ["person", "office", "city", "organisation", "began_date", "ended_date", "attested"]
    list_filter = ["city", "organisation"]
    list_select_related = ["person", "city", "organisation"]
    search_fields = [
        "office_en",
        "office_zh_hans",
        "person__title_en",
        "person__title_zh_hans",
        "person__search_text",
    ]
    autocomplete_fields = ["person", "city", "organisation"]
    inlines = [CitationInline]
    list_per_page = 50

    @admin.display(description=_("office"), ordering="office_en")
    def office(self, tenure: Tenure) -> SafeString:
        return pair(tenure, "office")

    @admin.display(description=_("from"), ordering="began_first")
    def began_date(self, tenure: Tenure) -> str:
        return date_in_words(tenure.began)

    @admin.display(description=_("to"), ordering="ended_first")
    def ended_date(self, tenure: Tenure) -> str:
        return date_in_words(tenure.ended)


# Offices belong on a person's page, yet people know nothing of cities: the higher floor brings its part along.
PersonAdmin.inlines = [PersonAdmin.inlines[0], TenureInline, *PersonAdmin.inlines[1:]]
