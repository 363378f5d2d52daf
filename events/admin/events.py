"""How staff curate events: the page, the programme, how it takes RSVPs, and the record afterwards."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.admin.access import PagesOfOwnEvents
from events.admin.announcing import CONCERNS_GUESTS, MATERIAL, Announcing, to_be_told
from events.admin.archiving import Archiving
from events.admin.fieldsets import FIELDSETS
from events.admin.forms import EventForm
from events.admin.guest_names import GuestNamesViews
from events.admin.guest_selection import GuestSelectionViews
from events.admin.guests import GuestListViews
from events.admin.help import EVENT_HELP
from events.admin.holds import HoldViews
from events.admin.letter_texts import LetterViews
from events.admin.mailings import MailingViews
from events.admin.parties import PartyViews, guest_list_of
from events.admin.parts import (
    DocumentInline,
    GalleryInline,
    ParticipantInline,
    PolicyInline,
    ProgrammeInline,
    TeamInline,
)
from events.admin.planner import PlannerViews
from events.admin.questions import QuestionViews
from events.admin.room import RoomViews
from events.admin.room_queue import QueueViews
from events.admin.seats import SeatsViews
from events.models import Event, RsvpPolicy, Series, Venue
from events.record import likely_signed_at
from events.scoping import entrust, is_within, without_role
from events.when import spell_instant
from relationships.admin import NamedAdmin
from sistercities.pages.admin import PageAdmin
from sistercities.pages.bilingual import current_language
from sistercities.pages.curating import date_in_words, pill
from sistercities.pages.models import Status

# What is announced to guests when it changes; the days follow from the instants.
GUESTS_ARE_TOLD = sorted({*CONCERNS_GUESTS, "held", "held_until", "timezone"})


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("upcoming", _("upcoming")),
            ("past", _("past")),
            ("awaiting", _("postponed, without a new date")),
            ("rsvp", _("takes RSVPs")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "upcoming":
            return queryset.upcoming()  # type: ignore[attr-defined]
        if self.value() == "past":
            return queryset.past()  # type: ignore[attr-defined]
        if self.value() == "awaiting":
            return queryset.awaiting_date()  # type: ignore[attr-defined]
        return queryset.filter(rsvp_policy__isnull=False) if self.value() == "rsvp" else queryset


@admin.register(Event)
class EventAdmin(
    PagesOfOwnEvents,
    Announcing,
    Archiving,
    PlannerViews,
    QueueViews,
    PartyViews,
    SeatsViews,
    HoldViews,
    LetterViews,
    MailingViews,
    QuestionViews,
    GuestSelectionViews,
    GuestNamesViews,
    GuestListViews,
    RoomViews,
    PageAdmin,
):
    form = EventForm
    helps = EVENT_HELP
    event_path = ""
    list_display = ["titles", "when", "kind", "guest_count", *PageAdmin.list_display[1:]]
    list_filter = [WhenFilter, "kind", "state", *PageAdmin.list_filter]
    list_select_related = ["rsvp_policy"]
    autocomplete_fields = [
        "venue",
        "series",
        "part_of",
        "hosts",
        "relationships",
        "marks",
        "sectors",
        "signed",
    ]
    inlines = [
        ProgrammeInline,
        PolicyInline,
        TeamInline,
        ParticipantInline,
        GalleryInline,
        DocumentInline,
        *PageAdmin.inlines,
    ]
    date_hierarchy = "starts_at"
    own_fieldsets = FIELDSETS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        waiting = Count("rsvps", distinct=True, filter=Q(rsvps__queue_number__isnull=False))
        return super().get_queryset(request).annotate(waiting_count=waiting)

    @admin.display(description=_("when"), ordering="held_first")
    def when(self, event: Event) -> str:
        if event.starts_at:
            return spell_instant(event.starts_at, event.zone, current_language())
        return date_in_words(event.held)

    @admin.display(description=_("guests"))
    def guest_count(self, event: Any) -> SafeString | str:
        if not hasattr(event, "rsvp_policy"):
            return "–"
        limit = event.rsvp_policy.seat_limit
        seats = f"{event.rsvp_policy.seats_committed} / {'∞' if limit is None else limit}"
        words = ngettext("%(count)d party waits", "%(count)d parties wait", event.waiting_count) % {
            "count": event.waiting_count
        }
        waiting = pill("waitlisted", words) if event.waiting_count else ""
        return format_html('<a href="{}">{}</a> {}', guest_list_of(event), seats, waiting)

    # --- saving ---------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A draft's address stays where guests have it in their calendars and mails."""
        fixed = super().get_readonly_fields(request, obj)
        if obj is None or obj.pk is None:
            return fixed
        is_known = obj.status == Status.DRAFT and (obj.rsvps.exists() or obj.invitations.exists())
        fixed = [*fixed, "slug"] if is_known else fixed
        return fixed if self.may_tell_guests(request, obj) else [*fixed, *GUESTS_ARE_TOLD]

    def may_tell_guests(self, request: HttpRequest, event: Event) -> bool:
        """When and where, and whether at all: where guests answer, a change moves deadlines and is told to all."""
        takes_answers = hasattr(event, "rsvp_policy") and not event.is_over
        return not takes_answers or is_within(request.user, "events.change_rsvp", event.pk)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lock the rules before the event, as every answer does: in another order both would wait for each other."""
        with transaction.atomic():
            if request.method == "POST" and object_id and object_id.isdecimal():
                RsvpPolicy.objects.select_for_update().filter(event_id=object_id).first()
            return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        """Write all but the number by which calendars know a newer entry: only what is announced raises it."""
        if not change:
            super().save_model(request, obj, form, change)
            return entrust(obj, request.user)
        kept = obj.get_deferred_fields() | {obj._meta.pk.attname, "ics_sequence"}
        fields = [each.name for each in obj._meta.concrete_fields if not each.generated]
        obj.save(update_fields=[name for name in fields if name not in kept])
        return None

    def copied(self, request: HttpRequest, copy: Any) -> None:
        """Whoever copies an event finds the copy among their own."""
        entrust(copy, request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        event, changed = form.instance, set(form.changed_data) if change else set()
        self.say_who_lacks_the_role(request, event)
        self.tell_guests(request, form, changed)
        self.suggest(request, event)
        if event.state == Event.State.POSTPONED and {"starts_at", "held"} & changed and not event.awaits_date:
            words = _(
                "The page now shows the new date beside the old one. Once it is certain, set the event back to "
                "“takes place”: from then on guests may answer again."
            )
            self.message_user(request, words, messages.INFO)

    def say_who_lacks_the_role(self, request: HttpRequest, event: Event) -> None:
        """A duty at an event opens nothing to whoever has not the role."""
        for each in without_role(event):
            words = _("%(member)s has the duty “%(duty)s” here, but not the role: give it under Members.")
            told = {"member": each.member, "duty": each.get_duty_display()}
            self.message_user(request, words % told, messages.WARNING)

    def suggest(self, request: HttpRequest, event: Event) -> None:
        """What was signed on its days may belong to its record; only staff can tell."""
        if event.state == Event.State.ON and event.is_over and (found := likely_signed_at(event)):
            words = _(
                "Signed on these days, and not on the record of this event: %(agreements)s. Was it here?"
            )
            titles = "; ".join(str(agreement) for agreement in found)
            self.message_user(request, words % {"agreements": titles}, messages.INFO)

    def kept_in_restore(self, page: Event) -> set[str]:
        """When and where guests are to come is changed in the form only, which tells them."""
        guests_come = not page.is_over and page.rsvps.live().exists()
        return {*CONCERNS_GUESTS, "held", "held_until"} if guests_come else set()

    def restored(self, request: HttpRequest, page: Event) -> None:
        """``page`` is the event as it was until then."""
        now = Event.objects.select_related("venue").get(pk=page.pk)
        if any(getattr(page, name) != getattr(now, name) for name in MATERIAL):
            Event.objects.filter(pk=page.pk).update(ics_sequence=F("ics_sequence") + 1)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        event = kwargs.get("obj")
        if event and hasattr(event, "rsvp_policy") and request.user.has_perm("events.view_rsvp"):
            context["told"] = None if event.is_over else to_be_told(event)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Series)
class SeriesAdmin(PageAdmin):
    list_display = ["titles", "relationship", "event_count", *PageAdmin.list_display[1:]]
    list_select_related = ["relationship"]
    autocomplete_fields = ["relationship"]
    own_fieldsets = [
        (
            _("What it belongs to"),
            {
                "fields": ["relationship"],
                "description": _(
                    "An event joins the series in its own form. Its number follows from the dates: the events that "
                    "were held are counted, those that were cancelled or are drafts are not."
                ),
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        return super().get_queryset(request).annotate(event_count=Count("events", distinct=True))

    @admin.display(description=_("events"), ordering="event_count")
    def event_count(self, series: Any) -> int:
        return series.event_count


@admin.register(Venue)
class VenueAdmin(NamedAdmin):
    fields = [
        ("name_en", "name_zh_hans"),
        ("address_en", "address_zh_hans"),
        "city",
        ("access_en", "access_zh_hans"),
    ]
    list_display = ["names", "address", "city"]
    list_select_related = ["city"]
    search_fields = ["name_en", "name_zh_hans", "address_en", "address_zh_hans"]
    autocomplete_fields = ["city"]

    @admin.display(description=_("address"))
    def address(self, venue: Venue) -> str:
        return venue.address
