"""Long lists, a part at a time."""

import re
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

PER_PAGE = 60
_NUMBER = re.compile("[1-9][0-9]{0,5}")


def page_of(request: HttpRequest, items: Any, size: int = PER_PAGE) -> Page[Any]:
    """The part of a list that the address asks for; an address of no part does not exist."""
    try:
        return Paginator(items, size).page(number_of(request))
    except EmptyPage:
        raise Http404(_("This list has no such page.")) from None


def number_of(request: HttpRequest) -> int:
    """The number of the part that the address asks for."""
    number = request.GET.get("page", "1")
    if not _NUMBER.fullmatch(number):
        raise Http404(_("This list has no such page."))
    return int(number)


def other_query(request: HttpRequest) -> str:
    """The query of the address without the page number, for links to the other parts."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
