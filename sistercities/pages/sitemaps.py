"""Sitemaps: every public page in every language, each naming its counterparts and its pictures.

``/sitemap.xml`` is an index; it leads to one map for each language, kind of page and 5,000 addresses. Each is asked for
in a handful of questions and sent as it is written, however long it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Greatest
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sistercities.pages.bilingual import html_language, languages
from sistercities.pages.everything import page_models
from sistercities.pages.models import Page, Picture
from sistercities.pages.shown import relations_to
from sistercities.pages.stamped import own_turns, stamped

PER_MAP, MAPS = 5_000, 1_000
LISTS = (
    "home",
    "relationships:relationship_list",
    "timeline",
    "events:event_list",
    "remark_list",
    "story_list",
    "people:person_list",
    "source_list",
    "agreement_list",
    "relationships:anniversaries",
    "city_list",
    "open_data",
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


class Row(NamedTuple):
    """One address in all languages, with what else a map says of it."""

    urls: dict[str, str]
    changed: datetime | None = None
    pictures: tuple[str, ...] = ()


def kinds() -> dict[str, type[Page]]:
    """The kinds of pages by the name that their maps have."""
    return {str(model._meta.model_name): model for model in page_models()}


def changed_at(model: type[Page], now: datetime) -> Greatest:
    """When a page was last changed for those who read it: by somebody, or by a moment that has passed."""
    moments = (Case(When(**{f"{name}__lte": now}, then=F(name))) for name in own_turns(model))
    return Greatest(F("updated_at"), *moments)


def listed(model: type[Page]) -> QuerySet[Any, Any]:
    """The pages of a kind that maps name, in the order of their making: new ones change the last map alone."""
    found = model.objects.listed().order_by("pk").annotate(changed=changed_at(model, timezone.now()))
    return found.values_list("pk", "slug", "changed")


def part(model: type[Page], number: int) -> QuerySet[Any, Any]:
    """The pages on one map of a kind."""
    return listed(model)[(number - 1) * PER_MAP : number * PER_MAP]


@require_safe
@stamped
def index(_request: HttpRequest) -> HttpResponseBase:
    """Which maps there are, and when something on each was last changed."""
    return xml(lines_of_index())


@require_safe
@stamped
def sitemap(_request: HttpRequest, language: str, kind: str, number: int) -> HttpResponseBase:
    """One map: a part of the pages of one kind, or the lists, as addresses of one language."""
    known = kinds()
    if language not in languages() or kind not in (*known, "lists") or (kind == "lists" and number > 1):
        raise Http404(_("There is no such map."))
    if kind == "lists":
        return xml(lines_of_map(rows_of_lists(), language))
    pages = list(part(known[kind], number)) if 0 < number <= MAPS else []
    if not pages:
        raise Http404(_("There is no such map."))
    return xml(lines_of_map(rows_of_pages(known[kind], pages), language))


def xml(lines: Iterable[str]) -> StreamingHttpResponse:
    """Lines gathered to pieces worth sending."""
    return StreamingHttpResponse(in_pieces(lines), content_type="application/xml; charset=utf-8")


def in_pieces(lines: Iterable[str], size: int = 200) -> Iterator[bytes]:
    rest = iter(lines)
    while piece := "".join(islice(rest, size)):
        yield piece.encode()


def lines_of_index() -> Iterator[str]:
    yield HEAD + INDEX
    for language in languages():
        yield map_line(language, "lists", 1, None)
    for kind, model in kinds().items():
        for number, changed in enumerate(changes(model), start=1):
            for language in languages():
                yield map_line(language, kind, number, changed)
    yield "</sitemapindex>\n"


def changes(model: type[Page]) -> Iterator[datetime]:
    """For each map of a kind of page, when the latest change of any page on it was."""
    rest = (changed for _pk, _slug, changed in listed(model).iterator(PER_MAP))
    while part := list(islice(rest, PER_MAP)):
        yield max(part)


def map_line(language: str, kind: str, number: int, changed: datetime | None) -> str:
    place = escape(f"{settings.SITE_URL}/sitemap.{language}.{kind}.{number}.xml")
    return f"<sitemap><loc>{place}</loc>{lastmod(changed)}</sitemap>\n"


def lines_of_map(rows: Iterable[Row], language: str) -> Iterator[str]:
    yield HEAD + MAP
    for row in rows:
        yield line_of(row, language)
    yield "</urlset>\n"


def line_of(row: Row, language: str) -> str:
    """One address with its counterparts, itself among them, and the one for whoever reads neither language."""
    others = {html_language(code): url for code, url in row.urls.items()}
    others["x-default"] = row.urls[settings.LANGUAGE_CODE]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(url)}/>'
        for code, url in others.items()
    )
    pictures = "".join(
        f"<image:image><image:loc>{escape(url)}</image:loc></image:image>" for url in row.pictures
    )
    place = f"<loc>{escape(row.urls[language])}</loc>"
    # The order that the schema of the protocol demands: place, date, then what others have added.
    return f"<url>{place}{lastmod(row.changed)}{links}{pictures}</url>\n"


def lastmod(changed: datetime | None) -> str:
    return f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""


def addresses(view: str, *arguments: Any) -> dict[str, str]:
    found = {}
    for code in languages():
        with translation.override(code):
            found[code] = settings.SITE_URL + reverse(view, args=arguments)
    return found


def rows_of_lists() -> Iterator[Row]:
    """The front page and the lists. They change with whatever is on them, so that no date would be true for long."""
    return (Row(addresses(view)) for view in LISTS)


def rows_of_pages(model: type[Page], pages: list[tuple[int, str, datetime]]) -> Iterator[Row]:
    # An address is made once for a kind of page and language, for to make 15,000 of them takes seconds.
    patterns = addresses(model.url_name, "sample-of-an-address")
    pictures = pictures_of(model, [pk for pk, _slug, _changed in pages])
    for pk, slug, changed in pages:
        urls = {code: url.replace("sample-of-an-address", slug) for code, url in patterns.items()}
        yield Row(urls, changed, tuple(pictures[pk]))


def pictures_of(model: type[Page], numbers: list[int]) -> dict[int, list[str]]:
    """The addresses of the pictures on pages, by page: its own and those of its gallery; two queries for each way."""
    found: dict[int, list[str]] = defaultdict(list)
    for holder, picture, way, kind in relations_to(Picture):
        if kind is not model:
            continue
        page = way or "pk"
        chosen = holder._default_manager.filter(**{f"{page}__in": numbers, f"{picture}__isnull": False})
        pairs = list(chosen.values_list(page, picture))
        known = Picture.objects.described().in_bulk({pk for _page, pk in pairs})
        for pk, key in ((pk, key) for pk, key in pairs if key in known):
            url = known[key].url
            found[pk].append(url if "://" in url else settings.SITE_URL + url)
    return found
