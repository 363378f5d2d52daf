"""What is answered without a database and after a refused form; and two addresses for monitors."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from sistercities.busy import Busy, is_busy
from sistercities.mail.condition import condition

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 30  # a database that restarts
RETRY_SOON_SECONDS = 5  # one that is well, and had others to serve
# What becomes of a form with too many fields or too long, cut off, or not one at all.
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)


def reader_language(request: HttpRequest) -> str:
    """The language of the address, else of the browser, without asking session or database."""
    named = translation.get_language_from_path(request.path_info)
    return named or translation.get_language_from_request(request)


class AnswerWithoutDatabase:
    """Says in the reader's language that PostgreSQL does not answer, or had others to serve first.

    A page that says so itself, and keeps what was typed, is told to programs as well: 503, try again soon.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 503:
            response.headers.setdefault("Retry-After", str(RETRY_SOON_SECONDS))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Busy) or is_busy(exception):
            log.warning("Others came first: %s", exception)
            return others_come_first(request)
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.error("No answer from the database: %s", exception)
        connection.close()
        return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    with translation.override(reader_language(request)):
        response = HttpResponse(
            render_to_string("503.html", {"LANGUAGE_CODE": translation.get_language()}), status=503
        )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def others_come_first(request: HttpRequest) -> HttpResponse:
    """Nothing was recorded because others held it: offer to send the same once more."""
    kept = kept_fields(request) if request.method == "POST" and not request.FILES else []
    with translation.override(reader_language(request)):
        context = {
            "LANGUAGE_CODE": translation.get_language(),
            "path": request.get_full_path(),
            "sent": request.method == "POST",
            "kept": kept,
            "csrf_token": get_token(request),
        }
        page = render_to_string("503_busy.html", context)
    headers = {"Retry-After": str(RETRY_SOON_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its key: explain it, and how to go on."""
    if request.method != "POST":
        # No page takes other methods than GET, HEAD and POST; the key is not what is wrong.
        page = render_to_string("405.html", request=request)
        return HttpResponse(page, status=405, headers={"Cache-Control": "no-store"})
    log.warning("Form refused: %s", reason)
    page = render_to_string("403_csrf.html", {"kept": kept_fields(request)}, request)
    return HttpResponse(page, status=403, headers={"Cache-Control": "no-store"})


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent once more by a press of a button.

    Only where the browser says that the form came from a page of our own: another site's form is not offered again. A
    form with a password is not kept either.
    """
    own = f"{request.scheme}://{request.get_host()}"
    try:
        if request.headers.get("Origin") != own or any("password" in name for name in request.POST):
            return []
    except UNREADABLE:
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, str(value)) for name, value in fields if name != "csrfmiddlewaretoken"]


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration. Mail that waits is told, and no reason to take the site away."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        mail = None if missing else condition()
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    if mail is None:
        return HttpResponse("migrations missing\n", status=503, content_type="text/plain")
    waits = f"mail unsent {mail.count} oldest {mail.age.total_seconds():.0f} s workers {mail.workers}"
    return HttpResponse(f"ready {settings.SITE_URL}\n{waits}\n", content_type="text/plain")
