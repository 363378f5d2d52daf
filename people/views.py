"""The people who are written about."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.models import Person, PersonName, PersonPicture
from people.wall import alphabet, by_letter, wall
from sistercities.news.related import told_in
from sistercities.pages.at_once import columns_of, rows_of
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.galleries import picture_page
from sistercities.pages.listing import page_of
from sistercities.pages.models import Picture
from sistercities.pages.models.picture import described
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
    person: Any = known_by(slug, request.user)
    pictures = rows_of(Picture, person.found_pictures)
    context = {"page": person, "pictures": pictures, "footnotes": Footnotes()}
    return render(request, "people/person_detail.html", context)


def known_by(slug: str, viewer: Any) -> Person:
    """The person with all names, by one query instead of two: this page has much to ask for. Raises Http404."""
    people = Person.objects.visible_to(viewer).filter(slug=slug)
    named = PersonName.objects.filter(person__in=people).annotate(
        stories=told_in(Person, "person_id"), found_pictures=pictures_of("person_id")
    )
    names: list[Any] = list(named.select_related("person__portrait"))
    if not names:
        return get_object_or_404(people.annotate(stories=told_in(Person), found_pictures=pictures_of("pk")))
    person: Any = names[0].person
    person.names_at_hand, person.stories = names, names[0].stories
    person.found_pictures = names[0].found_pictures
    return person


def pictures_of(person: str) -> ArraySubquery:
    """The gallery of the person to whom this column leads, as part of a query."""
    rows = PersonPicture.objects.filter(described("picture__"), person=OuterRef(person))
    return columns_of(rows.order_by("position", "pk"), Picture, "picture__")


@require_safe
@follows_moves(Person)
@public_page
def person_picture(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One picture of a person by itself."""
    person = get_object_or_404(Person.objects.visible_to(request.user), slug=slug)
    pictures = (
        Picture.objects.described().filter(people__person=person).order_by("people__position", "people__pk")
    )
    return picture_page(request, person, pictures, number)
