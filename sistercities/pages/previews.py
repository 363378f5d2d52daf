"""Previews: a secret address under which somebody without an account may read one page before it is published."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils import timezone, translation

from sistercities.pages.bilingual import html_language, languages
from sistercities.pages.fetching import with_keys
from sistercities.pages.models import Page, PreviewLink
from sistercities.pages.snapshots import model_of


class PreviewReader(AnonymousUser):
    """Whoever holds a preview link: a stranger, who may open one page more than others (see ``visible_to``)."""

    def __init__(self, page: Page) -> None:
        self.previews = page._meta.label_lower, page.pk


def make_link(page: Page, days: int, note: str = "", by: Any = None) -> PreviewLink:
    """A new link to a page as it is and will be until it is published, for some days."""
    now = timezone.now()
    return PreviewLink.objects.create(
        kind=page._meta.label_lower,
        object_id=page.pk,
        note=note,
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )


def revoke(link: PreviewLink) -> None:
    """From now on the link leads nowhere."""
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])


def links_to(page: Page) -> Any:
    """The links to a page that still work."""
    return PreviewLink.objects.open().filter(kind=page._meta.label_lower, object_id=page.pk)


@dataclass(frozen=True)
class Address:
    """Where a preview is read in one language."""

    language: str
    html_lang: str
    url: str


def addresses_of(link: PreviewLink) -> list[Address]:
    found = []
    for code in languages():
        with translation.override(code):
            url = settings.SITE_URL + reverse("preview", args=[link.secret])
        found.append(Address(code, html_language(code), url))
    return found


def find_page(secret: str) -> tuple[PreviewLink | None, Page | None]:
    """The open link of this secret and the page to which it leads; nothing where either is no more."""
    link = PreviewLink.objects.open().filter(secret=secret).first()
    model = cast(type[Page] | None, model_of(link.kind)) if link else None
    return link, model.objects.filter(pk=link.object_id).first() if link and model else None


def show(request: HttpRequest, link: PreviewLink, page: Page) -> HttpResponse:
    """The page by its own view, for somebody who may read it and no other draft."""
    found = resolve(page.get_absolute_url())
    request.user = PreviewReader(page)
    request.preview = link  # type: ignore[attr-defined]
    with with_keys(link):
        return cast(HttpResponse, found.func(request, *found.args, **found.kwargs))
