"""What every template may count on: the site's names, the page's language and the way to the other one."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from sistercities.pages.bilingual import current_language, html_language, language_label, languages
from sistercities.pages.standing import standing_links


def site(request: HttpRequest) -> dict[str, Any]:
    language = current_language()
    return {
        "site_name": settings.SITE_NAME[language],
        "site_names": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "html_lang": html_language(language),
        "language": language,
        "other_languages": [
            {
                "code": code,
                "html_lang": html_language(code),
                "label": language_label(code),
                "url": in_language(request, code),
            }
            for code in languages()
            if code != language
        ],
        # A preview has a secret address of its own, which nobody is to be told.
        "canonical_url": "" if hasattr(request, "preview") else settings.SITE_URL + request.path,
        "in_development": settings.DEVELOPMENT,
        "viewer": partial(viewer, request),
        "standing_links": partial(standing_links, request),
    }


def viewer(request: HttpRequest) -> Any:
    """Who is signed in, or None; without a session's cookie nothing is asked, for strangers' pages are kept for all."""
    user = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return user if user and user.is_authenticated else None


def in_language(request: HttpRequest, code: str) -> str:
    """The same page and query in another language; pages without a language lead to the front page."""
    here = request.get_full_path()
    there = translate_url(here, code)
    return there if there != here else f"/{code}/"
