"""Addresses that belong to no single subject."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from sistercities.health import reader_language


@require_safe
def to_reader_language(request: HttpRequest) -> HttpResponse:
    """From the bare address to the front page in the reader's language."""
    response = HttpResponseRedirect(f"/{reader_language(request)}/")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response
