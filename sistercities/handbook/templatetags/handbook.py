"""From a page of the admin to its place in the handbook."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sistercities.handbook import book

register = template.Library()


@register.simple_tag
def handbook(anchor: str) -> SafeString:
    """``{% handbook "invitations" %}``: a small question mark that opens the place beside the work in hand.

    It opens a window of its own, so that nothing that was typed is lost.
    """
    title = book.handbook().titles.get(anchor)
    words = (
        _("Handbook: %(title)s (in a new window)") % {"title": title}
        if title
        else _("Handbook (in a new window)")
    )
    return format_html(
        '<a class="handbook-link" href="{}#{}" target="_blank" rel="noopener" title="{}" aria-label="{}">?</a>',
        reverse("admin:desk_handbook"),
        anchor if title else "",
        words,
        words,
    )
