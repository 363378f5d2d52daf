"""Keep finished pages for anonymous readers: the same page again costs one query, the one for the content's stamp.

A kept page is dropped when anything public changes (its stamp is another then), when something public changes by itself
(``everything.next_turn``), and after five minutes in any case, so that what counts days is never far behind.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from sistercities.pages.bilingual import current_language
from sistercities.pages.everything import next_turn
from sistercities.pages.models import ContentVersion
from sistercities.pages.standing import remember, standing_pages

LIFETIME = timedelta(minutes=5)
BROWSER_SECONDS = 60

View = Callable[..., HttpResponse]


class Kept(NamedTuple):
    content: bytes
    headers: dict[str, str]
    etag: str
    until: datetime


def public_page(view: View, shows: Combinable | None = None) -> View:
    """For pages without a form: strangers get a kept page, everybody else always a fresh one that nobody keeps.

    ``shows`` asks the database, together with the stamp, for what the page shows beside content, such as free seats.
    Such a page is kept for that state only, and browsers ask anew each time.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_stranger(request):
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_cache=True)
            return response
        key, now = page_key(request, shows), timezone.now()
        kept = caches["pages"].get(key) if key else None
        if kept is None or kept.until <= now:
            until = min(now + LIFETIME, next_turn(now) or now + LIFETIME)
            response = view(request, *args, **kwargs)
            if not may_be_kept(request, response):
                return response
            kept = keep(key, response, until)
        return from_kept(request, kept, now, in_browser=shows is None)

    return answer


def is_stranger(request: HttpRequest) -> bool:
    """Whether the request carries nothing by which the page could differ: preview, session or waiting message."""
    if hasattr(request, "preview"):
        return False
    return not {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()


def page_key(request: HttpRequest, shows: Combinable | None = None) -> str:
    """The stamp of the content, the address with its query, and the language; empty where there is no stamp."""
    found = ContentVersion.objects.values_list("number", standing_pages(), *([shows] if shows else []))
    stamp = found.first()
    if stamp:
        remember(request, stamp[1])
    page = f"{current_language()} {request.get_full_path()} {stamp}"
    return hashlib.sha256(page.encode()).hexdigest() if stamp else ""


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Neither an error, nor a page with a form's key or a cookie, nor one that says itself that it is private."""
    return (
        response.status_code == 200
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not response.has_header("Cache-Control")
    )


def keep(key: str, response: HttpResponse, until: datetime) -> Kept:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    kept = Kept(response.content, dict(response.headers), etag, until)
    seconds = (until - timezone.now()).total_seconds()
    if key and seconds > 0:
        caches["pages"].set(key, kept, seconds)
    return kept


def from_kept(request: HttpRequest, kept: Kept, now: datetime, *, in_browser: bool = True) -> HttpResponse:
    """The page, or 304 where the reader's browser has it already; unless ``in_browser`` it has to ask every time."""
    response = HttpResponse(kept.content, headers=kept.headers)
    seconds = max(0, min(BROWSER_SECONDS, int((kept.until - now).total_seconds()))) if in_browser else 0
    patch_cache_control(response, public=True, max_age=seconds)
    patch_vary_headers(response, ["Cookie"])
    response.headers["ETag"] = kept.etag
    answer = get_conditional_response(request, etag=kept.etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response
