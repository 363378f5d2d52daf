"""The standing pages at the foot of every page: those that are public, under their titles, in the order of the staff.

They are asked for together with the content's stamp, which every kept page needs anyhow, so that they cost no query.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sistercities.pages.bilingual import LocalText, columns
from sistercities.pages.models import StandingPage

CONTACT = "contact"  # there is a form at its address, also where staff have written no page
_COLUMNS = ("slug", *columns("title"))


def standing_pages() -> ArraySubquery:
    """What a link to each of them needs, in one column."""
    rows = StandingPage.objects.published().order_by("position", "slug")
    return ArraySubquery(rows.values_list(JSONObject(**{name: name for name in _COLUMNS})))


def remember(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """Keep them for the page that is about to be drawn."""
    request.standing_pages = rows  # type: ignore[attr-defined]


def standing_links(request: HttpRequest) -> list[tuple[LocalText | str, str]]:
    """Title and address of each; pages that are never kept, such as forms, ask for them themselves."""
    rows = getattr(request, "standing_pages", None)
    if rows is None:
        rows = StandingPage.objects.published().order_by("position", "slug").values(*_COLUMNS)
    pages = [StandingPage(**row) for row in rows]
    links: list[tuple[LocalText | str, str]] = [(page.title, page.get_absolute_url()) for page in pages]
    if not any(page.slug == CONTACT for page in pages):
        links.append((_("Contact"), reverse(StandingPage.url_name, args=[CONTACT])))
    return links
