"""Everything on one thread."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relationships.narrowing import PER_PAGE, Narrowed
from relationships.thread import Scope, thread_of
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.listing import page_of


@require_safe
@public_page
def timeline(request: HttpRequest) -> HttpResponse:
    """The agreements, milestones, events and offices of all bonds, narrowed by what the address says."""
    thread = Narrowed.read(request, thread_of(Scope()), with_bonds=True)
    page_obj = thread.part(request.GET, partial(page_of, request, size=PER_PAGE))
    context = {
        "thread": thread,
        "page_obj": page_obj,
        "footnotes": Footnotes().add(*(told for entry in page_obj for told in entry.told)),
    }
    return render(request, "relationships/timeline.html", context)
