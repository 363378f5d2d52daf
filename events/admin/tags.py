"""The tags by which staff sort guests: laid out, renamed, put in order, and taken away."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.models import GuestTag


@admin.register(GuestTag)
class GuestTagAdmin(admin.ModelAdmin):
    fields = [("name_en", "name_zh_hans"), "position"]
    list_display = ["name_en", "name_zh_hans", "position", "party_count"]
    list_display_links = ["name_en", "name_zh_hans"]
    search_fields = ["name_en", "name_zh_hans"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GuestTag]:
        rows = super().get_queryset(request)
        return rows.annotate(party_count=Count("rsvps", distinct=True))

    @admin.display(description=_("parties"), ordering="party_count")
    def party_count(self, tag: Any) -> int:
        return tag.party_count
