"""My data, for a guest without an account: what one answer holds, as a file too, and its end, by its personal link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from events.erasing import erase_answer, erase_invitations
from events.links import find_rsvp
from events.models import Rsvp
from events.my_data.answers import describe, tell_answer
from events.my_data.invited import describe as describe_invitation
from events.my_data.invited import tell_invitation
from events.rsvp import Busy
from people.views_my_data import BUSY, EraseForm, as_file, see_erased
from sistercities.links import personal
from sistercities.mail.models import Message, MessageQuerySet
from sistercities.mail.my_data import tell_mail
from sistercities.my_data import Hand, Kept


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def answer_data(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept with one answer, in words, and what becomes of it; with a tick, its end."""
    try:
        rsvp = own(token)
    except Rsvp.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", status=404)
    form, status = EraseForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _erase(rsvp)
            except Busy:
                form.add_error(None, BUSY)
                status = 503
            else:
                return see_erased()
    context = {"rsvp": rsvp, "event": rsvp.event, "token": token, "kept": _in_words(rsvp), "form": form}
    context["letters"] = _letters(rsvp).count()
    return render(request, "events/rsvp_data.html", context, status=status)


@require_safe
@personal
def answer_file(request: HttpRequest, token: str) -> HttpResponse:
    """The same as a file."""
    try:
        rsvp = own(token)
    except Rsvp.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", status=404)
    told: dict[str, Any] = {"answer": tell_answer(rsvp, by_link=True)}
    if rsvp.invitation:
        told["invitation"] = tell_invitation(rsvp.invitation, by_link=True)
    told["letters"] = [tell_mail(message) for message in _letters(rsvp).order_by("pk")]
    return as_file(told)


def own(token: str) -> Rsvp:
    """The answer of one party. Raises Rsvp.DoesNotExist also for those of a delegation, which are of many people."""
    rsvp = find_rsvp(token)
    if rsvp.hold_id is not None:
        raise Rsvp.DoesNotExist
    return rsvp


def _in_words(rsvp: Rsvp) -> list[Kept]:
    return [describe(rsvp), *([describe_invitation(rsvp.invitation)] if rsvp.invitation else [])]


def _letters(rsvp: Rsvp) -> MessageQuerySet:
    """The letters about this answer, and those that carried the invitation to it."""
    about = Message.objects.filter(snapshot__rsvp=rsvp.pk)
    if rsvp.invitation_id is None:
        return about
    return about | Message.objects.filter(snapshot__invitation=rsvp.invitation_id)


def _erase(rsvp: Rsvp) -> None:
    invited = rsvp.invitation
    erase_answer(rsvp, Hand())
    if invited:
        erase_invitations([invited], Hand())
