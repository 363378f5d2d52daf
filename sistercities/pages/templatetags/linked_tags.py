"""What a page is about, for machines, at the end of the page itself."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from sistercities.pages import linked
from sistercities.pages.models import Page
from sistercities.pages.open_data.describing import dataset

register = template.Library()


@register.simple_tag(takes_context=True)
def json_ld(context: Context, page: Page, label: str = "", above: str = "") -> SafeString:
    """``{% json_ld page label "people:person_list" %}``: the page as a node, and the way to it over a list.

    It stands where all that the template has asked for is at hand: what it tells costs no further query.
    """
    if not page.is_public:
        return linked.script([])
    way = linked.breadcrumbs(page, (label, above) if above else None)
    return linked.script([linked.description(page, shown(context)), way])


@register.simple_tag(takes_context=True)
def json_ld_site(context: Context, page: Page | str = "") -> SafeString:
    """``{% json_ld_site occasion.event %}``: the site, the association, and what the front page invites to."""
    invited = linked.description(page, shown(context)) if isinstance(page, Page) else {}
    return linked.script([linked.website(), linked.whole_association(), invited])


def shown(context: Context) -> dict[str, Any]:
    """All that the template has at hand, by name."""
    return {str(name): value for name, value in context.flatten().items()}


@register.simple_tag
def json_ld_tables(tables: list[dict[str, Any]]) -> SafeString:
    """``{% json_ld_tables tables %}``: the open data, for those who gather data sets."""
    return linked.script([dataset(each["table"] for each in tables)])
