"""The news: the list, and one story with what it is about; and the form by which visitors write to the association."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sistercities.news.contact import ContactForm, receive
from sistercities.news.filters import StoryFilters
from sistercities.news.models import Story
from sistercities.news.related import neighbours, subjects_of
from sistercities.pages.bilingual import current_language
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.forms_for_strangers import refusal
from sistercities.pages.galleries import picture_page
from sistercities.pages.listing import other_query, page_of
from sistercities.pages.models import Picture, StandingPage
from sistercities.pages.moved import follows_moves

PER_PAGE = 24
ENQUIRIES_PER_HOUR = 10


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
    shown = [row.picture for row in story.gallery.all() if row.picture.is_described]
    lead, pictures = next(iter(shown), None), shown[1:]
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


@require_safe
@follows_moves(Story)
@public_page
def story_picture(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One picture of a story by itself."""
    story = get_object_or_404(Story.objects.visible_to(request.user), slug=slug)
    found = Picture.objects.described().filter(stories__story=story)
    return picture_page(request, story, found.order_by("stories__position", "stories__pk"), number)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """How to reach the association: what the standing page says of it, and the form below."""
    page = StandingPage.objects.visible_to(request.user).filter(slug=slug).first()
    form = ContactForm(request.POST if request.method == "POST" else None)
    status = refusal(request, form, "enquiries", ENQUIRIES_PER_HOUR) if form.is_bound else 200
    if status:
        context = {"page": page, "form": form, "footnotes": Footnotes().add(*filter(None, [page]))}
        return render(request, "news/contact.html", context, status=status)
    if not form.is_from_a_robot:
        receive(form.cleaned_data, current_language())
    response = HttpResponseRedirect(reverse("contact_thanks"))
    response.status_code = 303
    return response


@require_safe
@never_cache
def contact_thanks(request: HttpRequest) -> HttpResponse:
    """That the message has arrived, and what happens now."""
    return render(request, "news/contact_thanks.html")
