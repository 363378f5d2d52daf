"""What a curator may want to find: what is not public yet, not translated, not sourced, not checked of late."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import column, language_name, languages
from sistercities.pages.models import Status

TEXTS = ("title", "summary", "body")
OLDER = "-older"


class PublicationFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("draft", _("draft")), ("scheduled", _("scheduled")), ("published", _("published"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        if self.value() == "scheduled":
            return queryset.filter(status=Status.PUBLISHED, publish_at__gt=now)
        if self.value() == "published":
            return queryset.filter(status=Status.PUBLISHED, publish_at__lte=now)
        return queryset.filter(status=Status.DRAFT) if self.value() == "draft" else queryset


def lacks(code: str) -> Q:
    """Pages with a title, a summary or a text that another language has and this one has not."""
    wanting = Q()
    for name in TEXTS:
        elsewhere = Q()
        for other in languages():
            if other != code:
                elsewhere |= ~Q(**{column(name, other): ""})
        wanting |= Q(**{column(name, code): ""}) & elsewhere
    return wanting


def untranslated() -> Q:
    """Pages that want a translator: a language lacks something, or lags behind another."""
    wanting = ~Q(stale_in=[])
    for code in languages():
        wanting |= lacks(code)
    return wanting


def incomplete(code: str) -> str:
    return gettext("%(language)s is incomplete") % {"language": language_name(code)}


def behind(code: str) -> str:
    return gettext("%(language)s is older") % {"language": language_name(code)}


class LanguageFilter(admin.SimpleListFilter):
    title = _("languages")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        missing = [(code, incomplete(code)) for code in languages()]
        older = [(f"{code}{OLDER}", behind(code)) for code in languages()]
        return [*missing, *older, ("all", _("nothing to translate"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value() or ""
        if wanted in languages():
            return queryset.filter(lacks(wanted))
        if wanted.removesuffix(OLDER) in languages():
            return queryset.filter(stale_in__contains=[wanted.removesuffix(OLDER)])
        return queryset.exclude(untranslated()) if wanted == "all" else queryset


class SourcesFilter(admin.SimpleListFilter):
    title = _("sources")
    parameter_name = "sources"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("none", _("without a source")),
            ("some", _("with sources")),
            ("disputed", _("sources disagree")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "disputed":
            return queryset.filter(citations__stance="contradicts").distinct()
        if self.value() in ("none", "some"):
            return queryset.filter(citations__isnull=self.value() == "none").distinct()
        return queryset


class VerifiedFilter(admin.SimpleListFilter):
    title = _("last verified")
    parameter_name = "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("never", _("never")), ("old", _("more than a year ago")), ("lately", _("within a year"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        year_ago = timezone.localdate() - timedelta(days=365)
        if self.value() == "never":
            return queryset.filter(verified_on=None)
        if self.value() == "old":
            return queryset.filter(verified_on__lt=year_ago)
        return queryset.filter(verified_on__gte=year_ago) if self.value() == "lately" else queryset
