"""What was signed: the ledger of all agreements, and each on its own page."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from people.models import Person
from relationships.drawing import ends_of
from relationships.ledger import agreements, chain_of, choices, lines, parties_of, wanted
from relationships.models import Agreement, Signature
from relationships.terms import expiry
from sistercities.pages.caching import public_page
from sistercities.pages.citing import Footnotes
from sistercities.pages.listing import other_query, page_of
from sistercities.pages.moved import follows_moves


@require_safe
@public_page
def agreement_list(request: HttpRequest) -> HttpResponse:
    """The ledger: every agreement, the latest first; by kind, city and year, as the address says."""
    asked = wanted(request.GET)
    page_obj = page_of(request, agreements(asked))
    context = {
        "page_obj": page_obj,
        "lines": lines(page_obj, localdate()),
        "query": other_query(request),
        "asked": asked,
        **choices(),
    }
    return render(request, "relationships/agreement_list.html", context)


@require_safe
@follows_moves(Agreement)
@public_page
def agreement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What was signed: by whom, in which capacity, when and where, for how long, in which words."""
    found = Agreement.objects.visible_to(request.user).select_related("relationship", "signed_in")
    agreement = get_object_or_404(found, slug=slug)
    parties, chain = list(parties_of(agreement)), chain_of(agreement, localdate())
    context = {
        "page": agreement,
        "parties": parties,
        "ends": ends_of(parties),
        "signatures": signatures_of(agreement),
        "expiry": expiry(agreement.expires, localdate()),
        "chain": chain if len(chain) > 1 else [],
        "sectors": agreement.sectors.all(),
        "wordings": list(agreement.wordings.select_related("scan")),
        "footnotes": Footnotes().add(agreement),
    }
    return render(request, "relationships/agreement_detail.html", context)


def signatures_of(agreement: Agreement) -> QuerySet[Signature]:
    """Who signed, as far as everybody may read about them."""
    signed = Signature.objects.filter(agreement=agreement, person__in=Person.objects.published())
    return signed.select_related("person", "party")
