"""What readers ask to put right, as staff deal with it: the new ones first."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities.pages.admin_handling import Handling, in_short
from sistercities.pages.corrections import subject_of
from sistercities.pages.models import Correction


class CorrectionAdmin(Handling):
    """Staff say what became of a request; what the reader wrote stays as it was written."""

    pills = {"new": "draft", "accepted": "published", "declined": "complete"}
    list_display = ["page_title", "short_text", "state_pill", "concerns_me", "received_at", "handled_by"]
    list_filter = ["state", "concerns_me", "language", "received_at"]
    search_fields = ["page_title", "text", "evidence", "name", "email"]
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
        return in_short(correction.text)
