"""What a page is about, for machines: schema.org in JSON-LD, made of what the page shows, without further questions.

Each floor describes its own models in a module ``linked``, with ``@describes``. A description gets the page and all
that its template shows. Whoever refers to another page takes ``reference``, which names nothing that is not public.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sistercities.pages.bilingual import LocalText, current_language, html_language, languages, texts
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.everything import Found
from sistercities.pages.models import Page, Picture, Source, StandingPage
from sistercities.pages.safe_text import one_line, printable

Node = dict[str, Any]
Describe = Callable[[Any, Mapping[str, Any]], Node]
CONTEXT = "https://schema.org"
WIKIDATA = "https://www.wikidata.org/entity/"
# In a script element nothing may look like the end of it, and no reader of the source be led astray.
_UNSAFE = re.compile("[<>&\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

_types: dict[type[Page], str] = {}
_descriptions: dict[type[Page], list[Describe]] = {}


def describes(model: type[Page], kind: str = "") -> Callable[[Describe], Describe]:
    """Add what a floor knows of a model; the first, on the floor of the model itself, gives its schema.org type."""

    def register(describe: Describe) -> Describe:
        if kind:
            _types[model] = kind
        _descriptions.setdefault(model, []).append(describe)
        return describe

    return register


def description(page: Page, shown: Mapping[str, Any]) -> Node:
    """One public page as a node; empty for a draft, and for a kind of page that nobody describes."""
    if not page.is_public or type(page) not in _types:
        return {}
    node = {**reference(page), "url": address(page), "description": str(page.summary)}
    for describe in _descriptions[type(page)]:
        node |= describe(page, shown)
    return node


def reference(page: Page | None) -> Node:
    """Another page by type, name and identity, which leads to it; nothing where not everybody may read it."""
    if page is None or not page.is_public:
        return {}
    return {
        "@type": _types.get(type(page), "Thing"),
        "@id": identity(page),
        "name": title_of(page),
    }


def references(pages: Iterable[Page]) -> list[Node]:
    return [node for page in pages if (node := reference(page))]


def reference_of(found: Found) -> Node:
    """The same of a row of a query over all kinds of pages, which has asked for what is public alone."""
    url = settings.SITE_URL + found.get_absolute_url()
    return {
        "@type": _types.get(found.model, "Thing"),
        "name": one_line(found.title) or found.slug,
        "url": url,
    }


def title_of(page: Page) -> str:
    """The title on one line; the last part of the address where nothing of it can be read."""
    return one_line(page.title) or page.slug


def address(page: Page, language: str = "") -> str:
    """Where the page is read, in the present language or in another."""
    with translation.override(language or current_language()):
        return settings.SITE_URL + page.get_absolute_url()


def identity(page: Page) -> str:
    """The name of the thing itself: the same whatever the language of the page that tells of it."""
    return f"{address(page, settings.LANGUAGE_CODE)}#{page._meta.model_name}"


def day(when: HistoricalDate | None) -> str:
    """A date as ISO 8601 has it, as exactly as we know; what is "about" or before Christ cannot be said in it."""
    return when.iso if when else ""


def spoken(text: LocalText | str, language: str = "") -> Node:
    """A text that says in which language it is."""
    return {"@value": str(text), "@language": language or html_language(getattr(text, "language", "en"))}


def other_names(page: Page) -> list[Node]:
    """The titles in the other languages."""
    own = str(page.title)
    return [spoken(text, html_language(code)) for code, text in texts(page, "title").items() if text != own]


def written_in(page: Page) -> list[str]:
    """The languages in which one can read it."""
    found = {code for name in ("title", "summary", "body") for code in texts(page, name)}
    return [html_language(code) for code in languages() if code in found]


def image(picture: Picture | None) -> Node:
    if picture is None or not picture.is_described:
        return {}
    url = picture.url
    return {
        "@type": "ImageObject",
        "contentUrl": url if "://" in url else settings.SITE_URL + url,
        "caption": str(picture.caption or picture.alt),
        "creditText": picture.credit,
    }


def association() -> Node:
    """Who publishes all this."""
    language = current_language()
    return {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#association",
        "name": settings.SITE_NAME[language],
        "url": f"{settings.SITE_URL}/{language}/",
    }


def whole_association() -> Node:
    """The same, with its names in all languages."""
    own = current_language()
    names = [spoken(name, html_language(code)) for code, name in settings.SITE_NAME.items() if code != own]
    contact = {
        "@type": "ContactPoint",
        "url": f"{settings.SITE_URL}/{own}/contact/",
        "availableLanguage": [html_language(code) for code in languages()],
    }
    return {**association(), "alternateName": names, "contactPoint": contact}


def website() -> Node:
    """The site, and how to search it."""
    url = f"{settings.SITE_URL}/{current_language()}/"
    target = f"{settings.SITE_URL}{reverse('search')}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#website",
        "name": settings.SITE_NAME[current_language()],
        "url": url,
        "inLanguage": [html_language(code) for code in languages()],
        "publisher": {"@id": f"{settings.SITE_URL}/#association"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(page: Page, above: tuple[str, str] | None) -> Node:
    """The way from the front page to this one, over the list on which it stands."""
    steps = [(_("Home"), f"{settings.SITE_URL}/{current_language()}/")]
    if above:
        steps.append((above[0], settings.SITE_URL + reverse(above[1])))
    steps.append((title_of(page), address(page)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(steps, start=1)
        ],
    }


def script(nodes: Iterable[Node]) -> SafeString:
    """The nodes as a data block of a page, which no browser runs and no CSP forbids; empty where there is none."""
    graph = [cleaned for node in nodes if (cleaned := tidy(node))]
    if not graph:
        return mark_safe("")
    words = json.dumps(
        {"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":"), default=str
    )
    safe = _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", words)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308 - escaped the line before


def tidy(value: Any) -> Any:
    """Without what is empty and what nobody can read: a machine takes an empty date for a wrong one."""
    if isinstance(value, Mapping):
        return {name: kept for name, each in value.items() if (kept := tidy(each)) not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [kept for each in value if (kept := tidy(each)) not in (None, "", [], {})]
    return printable(value) if isinstance(value, str) else value


@describes(Source, "CreativeWork")
def source(page: Source, _shown: Mapping[str, Any]) -> Node:
    """What statements rest on, with its own address."""
    return {
        "author": page.author,
        "publisher": {"@type": "Organization", "name": str(page.publisher)} if page.publisher else None,
        "datePublished": day(page.published_on),
        "inLanguage": page.language,
        "sameAs": [page.url, page.archived_url],
    }


@describes(StandingPage, "WebPage")
def standing_page(page: StandingPage, _shown: Mapping[str, Any]) -> Node:
    return {
        "isPartOf": {"@id": f"{settings.SITE_URL}/#website"},
        "inLanguage": written_in(page),
        "dateModified": page.updated_at.isoformat(timespec="seconds"),
        "publisher": association(),
    }
