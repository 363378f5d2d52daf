"""What somebody finds in the admin: a host among events, and what belongs to them, only own ones."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Link = tuple[Any, ...]


def found_by(request: HttpRequest, things: Iterable[Any]) -> set[tuple[type, int]]:
    """Those of these rows that whoever asks finds, as model and number; what has no admin of its own is for all."""
    found: set[tuple[type, int]] = set()
    rows = list(things)
    for model in {type(thing) for thing in rows}:
        pks = [thing.pk for thing in rows if type(thing) is model]
        if admin.site.is_registered(model):
            open_ones = admin.site.get_model_admin(model).get_queryset(request).filter(pk__in=pks)
            pks = list(open_ones.order_by().values_list("pk", flat=True))
        found |= {(model, pk) for pk in pks}
    return found


class KnowsItsReader(admin.ModelAdmin):
    """Mixed into an admin whose form names pages that are not open to all staff alike."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        thing = super().get_object(request, *args, **kwargs)
        if thing is not None:
            thing.shown_to = request  # the columns of a form are told the row alone
        return thing


def named_to_reader(thing: Any, pages: list[Any], links: Iterable[Link]) -> SafeString:
    """The links of those pages that the reader of a form finds, and whether there are others."""
    open_ones = found_by(thing.shown_to, pages) if hasattr(thing, "shown_to") else set()
    shown = [link for page, link in zip(pages, links, strict=True) if (type(page), page.pk) in open_ones]
    others = format_html("<div>{}</div>", _("and others, which your role does not show you"))
    rows = format_html_join("", '<div><a href="{}">{}</a> ({})</div>', shown)
    return rows if len(shown) == len(pages) else format_html("{}{}", rows, others)
