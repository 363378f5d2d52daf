"""An event that people have answered to is a record: it is taken off the site, never deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events.models import DeskNote, Event, Invitation, Rsvp, RsvpPolicy, SeatHold
from events.scoping import within
from sistercities.pages import publishing


def on_record(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those that people have answered to, were invited to, or have seats kept at."""
    traces = (Rsvp, Invitation, SeatHold, DeskNote)
    left = Q(pk=None)
    for trace in traces:
        left |= Q(Exists(trace._default_manager.filter(event=OuterRef("pk"))))
    return events.filter(left)


class Archiving:
    """Mixed into the admin of events."""

    admin_site: Any
    message_user: Any
    log_change: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [path("archive/", wrap(require_POST(self.archive)), name="events_event_archive")]
        return own + super().get_urls()  # type: ignore[misc]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Events on record protect themselves; rules that nobody has answered to yet go with their event."""
        chosen = Event.objects.filter(pk__in=[event.pk for event in objs])
        if kept := list(on_record(chosen)):
            return [], {}, set(), [str(event) for event in kept]
        found, counts, forbidden, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        label = capfirst(RsvpPolicy._meta.verbose_name)
        rules = {f"{label}: {policy}" for policy in RsvpPolicy.objects.filter(event__in=chosen)}
        return found, counts, forbidden, [each for each in protected if each not in rules]

    def delete_model(self, request: HttpRequest, obj: Event) -> None:
        self.delete_queryset(request, Event.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        policies = RsvpPolicy.objects.select_for_update().filter(event__in=queryset)
        list(policies.values_list("pk"))  # nobody answers from here on
        if on_record(queryset).exists():
            raise PermissionDenied
        policies.delete()
        for event in queryset:
            publishing.delete(event, by=request.user)

    def archive(self, request: HttpRequest) -> HttpResponse:
        """Take events off the site: they become drafts, with all that people answered."""
        if not self.has_change_permission(request) or not request.user.has_perm("pages.publish"):  # type: ignore[attr-defined]
            raise PermissionDenied
        chosen = [pk for pk in request.POST.getlist("event") if pk.isascii() and pk.isdecimal()][:1000]
        own = within(request.user, "events.change_event", Event.objects.all())
        events = list(own.filter(pk__in=chosen))
        for event in events:
            publishing.withdraw(event, by=request.user)
            self.log_change(request, event, [{"changed": {"fields": ["status"]}}])
        words = ngettext(
            "%(count)d event is off the site; what people answered is kept.",
            "%(count)d events are off the site; what people answered is kept.",
            len(events),
        )
        self.message_user(request, words % {"count": len(events)}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_event_changelist"))
