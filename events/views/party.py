"""My answer: how it stands, and what can be done with it by its personal link."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from events import rsvp as verbs
from events.change_form import ManageForm
from events.companions import remember_if_asked
from events.forms import OfferForm
from events.links import find_rsvp
from events.models import Event, Rsvp
from events.own_answer import OwnAnswer, own_answer
from events.questionnaire import questionnaire
from events.refusals import tell
from events.replied import replied
from events.replies import replies_of
from events.rsvp import Busy, Refused
from events.seen_by_guests import who_comes
from events.views.rsvp import manage_page_of, member_named, names_due, see_other
from sistercities.links import personal
from sistercities.pages.bilingual import current_language

# More seats than any offer has: where none stands, the desk says why.
ANY_NUMBER = 500


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """My answer: how it stands, the form to change it, an offer to take, and an undo."""
    try:
        rsvp = find_rsvp(token)
    except Rsvp.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", status=404)
    if rsvp.event.is_over and rsvp.event.state == Event.State.ON:
        return render(request, "events/rsvp_over.html", {"event": rsvp.event, "rsvp": rsvp}, status=410)
    if request.method != "POST":
        return _page(request, own_answer(rsvp))
    if "undo" in request.POST:
        return _undo(request, rsvp)
    if "offer" in request.POST:
        return _answer_offer(request, rsvp)
    return _change(request, rsvp)


def _undo(request: HttpRequest, rsvp: Rsvp) -> HttpResponse:
    try:
        verbs.undo(rsvp)
    except (Refused, Busy) as problem:
        form = forms.Form({})
        return _page(request, own_answer(rsvp), refused=form, status=tell(form, problem))
    return see_other(manage_page_of(rsvp, "undone"))


def _answer_offer(request: HttpRequest, rsvp: Rsvp) -> HttpResponse:
    """Take the offered seats or a part of them, or let the next go ahead."""
    own = own_answer(rsvp)
    form: forms.Form = OfferForm(request.POST, seats=own.offer.seats if own.offer else ANY_NUMBER)
    later = request.POST["offer"] == "not-now"
    if later:
        form = forms.Form({})
    if not form.is_valid():
        return _page(request, own, refused=form, status=422)
    try:
        if later:
            verbs.not_now(rsvp)
        else:
            verbs.accept(rsvp, form.cleaned_data["offer_seats"])
    except (Refused, Busy) as problem:
        return _page(request, own_answer(rsvp), refused=form, status=tell(form, problem))
    return see_other(manage_page_of(rsvp, "deferred" if later else "taken"))


def _change(request: HttpRequest, rsvp: Rsvp) -> HttpResponse:
    own = own_answer(rsvp)
    form = _form(request, own, request.POST)
    # A change of mind needs no valid names; only a yes does.
    leaves = form.is_plain_no and not form.is_valid()
    if form.is_outdated:
        form.show_again()
        return _page(request, own, form, status=409)
    if not leaves and not form.is_valid():
        return _page(request, own, form, status=422)
    try:
        if leaves:
            verbs.withdraw(rsvp)
        else:
            verbs.change(rsvp, form.said(current_language()))
            remember_if_asked(form)
    except (Refused, Busy) as problem:
        return _page(request, own_answer(rsvp), form, status=tell(form, problem))
    if not leaves:
        remember_if_asked(form)
    note = "withdrawn" if form.is_plain_no else "changed"
    return see_other(manage_page_of(rsvp, "partly" if form.set_aside else note))


def _form(request: HttpRequest, own: OwnAnswer, data: Any = None) -> ManageForm:
    largest = max(own.outlook.largest_party, own.rsvp.seats_wanted)
    asked = questionnaire(own.event)
    form = ManageForm(
        data,
        rsvp=own.rsvp,
        largest_party=largest,
        member=member_named(request, own.rsvp.email),
        names_by=names_due(own.event, own.outlook),
        asked=asked,
        replies=replies_of(own.rsvp) if asked.questions else (),
    )
    form.fields["seats"].widget.attrs["data-most"] = own.largest
    return form


def _page(
    request: HttpRequest,
    own: OwnAnswer,
    form: ManageForm | None = None,
    refused: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """``form`` as it was sent, with its errors; ``refused``: another button of the page that could not do its work."""
    offer = refused if isinstance(refused, OfferForm) else None
    if own.offer and offer is None:
        offer = OfferForm(seats=own.offer.seats)
    form = form or _form(request, own)
    context = {
        "own": own,
        "rsvp": own.rsvp,
        "event": own.event,
        "outlook": own.outlook,
        "form": form,
        "replied": replied(form.kept, form.asked, own.guests),
        "who_comes": who_comes(own.event) if own.status == Rsvp.Status.CONFIRMED else None,
        "offer_form": offer,
        "refused": refused or (form if form.is_bound else None),
        "recorded": request.GET.get("recorded", "") if request.method != "POST" else "",
    }
    return render(request, "events/rsvp_manage.html", context, status=status)
