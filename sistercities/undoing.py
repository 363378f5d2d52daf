"""A message that offers to take back what was just done: a button in it, which asks for the contrary act."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _


def say_with_undo(request: HttpRequest, words: Any, url: str, **values: Any) -> None:
    """Say what was done, with a button *Undo* that posts ``values`` to ``url``; a list is posted one by one.

    Only for what can be taken back as if it had not been; a mail that was sent is not among it.
    """
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', _each(values))
    message = format_html(
        '<span>{}</span> <form class="undo" method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}<button type="submit">{}</button></form>',
        words,
        url,
        get_token(request),
        fields,
        _("Undo"),
    )
    messages.success(request, message)


def _each(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        yield from ((name, each) for each in (value if isinstance(value, list) else [value]))
