"""What everybody may read: the front page, the calendar, an event, a speech, and calendar files."""

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events import front
from events.calendar import event_calendar, events_calendar
from events.filters import Filters
from events.models import Event, ProgrammeItem, Remark, Series, pictures_in_order
from events.occasion import Occasion, occasions, signed_at
from events.rsvp import outlook
from people.wall import wall
from relationships.models import Relationship
from sistercities.pages.bilingual import current_language
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.listing import other_query, page_of
from sistercities.pages.models import Picture

PER_PAGE = 24
IN_CALENDAR = 200


@require_safe
@partial(public_page, shows=front.seats())
def home(request: HttpRequest) -> HttpResponse:
    """The next event as an invitation, the bonds on a map, the people, what was said last, the next anniversary."""
    event = Event.objects.listed().upcoming().filter(state=Event.State.ON).for_lists().first()
    bonds = list(Relationship.objects.published().live().with_cities()[: front.BONDS])
    people, remarks = front.people(), front.newest_remarks()
    prefetch_related_objects([*people, *(remark.speaker for remark in remarks)], "names")
    context = {
        "occasion": Occasion(event) if event else None,
        "outlook": outlook(event) if event else None,
        "map": front.map_of_all(bonds),
        "bonds": bonds,
        "anniversary": front.next_anniversary(bonds),
        "people": wall(people),
        "remarks": remarks,
        "about": front.about(),
    }
    return render(request, "home.html", context)


@require_safe
@public_page
def event_list(request: HttpRequest) -> HttpResponse:
    """The calendar: what is to come, then the archive by year, narrowed by what the address says."""
    filters = Filters.read(request.GET)
    listed = Event.objects.listed()
    found = filters.narrow(listed).in_calendar_order().for_lists()
    page = page_of(request, found, PER_PAGE)
    context = {
        "filters": filters,
        "groups": filters.groups(listed),
        "page_obj": page,
        "query": other_query(request),
        "sections": sections(page),
    }
    return render(request, "events/event_list.html", context)


def sections(events: Iterable[Event]) -> list[tuple[str, list[Occasion]]]:
    """What is to come under one heading, what is over under its years."""
    return [(year, list(rows)) for year, rows in groupby(occasions(events), lambda each: each.chapter)]


@require_safe
@public_page
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Events under one name, in the order in which they are held."""
    series = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
    events = Event.objects.listed().filter(series=series).in_calendar_order().for_lists()
    page = page_of(request, events, PER_PAGE)
    context = {
        "series": series,
        "page_obj": page,
        "occasions": occasions(page),
        "footnotes": Footnotes().add(series),
    }
    return render(request, "events/series_detail.html", context)


@require_safe
@partial(public_page, shows=front.seats())
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Before the day an invitation, afterwards the record, at one address."""
    events = Event.objects.visible_to(request.user).for_lists().select_related("marks")
    programme = ProgrammeItem.objects.select_related("person")
    remarks = Remark.objects.published().select_related("speaker__portrait")
    parts = Prefetch("programme", programme), Prefetch("remarks", remarks, to_attr="public_remarks"), "hosts"
    events = events.prefetch_related(*parts).annotate(pictures=pictures_in_order())
    event = get_object_or_404(events, slug=slug)
    agreements = signed_at(event)
    speakers = [row.speaker for row in event.public_remarks]
    signers = [signature.person for agreement in agreements for signature in agreement.signatures.all()]
    people = [*speakers, *signers, *(item.person for item in event.programme.all() if item.person)]
    prefetch_related_objects(people, "names")
    context = {
        "event": event,
        "occasion": Occasion(event),
        "outlook": outlook(event) if not event.has_begun else None,
        "remarks": event.public_remarks,
        "agreements": agreements,
        "footnotes": Footnotes().add(event, *agreements),
        **pictures_of(event),
    }
    return render(request, "events/event_detail.html", context)


def pictures_of(event: Any) -> dict[str, Any]:
    """The first picture stands at the head of the record; at the head of an invitation stands its card."""
    pictures = [Picture(**row) for row in event.pictures]
    lead = None if Occasion(event).is_invitation else next(iter(pictures), None)
    return {"lead_picture": lead, "gallery": pictures[1:] if lead else pictures}


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for the reader's own calendar."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("venue"), slug=slug)
    return calendar_file(event_calendar(event, current_language()), f"{event.slug}.ics")


@require_safe
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """The listed events, to subscribe to: what is to come and what was last, as many as a telephone wants to hold."""
    events = Event.objects.listed().in_calendar_order().select_related("venue")[:IN_CALENDAR]
    return calendar_file(events_calendar(events, current_language()), "calendar.ics")


def calendar_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
