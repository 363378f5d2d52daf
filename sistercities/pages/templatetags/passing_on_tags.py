"""The part of a page by which readers tell others of it."""

from typing import Any

from django import template

from sistercities.pages.models import Page
from sistercities.pages.passing_on import mail_to_a_friend, qr_path, whole_address

register = template.Library()


@register.inclusion_tag("components/_share.html")
def share(page: Page) -> dict[str, Any]:
    """``{% share page %}``: its link, a letter begun, a code for telephones; nothing for a page that is not public."""
    if not page.is_public:
        return {}
    address = whole_address(page)
    return {
        "address": address,
        "mail": mail_to_a_friend(str(page.title), address),
        "qr": qr_path(page),
    }
