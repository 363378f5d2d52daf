"""What readers ask to put right, as staff deal with it: the new ones first."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities.pages.corrections import subject_of
from sistercities.pages.curating import pill
from sistercities.pages.models import Correction

PILLS = {"new": "draft", "accepted": "published", "declined": "complete"}
SHOWN = 90  # characters of a request in the list


class CorrectionAdmin(admin.ModelAdmin):
    """Staff say what became of a request; what the reader wrote stays as it was written."""

    list_display = ["page_title", "short_text", "state_pill", "concerns_me", "received_at", "handled_by"]
    list_filter = ["state", "concerns_me", "language", "received_at"]
    search_fields = ["page_title", "text", "evidence", "name", "email"]
    list_select_related = ["handled_by"]
    list_per_page = 50
    readonly_fields = [
        "page_link",
        "text",
        "evidence",
        "name",
        "email",
        "concerns_me",
        "language",
        "received_at",
        "handled_at",
        "handled_by",
    ]
    fieldsets = [
        (None, {"fields": ["page_link", "text", "evidence"]}),
        (_("Who says so"), {"fields": [("name", "email"), ("concerns_me", "language", "received_at")]}),
        (
            _("What became of it"),
            {
                "fields": ["state", "remark", ("handled_at", "handled_by")],
                "description": _(
                    "Put the page right first, with its source, then say here what you did. Whoever asks that "
                    "something about themselves be taken out is answered within a month. If there is an e-mail "
                    "address, write to it: no mail goes out by itself. The request is deleted a year after it was "
                    "handled."
                ),
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_ordering(self, request: HttpRequest) -> Any:
        is_new = Case(When(state__in=Correction.OPEN, then=Value(0)), default=Value(1))
        return [is_new.asc(), "-received_at"]

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        """Who handled it and when is noted with its first answer, and taken back when it is open again."""
        if obj.state in Correction.OPEN:
            obj.handled_at = obj.handled_by = None
        elif obj.handled_at is None:
            obj.handled_at, obj.handled_by_id = timezone.now(), request.user.pk
        super().save_model(request, obj, form, change)

    @admin.display(description=_("page"))
    def page_link(self, correction: Correction) -> SafeString | str:
        page = subject_of(correction)
        if page is None:
            return _("%(page)s (deleted since)") % {"page": correction.page_title}
        app, model = correction.kind.split(".")
        try:
            edit = reverse(f"admin:{app}_{model}_change", args=[page.pk])
        except NoReverseMatch:
            return str(page)
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>', edit, page, page.get_absolute_url(), _("see it")
        )

    @admin.display(description=_("what is wrong"))
    def short_text(self, correction: Correction) -> str:
        text = " ".join(correction.text.split())
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"

    @admin.display(description=_("state"), ordering="state")
    def state_pill(self, correction: Correction) -> SafeString:
        return pill(PILLS[correction.state], correction.get_state_display())
