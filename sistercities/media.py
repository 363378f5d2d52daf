"""Pictures and documents: for everybody once a public page shows them, before that for staff and a preview's key."""

import re
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Case, Subquery, Value, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sistercities.pages.documents import CONTENT_TYPES
from sistercities.pages.fetching import opened_by
from sistercities.pages.models import Document, Picture
from sistercities.pages.shown import on_a_public_page

# Only what the store itself names so: no path can lead out of it, and no other kind of file is ever answered.
PICTURE = re.compile(r"(?P<stem>pictures/[0-9a-f]{32})(?:-[0-9]{1,4})?\.(?P<extension>jpg|png|webp)")
DOCUMENT = re.compile(r"documents/[0-9a-f]{32}\.(?P<extension>pdf|jpg|png|txt)")
PICTURE_TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
# A name is never used for another file.
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_NOBODY_ELSE = "private, no-store"
# A document comes from elsewhere: it is shown, and nothing in it may run, load or send anything.
CONFINED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; sandbox"


class Asked(NamedTuple):
    """A file on record, and how long whoever gets it may keep it; nothing where the reader may not have it."""

    thing: Any
    keeping: str


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of a picture, or a document."""
    if name := PICTURE.fullmatch(path):
        asked = ask(request, Picture, [f"{name['stem']}.{each}" for each in PICTURE_TYPES])
        return stored(path, PICTURE_TYPES[name["extension"]], asked.keeping) if asked else no_picture()
    if name := DOCUMENT.fullmatch(path):
        asked = ask(request, Document, [path])
        return document(path, name["extension"], asked) if asked else no_document(request)
    raise Http404


def ask(request: HttpRequest, model: type[models.Model], names: list[str]) -> Asked | None:
    """By one query for what is public; by one more for what is not, whoever asks for it."""
    kept: Any = model._default_manager.filter(file__in=names)
    kept = kept.annotate(is_public=Case(When(on_a_public_page(model), then=True), default=False))
    thing = kept.annotate(session=session_of(request)).first()
    if thing is None:
        return None
    if thing.is_public:
        return Asked(thing, FOR_GOOD)
    key = request.GET.get("key", "")
    may_have_it = opened_by(key, str(thing.file)) if key else is_staff(request, thing.session)
    return Asked(thing, FOR_NOBODY_ELSE) if may_have_it else None


def session_of(request: HttpRequest) -> Subquery | Value:
    """What the session holds, asked for together with the file: most files are public, and need nothing of it."""
    if not request.session.session_key:
        return Value("")
    sessions = request.session.model.objects.filter(  # type: ignore[attr-defined]  # sessions lie in the database
        session_key=request.session.session_key, expire_date__gt=timezone.now()
    )
    return Subquery(sessions.values("session_data"))


def is_staff(request: HttpRequest, session: str | None) -> bool:
    if not session:
        return False
    request.session._session_cache = request.session.decode(session)  # type: ignore[attr-defined]  # one query less
    return request.user.is_staff and request.user.has_perm("pages.view_picture")


def no_picture() -> HttpResponseBase:
    """What is not public today may be tomorrow: nobody is to remember this answer. A page would show nowhere."""
    headers = {"Cache-Control": "no-store"}
    return HttpResponseNotFound(
        gettext("Not found"), content_type="text/plain; charset=utf-8", headers=headers
    )


def no_document(request: HttpRequest) -> HttpResponseBase:
    """The same for somebody who followed a link."""
    response = render(request, "404.html", status=404)
    response.headers["Cache-Control"] = "no-store"
    return response


def document(path: str, extension: str, asked: Asked) -> HttpResponseBase:
    """A document, under its title."""
    filename = f"{asked.thing.title}.{extension}"
    response = stored(path, CONTENT_TYPES[extension], asked.keeping, filename)
    response.headers["Content-Security-Policy"] = CONFINED
    return response


def stored(path: str, content_type: str, keeping: str, filename: str = "") -> HttpResponseBase:
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": keeping, "X-Content-Type-Options": "nosniff"}
    if keeping != FOR_GOOD:
        headers["X-Robots-Tag"] = "noindex"
    if content_type.startswith("image/"):
        # Compressed already: to do it again would take time and the length, by which browsers show how far they are.
        headers["Content-Encoding"] = "identity"
    return FileResponse(file, content_type=content_type, filename=filename, headers=headers)
