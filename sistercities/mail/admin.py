"""The outbox as staff see it: what was asked for, what went out, what did not and why, and sending it again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sistercities.mail.explained import explain, said
from sistercities.mail.models import Message
from sistercities.mail.names import name_of
from sistercities.mail.outbox import look_after, send_again

Fault = Message.Fault
LEFT_TO_SEND = Q(sent_at=None, failed_at=None)
IN_HAND = Q(handed_over_at__isnull=False) | Q(fault=Fault.WRITING)
ENDED = Q(failed_at__isnull=False, returned_at=None)
WHERE = {
    "trouble": Q(pk__in=Message.objects.in_trouble().values("pk")),
    "waiting": LEFT_TO_SEND & ~IN_HAND & Q(error=""),
    "retrying": LEFT_TO_SEND & ~IN_HAND & ~Q(error=""),
    "on-its-way": LEFT_TO_SEND & IN_HAND,
    "sent": Q(sent_at__isnull=False, returned_at=None),
    "given-up": ENDED & ~Q(error="") & Q(handed_over_at=None),
    "uncertain": ENDED & ~Q(error="") & Q(handed_over_at__isnull=False),
    "returned": Q(returned_at__isnull=False),
    "overtaken": ENDED & Q(error=""),
}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        states = [(state, Message.State(state).label) for state in WHERE if state != "trouble"]
        return [("trouble", _("to look after")), *states]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(WHERE[str(self.value())]) if self.value() in WHERE else queryset


class KindFilter(admin.SimpleListFilter):
    """The kinds of which there are mails, by the names that staff know."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        kinds = Message.objects.order_by().values_list("kind", flat=True).distinct()
        return sorted(((kind, name_of(kind)) for kind in kinds), key=lambda pair: str(pair[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """Read-only: the verbs of the site ask for mails, and a worker sends them."""

    list_display = [
        "to_email",
        "kind_name",
        "state_pill",
        "trouble",
        "created_at",
        "send_after",
        "sent_at",
        "attempts",
    ]
    list_filter = [StateFilter, "fault", KindFilter, "language", "delivery"]
    search_fields = ["to_email", "to_name", "key"]
    date_hierarchy = "created_at"
    actions = ["try_again", "done"]
    list_per_page = 50
    change_form_template = "admin/mail/message_detail.html"
    fields = [
        ("state_pill", "in_words"),
        ("to_email", "to_name", "language"),
        ("kind_name", "delivery", "priority"),
        ("created_at", "send_after", "attempts"),
        ("handed_over_at", "sent_at", "failed_at", "returned_at"),
        ("fault", "said"),
        "looked_after_at",
        "key",
        "message_id",
    ]
    readonly_fields = ["state_pill", "in_words", "kind_name", "said", "message_id"]

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

    @admin.display(description=_("What it means"))
    def in_words(self, message: Message) -> SafeString:
        return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in explain(message)))

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, message: Message) -> str:
        return name_of(message.kind)

    @admin.display(description=_("error"))
    def trouble(self, message: Message) -> str:
        why = message.get_fault_display() if message.fault != Fault.WRITING else ""
        return " · ".join(part for part in (str(why), said(message)[:120]) if part) or "–"

    @admin.display(description=_("error"))
    def said(self, message: Message) -> str:
        return said(message) or "–"

    @admin.display(description=_("Message-ID"))
    def message_id(self, message: Message) -> str:
        return message.message_id

    # --- what staff can do ----------------------------------------------------------------------------

    @admin.action(description=_("Send again what did not arrive"), permissions=["resend"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        chosen = queryset.count()
        count = send_again(queryset)
        words = ngettext("%(count)d mail goes out again.", "%(count)d mails go out again.", count)
        if count:
            self.message_user(request, words % {"count": count}, messages.SUCCESS)
        if left := chosen - count:
            words = ngettext(
                "%(count)d mail is left as it is: only what was given up, is uncertain or came back goes out again, "
                "and nothing that a later mail has overtaken.",
                "%(count)d mails are left as they are: only what was given up, is uncertain or came back goes out "
                "again, and nothing that a later mail has overtaken.",
                left,
            )
            self.message_user(request, words % {"count": left}, messages.WARNING)

    @admin.action(description=_("Nothing more to do about these"), permissions=["resend"])
    def done(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = look_after(queryset)
        words = ngettext(
            "%(count)d mail is off the list of what is to be looked after.",
            "%(count)d mails are off the list of what is to be looked after.",
            count,
        )
        self.message_user(request, words % {"count": count}, messages.SUCCESS if count else messages.WARNING)

    def get_urls(self) -> list[Any]:
        again = self.admin_site.admin_view(self.again_view)
        return [path("<int:pk>/again/", again, name="mail_message_again"), *super().get_urls()]

    @method_decorator(require_POST)
    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button on the page of one mail."""
        if not self.has_resend_permission(request):
            raise PermissionDenied
        message = get_object_or_404(Message, pk=pk)
        self.try_again(request, Message.objects.filter(pk=message.pk))
        return HttpResponseRedirect(reverse("admin:mail_message_change", args=[pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        message = kwargs.get("obj")
        if message is not None and self.has_resend_permission(request):
            context |= self.ways_on(message)
        return super().render_change_form(request, context, *args, **kwargs)

    def ways_on(self, message: Message) -> dict[str, Any]:
        """The button that sends it again, where that can be done, and what to bear in mind."""
        if not Message.objects.may_go_again().filter(pk=message.pk).exists():
            return {}
        is_uncertain = message.state == Message.State.UNCERTAIN
        return {
            "again_url": reverse("admin:mail_message_again", args=[message.pk]),
            "again_hint": gettext("It may then arrive twice.") if is_uncertain else "",
        }
