"""The ways through the admin, sorted as people think of the work and not as the code is laid out.

Each app says in a module ``navigation`` under which heading its lists, and its pages over all kinds of things, stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import TextChoices
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Heading(TextChoices):
    """What the work falls into, in the order in which it stands at the side."""

    EVENTS = "events", _("Events")
    RECORD = "record", pgettext_lazy("cities, bonds, agreements and what rests on them", "The record")
    PEOPLE = "people", _("People and members")
    LETTERS = "letters", _("News and letters")
    PICTURES = "pictures", _("Pictures and documents")
    HOUSE = "house", pgettext_lazy("where the site itself is looked after", "The house")


@dataclass(frozen=True)
class Way:
    """One line at the side: a list, or a page; with the address at which something new is entered, if one may."""

    label: Promise | str
    url: str
    add_url: str = ""
    is_here: bool = False


# What was entered, in its order: models by their label, pages of the desk by their place.
_known: dict[str, Heading] = {}


def lists(heading: Heading, *kinds: type[models.Model]) -> None:
    """Under a heading stand the lists of these models, in this order."""
    _known.update({kind._meta.label_lower: heading for kind in kinds})


def pages(heading: Heading, *places: str) -> None:
    """Under a heading stand these pages, by the places at which they were registered with ``site.desk``."""
    _known.update(dict.fromkeys(places, heading))


def ways(
    request: HttpRequest, apps: Iterable[dict[str, Any]], desks: Iterable[Any]
) -> dict[Heading, list[Way]]:
    """All that the reader may open, under its headings; what nobody entered stands in the house.

    ``apps`` and ``desks`` are what the admin offers this reader.
    """
    autodiscover_modules("navigation")
    offered = {
        each["model"]._meta.label_lower: _list(request, each) for app in apps for each in app["models"]
    }
    offered |= {desk.place: _page(request, desk) for desk in desks}
    order = [*_known, *(key for key in offered if key not in _known)]
    found: dict[Heading, list[Way]] = {heading: [] for heading in Heading}
    for key in order:
        if way := offered.get(key):
            found[_known.get(key, Heading.HOUSE)].append(way)
    return {heading: rows for heading, rows in found.items() if rows}


def _list(request: HttpRequest, model: dict[str, Any]) -> Way | None:
    url = model["admin_url"]
    return Way(model["name"], url, model["add_url"] or "", request.path.startswith(url)) if url else None


def _page(request: HttpRequest, desk: Any) -> Way:
    url = reverse(f"admin:{desk.url_name}")
    return Way(desk.label, url, is_here=request.path.startswith(url))
