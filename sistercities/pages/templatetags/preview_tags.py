"""What templates ask about previews."""

from typing import Any

from django import template
from django.template import Context

from sistercities.pages.models import PreviewLink

register = template.Library()


@register.simple_tag(takes_context=True)
def preview_link(context: Context) -> PreviewLink | None:
    """``{% preview_link as preview %}``: the link by which the page is read, also inside ``include … only``."""
    request: Any = getattr(context, "request", None) or context.get("request")
    return getattr(request, "preview", None)
