"""Share cards under addresses that change with what stands on them, and how the site appears on a screen of icons."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sistercities.cards.card import Card
from sistercities.cards.colours import PAPER
from sistercities.pages import sharing
from sistercities.pages.bilingual import html_language, languages
from sistercities.pages.card_store import content_of
from sistercities.pages.moved import present_slug

NAME = re.compile(r"(?P<slug>[-\w]{1,120})-(?P<digest>[0-9a-f]{12})\.(?:png|jpg)")
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def card(_request: HttpRequest, language: str, kind: str, name: str) -> HttpResponse:
    """The card of a public page; an address of what stood on it before leads to the one of now."""
    asked = NAME.fullmatch(name)
    if language not in languages() or not asked:
        raise Http404
    with translation.override(language):
        slug, found = find(kind, asked["slug"])
        place = sharing.address(found, kind, slug)
        if not place.endswith(f"/{kind}/{name}"):
            return HttpResponseRedirect(place, headers={"Cache-Control": "no-cache"})
        content = content_of(found, f"{language}/{kind}/{name}")
    headers = {"Cache-Control": FOR_GOOD, "X-Content-Type-Options": "nosniff"}
    # Messengers show it on pages of their own.
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return HttpResponse(content, content_type=sharing.MEDIA_TYPES[found.extension], headers=headers)


def find(kind: str, slug: str) -> tuple[str, Card]:
    """The card of a list or of a page that everybody may read, and what it is called now. Raises Http404."""
    if kind == sharing.LISTS and (listing := sharing.listings().get(slug)):
        return slug, listing.card()
    model = sharing.models_with_cards().get(kind)
    known = sharing.kind_of(model) if model else None
    if model is None or known is None:
        raise Http404
    pages = known.load(model.objects.published())
    page = pages.filter(slug=slug).first() or pages.filter(slug=present_slug(model, slug)).first()
    if page is None:
        raise Http404
    return page.slug, known.describe(page, {})


@require_safe
def manifest(_request: HttpRequest, language: str) -> HttpResponse:
    """The site among the icons of a phone, in one language."""
    if language not in languages():
        raise Http404
    with translation.override(language):
        content = {
            "name": settings.SITE_NAME[language],
            "short_name": _("Sister cities"),
            "lang": html_language(language),
            "dir": "ltr",
            "start_url": f"/{language}/",
            "scope": "/",
            "display": "browser",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": [*icons("any"), *icons("maskable")],
        }
    response = JsonResponse(
        content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def icons(purpose: str) -> list[dict[str, str]]:
    stem = "icon" if purpose == "any" else "icon-maskable"
    return [
        {
            "src": static(f"img/{stem}-{side}.png"),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for side in (192, 512)
    ]
