"""Addresses that belong to no single subject: sources, the standing pages."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sistercities.health import reader_language
from sistercities.links import personal
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.listing import page_of
from sistercities.pages.models import Source, StandingPage
from sistercities.pages.moved import follows_moves
from sistercities.pages.previews import find_page, show
from sistercities.pages.resting import of_public_things, uses, with_disputes


@require_safe
def to_reader_language(request: HttpRequest) -> HttpResponse:
    """From the bare address to the front page in the reader's language."""
    response = HttpResponseRedirect(f"/{reader_language(request)}/")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
@public_page
def source_list(request: HttpRequest) -> HttpResponse:
    """All sources, the newest publication first; those without a date come last."""
    sources = Source.objects.listed().order_by(F("published_first").desc(nulls_last=True), "slug")
    return render(request, "pages/source_list.html", {"page_obj": page_of(request, sources)})


@require_safe
@follows_moves(Source)
@public_page
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One source, and everything public that rests on it."""
    source = get_object_or_404(Source.objects.visible_to(request.user), slug=slug)
    citations = with_disputes(of_public_things(source.uses.select_related("content_type"))).order_by(
        "content_type", "object_id", "position", "pk"
    )
    page_obj = page_of(request, citations)
    context = {
        "page": source,
        "uses": uses(page_obj),
        "page_obj": page_obj,
        "footnotes": Footnotes().add(source),
    }
    return render(request, "pages/source_detail.html", context)


@require_safe
@follows_moves(StandingPage)
@public_page
def standing_page(request: HttpRequest, slug: str) -> HttpResponse:
    """About, privacy, contact."""
    page = get_object_or_404(StandingPage.objects.visible_to(request.user), slug=slug)
    return render(request, "pages/standing_page.html", {"page": page, "footnotes": Footnotes().add(page)})


@require_safe
@personal
def preview(request: HttpRequest, secret: str) -> HttpResponse:
    """A page that is not public yet, for whoever holds the link; once it is public, the way to it."""
    link, page = find_page(secret)
    if link is None or page is None:
        return render(request, "pages/preview_over.html", status=404)
    return HttpResponseRedirect(page.get_absolute_url()) if page.is_public else show(request, link, page)
