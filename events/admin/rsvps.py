"""Answers as staff read them. They are changed by the verbs of ``events.rsvp`` only, from the guest list."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.admin.access import RowsOfOwnEvents
from events.admin.deeds import open_to
from events.admin.questions import SENSITIVE
from events.history import history
from events.models import Guest, GuestTag, Rsvp, RsvpTransition
from events.replied import told_to_staff
from events.rsvp import By, place_in_queue, renew_link
from events.when import spell_instant
from sistercities.pages.bilingual import current_language
from sistercities.pages.curating import pill
from sistercities.traces import NOBODY


class ReadOnly(admin.options.BaseModelAdmin):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyRows(ReadOnly, admin.TabularInline):
    extra = 0
    can_delete = False


class GuestInline(ReadOnlyRows):
    model = Guest
    fields = ["position", "name", "title", "organisation", "is_lead"]


class SourceFilter(admin.ChoicesFieldListFilter):
    """How an answer reached us; the field itself is called like its moment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("How it reached us")


@admin.register(Rsvp)
class RsvpAdmin(RowsOfOwnEvents, ReadOnly, admin.ModelAdmin):
    list_display = [
        "name",
        "event",
        "status_pill",
        "seats",
        "email",
        "language",
        "reached_us",
        "answered_at",
    ]
    list_filter = [
        "status",
        ("source", SourceFilter),
        "priority",
        "language",
        ("event", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["event"]
    search_fields = ["name", "email", "guests__name", "message"]
    date_hierarchy = "answered_at"
    list_per_page = 50
    inlines = [GuestInline]
    fields = [
        "event",
        ("name", "email", "language"),
        ("status_pill", "seats", "place"),
        "tags_of_party",
        ("offered_until", "served", "takes_any"),
        ("interpretation", "shows_in_list"),
        "message",
        "reply",
        ("reached_us", "answered", "last_changed"),
        ("member", "invitation", "forwarded", "hold", "verified_at"),
    ]
    readonly_fields = [
        "status_pill",
        "tags_of_party",
        "seats",
        "place",
        "offered_until",
        "served",
        "reached_us",
        "answered",
        "last_changed",
    ]
    actions = ["renew_links"]

    @admin.action(
        description=_("Mail a new personal link; earlier ones open nothing then"), permissions=["renew"]
    )
    def renew_links(self, request: HttpRequest, queryset: QuerySet[Rsvp]) -> None:
        chosen = list(queryset.exclude(email="").order_by("event_id", "pk"))
        with transaction.atomic():  # all of them, or none where a desk is busy
            for rsvp in chosen:
                renew_link(rsvp, By(RsvpTransition.Actor.STAFF, request.user, "new link"))  # type: ignore[arg-type]
        words = ngettext("%(count)d new link is mailed.", "%(count)d new links are mailed.", len(chosen))
        messages.success(request, words % {"count": len(chosen)})

    def has_renew_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.change_rsvp")

    @admin.display(description=_("status"), ordering="status")
    def status_pill(self, rsvp: Rsvp) -> SafeString:
        return pill(rsvp.status, rsvp.get_status_display())

    @admin.display(description=_("seats"), ordering="seats_confirmed")
    def seats(self, rsvp: Rsvp) -> SafeString:
        if rsvp.seats_awaited and rsvp.is_live:
            words = _("%(confirmed)d, waits for %(awaited)d more")
            return format_html(
                "{}", words % {"confirmed": rsvp.seats_confirmed, "awaited": rsvp.seats_awaited}
            )
        return format_html("{}", rsvp.seats_confirmed)

    @admin.display(description=_("place in the queue"))
    def place(self, rsvp: Rsvp) -> int | str:
        return place_in_queue(rsvp) or "–"

    @admin.display(description=_("How it reached us"), ordering="source")
    def reached_us(self, rsvp: Rsvp) -> str:
        return rsvp.get_source_display()

    @admin.display(description=_("Answered"))
    def answered(self, rsvp: Rsvp) -> str:
        """On the clocks of the place, as its history below."""
        return spell_instant(rsvp.answered_at, rsvp.event.zone, current_language())

    @admin.display(description=_("Tags"))
    def tags_of_party(self, rsvp: Rsvp) -> str:
        """Its own, and those of its invitation."""
        found = GuestTag.objects.filter(Q(rsvps=rsvp) | Q(invitations__rsvp=rsvp)).distinct()
        return gettext(", ").join(map(str, found)) or "–"

    @admin.display(description=_("Last changed"))
    def last_changed(self, rsvp: Rsvp) -> str:
        return spell_instant(rsvp.updated_at, rsvp.event.zone, current_language())

    @admin.display(description=_("offer"))
    def offered_until(self, rsvp: Rsvp) -> str:
        offer = rsvp.offers.live().first() if rsvp.seats_offered else None
        if offer is None:
            return "–"
        moment = spell_instant(offer.expires_at, rsvp.event.zone, current_language())
        words = ngettext("%(count)d seat until %(moment)s", "%(count)d seats until %(moment)s", offer.seats)
        return words % {"count": offer.seats, "moment": moment}

    @admin.display(description=_("served"))
    def served(self, rsvp: Rsvp) -> str:
        """Its class in the line, and why it is in another than most."""
        return " · ".join(filter(None, [str(rsvp.get_priority_display()), rsvp.priority_reason]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        rsvp = kwargs["obj"]
        may = request.user.has_perm("events.change_rsvp")
        context["may_change_party"] = may and rsvp.name != NOBODY
        context["deeds"] = open_to(rsvp)
        context["history"] = history(rsvp)
        context["replied"] = told_to_staff(rsvp, sensitive=request.user.has_perm(SENSITIVE))
        return super().render_change_form(request, context, *args, **kwargs)
