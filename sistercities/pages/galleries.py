"""One picture of a page by itself, as large as the window allows, with the ways to those beside it."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sistercities.pages.models import Page, Picture


def address_of(page: Page, number: int) -> str:
    """Where the picture of this number stands by itself; galleries link there."""
    return f"{page.get_absolute_url()}pictures/{number}/"


def picture_page(request: HttpRequest, page: Page, pictures: Iterable[Picture], number: int) -> HttpResponse:
    """The picture of this number, counted from 1 in the order in which the page shows them. Raises Http404."""
    shown = list(pictures)
    if not 1 <= number <= len(shown):
        raise Http404
    context = {
        "page": page,
        "picture": shown[number - 1],
        "number": number,
        "total": len(shown),
        "before": address_of(page, number - 1) if number > 1 else "",
        "after": address_of(page, number + 1) if number < len(shown) else "",
    }
    return render(request, "pages/picture_detail.html", context)
