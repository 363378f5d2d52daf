"""My data, for a guest without an account: what one answer holds, as a file too, and its end, by its personal link."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from events.erasing import erase_answer, erase_invitations
from events.links import find_invitation, find_rsvp
from events.models import Invitation, Rsvp
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
    ways = {"file": reverse("rsvp_data_file", args=[token]), "back": reverse("rsvp_manage", args=[token])}
    context = {"event": rsvp.event, "is_answered": True, "letters": _letters(rsvp).count(), **ways}
    return _page(request, _in_words(rsvp), lambda: _erase(rsvp), context)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def invitation_data(request: HttpRequest, token: str) -> HttpResponse:
    """The same for somebody invited who has not answered; once there is an answer, its page says it all.

    A link that is for one guest only may have been passed on, and shows nobody what is kept of that guest.
    """
    try:
        invited = unbound(token)
    except Invitation.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", {"is_invitation": True}, status=404)
    ways = {
        "file": reverse("invitation_data_file", args=[token]),
        "back": reverse("invitation", args=[token]),
    }
    context = {"event": invited.event, "letters": _carrying(invited).count(), **ways}
    return _page(request, [describe_invitation(invited)], lambda: _erase_invitation(invited), context)


def _page(
    request: HttpRequest, kept: list[Kept], end: Callable[[], None], context: dict[str, Any]
) -> HttpResponse:
    form, status = EraseForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                end()
            except Busy:
                form.add_error(None, BUSY)
                status = 503
            else:
                return see_erased()
    return render(request, "events/rsvp_data.html", {"kept": kept, "form": form, **context}, status=status)


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


@require_safe
@personal
def invitation_file(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation that is not answered, as a file."""
    try:
        invited = unbound(token)
    except Invitation.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", {"is_invitation": True}, status=404)
    letters = [tell_mail(message) for message in _carrying(invited).order_by("pk")]
    return as_file({"invitation": tell_invitation(invited, by_link=True), "letters": letters})


def unbound(token: str) -> Invitation:
    """An invitation for whoever holds its link. Raises Invitation.DoesNotExist also for one bound to its guest."""
    invited = find_invitation(token)
    if invited.is_bound:
        raise Invitation.DoesNotExist
    return invited


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


def _carrying(invitation: Invitation) -> MessageQuerySet:
    return Message.objects.filter(snapshot__invitation=invitation.pk)


def _erase_invitation(invitation: Invitation) -> None:
    """Only the invitation: an answer that was given to it has a link of its own, which not everybody may hold."""
    erase_invitations([invitation], Hand())


def _erase(rsvp: Rsvp) -> None:
    invited = rsvp.invitation
    erase_answer(rsvp, Hand())
    if invited:
        erase_invitations([invited], Hand())
