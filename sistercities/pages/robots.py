"""What robots may read, and whom finders of holes may tell."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sistercities.pages.bilingual import languages

SECURITY_DAYS = 180
STAFF = ("/admin/", "/door/", "/mail/")
PERSONAL = ("members", "rsvp", "invitation", "delegation", "preview", "correction", "search")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """All that is public, but no endless lists of finds and no personal pages (RFC 9309)."""
    personal = (f"/{code}/{part}/" for code in languages() for part in PERSONAL)
    closed = (f"Disallow: {path}" for path in (*STAFF, *personal))
    return in_lines("User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}/sitemap.xml")


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell about a hole (RFC 9116); good for half a year from today."""
    today = datetime.combine(timezone.now().date(), datetime.min.time(), UTC)
    contacts = (f"Contact: {settings.SITE_URL}/{code}/contact/" for code in languages())
    return in_lines(
        *contacts,
        f"Expires: {today + timedelta(days=SECURITY_DAYS):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(dict.fromkeys(code.partition('-')[0] for code in languages()))}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    )


def in_lines(*lines: str) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
