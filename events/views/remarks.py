"""What was said at events: one speech, paragraph by paragraph in both languages, and the list of all."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events import front
from events.models import Event, Remark
from events.occasion import Occasion
from events.remark_filters import NEWEST, RemarkFilters
from events.speech import Speech, asked_for, spoken_language
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.listing import other_query, page_of
from sistercities.pages.moved import follows_moves

PER_PAGE = 24


@require_safe
@public_page
def remark_list(request: HttpRequest) -> HttpResponse:
    """All that was said, by event or the newest first, narrowed by what the address says."""
    filters = RemarkFilters.read(request.GET)
    listed = Remark.objects.listed()
    page = page_of(request, filters.in_order(filters.narrow(listed)).with_speaker(), PER_PAGE)
    context = {
        "filters": filters,
        "groups": filters.groups(listed),
        "page_obj": page,
        "query": other_query(request),
        "sections": [] if filters.order == NEWEST else by_event(page),
    }
    return render(request, "events/remark_list.html", context)


def by_event(remarks: Iterable[Remark]) -> list[tuple[Event, list[Remark]]]:
    return [(event, list(rows)) for event, rows in groupby(remarks, lambda remark: remark.event)]


@require_safe
@follows_moves(Remark)
@public_page
def remark_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One speech, both languages side by side or one of them."""
    show = asked_for(request.GET.get("show", ""))
    remarks = Remark.objects.visible_to(request.user).with_speaker()
    remark = get_object_or_404(
        remarks.select_related("event__venue__city", "read_by").prefetch_related(
            "segments", "read_by__names", "event__relationships__parties__city"
        ),
        slug=slug,
    )
    footnotes = Footnotes().add(remark)
    siblings = list(Remark.objects.published().filter(event=remark.event).with_speaker())
    before, after = front.neighbours(siblings, remark)
    context = {
        "remark": remark,
        "occasion": Occasion(remark.event),
        "speech": Speech.of(remark, footnotes, show),
        "original": spoken_language(remark.original_language) if remark.original_language else "",
        "footnotes": footnotes,
        "before": before,
        "after": after,
    }
    return render(request, "events/remark_detail.html", context)
