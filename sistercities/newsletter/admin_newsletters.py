"""Newsletters in the admin: composed from what is new, looked at in both languages, tried, sent, and then watched."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.newsletter import composing, sending
from sistercities.newsletter.admin_forms import ItemInline, NewsletterForm, may_compose
from sistercities.newsletter.admin_sending import SendingViews, doubts_by_name
from sistercities.newsletter.models import Newsletter
from sistercities.pages.curating import BilingualFields, pill

PILLS = {"draft": "draft", "sending": "scheduled", "sent": "published"}
OFFER = "_offer"


class NewsletterAdmin(SendingViews, BilingualFields):
    """Staff write and choose; from the press on *Send* nobody changes anything."""

    form = NewsletterForm
    inlines = [ItemInline]
    list_display = [
        "subject_text",
        "state_pill",
        "created_at",
        "sending_at",
        "sent_at",
        "recipients",
        "sent_by",
    ]
    list_display_links = ["subject_text"]
    list_filter = ["state"]
    list_select_related = ["sent_by"]
    search_fields = ["subject_en", "subject_zh_hans"]
    actions = None
    fieldsets = [
        (
            None,
            {
                "fields": [("subject_en", "subject_zh_hans"), ("greeting_en", "greeting_zh_hans")],
                "description": _(
                    "Save it, and what is ahead and what was published since the last newsletter stands below: tick "
                    "what goes in. Each reader gets it in one language."
                ),
            },
        ),
        (_("What it tells of"), {"fields": ["since", "further"]}),
    ]
    change_form_template = "admin/newsletter/newsletter/change_form.html"

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"since": composing.last_moment(), **super().get_changeform_initial_data(request)}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The field for further pages belongs to the form alone: what is only looked at has none."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj) or (obj is None and self.has_add_permission(request)):
            return fieldsets
        return [fieldsets[0], (fieldsets[1][0], {"fields": ["since"]})]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and may_compose(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and may_compose(obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        composing.add(form.instance, form.cleaned_data["further"])
        if not change or OFFER in request.POST:
            count = composing.propose(form.instance)
            words = ngettext("%(count)d page is offered.", "%(count)d pages are offered.", count)
            self.message_user(request, words % {"count": count}, messages.INFO)

    def response_add(
        self, request: HttpRequest, obj: Newsletter, post_url_continue: Any = None
    ) -> HttpResponse:
        """On to what is offered; a new newsletter is not done with its greeting."""
        return HttpResponseRedirect(self.address("change", obj))

    def response_change(self, request: HttpRequest, obj: Newsletter) -> HttpResponse:
        if OFFER in request.POST:
            return HttpResponseRedirect(self.address("change", obj))
        return super().response_change(request, obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        shown = self.get_object(request, object_id)
        more: dict[str, Any] = {}
        if shown is not None and request.method == "GET":
            more = {
                "preview_url": self.address("preview", shown),
                "send_url": self.address("send", shown) if self.may_send(request, shown) else "",
                "counts": {} if shown.is_draft else sending.counts(shown),
                "doubts": doubts_by_name(shown) if shown.is_draft else {},
            }
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def address(self, view: str, newsletter: Newsletter) -> str:
        return reverse(f"admin:newsletter_newsletter_{view}", args=[newsletter.pk])

    @admin.display(description=_("subject"))
    def subject_text(self, newsletter: Newsletter) -> str:
        return str(newsletter)

    @admin.display(description=_("state"), ordering="state")
    def state_pill(self, newsletter: Newsletter) -> SafeString:
        return pill(PILLS[newsletter.state], newsletter.get_state_display())
