"""The ways to narrow a thread and to find a place on it. They live in the address: ``?kind=event&city=auckland``.

Beside them stand ``page``, a part of the list; ``entry`` and ``decade`` ask for the part on which these are.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from relationships.models import City, Relationship, Sector
from relationships.thread import ORDER, Entry, tied
from sistercities.pages.bilingual import LocalText, local_text
from sistercities.pages.templatetags.bilingual import plain

SLUG = re.compile("[a-zA-Z0-9_-]{1,120}")
PER_PAGE = 40
FEW = 8  # entries that need no narrowing
LONG = 12  # choices that are folded away until somebody wants them

Names = dict[tuple[str, str], LocalText]
SOURCES: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "sector": ("name", Sector.objects.all),
    "city": ("title", City.objects.published),
    "relationship": ("title", Relationship.objects.published),
}


@dataclass(frozen=True)
class Wish:
    """What the address asks for; empty means all."""

    kind: str = ""
    sector: str = ""
    city: str = ""
    relationship: str = ""

    @classmethod
    def read(cls, query: QueryDict, *, with_bonds: bool) -> "Wish":
        """Raises Http404 for what cannot be; whether there is such a city only the database knows."""
        names = ("kind", "sector", "city", *(["relationship"] if with_bonds else []))
        wish = cls(**{name: query.get(name, "") for name in names})
        if wish.kind and wish.kind not in ORDER:
            raise Http404(_("There is no such kind of entry."))
        # The form of an address first: PostgreSQL takes no NUL, not even to say that nothing bears that name.
        if not all(SLUG.fullmatch(value) for value in wish.chosen.values()):
            raise Http404(_("There is nothing of that name."))
        return wish

    def __bool__(self) -> bool:
        return bool(self.chosen)

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}

    def admits(self, entry: Entry) -> bool:
        return all(value in entry.under[name] for name, value in self.chosen.items())


@dataclass(frozen=True)
class Narrowed:
    """A thread as an address asks for it, with the ways to narrow it further."""

    path: str
    wish: Wish
    entries: list[Entry]
    # Of what the thread touches, as far as it is public: the names by kind and address.
    names: Names

    @classmethod
    def read(cls, request: HttpRequest, entries: list[Entry], *, with_bonds: bool = False) -> "Narrowed":
        """Raises Http404 where the address asks for what there is not."""
        wish = Wish.read(request.GET, with_bonds=with_bonds)
        names = {topic[:2]: topic.name for entry in entries for topic in entry.topics}
        for of, slug in wish.chosen.items():
            if of in SOURCES and (of, slug) not in names:
                names[of, slug] = name_of(of, slug)
        return cls(request.path, wish, entries, names)

    @cached_property
    def found(self) -> list[Entry]:
        return [entry for entry in self.entries if self.wish.admits(entry)]

    @property
    def number(self) -> int:
        return len(self.found)

    def part(self, query: QueryDict, page: Callable[[list[Entry]], Page[Entry]]) -> Page[Entry]:
        """The part on which the entry or decade stands that the address asks for; else the ``page`` asked for."""
        knots = tied(self.found)
        for name, is_there in (("entry", has_key), ("decade", is_of_decade)):
            if value := query.get(name):
                place = next((at for at, knot in enumerate(knots) if is_there(knot, value)), None)
                if place is None:
                    raise Http404(_("There is no such entry."))
                return Paginator(knots, PER_PAGE).page(place // PER_PAGE + 1)
        return page(knots)

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """What components/_filters.html takes; of a thread so short that it is seen at a glance, nothing."""
        if not self.wish and len(self.entries) <= FEW:
            return []
        labels = (
            ("kind", _("Kind")),
            ("sector", _("Sector")),
            ("city", _("City")),
            ("relationship", _("Relationship")),
        )
        groups = [(name, self._group(name, label)) for name, label in labels]
        return [group for name, group in groups if len(group["options"]) > 2 or name in self.wish.chosen]

    def _group(self, name: str, label: str) -> dict[str, Any]:
        """Every choice that leaves something, with how much; the one made even if it leaves nothing."""
        current, wider = getattr(self.wish, name), replace(self.wish, **{name: ""})
        left = Counter(value for entry in self.entries if wider.admits(entry) for value in entry.under[name])
        choices = [(value, words) for value, words in self._choices(name) if left[value] or value == current]
        return {
            "label": label,
            "is_long": len(choices) > LONG and not current,
            "options": [
                {
                    "label": words,
                    "url": self.url(replace(self.wish, **{name: value})),
                    "current": value == current,
                    "count": left[value] if value else None,
                }
                for value, words in [("", _("All")), *choices]
            ],
        }

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        if name == "kind":
            return list(
                zip(ORDER, (_("Agreements"), _("Events"), _("Milestones"), _("Offices")), strict=True)
            )
        found = [(slug, words) for (of, slug), words in self.names.items() if of == name]
        return [(slug, plain(words)) for slug, words in sorted(found, key=lambda each: str(each[1]))]

    def url(self, wish: Wish, place: str = "thread", **more: str) -> str:
        query = urlencode({**wish.chosen, **more})
        return f"{self.path}{'?' if query else ''}{query}#{place}"

    @property
    def query(self) -> str:
        """For links to the other parts of the same choice."""
        return urlencode(self.wish.chosen)

    @property
    def whole(self) -> str:
        """The way back to the thread as it is without any filter."""
        return self.url(Wish())

    @cached_property
    def decades(self) -> list[dict[str, Any]]:
        """The decades of the thread with how many entries each has, and the way to each."""
        counted = Counter(entry.chapter for entry in self.found)
        return [
            {"label": words, "url": self.url(self.wish, key, decade=key), "count": count}
            for (key, words), count in counted.items()
        ]


def has_key(knot: Entry, key: str) -> bool:
    return any(entry.key == key for entry in knot.all)


def is_of_decade(knot: Entry, decade: str) -> bool:
    return knot.chapter[0] == decade


def name_of(of: str, slug: str) -> LocalText:
    """The name of what is asked for and is nowhere on the thread. Raises Http404 where there is no such thing."""
    name, sources = SOURCES[of]
    return local_text(get_object_or_404(sources(), slug=slug), name)
