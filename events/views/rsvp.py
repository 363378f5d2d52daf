"""Answering an invitation, and looking after one's answer by its personal link."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from events import rsvp as verbs
from events.forms import ManageForm, RsvpForm, new_nonce
from events.links import find_invitation, find_rsvp, manage_path
from events.models import Event, Invitation, Rsvp
from events.rsvp import Outlook, Recorded, Refused
from events.seating import Door
from people.models import Member
from sistercities.links import personal
from sistercities.pages.bilingual import current_language
from sistercities.pages.moved import follows_moves


def signed_in(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None


@require_http_methods(["GET", "HEAD", "POST"])
@follows_moves(Event)
@personal
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of an invitation, and what becomes of it."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("venue__city"), slug=slug)
    member, outlook = signed_in(request), verbs.outlook(event)
    if outlook.door is Door.NONE:
        raise Http404
    if member and request.method != "POST" and (mine := event.rsvps.filter(member=member).first()):
        return HttpResponseRedirect(_manage(mine))
    if request.method != "POST":
        return _answer_page(request, event, outlook, _blank_form(outlook, member))
    form = RsvpForm(request.POST, largest_party=outlook.largest_party, member=member)
    return _take_answer(request, event, outlook, form)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A personal invitation: the form for whom it names; once it is answered, the way to that answer."""
    try:
        invited = find_invitation(token)
    except Invitation.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", status=404)
    event, outlook = invited.event, verbs.outlook(invited.event)
    if request.method != "POST" and (given := invited.answer):
        return HttpResponseRedirect(_manage(given))
    if event.is_over and event.state == Event.State.ON:
        return render(request, "events/rsvp_over.html", {"event": event}, status=410)
    member = _member_named(request, invited.email)
    if request.method != "POST":
        return _answer_page(request, event, outlook, _blank_form(outlook, member, invited), invited)
    form = RsvpForm(request.POST, largest_party=outlook.largest_party, member=member)
    return _take_answer(request, event, outlook, form, invited)


def _member_named(request: HttpRequest, email: str) -> Member | None:
    """Who is signed in, if this address is theirs: families share a computer, and each has an invitation."""
    member = signed_in(request)
    return member if member and member.email.casefold() == email.strip().casefold() else None


def _take_answer(
    request: HttpRequest, event: Event, outlook: Outlook, form: RsvpForm, invited: Invitation | None = None
) -> HttpResponse:
    if not form.is_valid():
        return _answer_page(request, event, outlook, form, invited, status=422)
    try:
        outcome = verbs.respond(event, form.said(current_language()), invitation=invited)
    except Refused as refused:
        form.add_error(refused.field, str(refused.message))
        return _answer_page(request, event, verbs.outlook(event), form, invited, status=422)
    return _after_answer(event, outcome, form)


def _blank_form(outlook: Outlook, member: Member | None, invited: Invitation | None = None) -> RsvpForm:
    guest = invited or member
    known = {"name": guest.name, "email": guest.email} if guest else {}
    initial = {"nonce": new_nonce(), "promised": str(outlook.seats_left), "seats": 1, **known}
    return RsvpForm(initial=initial, largest_party=outlook.largest_party, member=member)


def _answer_page(
    request: HttpRequest,
    event: Event,
    outlook: Outlook,
    form: RsvpForm,
    invited: Invitation | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form; where no answer is taken any more, the reason. A refused form keeps what was typed."""
    is_member = form.member is not None and form.member.is_current_member
    locked_out = invited is None and (outlook.by_invitation or (outlook.members_only and not is_member))
    context = {
        "event": event,
        "outlook": outlook,
        "form": form,
        "locked_out": locked_out,
        "invitation": invited,
    }
    if outlook.door in (Door.NONE, Door.CANCELLED, Door.OVER):
        status = 410
    return render(request, "events/rsvp_form.html", context, status=status)


def _after_answer(event: Event, outcome: verbs.Outcome, form: RsvpForm) -> HttpResponse:
    if outcome.recorded is Recorded.KNOWN_GUEST:
        return _see_other(f"{_manage(outcome.rsvp)}?{urlencode({'recorded': 'before'})}")
    if outcome.recorded is Recorded.KNOWN_ADDRESS and form.member and outcome.rsvp.member == form.member:
        return _see_other(_manage(outcome.rsvp))
    if outcome.recorded is Recorded.KNOWN_ADDRESS:
        return _see_other(reverse("events:rsvp_sent", args=[event.slug]))
    note = "again" if outcome.recorded is Recorded.AGAIN else "new"
    if note == "new" and outcome.rsvp.status == Rsvp.Status.WAITLISTED:
        note = _why_waiting(outcome.rsvp.seats_wanted, form.cleaned_data["promised"])
    return _see_other(f"{_manage(outcome.rsvp)}?{urlencode({'recorded': note})}")


def _why_waiting(seats: int, promised: str) -> str:
    """Whether others were quicker than the form, or its party was larger than what was free when it was opened."""
    left = int(promised) if promised.isascii() and promised.isdigit() else 0
    if not left:
        return "new"
    return "too-late" if seats <= left else "too-large"


def _manage(rsvp: Rsvp) -> str:
    return manage_path(rsvp.link_handle, rsvp.link_version, current_language())


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


@require_safe
@follows_moves(Event)
@personal
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same words whatever that address has answered: see your mail."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    return render(request, "events/rsvp_sent.html", {"event": event})


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """My answer: how it stands, and the form to change it."""
    try:
        rsvp = find_rsvp(token)
    except Rsvp.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", status=404)
    if rsvp.event.is_over and rsvp.event.state == Event.State.ON:
        return render(request, "events/rsvp_over.html", {"event": rsvp.event}, status=410)
    largest = max(verbs.outlook(rsvp.event).largest_party, rsvp.seats_wanted)
    member = _member_named(request, rsvp.email)
    if request.method != "POST":
        return _manage_page(request, rsvp, ManageForm(rsvp=rsvp, largest_party=largest))
    form = ManageForm(request.POST, rsvp=rsvp, largest_party=largest, member=member)
    if request.POST.get("answer") == "declined" and not form.is_valid():
        # A change of mind needs no valid names; only a yes does.
        verbs.withdraw(rsvp)
        return _see_other(_manage(rsvp))
    if form.is_valid():
        try:
            verbs.change(rsvp, form.said(current_language()))
            return _see_other(f"{_manage(rsvp)}?recorded=changed")
        except Refused as refused:
            form.add_error(refused.field, str(refused.message))
    return _manage_page(request, rsvp, form, status=422)


def _manage_page(request: HttpRequest, rsvp: Rsvp, form: ManageForm, status: int = 200) -> HttpResponse:
    outlook = verbs.outlook(rsvp.event)
    context = {
        "rsvp": rsvp,
        "event": rsvp.event,
        "form": form,
        "outlook": outlook,
        "guests": rsvp.guests.all(),
        "queue_place": verbs.place_in_queue(rsvp),
        "recorded": request.GET.get("recorded", ""),
    }
    return render(request, "events/rsvp_manage.html", context, status=status)
