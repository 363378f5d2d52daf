"""The anniversaries of the next twelve months, as a page and as a calendar to subscribe to."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from relationships.almanac import ahead, of_next_twelve_months, where_it_has_begun
from relationships.anniversary_feed import anniversaries_calendar
from sistercities.pages.bilingual import current_language
from sistercities.pages.caching import public_page
from sistercities.pages.dates import HistoricalDate, from_date, spell
from sistercities.pages.listing import other_query, page_of

PER_PAGE = 40
IN_A_CALENDAR = 400  # bonds; each with its next anniversaries


@require_safe
@public_page
def anniversaries(request: HttpRequest) -> HttpResponse:
    """Which bond turns how old in the next twelve months, and how many days are left."""
    now, language = timezone.now(), current_language()
    today = localdate(now)
    page = page_of(request, ahead(today).prefetch_related("suspensions"), PER_PAGE)
    rows = [(each, where_it_has_begun(each, now)) for each in of_next_twelve_months(page, today)]
    dated = [row for row in rows if row[0].anniversary.day]
    context = {
        "page_obj": page,
        "query": other_query(request),
        "months": [
            (month, list(found)) for month, found in groupby(dated, lambda row: _month(row, language))
        ],
        "undated": [each for each, _cities in rows if not each.anniversary.day],
        "today": from_date(today),
    }
    return render(request, "relationships/anniversaries.html", context)


def _month(row: tuple, language: str) -> str:
    day = row[0].anniversary.day
    return spell(HistoricalDate(day.year, day.month), language)


@require_safe
@public_page
def anniversaries_ics(request: HttpRequest) -> HttpResponse:
    """The next anniversaries of our live bonds, for the reader's own calendar."""
    nearest = ahead(localdate()).exclude(day="none").prefetch_related("suspensions")[:IN_A_CALENDAR]
    content = anniversaries_calendar(nearest, current_language())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="anniversaries.ics"'
    return response
