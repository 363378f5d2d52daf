"""What was signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from relationships.drawing import ends_of
from relationships.models import Agreement, Signature
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes


@require_safe
@public_page
def agreement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What was signed: by whom, in which capacity, when and where, and for how long."""
    agreements = Agreement.objects.visible_to(request.user).select_related("relationship", "renews")
    agreement = get_object_or_404(agreements, slug=slug)
    parties = list(agreement.parties.all())
    context = {
        "page": agreement,
        "parties": parties,
        "ends": ends_of(parties),
        "signatures": Signature.objects.filter(agreement=agreement).select_related("person", "party"),
        "renewals": agreement.renewals.published(),
        "footnotes": Footnotes().add(agreement),
    }
    return render(request, "relationships/agreement_detail.html", context)
