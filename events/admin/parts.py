"""What belongs to one event, below its form: programme, RSVP rules, who was there, pictures, documents."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.policy_forms import PolicyForm, PolicyFormSet
from events.models import EventDocument, EventPicture, Participant, ProgrammeItem, RsvpPolicy, TeamMember
from sistercities.pages.admin_galleries import GalleryRows
from sistercities.pages.curating import Rows, Stack


class ProgrammeInline(Rows):
    model = ProgrammeItem
    fields = ["position", "at", "title_en", "title_zh_hans", "person"]
    autocomplete_fields = ["person"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A programme counts no seconds."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "at":
            field.widget.format = "%H:%M"
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProgrammeItem]:
        return super().get_queryset(request).select_related("person")


class GalleryInline(GalleryRows):
    model = EventPicture


class ParticipantInline(Rows):
    model = Participant
    fields = ["position", "person", "role", "capacity_en", "capacity_zh_hans"]
    autocomplete_fields = ["person"]
    verbose_name_plural = _("Who was there: only whom a source names, in the capacity as printed there")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participant]:
        return super().get_queryset(request).select_related("person")


class DocumentInline(Rows):
    model = EventDocument
    fields = ["position", "document"]
    autocomplete_fields = ["document"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EventDocument]:
        return super().get_queryset(request).select_related("document")


class TeamInline(Rows):
    """Whoever administers the site says who looks after an event; hosts see with whom they do."""

    model = TeamMember
    fields = ["member", "duty"]
    autocomplete_fields = ["member"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TeamMember]:
        return super().get_queryset(request).select_related("member")


class PolicyInline(Stack):
    model = RsvpPolicy
    form = PolicyForm  # type: ignore[assignment]  # a form of its own, not one of rows
    formset = PolicyFormSet
    fields = [
        ("mode", "verify_email"),
        ("seat_limit", "largest_party"),
        ("waiting_list", "members_first"),
        ("promotion", "offer_hours"),
        ("opens_at", "closes_at"),
        ("reminder_days", "sends_thanks"),
        ("reply_to_name", "reply_to_email"),
        ("asks_interpretation", "guest_list"),
        ("retention_days", "sensitive_days"),
        ("names_by", "reason"),
    ]
    can_delete = False
