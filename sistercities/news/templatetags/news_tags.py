"""Stories where other pages show them."""

from collections.abc import Iterable
from typing import Any

from django import template

from sistercities.news.related import stories_of

register = template.Library()


@register.inclusion_tag("news/_in_the_news.html")
def in_the_news(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """``{% in_the_news event.stories %}``: the stories about a page, brought along by ``related.told_in``."""
    return {"stories": stories_of(rows or ())}
