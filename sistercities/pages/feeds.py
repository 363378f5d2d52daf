"""What is new, as an Atom feed in each language (RFC 4287)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import http_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from sistercities.pages.bilingual import LocalText, current_language, html_language, languages, local_text
from sistercities.pages.caching import public_page
from sistercities.pages.everything import page_models, together
from sistercities.pages.models import Page
from sistercities.pages.safe_text import one_line, printable
from sistercities.pages.stamped import BEGINNING
from sistercities.pages.text import render

ENTRIES = 40
ATOM = "http://www.w3.org/2005/Atom"
NONE: "AttributesImpl[str]" = AttributesImpl({})
# The identity of an entry stays whatever becomes of its address (RFC 4151): our host, in a year in which it was ours.
IDENTITY = f"tag:{settings.SITE_HOST},2021:"


@require_safe
@public_page
def feed(_request: HttpRequest, language: str) -> HttpResponse:
    """The newest pages of every kind that is news; sources and standing pages are none."""
    if language not in languages():
        raise Http404(_("There is no feed in this language."))
    with translation.override(language):
        pages = newest()
        content = written(pages, language)
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response.headers["Content-Language"] = html_language(language)
    response.headers["Last-Modified"] = http_date(changed(pages).timestamp())
    return response


def newest() -> list[Page]:
    """The pages that were published last, the newest first: one query for all, and one for each kind among them."""
    news = together([model.objects.news() for model in page_models() if model.is_news])
    rows = list(news.order_by("-publish_at", "page_model", "-pk")[:ENTRIES])
    wanted = defaultdict[str, list[int]](list)
    for row in rows:
        wanted[row["page_model"]].append(row["pk"])
    known: dict[str, dict[int, Page]] = {
        label: apps.get_model(label).objects.defer("search", "search_text").in_bulk(numbers)
        for label, numbers in wanted.items()
    }
    return [known[row["page_model"]][row["pk"]] for row in rows]


def changed(pages: Iterable[Page]) -> datetime:
    return max((last_change(page) for page in pages), default=BEGINNING)


def last_change(page: Page) -> datetime:
    """When it was changed for those who read it: what was changed before its publication is no news."""
    return max(page.updated_at, page.publish_at)


def written(pages: list[Page], language: str) -> bytes:
    """The feed as a document."""
    document = StringIO()
    xml = SimplerXMLGenerator(document, "utf-8")
    xml.startDocument()
    # Addresses within the texts are those of the site.
    root = {
        "xmlns": ATOM,
        "xml:lang": html_language(language),
        "xml:base": f"{settings.SITE_URL}/{language}/",
    }
    xml.startElement("feed", AttributesImpl(root))
    xml.addQuickElement("title", one_line(settings.SITE_NAME[language]))
    xml.addQuickElement("subtitle", _("What is new"))
    xml.addQuickElement("id", f"{IDENTITY}feed:{language}")
    xml.addQuickElement("updated", stamp(changed(pages)))
    for code in languages():
        tag = html_language(code)
        home = {
            "rel": "alternate",
            "hreflang": tag,
            "type": "text/html",
            "href": f"{settings.SITE_URL}/{code}/",
        }
        xml.addQuickElement("link", "", home)
        relation = "self" if code == language else "alternate"
        link = {"rel": relation, "hreflang": tag, "type": "application/atom+xml", "href": address_in(code)}
        xml.addQuickElement("link", "", link)
    author(xml, settings.SITE_NAME[language], f"{settings.SITE_URL}/{language}/")
    for page in pages:
        _entry(xml, page)
    xml.endElement("feed")
    xml.endDocument()
    return document.getvalue().encode()


def address_in(language: str) -> str:
    return f"{settings.SITE_URL}/feed.{language}.atom"


def stamp(moment: datetime) -> str:
    """A moment as RFC 3339 has it."""
    return moment.isoformat(timespec="seconds")


def author(xml: SimplerXMLGenerator, name: str, uri: str = "") -> None:
    xml.startElement("author", NONE)
    xml.addQuickElement("name", one_line(name))
    if uri:
        xml.addQuickElement("uri", uri)
    xml.endElement("author")


def _entry(xml: SimplerXMLGenerator, page: Page) -> None:
    xml.startElement("entry", NONE)
    text(xml, "title", page.title, instead=page.slug)
    xml.addQuickElement("id", f"{IDENTITY}{page._meta.label_lower}/{page.pk}")
    xml.addQuickElement("published", stamp(page.publish_at))
    xml.addQuickElement("updated", stamp(last_change(page)))
    for code in languages():
        with translation.override(code):
            href = settings.SITE_URL + page.get_absolute_url()
        link = {"rel": "alternate", "hreflang": html_language(code), "type": "text/html", "href": href}
        xml.addQuickElement("link", "", link)
    if byline := one_line(getattr(page, "byline", "")):
        author(xml, byline)
    for term, label in categories(page):
        xml.addQuickElement("category", "", {"term": term, "label": one_line(label)})
    if page.summary:
        text(xml, "summary", page.summary)
    if body := local_text(page, "body"):
        text(xml, "content", body, html=render(printable(body)))
    xml.endElement("entry")


def text(
    xml: SimplerXMLGenerator, name: str, words: LocalText, html: str | None = None, instead: str = ""
) -> None:
    """A text with its own language, where that is not the language of the feed; ``instead`` if nobody can read it."""
    attributes = {"type": "text" if html is None else "html"}
    if words.language != current_language():
        attributes["xml:lang"] = html_language(words.language)
    xml.addQuickElement(name, (one_line(words) or instead) if html is None else printable(html), attributes)


def categories(page: Page) -> Iterable[tuple[str, str]]:
    """What kind of page it is, and which kind of its kind: event, reception."""
    meta = page._meta
    yield str(meta.model_name), capfirst(str(meta.verbose_name))
    label: Any = getattr(page, "get_kind_display", None)
    if label:
        yield f"{meta.model_name}/{page.kind}", capfirst(str(label()))  # type: ignore[attr-defined]
