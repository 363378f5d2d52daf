"""The news: the list, and one story with what it is about."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sistercities.news.filters import StoryFilters
from sistercities.news.models import Story
from sistercities.news.related import neighbours, subjects_of
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.listing import other_query, page_of
from sistercities.pages.moved import follows_moves

PER_PAGE = 24


@require_safe
@public_page
def story_list(request: HttpRequest) -> HttpResponse:
    """All stories, the newest first, by year; narrowed by what the address says."""
    filters = StoryFilters.read(request.GET)
    listed = Story.objects.listed()
    found = filters.narrow(listed).prefetch_related("topics").order_by("-publish_at", "slug")
    page = page_of(request, found, PER_PAGE)
    context = {
        "filters": filters,
        "groups": filters.groups(listed),
        "page_obj": page,
        "query": other_query(request),
        "years": [
            (HistoricalDate(year), list(rows)) for year, rows in groupby(page, lambda story: story.day.year)
        ],
    }
    return render(request, "news/story_list.html", context)


@require_safe
@follows_moves(Story)
@public_page
def story_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One story: its text and pictures, what it is about, and the stories before and after it."""
    stories = Story.objects.visible_to(request.user).prefetch_related("topics", "gallery__picture")
    story = get_object_or_404(stories, slug=slug)
    lead, *pictures = [row.picture for row in story.gallery.all()] or [None]
    earlier, later = neighbours(story)
    context = {
        "page": story,
        "lead": lead,
        "pictures": pictures,
        "subjects": subjects_of(story),
        "earlier": earlier,
        "later": later,
        "footnotes": Footnotes().add(story),
    }
    return render(request, "news/story_detail.html", context)
