"""The code that leads a telephone to a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sistercities.pages.caching import public_page
from sistercities.pages.corrections import page_at
from sistercities.pages.passing_on import qr_code, whole_address


@require_safe
@public_page
def qr(request: HttpRequest) -> HttpResponse:
    """Drawn for pages of this site that everybody may read, and for no other address."""
    page = page_at(request.GET.get("page", ""))
    if page is None:
        raise Http404
    response = HttpResponse(qr_code(whole_address(page)), content_type="image/svg+xml")
    response.headers["X-Robots-Tag"] = "noindex"
    return response
