"""The calendar: a month as a sheet, a year at a glance, and all of it to subscribe to."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.agenda import Reach, agenda, anniversaries, chapter, marks_of_year, of_year, reach
from events.calendar import events_calendar
from events.filters import Filters
from events.member_feed import member_feed
from events.models import Event
from events.month import Month, NoSuchMonth, first_weekday, month_of, months_of, read_year, weekdays
from events.occasion import occasions
from events.views.public import calendar_file
from events.when import is_chinese, weekday_names
from people.calendar_feed import member_of_feed
from people.models import Member
from relationships.anniversary_feed import entries
from relationships.models import Relationship
from relationships.quiet import year_of_day
from sistercities.links import personal
from sistercities.pages.bilingual import current_language, local_text
from sistercities.pages.caching import public_page
from sistercities.pages.dates import MONTHS, HistoricalDate, spell
from sistercities.pages.listing import other_query, page_of
from sistercities.pages.moved import follows_moves

LINES_OF_A_MONTH, EVENTS_OF_A_YEAR, ANNIVERSARIES_OF_A_YEAR = 48, 20, 40
IN_CALENDAR = 200  # as many as a telephone wants to hold
# Beyond this nobody leads a search engine through empty sheets.
YEARS_BEFORE, YEARS_AFTER = 1, 2


@require_safe
def calendar_now(request: HttpRequest) -> HttpResponse:
    """To the present month, by the date where the association is at home."""
    filters = Filters.read(request.GET).timeless
    return HttpResponseRedirect(filters.on_month(month_of(localdate())))


@require_safe
@public_page
def calendar_month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """A month: its weeks as a table, and its days that hold something as a list."""
    sheet, filters = wanted_month(year, month), Filters.read(request.GET).timeless
    found = agenda(sheet, filters)
    page = page_of(request, found.lines, LINES_OF_A_MONTH)
    around = reach(filters, sheet.first_day, sheet.last_day)
    context = {
        "month": sheet,
        "name": spell(sheet.when, current_language()),
        "filters": filters,
        "found": found,
        "groups": filters.groups(Event.objects.listed(), request.path),
        "weekdays": heads(),
        "weeks": weeks_of(sheet, found.days),
        "page_obj": page,
        "query": other_query(request),
        "days": [(day, [entry for _day, entry in rows]) for day, rows in groupby(page, lambda row: row[0])],
        **links(filters, sheet, around),
        "is_empty": not found,
    }
    return render(request, "events/calendar_month.html", context)


@require_safe
@public_page
def calendar_year(request: HttpRequest, year: str) -> HttpResponse:
    """A year at a glance: twelve small sheets, and its events as a list."""
    number, filters = wanted_year(year), Filters.read(request.GET).timeless
    months = months_of(number)
    turning = anniversaries(filters, months[0].day(1), months[-1].day(31))
    page = page_of(
        request, of_year(filters.narrow(Event.objects.listed()), number).for_lists(), EVENTS_OF_A_YEAR
    )
    around = reach(filters, months[0].first_day, months[-1].last_day)
    context = {
        "year": number,
        "name": spell(HistoricalDate(number), current_language()),
        "filters": filters,
        "groups": filters.groups(Event.objects.listed(), request.path),
        "sheets": small_sheets(marks_of_year(filters, number, turning)),
        "weekdays": heads(),
        "chapters": [
            (month, occasions(rows)) for month, rows in groupby(page, lambda event: chapter(event, number))
        ],
        "anniversaries": turning[:ANNIVERSARIES_OF_A_YEAR],
        "page_obj": page,
        "query": other_query(request),
        **links(filters, months[0], around, whole_year=True),
        "is_empty": not page and not turning,
    }
    return render(request, "events/calendar_year.html", context)


@require_safe
@public_page
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """The listed events, or a choice of them, to subscribe to: what is to come and what was last."""
    filters = Filters.read(request.GET)
    events = filters.narrow(Event.objects.listed()).in_calendar_order().select_related("venue__city")
    content = events_calendar(events[:IN_CALENDAR], current_language(), of=name_of(filters))
    return calendar_file(content, "calendar.ics")


@require_safe
@follows_moves(Relationship)
@public_page
def bond_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The events of one bond and its next anniversaries, to subscribe to."""
    bonds = Relationship.objects.visible_to(request.user).prefetch_related("suspensions")
    bond = get_object_or_404(bonds, slug=slug)
    events = (
        Event.objects.listed().filter(relationships=bond).in_calendar_order().select_related("venue__city")
    )
    turning = [] if bond.ended else entries([bond], current_language())
    content = events_calendar(events[:IN_CALENDAR], current_language(), of=str(bond.title), more=turning)
    return calendar_file(content, f"{bond.slug}.ics")


@require_safe
@personal
def member_ics(_request: HttpRequest, token: str) -> HttpResponse:
    """The events that a member comes to, to subscribe to; whoever has the address sees them, signed in or not."""
    try:
        member = member_of_feed(token)
    except Member.DoesNotExist:
        raise Http404(_("This address is not valid any more.")) from None
    return calendar_file(member_feed(member, current_language()), "calendar.ics")


def name_of(filters: Filters) -> str:
    """What a subscribed choice is about: the bond, where it is for one."""
    bond = Relationship.objects.published().filter(slug=filters.relationship).first()
    return str(local_text(bond, "title")) if bond else ""


def wanted_month(year: str, month: str) -> Month:
    try:
        return Month.read(year, month)
    except NoSuchMonth:
        raise Http404(_("There is no such month.")) from None


def wanted_year(year: str) -> int:
    try:
        return read_year(year)
    except NoSuchMonth:
        raise Http404(_("That is not a year.")) from None


def heads() -> list[tuple[str, str]]:
    """The heads of the columns, in full and short."""
    language = current_language()
    return weekday_names(weekdays(language), language)


def weeks_of(month: Month, days: Mapping[int, Any]) -> list[list[dict[str, Any] | None]]:
    """Each week as its seven cells, with what stands on each day; None for a day of another month."""
    today = localdate()
    return [
        [
            {"number": number, "holds": days.get(number), "is_today": month.day(number) == today}
            if number
            else None
            for number in week
        ]
        for week in month.weeks(first_weekday(current_language()))
    ]


def small_sheets(marks: Mapping[Month, Mapping[int, int]]) -> list[dict[str, Any]]:
    """The months of a year, their days with the number of what stands on them."""
    chinese = is_chinese(current_language())
    return [
        {
            "name": f"{month.number}月" if chinese else MONTHS[month.number - 1],
            "path": f"{month.number:02d}/",
            "weeks": weeks_of(month, days),
        }
        for month, days in marks.items()
    ]


def month_at(day: int) -> Month:
    """The month in which a day lies that is given by its running number."""
    return next(month for month in months_of(year_of_day(day)) if month.last_day >= day)


def links(filters: Filters, month: Month, around: Reach, *, whole_year: bool = False) -> dict[str, Any]:
    """The sheets before and after, as far as there is reason to leaf, and the nearest ones with an event."""
    bounds = [
        month_of(localdate()),
        *(month_at(day) for day in (around.first, around.last) if day is not None),
    ]
    first, last = min(bounds).year - YEARS_BEFORE, max(bounds).year + YEARS_AFTER
    step = 12 if whole_year else 1

    def link(sheet: Month | None) -> dict[str, str] | None:
        if sheet is None or not first <= sheet.year <= last:
            return None
        when = HistoricalDate(sheet.year) if whole_year else sheet.when
        url = filters.on_year(sheet.year) if whole_year else filters.on_month(sheet)
        return {"label": spell(when, current_language()), "url": url}

    nearest = (month_at(day) for day in (around.before, around.after) if day is not None)
    return {
        "before": link(month.neighbour(-step)),
        "after": link(month.neighbour(step)),
        "nearest": [link(sheet) for sheet in nearest],
        "views": filters.views(month, "year" if whole_year else "month"),
        "is_beyond": not first <= month.year <= last,
    }
