"""May I, and at this event? Asked by every page of staff about guests; a foreign event is as if it were not there."""

from typing import Any, ClassVar, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpTransition
from events.scoping import is_within, within

Row = TypeVar("Row", bound=models.Model)


def may(request: HttpRequest, permission: str, event: Event | None = None) -> None:
    """Refuse whoever has not this permission of events, at this event where one is given."""
    if not request.user.has_perm(f"events.{permission}"):
        raise PermissionDenied
    if event is not None and not is_within(request.user, f"events.{permission}", event.pk):
        raise Http404


def by_staff(request: HttpRequest, reason: str = "", source: str = Rsvp.Source.WEB) -> verbs.By:
    return verbs.By(RsvpTransition.Actor.STAFF, request.user, reason, source)  # type: ignore[arg-type]


def any_event(request: HttpRequest, pk: int, permission: str) -> Event:
    """An event at which whoever asks has the permission, whether it takes RSVPs or not."""
    may(request, permission)
    known = Event.objects.select_related("rsvp_policy")
    return get_object_or_404(within(request.user, f"events.{permission}", known), pk=pk)


def event_with_rules(request: HttpRequest, pk: int, permission: str) -> Event:
    """The same of an event that takes RSVPs."""
    may(request, permission)
    known = Event.objects.select_related("rsvp_policy").filter(rsvp_policy__isnull=False)
    return get_object_or_404(within(request.user, f"events.{permission}", known), pk=pk)


def row_of(request: HttpRequest, permission: str, rows: QuerySet[Row], pk: int) -> Row:
    """A row that belongs to an event with rules, if whoever asks has the permission there."""
    may(request, permission)
    known = within(request.user, f"events.{permission}", rows, "event")
    return get_object_or_404(known, pk=pk, event__rsvp_policy__isnull=False)


class OfOwnEvents:
    """Mixed into the admin of what belongs to events: whoever looks after some of them finds these alone.

    ``event_path`` leads from a row to its event; empty, the row is the event.
    """

    event_path: ClassVar[str] = "event"
    model: Any
    opts: Any

    def found_by(self, request: HttpRequest) -> str:
        """By which permission rows are found: whoever may change some may look at these."""
        view, change = (f"{self.opts.app_label}.{act}_{self.opts.model_name}" for act in ("view", "change"))
        return view if request.user.has_perm(view) else change

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)  # type: ignore[misc]
        return within(request.user, self.found_by(request), rows, self.event_path)

    def is_there(self, request: HttpRequest, act: str, obj: Any) -> bool:
        """Whether an act on this row is allowed at its event."""
        if obj is None or obj.pk is None:
            return True
        event = obj.pk if not self.event_path else obj.event_id
        return is_within(request.user, f"{self.opts.app_label}.{act}_{self.opts.model_name}", event)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_at_all: bool = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return may_at_all and self.is_there(request, "delete", obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A form offers, and takes, no event but those at which whoever fills it in may do this."""
        if db_field.remote_field.model is Event:
            rows = kwargs.get("queryset") or Event.objects.all()
            kwargs["queryset"] = within(request.user, "events.change_event", rows)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class RowsOfOwnEvents(OfOwnEvents):
    """The same for what is about guests."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_at_all: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return may_at_all and self.is_there(request, "change", obj)


class PagesOfOwnEvents(OfOwnEvents):
    """The same for pages, of which translators may change the texts at every event."""

    def may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        may_at_all: bool = super().may_write(request, obj)  # type: ignore[misc]
        return may_at_all and self.is_there(request, "change", obj)
