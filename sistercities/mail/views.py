"""The development mailbox: what would have been sent. Only in development, and where mail is kept in files."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from sistercities.mail.delivery import one_line
from sistercities.mail.mailbox import Found, letter, letters

FILES = "django.core.mail.backends.filebased.EmailBackend"
# A letter brings its styles with it; it may show itself in our frame, run nothing, and open links beside it.
LETTER_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}
View = Callable[..., HttpResponseBase]


def developers_only(view: View) -> View:
    """Personal links are in these mails: on a public site there is no such address."""

    @require_safe
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEVELOPMENT or settings.EMAIL_BACKEND != FILES:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@developers_only
def mailbox_list(request: HttpRequest) -> HttpResponse:
    return render(request, "mail/mailbox_list.html", {"letters": letters(settings.MAILBOX_DIR)})


@developers_only
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def mailbox_letter(request: HttpRequest, file: str, number: int) -> HttpResponse:
    return render(request, "mail/mailbox_letter.html", {"letter": _letter_or_404(file, number)})


@developers_only
@csp(LETTER_POLICY)  # type: ignore[arg-type]
@xframe_options_sameorigin
def mailbox_html(_request: HttpRequest, file: str, number: int) -> HttpResponse:
    # Links of the letter open in a window of their own, for no page of the site lets itself be framed.
    html = _letter_or_404(file, number).html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html)


@developers_only
def mailbox_file(_request: HttpRequest, file: str, number: int, place: int) -> HttpResponse:
    files = _letter_or_404(file, number).files
    if not 1 <= place <= len(files):
        raise Http404
    found = files[place - 1]
    headers = {"Content-Disposition": content_disposition_header(True, one_line(found.name)) or "attachment"}
    return HttpResponse(found.content, content_type=found.mimetype, headers=headers)


def _letter_or_404(file: str, number: int) -> Found:
    if (found := letter(settings.MAILBOX_DIR, file, number)) is None:
        raise Http404
    return found
