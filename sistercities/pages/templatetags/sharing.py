"""What the head of a page tells others about it: search engines, and whoever shows a link to it."""

import html
import re
from dataclasses import dataclass
from typing import Any, cast

from django import template
from django.conf import settings
from django.template import Context, NodeList
from django.template.base import Parser, Token
from django.urls import translate_url
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from sistercities.cards.card import Card
from sistercities.pages.bilingual import current_language, html_language, languages
from sistercities.pages.models import Page
from sistercities.pages.safe_text import one_line
from sistercities.pages.sharing import (
    LISTS,
    MEDIA_TYPES,
    Kind,
    address,
    kind_of,
    listing_of,
    models_with_cards,
)
from sistercities.pages.text import render

register = template.Library()
DESCRIPTION = 160
LOCALES = {"en": "en_US", "zh-hans": "zh_CN"}


@dataclass(frozen=True)
class Shared:
    """A public page as others show it."""

    card: Card
    image: str
    og_type: str = "website"
    page: Page | None = None
    is_dated: bool = False

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.card.extension]


class Captured(template.Node):
    """Blocks of a template as plain text on one line, for the places in which that may stand."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> str:
        written = self.nodelist.render(context)
        context[self.name] = one_line(html.unescape(strip_tags(written)))
        return ""


@register.tag
def captured(parser: Parser, token: Token) -> Captured:
    """``{% captured title %}{% block title %}{% endblock %}{% endcaptured %}``: the text as ``{{ title }}``."""
    nodelist = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return Captured(nodelist, token.split_contents()[1])


@register.simple_tag(takes_context=True)
def shared(context: Context) -> Shared | None:
    """``{% shared as share %}``: how the page is passed on; None for what is not public or has no card."""
    request: Any = context.get("request")
    match = getattr(request, "resolver_match", None)
    if not match or not context.get("canonical_url"):
        return None
    if listing := listing_of(match.view_name):
        card = listing.card()
        return Shared(card, settings.SITE_URL + address(card, LISTS, listing.key))
    page, kind = subject(context, match.view_name)
    if page is None or kind is None or not page.is_public:
        return None
    card = kind.describe(page, cast(dict[str, Any], context.flatten()))
    place = address(card, page._meta.label_lower, page.slug)
    return Shared(card, settings.SITE_URL + place, kind.og_type, page, kind.is_dated)


def subject(context: Context, view_name: str) -> tuple[Page | None, Kind | None]:
    """What a page is about: its view gives it to the template as ``page`` or under the name of its model."""
    for model in models_with_cards().values():
        if model.url_name == view_name:
            given = (context.get("page"), context.get(model._meta.model_name or ""))
            return next((each for each in given if isinstance(each, model)), None), kind_of(model)
    return None, None


@register.simple_tag
def described(words: str, share: Shared | None) -> str:
    """``{% described description share %}``: the description of a page, never empty and never too long."""
    page = share.page if share else None
    found = words or (one_line(html.unescape(strip_tags(render(str(page.body))))) if page else "")
    general = _(
        "The bonds between sister cities, their events and the people who made them, in English and in Chinese."
    )
    return shortened(found or general)


def shortened(text: str) -> str:
    """As many whole sentences as there is room for, or else words; Chinese has no spaces to end at."""
    if len(text) <= DESCRIPTION:
        return text
    part = text[: DESCRIPTION - 1]
    ends = [end.end() for end in re.finditer(r"[。！？]|[.!?](?= )", part)]
    if ends and ends[-1] > DESCRIPTION // 2:
        return part[: ends[-1]]
    words = part.rpartition(" ")[0]
    return (words if len(words) > DESCRIPTION // 2 else part).rstrip(" ,;:，、；：") + "…"


@register.simple_tag
def locale_of(code: str) -> str:
    """``{% locale_of "zh-hans" %}``: a language as the Open Graph calls it, zh_CN."""
    return LOCALES.get(code, code)


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[dict[str, str]]:
    """``{% alternates as versions %}``: the page in each language, and where to send who speaks none of them."""
    path = context["request"].path
    versions = [
        {"code": code, "hreflang": html_language(code), "url": settings.SITE_URL + translate_url(path, code)}
        for code in languages()
    ]
    if path in (f"/{code}/" for code in languages()):
        neutral = f"{settings.SITE_URL}/"
    else:
        neutral = next(each["url"] for each in versions if each["code"] == settings.LANGUAGE_CODE)
    return [*versions, {"code": "", "hreflang": "x-default", "url": neutral}]


@register.filter
def is_other(version: dict[str, str]) -> bool:
    return version["code"] not in ("", current_language())
