"""The people who are written about."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.models import Person, PersonName
from people.wall import alphabet, by_letter, wall
from sistercities.news.related import told_in
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.listing import page_of
from sistercities.pages.moved import follows_moves


@require_safe
@public_page
def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody, by family name in Latin letters; Chinese names by their pinyin."""
    people = Person.objects.listed()
    rows = people.select_related("portrait").prefetch_related("names")
    page_obj = page_of(request, rows.order_by("sort_name", "slug"))
    is_long = page_obj.paginator.num_pages > 1
    context = {
        "page_obj": page_obj,
        "groups": by_letter(page_obj) if is_long else [("", wall(page_obj))],
        "letters": alphabet(people) if is_long else [],
    }
    return render(request, "people/person_list.html", context)


@require_safe
@follows_moves(Person)
@public_page
def person_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person; offices, signatures and words come from the floors above, through the template."""
    # Sources of the person and of what the floors above tell are gathered together, where these are.
    context = {"page": known_by(slug, request.user), "footnotes": Footnotes()}
    return render(request, "people/person_detail.html", context)


def known_by(slug: str, viewer: Any) -> Person:
    """The person with all names, by one query instead of two: this page has much to ask for. Raises Http404."""
    people = Person.objects.visible_to(viewer).filter(slug=slug)
    named = PersonName.objects.filter(person__in=people).annotate(stories=told_in(Person, "person_id"))
    names: list[Any] = list(named.select_related("person__portrait"))
    if not names:
        return get_object_or_404(people.annotate(stories=told_in(Person)))
    person: Any = names[0].person
    person.names_at_hand, person.stories = names, names[0].stories
    return person
