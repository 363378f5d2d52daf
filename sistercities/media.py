"""Uploaded pictures and documents, for development and small sites; elsewhere a proxy may serve them."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from sistercities.pages.documents import CONTENT_TYPES
from sistercities.pages.models import Document

# Only what the store itself names so: no path can lead out of it, and no other kind of file is ever answered.
PICTURE = re.compile(r"pictures/[0-9a-f]{32}(?:-[0-9]{1,4})?\.(?P<extension>jpg|png|webp)")
DOCUMENT = re.compile(r"documents/[0-9a-f]{32}\.(?P<extension>pdf|jpg|png|txt)")
PICTURE_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
# A name is never used for another file.
FOR_GOOD = "public, max-age=31536000, immutable"
# A document comes from elsewhere: it is shown, and nothing in it may run, load or send anything.
CONFINED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; sandbox"


@require_safe
def media(_request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of a picture, or a document."""
    if name := PICTURE.fullmatch(path):
        return stored(path, PICTURE_TYPES[name["extension"]])
    if name := DOCUMENT.fullmatch(path):
        return document(path, name["extension"])
    raise Http404


def document(path: str, extension: str) -> HttpResponseBase:
    """A document, under its title."""
    kept = Document.objects.filter(file=path).first()
    if kept is None:
        raise Http404
    response = stored(path, CONTENT_TYPES[extension], f"{kept.title}.{extension}")
    response.headers["Content-Security-Policy"] = CONFINED
    return response


def stored(path: str, content_type: str, filename: str = "") -> HttpResponseBase:
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": FOR_GOOD, "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, content_type=content_type, filename=filename, headers=headers)
