"""A page as somebody reads it who is not signed in: drawn by its own view, for a reader who brings nothing along."""

import re
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404, HttpRequest
from django.urls import resolve
from django.utils import timezone, translation

from sistercities.pages.bilingual import html_language, language_name, languages
from sistercities.pages.models import Page
from sistercities.pages.previews import PreviewReader

_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.S)
_OWN_ANCHOR = re.compile(r'(<a\b[^>]*?\s)href="#')
_SERVER = {"SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "REMOTE_ADDR"}


class Seen(NamedTuple):
    """A page in one language as a reader gets it; ``html`` is empty where the reader gets none."""

    code: str
    html_lang: str
    name: str
    html: str


def seen_by_visitors(request: HttpRequest, page: Page) -> list[Seen]:
    """What everybody gets at the page's addresses now."""
    return [_seen(request, page, code, AnonymousUser(), once_only=False) for code in languages()]


def seen_if_public(request: HttpRequest, page: Page) -> list[Seen]:
    """What everybody would get, were the page public as it is in the database at this moment."""
    return [_seen(request, page, code, PreviewReader(page), once_only=True) for code in languages()]


def framed(html: str) -> str:
    """The page for a frame in which nothing runs: links open beside it, those within the page stay in it."""
    quiet = _SCRIPT.sub("", html).replace("<head>", '<head><base target="_blank">', 1)
    return _OWN_ANCHOR.sub(r'\1target="_self" href="about:srcdoc#', quiet)


def _seen(request: HttpRequest, page: Page, code: str, reader: Any, *, once_only: bool) -> Seen:
    with translation.override(code), timezone.override(settings.TIME_ZONE):
        asked = _request(request, page.get_absolute_url(), reader)
        if once_only:
            # What was never saved must be kept for nobody; see ``caching.is_stranger``.
            asked.preview = None  # type: ignore[attr-defined]
        html = _body(asked)
    return Seen(code, html_language(code), language_name(code), framed(html))


def _request(request: HttpRequest, url: str, reader: Any) -> HttpRequest:
    """As the reader's browser would send it: to the same server, without cookies, session or language of staff."""
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info = "GET", url, url
    asked.META = {name: value for name, value in request.META.items() if name in _SERVER}
    asked.user = reader
    asked.session = SessionStore()
    asked.resolver_match = resolve(url)
    return asked


def _body(asked: HttpRequest) -> str:
    match: Any = asked.resolver_match
    try:
        response = match.func(asked, *match.args, **match.kwargs)
    except Http404:
        return ""
    return response.content.decode() if response.status_code == 200 else ""
