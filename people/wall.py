"""People as a wall of seals and portraits."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Left, Upper

from people.models import Person
from sistercities.pages.listing import PER_PAGE

NO_LETTER = "#"


def wall(people: Iterable[Person]) -> list[dict[str, Any]]:
    """People as components/_people_wall.html takes them; wants their names and portraits at hand."""
    return [
        {
            "person": person,
            "url": person.get_absolute_url(),
            "portrait": person.portrait,
            "seal": person.seal,
            "line": person.known_for,
        }
        for person in people
    ]


@dataclass(frozen=True)
class Letter:
    """A letter with which names begin: how many do, and the part of the list in which the first of them stands."""

    letter: str
    count: int
    page: int


def alphabet(people: QuerySet[Person]) -> list[Letter]:
    """The letters under which there is somebody, in their order, with one query."""
    counts = people.order_by().values_list(Upper(Left("sort_name", 1))).annotate(count=Count("pk"))
    found: list[Letter] = []
    before = 0
    for first, count in sorted(counts):
        letter = shown_letter(first)
        if letter not in (each.letter for each in found):
            found.append(Letter(letter, count, before // PER_PAGE + 1))
        before += count
    return found


def by_letter(people: Iterable[Person]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The people of one page under their letters; wants their names and portraits at hand."""
    groups = groupby(people, key=lambda person: shown_letter(person.sort_name[:1].upper()))
    return [(letter, wall(group)) for letter, group in groups]


def shown_letter(first: str) -> str:
    return first if first.isascii() and first.isalpha() else NO_LETTER
