"""What a curator may want to find among bonds and cities: those of which something is not known."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# Of thousands of cities and bonds, a filter offers those alone that are named in the list.
ONLY_NAMED = admin.RelatedOnlyFieldListFilter


class KnownFilter(admin.SimpleListFilter):
    """Whether a column is filled in."""

    column: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("known")), ("no", _("not known"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(**{f"{self.column}__isnull": self.value() == "no"})


class DateKnownFilter(KnownFilter):
    title, parameter_name, column = _("established"), "dated", "established_first"


class PlaceKnownFilter(KnownFilter):
    title, parameter_name, column = _("place on the globe"), "placed", "latitude"
