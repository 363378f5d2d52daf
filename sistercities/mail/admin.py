"""The outbox as staff see it: what was asked for, what went out, what was given up and why."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.mail.models import Message
from sistercities.mail.outbox import send_again

WHERE = {
    "waiting": Q(sent_at=None, failed_at=None, handed_over_at=None),
    "on-its-way": Q(sent_at=None, failed_at=None, handed_over_at__isnull=False),
    "sent": Q(sent_at__isnull=False),
    "returned": Q(returned_at__isnull=False),
    "given-up": Q(failed_at__isnull=False) & ~Q(error=""),
    "trouble": Q(sent_at=None, priority=Message.Priority.PERSONAL) & ~Q(error=""),
    "overtaken": Q(failed_at__isnull=False, error=""),
}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("waiting")),
            ("on-its-way", _("on its way")),
            ("sent", _("sent")),
            ("returned", _("came back")),
            ("trouble", _("not gone out at the last attempt, or given up")),
            ("given-up", _("given up or uncertain")),
            ("overtaken", _("overtaken by a later one")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(WHERE[str(self.value())]) if self.value() in WHERE else queryset


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """Read-only: the verbs of the site ask for mails, and a worker sends them."""

    list_display = [
        "to_email",
        "kind",
        "state_pill",
        "language",
        "created_at",
        "send_after",
        "sent_at",
        "attempts",
        "trouble",
    ]
    list_filter = [StateFilter, "kind", "language", "delivery"]
    search_fields = ["to_email", "to_name", "key"]
    date_hierarchy = "created_at"
    actions = ["try_again"]
    list_per_page = 50
    fields = [
        ("to_email", "to_name", "language"),
        ("kind", "state_pill", "delivery", "priority"),
        ("created_at", "send_after", "attempts"),
        ("handed_over_at", "sent_at", "failed_at", "returned_at"),
        "error",
        "key",
        "message_id",
    ]
    readonly_fields = ["state_pill", "message_id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mail.change_message")

    @admin.display(description=_("state"))
    def state_pill(self, message: Message) -> SafeString:
        return format_html('<span class="pill pill-{}">{}</span>', message.state.value, message.state.label)

    @admin.display(description=_("error"))
    def trouble(self, message: Message) -> str:
        return message.error[:120] or "–"

    @admin.display(description=_("Message-ID"))
    def message_id(self, message: Message) -> str:
        return message.message_id

    @admin.action(description=_("Send again what was given up"), permissions=["resend"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = send_again(queryset)
        words = ngettext("%(count)d mail goes out again.", "%(count)d mails go out again.", count) % {
            "count": count
        }
        self.message_user(request, words, messages.SUCCESS if count else messages.WARNING)
