"""How staff curate what happened, and who held which office when."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.admin import PersonAdmin
from people.models import Person
from relationships.admin.filters import ONLY_NAMED
from relationships.models import Milestone, Tenure
from relationships.offices import Clash, clashes
from sistercities.pages import indexing, publishing
from sistercities.pages.admin_citations import CitationInline
from sistercities.pages.admin_roles import Translatable
from sistercities.pages.curating import BilingualFields, Stack, date_in_words
from sistercities.pages.templatetags.bilingual import pair


def _find_anew(*pages: Any) -> None:
    """The pages on which a milestone stands, or stood, are found by its words, or no more."""
    for page in pages:
        if page is not None:
            indexing.refill(type(page), [page.pk])


@admin.register(Milestone)
class MilestoneAdmin(BilingualFields, Translatable):
    list_display = ["titles", "date", "relationship", "city", "is_shown", "citation_count"]
    list_filter = [("relationship", ONLY_NAMED), ("city", ONLY_NAMED), "is_shown"]
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

    def save_model(self, request: HttpRequest, obj: Milestone, form: Any, change: bool) -> None:
        before = Milestone.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        _find_anew(*(page for each in (before, obj) if each for page in (each.relationship, each.city)))

    def delete_model(self, request: HttpRequest, obj: Milestone) -> None:
        super().delete_model(request, obj)
        _find_anew(obj.relationship, obj.city)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Milestone]) -> None:
        for milestone in queryset:
            self.delete_model(request, milestone)

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
TENURE_HELP = {
    "office_en": _(
        "With its city or body where it is named so: Mayor of Guangzhou. Several terms in a row are one row."
    ),
    "city": _("Whose office it is: the city’s own, as a mayor’s."),
    "organisation": _("Or the body in which it is held: a consulate, an association, a university."),
    "began": _("The first day, as exactly as the source has it. Empty where no source tells."),
    "ended": _("The last day. Empty while it goes on, or where no source tells."),
}


class TenureFields(BilingualFields):
    """What to write into the fields of an office, in words."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in TENURE_HELP:
            field.help_text = TENURE_HELP[db_field.name]
        return field


class TenureInline(TenureFields, Stack):
    """On a person's page; the sources of an office are cited on the office's own page."""

    model = Tenure
    fields = TENURE_FIELDS
    autocomplete_fields = ["city", "organisation"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenure]:
        return super().get_queryset(request).select_related("city", "organisation")


def contradictions(tenures: Iterable[Tenure]) -> list[Clash[Tenure]]:
    """Terms of one office that two persons held at the same time, if the dates are right."""

    def office(tenure: Tenure) -> tuple[Any, ...]:
        return tenure.city_id, tenure.organisation_id, " ".join(tenure.office_en.casefold().split())

    return list(clashes((office(tenure), tenure.person_id, tenure) for tenure in tenures))


def contradicting_offices(person: Person) -> Iterator[str]:
    """Who else held an office of this person on the same days; two sources may well disagree about that."""
    for each in contradictions(Tenure.objects.select_related("person")):
        if person.pk in (each.one.person_id, each.other.person_id):
            words = _("%(one)s and %(other)s held this office at the same time, by these dates: %(office)s.")
            yield words % {"one": each.one.person, "other": each.other.person, "office": each.one.office}


class ContradictionFilter(admin.SimpleListFilter):
    title = _("contradictions")
    parameter_name = "contradicting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("two holders of one office at the same time"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        found = contradictions(Tenure.objects.exclude(began=None).exclude(ended=None))
        return queryset.filter(pk__in={term.pk for each in found for term in (each.one, each.other)})


@admin.register(Tenure)
class TenureAdmin(TenureFields, Translatable):
    fields = ["person", *TENURE_FIELDS]
    list_display = ["person", "office", "city", "organisation", "began_date", "ended_date", "attested"]
    list_filter = [ContradictionFilter, ("city", ONLY_NAMED), ("organisation", ONLY_NAMED)]
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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        publishing.refresh(form.instance.person, by=request.user)
        for doubt in contradicting_offices(form.instance.person):
            self.message_user(request, doubt, messages.WARNING)

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
PersonAdmin.doubts.append(contradicting_offices)
