"""Old links: whoever follows one to a page that was renamed is led to its present address."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import ResolverMatch, reverse

from sistercities.pages.models import FormerAddress, Page

View = Callable[..., HttpResponse]


def follows_moves(model: type[Page]) -> Callable[[View], View]:
    """For the views of one page, found by its ``slug``: where there is none, look among the former addresses.

    The way leads to the same view of the page as it is called now, with the query; never to what is not public.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, slug, *args, **kwargs)
            except Http404:
                if not (now := present_slug(model, slug)) or not request.resolver_match:
                    raise
                return moved(request, now)

        return answer

    return decorate


def present_slug(model: type[Page], former: str) -> str:
    """How the public page is called now that had this address; empty where there is none."""
    known = FormerAddress.objects.filter(kind=model._meta.label_lower, slug=former).values("object_id")
    return model.objects.published().filter(pk__in=known).values_list("slug", flat=True).first() or ""


def moved(request: HttpRequest, slug: str) -> HttpResponse:
    match = cast(ResolverMatch, request.resolver_match)
    url = reverse(match.view_name, kwargs={**match.kwargs, "slug": slug})
    if query := request.META.get("QUERY_STRING", ""):
        url = f"{url}?{query}"
    response = HttpResponsePermanentRedirect(url)
    if request.method not in ("GET", "HEAD"):
        response.status_code = 308
    # A page may take its old address back: a browser that remembered both ways for good would go in circles.
    response.headers["Cache-Control"] = "no-cache"
    return response
