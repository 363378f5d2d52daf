"""How staff invite guests personally: who is invited, whether the mail went out, and what came back."""

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events import invitation_overview as overview
from events import invitations as verbs
from events.admin.access import RowsOfOwnEvents, by_staff
from events.admin.invitation_forms import InvitationForm
from events.admin.invitation_list_views import InvitationListViews
from events.admin.invitation_views import InvitationViews, going_out, overview_of
from events.invitation_letters import WORDS
from events.invitation_overview import Told
from events.links import invitation_url
from events.models import Event, Invitation, Rsvp
from events.rsvp import Refused
from sistercities.mail.models import Message
from sistercities.pages.curating import BilingualFields, pill

STATES = {name: rule for name, (_words, rule) in overview.STATES.items()}
KINDS = {"invitation": _("Invitation"), "invitation_reminder": _("Reminder")}
FIELDSETS: list[Any] = [
    (
        None,
        {
            "fields": [
                "event",
                ("title", "name"),
                "organisation",
                ("email", "language"),
                "salutation",
                "greeting",
            ]
        },
    ),
    (
        _("What is this guest's own"),
        {
            "fields": [("largest_party", "answer_by"), "is_bound", "member", "tags", "note"],
            "description": _(
                "For this guest only: whoever answers by this link under another name does not take the guest's place. "
                "Where the event is for everybody that is an answer of their own, else they ask to come, and you "
                "decide; the invitation stays open for its guest, and seats reserved for it stay reserved. A guest "
                "who is invited as a member, at the member's own address, answers as that member. Seats are reserved "
                "on a page of their own."
            ),
        },
    ),
    (
        _("What came of it"),
        {"fields": [("state", "answer"), "wrote", ("sent_at", "reminded_at"), "returned", "seats", "link"]},
    ),
]
TOLD = ["state", "answer", "wrote", "sent_at", "reminded_at", "returned", "seats", "link"]
LINK = '<input type="text" class="vLargeTextField" readonly aria-label="{}" value="{}"><p class="help">{}</p>'


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, (words, _rule) in overview.STATES.items()]

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


@admin.register(Invitation)
class InvitationAdmin(
    RowsOfOwnEvents, InvitationViews, InvitationListViews, BilingualFields, admin.ModelAdmin
):
    """Written and corrected here; sent and taken back by the verbs of ``events.invitations``."""

    form = InvitationForm
    list_display = ["name", "event", "email", "language", "state", "answer", "sent_at"]
    list_filter = [StateFilter, AnswerFilter, "language", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["name", "email", "organisation", "event__title_en", "event__title_zh_hans"]
    autocomplete_fields = ["event", "member"]
    actions = ["send", "send_again", "remind", "revoke"]
    change_form_template = "admin/events/invitation/change_form.html"
    fieldsets = FIELDSETS
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return super().get_queryset(request).with_answers()  # type: ignore[attr-defined]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who is a member is for those alone who look after members."""
        shown = super().get_fieldsets(request, obj)
        if request.user.has_perm("people.view_member"):
            return shown
        return [
            (label, {**options, "fields": [each for each in options["fields"] if each != "member"]})
            for label, options in shown
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["event"] if obj else []
        # Whoever holds the link sees the answer, so once there is one the link stays with its address.
        fixed += ["email"] if obj and obj.answered else []
        return [*TOLD, *fixed]

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
        if not change:
            return super().save_model(request, obj, form, change)
        try:
            # Tags say nothing of the invitation itself; they are written with what belongs to it.
            changed = [name for name in form.changed_data if name != "tags"]
            verbs.amend(obj, **{name: form.cleaned_data[name] for name in changed})
        except Refused as refused:  # somebody answered, or invited that address, since the form was checked
            self.message_user(request, str(refused.message), messages.ERROR)
        return None

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        more = {
            "may_act": request.user.has_perm("events.change_invitation"),
            "may_reserve": request.user.has_perm("events.change_rsvp"),
            "original_pk": str(object_id),
            "letters": letters_of(object_id),
        }
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def response_post_save_add(self, request: HttpRequest, obj: Invitation) -> HttpResponseRedirect:
        return HttpResponseRedirect(overview_of(obj.event))

    def response_post_save_change(self, request: HttpRequest, obj: Invitation) -> HttpResponseRedirect:
        return HttpResponseRedirect(overview_of(obj.event))

    @admin.display(description=_("letter"), ordering="sent_at")
    def state(self, invitation: Invitation) -> SafeString:
        told = Told(invitation, None)
        return pill(told.state, told.state_in_words)

    @admin.display(description=_("why it came back"))
    def returned(self, invitation: Invitation) -> str:
        return invitation.returned_why or "–"

    @admin.display(description=_("what the guest wrote"))
    def wrote(self, invitation: Invitation) -> str:
        rsvp = invitation.answer if invitation.pk else None
        return (rsvp.message if rsvp else "") or "–"

    @admin.display(description=_("seats reserved"))
    def seats(self, invitation: Invitation) -> str:
        hold = getattr(invitation, "hold", None) if invitation.pk else None
        return str(hold.seats) if hold and hold.is_live else "–"

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
        self.post(request, queryset, verbs.Sending.FIRST)

    @admin.action(description=_("Send again to those who have not answered"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.post(request, queryset, verbs.Sending.AGAIN)

    @admin.action(description=_("Remind those who have not answered"), permissions=["change"])
    def remind(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.post(request, queryset, verbs.Sending.REMINDER)

    @admin.action(description=_("Revoke the chosen invitations"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = verbs.revoke_all(queryset, by_staff(request))
        words = ngettext("%(count)d invitation is revoked.", "%(count)d invitations are revoked.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)

    def post(self, request: HttpRequest, queryset: QuerySet[Any], sending: verbs.Sending) -> None:
        """Send a letter to the chosen ones, event by event; says how many get none, and why not."""
        chosen = Invitation.objects.filter(pk__in=[row.pk for row in queryset])
        count, left = 0, Counter[str]()
        for event in Event.objects.filter(invitations__in=chosen).distinct():
            try:
                posted = verbs.send_all(chosen.filter(event=event), sending)
            except Refused as refused:
                self.message_user(request, f"{event}: {refused.message}", messages.ERROR)
                continue
            count += len(posted)
            left.update({str(WORDS[why]): number for why, number in posted.left.items()})
        words = going_out(sending, count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS if count else messages.WARNING)
        for why, number in left.items():
            words = ngettext(
                "%(count)d was left alone: %(why)s.", "%(count)d were left alone: %(why)s.", number
            )
            self.message_user(request, words % {"count": number, "why": why}, messages.INFO)


def letters_of(invitation: str) -> list[Message]:
    """The letters that were asked for to one guest, the latest first; each knows what it is called."""
    if not invitation.isdecimal():
        return []
    keys = Q()
    for kind in KINDS:
        keys |= Q(key__startswith=f"{kind}:{invitation}:")
    found = list(Message.objects.filter(keys).order_by("-pk")[:20])
    for message in found:
        message.what = KINDS[message.kind]  # type: ignore[attr-defined]
    return found
