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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """How many parties lose a tag with it; whom it stood on is no matter of this page."""
        counted = GuestTag.objects.filter(pk__in=[tag.pk for tag in objs]).annotate(
            party_count=Count("rsvps", distinct=True), invitation_count=Count("invitations", distinct=True)
        )
        lost = [
            _("%(tag)s: on %(parties)d answers and %(invitations)d invitations")
            % {"tag": tag, "parties": tag.party_count, "invitations": tag.invitation_count}
            for tag in counted
        ]
        return lost, {GuestTag._meta.verbose_name_plural: len(lost)}, set(), []

    @admin.display(description=_("parties"), ordering="party_count")
    def party_count(self, tag: Any) -> int:
        return tag.party_count
