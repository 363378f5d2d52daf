"""Links between pages that never lead to a draft."""

from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sistercities.pages.bilingual import current_language, html_language, language_name, languages
from sistercities.pages.context import viewer
from sistercities.pages.dates import HistoricalDate, from_date
from sistercities.pages.models import Page
from sistercities.pages.shown import undescribed
from sistercities.pages.staleness import stale
from sistercities.pages.templatetags.bilingual import marked, pair

register = template.Library()


@register.filter
def historical(day: date | None) -> HistoricalDate | None:
    """``{% hdate page.verified_on|historical %}``: a plain date spelled like all others."""
    return from_date(day) if day else None


@register.filter
def near_pages(page_obj: Any) -> list[int]:
    """``{{ page_obj|near_pages }}``: the parts of a long list about this one, its ends, and a few to leap to.

    0 stands where some are left out.
    """
    here, last = page_obj.number, page_obj.paginator.num_pages
    leaps = {last * part // 4 for part in (1, 2, 3)}
    shown = sorted({1, here - 1, here, here + 1, last, *leaps} & set(range(1, last + 1)))
    found: list[int] = []
    for number in shown:
        if found and number > found[-1] + 1:
            found.append(0)
        found.append(number)
    return found


@register.simple_tag
def page_link(page: Page) -> SafeString:
    """``{% page_link city %}``: the title in the reader's language, linked where everybody may read the page."""
    return _linked(page, marked(page.title))


@register.simple_tag
def pair_link(page: Page) -> SafeString:
    """``{% pair_link city %}``: the title in both languages, linked where everybody may read the page."""
    return _linked(page, pair(page, "title"))


@register.inclusion_tag("pages/_stale.html")
def newer_in_other_languages(page: Page) -> dict[str, Any]:
    """``{% newer_in_other_languages page %}``: that the reader's text is older than that in another language."""
    newer = stale(page.language_marks).get(current_language(), [])
    return {"newer": [_version(page, code) for code in newer if code in languages()]}


@register.inclusion_tag("pages/_undescribed.html", takes_context=True)
def pictures_without_words(context: Context, page: Page) -> dict[str, Any]:
    """``{% pictures_without_words page %}``: for staff, which pictures of the page readers do not see."""
    request: Any = getattr(context, "request", None) or context.get("request")
    who = viewer(request) if request else None
    pictures = undescribed(page) if who and who.is_staff else []
    return {
        "pictures": pictures,
        "kind_and_number": f"{page._meta.label_lower}:{page.pk}" if pictures else "",
    }


def _version(page: Page, code: str) -> dict[str, str]:
    with translation.override(code):
        url = page.get_absolute_url()
    return {"name": language_name(code), "url": url, "html_lang": html_language(code)}


def _linked(page: Page, words: SafeString) -> SafeString:
    return format_html('<a href="{}">{}</a>', page.get_absolute_url(), words) if page.is_public else words
