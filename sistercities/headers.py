"""Headers that every answer carries, beside those of Django and django-csp; words where Django would have none."""

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from sistercities.health import reader_language

POLICY = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"


class PolicyHeaders:
    """No use of the device's senses, no embedding of our files elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RefuseNul:
    """Answers 400 where an address or a cookie holds the character NUL, which no page means and PostgreSQL refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = unquote_plus(request.META.get("QUERY_STRING", ""))
        if "\0" in "".join([request.path_info, asked, *request.COOKIES.values()]):
            page = render_to_string("400.html", {"LANGUAGE_CODE": reader_language(request)})
            return HttpResponse(page, status=400, headers={"Cache-Control": "no-store"})
        return self.get_response(request)


class ExplainWrongMethod:
    """Django answers a wrong method with an empty page; a person gets words.

    Nobody keeps that page: it is refused before a view could say how personal its address is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html", request=request)
            response.headers["Cache-Control"] = "no-store"
        return response
