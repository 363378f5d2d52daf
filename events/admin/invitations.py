"""How staff invite guests personally: who is invited, whether the mail went out, and what came back."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events import invitations as verbs
from events.links import invitation_url
from events.models import Invitation, Rsvp
from events.rsvp import Refused
from sistercities.mail.addresses import comparable
from sistercities.pages.curating import BilingualFields, pill

STATES = {
    "unsent": Q(sent_at=None, revoked_at=None),
    "sent": Q(sent_at__isnull=False, revoked_at=None),
    "revoked": Q(revoked_at__isnull=False),
}
LINK = '<input type="text" class="vLargeTextField" readonly aria-label="{}" value="{}"><p class="help">{}</p>'


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("unsent", _("not sent yet")), ("sent", _("sent")), ("revoked", _("revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(STATES[str(self.value())]) if self.value() in STATES else queryset


class AnswerFilter(admin.SimpleListFilter):
    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("no answer yet")), *Rsvp.Status.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "none":
            return queryset.filter(answered=None)
        return queryset.filter(answered=self.value()) if self.value() else queryset


class InvitationForm(ModelForm):
    """An invitation; nobody is invited twice to one event."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        event, email = values.get("event") or self.instance.event_id, values.get("email")
        # Whether an invitation is revoked is no field of the form, so the constraint cannot be asked here.
        same = Invitation.objects.live().filter(event=event, email_key=comparable(email or ""))
        if event and email and same.exclude(pk=self.instance.pk).exists():
            self.add_error("email", _("This address has an invitation to this event already."))
        return values


@admin.register(Invitation)
class InvitationAdmin(BilingualFields, admin.ModelAdmin):
    """Written and corrected here; sent and taken back by the verbs of ``events.invitations``."""

    form = InvitationForm
    list_display = ["name", "event", "email", "language", "state", "answer", "sent_at"]
    list_filter = [StateFilter, AnswerFilter, "language", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["name", "email", "event__title_en", "event__title_zh_hans"]
    autocomplete_fields = ["event"]
    actions = ["send", "send_again", "revoke"]
    list_per_page = 100
    fields = ["event", ("name", "email", "language"), "greeting", ("state", "answer", "sent_at"), "link"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return super().get_queryset(request).with_answers()  # type: ignore[attr-defined]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["event"] if obj else []
        # Whoever holds the link sees the answer, so once there is one the link stays with its address.
        fixed += ["email"] if obj and obj.answered else []
        return ["state", "answer", "sent_at", "link", *fixed]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever adds one from the list of an event's invitations means that event."""
        chosen = QueryDict(request.GET.get("_changelist_filters", "")).get("event__id__exact")
        return {**super().get_changeform_initial_data(request), **({"event": chosen} if chosen else {})}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_live)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        never_left = obj is None or (obj.sent_at is None and obj.is_live)
        return super().has_delete_permission(request, obj) and never_left

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        if change and "email" in form.changed_data:
            # Links that went to the old address must not open what concerns the new one.
            obj.link_version += 1
            obj.sent_at = None
        super().save_model(request, obj, form, change)

    @admin.display(description=_("state"), ordering="sent_at")
    def state(self, invitation: Invitation) -> SafeString:
        if not invitation.is_live:
            return pill("ended", _("revoked"))
        return pill("sent", _("sent")) if invitation.sent_at else pill("draft", _("not sent yet"))

    @admin.display(description=_("answer"), ordering="answered")
    def answer(self, invitation: Any) -> SafeString | str:
        status = invitation.answered if invitation.pk else None
        return pill(status, Rsvp.Status(status).label) if status else "–"

    @admin.display(description=_("link to hand over"))
    def link(self, invitation: Invitation) -> SafeString | str:
        if not invitation.pk or not invitation.is_live:
            return "–"
        words = _("Whoever holds it may answer in the guest's name, and see and change that answer.")
        return format_html(LINK, _("link to hand over"), invitation_url(invitation), words)

    # --- actions --------------------------------------------------------------------------------------

    @admin.action(description=_("Send the chosen invitations"), permissions=["change"])
    def send(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.say_sent(request, self.with_each(request, queryset, verbs.send))

    @admin.action(description=_("Send again to those who have not answered"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.say_sent(request, self.with_each(request, queryset, verbs.send_again))

    def say_sent(self, request: HttpRequest, count: int) -> None:
        words = ngettext("%(count)d invitation goes out.", "%(count)d invitations go out.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS if count else messages.WARNING)

    @admin.action(description=_("Revoke the chosen invitations"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = self.with_each(request, queryset, verbs.revoke)
        words = ngettext("%(count)d invitation is revoked.", "%(count)d invitations are revoked.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    def with_each(
        self, request: HttpRequest, queryset: QuerySet[Any], verb: Callable[[Invitation], bool]
    ) -> int:
        """How many it was done with; says of the rest why not, each reason once."""
        done, left, refusals = 0, 0, set()
        for invitation in queryset:
            try:
                was_done = verb(invitation)
            except Refused as refused:
                refusals.add(f"{invitation.event}: {refused.message}")
                continue
            if was_done:
                self.log_change(request, invitation, verb.__name__.replace("_", " "))
            done, left = done + was_done, left + (not was_done)
        if left:
            words = ngettext(
                "%(count)d was left alone: sent or answered already, revoked, or without an address.",
                "%(count)d were left alone: sent or answered already, revoked, or without an address.",
                left,
            )
            self.message_user(request, words % {"count": left}, messages.INFO)
        for refusal in sorted(refusals):
            self.message_user(request, refusal, messages.ERROR)
        return done
