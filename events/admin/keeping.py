"""How long what guests told is kept, event by event, and what was removed; a page for staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from events.desk_notes import ToldNote, tell_notes
from events.models import DeskNote, Event
from events.retention import ALL, NEVER, SENSITIVE, goes_at, left
from sistercities.curation import CuratorSite
from sistercities.pages.listing import page_of

TITLE = _("Data of guests, and its end")
site: CuratorSite = admin.site  # type: ignore[assignment]  # the one that apps.py puts in place


@dataclass(frozen=True)
class Keeping:
    """One event: when what is sensitive goes, when all goes, and what went already."""

    event: Event
    sensitive_goes_at: datetime | None
    all_goes_at: datetime | None
    removed: list[ToldNote]


@site.desk("personal-data", TITLE, "events.view_rsvp")
def personal_data(request: HttpRequest) -> HttpResponse:
    """The last events first; what is to come has its end as well."""
    notes = DeskNote.objects.filter(kind=DeskNote.Kind.FORGOTTEN).select_related("member").order_by("-pk")
    events = Event.objects.filter(rsvp_policy__isnull=False).select_related("rsvp_policy", "venue__city")
    events = events.defer("search", "search_text", "body_en", "body_zh_hans").order_by("-starts_at", "-pk")
    events = events.annotate(has_sensitive=_some(SENSITIVE), has_any=_some(ALL))
    page_obj = page_of(request, events.prefetch_related(Prefetch("desk_notes", notes, "removed")))
    context = {**site.each_context(request), "title": TITLE, "page_obj": page_obj, "rows": rows(page_obj)}
    return TemplateResponse(request, "admin/events/personal_data.html", context)


def _some(what: str) -> Exists:
    return Exists(Event.objects.filter(left(what), pk=OuterRef("pk")))


def rows(events: Iterable[Event]) -> list[Keeping]:
    return [
        Keeping(
            event,
            _moment(event, SENSITIVE) if event.has_sensitive else None,  # type: ignore[attr-defined]  # annotated
            _moment(event, ALL) if event.has_any else None,  # type: ignore[attr-defined]
            tell_notes(event.removed, event),  # type: ignore[attr-defined]
        )
        for event in events
    ]


def _moment(event: Event, what: str) -> datetime | None:
    at = goes_at(event, what)
    return None if at == NEVER else at
