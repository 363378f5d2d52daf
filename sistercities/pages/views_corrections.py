"""Where a reader says what is wrong on a page."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sistercities.pages.bilingual import current_language
from sistercities.pages.corrections import CorrectionForm, page_at, receive
from sistercities.pages.forms_for_strangers import refusal
from sistercities.pages.models import Page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def correction(request: HttpRequest) -> HttpResponse:
    """The form about one page, which the address names; a page that readers cannot open has none."""
    page = _page_or_404(request)
    if request.method != "POST":
        return _form_page(request, page, CorrectionForm())
    form = CorrectionForm(request.POST)
    if status := refusal(request, form, "corrections"):
        return _form_page(request, page, form, status)
    if not form.is_from_a_robot:
        receive(page, form.cleaned_data, current_language())
    response = HttpResponseRedirect(
        f"{reverse('correction_thanks')}?{urlencode({'page': request.GET['page']})}"
    )
    response.status_code = 303
    return response


@require_safe
@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens now, and the way back."""
    return render(request, "pages/correction_thanks.html", {"page": _page_or_404(request)})


def _page_or_404(request: HttpRequest) -> Page:
    page = page_at(request.GET.get("page", ""))
    if page is None:
        raise Http404
    return page


def _form_page(request: HttpRequest, page: Page, form: CorrectionForm, status: int = 200) -> HttpResponse:
    return render(request, "pages/correction_form.html", {"page": page, "form": form}, status=status)
