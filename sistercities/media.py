"""Uploaded pictures, for development and small sites; elsewhere a proxy may serve them, see docs/operations.md."""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# Only what the store itself names so: no path can lead out of it, and no other kind of file is ever answered.
STORED = re.compile(r"pictures/[0-9a-f]{32}(?:-[0-9]{1,4})?\.(?P<extension>jpg|png|webp)")
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
# A name is never used for another picture.
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def media(_request: HttpRequest, path: str) -> HttpResponse:
    """One file of a picture."""
    if not (name := STORED.fullmatch(path)):
        raise Http404
    try:
        with default_storage.open(path) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": FOR_GOOD, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=CONTENT_TYPES[name["extension"]], headers=headers)
