"""What everybody may read: the front page, the calendar, an event, a speech, and calendar files."""

from collections.abc import Iterable
from functools import partial
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events import front
from events.calendar import event_calendar
from events.filters import Filters
from events.models import Event, Series
from events.occasion import Occasion, occasions
from events.record import Record, with_parts
from events.rsvp import outlook
from events.series import thread
from people.wall import wall
from sistercities.pages.bilingual import current_language
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.galleries import picture_page
from sistercities.pages.listing import other_query, page_of
from sistercities.pages.models import Picture
from sistercities.pages.moved import follows_moves

PER_PAGE = 24


@require_safe
@partial(public_page, shows=front.seats())
def home(request: HttpRequest) -> HttpResponse:
    """The next event as an invitation, our bonds on a map, the next anniversary, what was said last, news, people."""
    event, called_off = front.next_events()
    bonds = front.our_bonds()
    people, remarks = front.people(), front.newest_remarks()
    about, stories = front.about_and_news()
    prefetch_related_objects([*people, *(remark.speaker for remark in remarks)], "names")
    context = {
        "occasion": Occasion(event) if event else None,
        "outlook": outlook(event) if event else None,
        "called_off": occasions(called_off),
        "map": front.map_of_all(bonds),
        "bonds": bonds,
        **front.beyond(bonds),
        "anniversary": front.next_anniversary(bonds),
        "people": wall(people),
        "remarks": remarks,
        "stories": stories,
        "about": about,
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
@follows_moves(Series)
@public_page
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Events under one name, as a thread from the first to the one to come, each in its city."""
    found = Series.objects.visible_to(request.user).select_related("relationship")
    series = get_object_or_404(found, slug=slug)
    events = Event.objects.listed().filter(series=series).in_order_of_time().for_lists()
    page = page_of(request, thread(events), PER_PAGE)
    footnotes = Footnotes().add(series)
    context = {"series": series, "page_obj": page, "footnotes": footnotes}
    return render(request, "events/series_detail.html", context)


@require_safe
@follows_moves(Event)
@partial(public_page, shows=front.seats_and_minute())
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Before the day an invitation, on the day what goes on, afterwards the record, at one address."""
    event = get_object_or_404(with_parts(Event.objects.visible_to(request.user)), slug=slug)
    record = Record(event)
    context = {
        "event": event,
        "record": record,
        "occasion": record.occasion,
        "footnotes": record.footnotes,
        "outlook": outlook(event) if record.occasion.is_invitation else None,
    }
    return render(request, "events/event_detail.html", context)


@require_safe
@follows_moves(Event)
@public_page
def event_picture(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One picture of an event by itself."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    pictures = (
        Picture.objects.described().filter(events__event=event).order_by("events__position", "events__pk")
    )
    return picture_page(request, event, pictures, number)


@require_safe
@follows_moves(Event)
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for the reader's own calendar."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("venue"), slug=slug)
    return calendar_file(event_calendar(event, current_language()), f"{event.slug}.ics")


def calendar_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
