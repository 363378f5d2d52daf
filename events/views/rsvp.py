"""Answering: the form of an event, that of a personal invitation, and the proof of an e-mail address."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from events import rsvp as verbs
from events.companions import remember_if_asked
from events.forms import NOTHING_ASKED, RsvpForm, new_nonce
from events.forms_of_address import without_what_was_lent
from events.links import find_invitation, find_unverified, invitation_path, manage_path
from events.models import Event, Invitation, Rsvp
from events.occasion import Occasion
from events.own_answer import load_cities, seats_reserved_for
from events.prospects import NOBODY, Prospects, prospects, requests
from events.public_form import PublicRsvpForm
from events.questionnaire import questionnaire
from events.refusals import tell
from events.rsvp import Busy, Outlook, Recorded, Refused
from events.seating import Door
from events.when import spell_deadline
from people.models import Member
from sistercities.links import personal
from sistercities.mail.addresses import comparable
from sistercities.pages.bilingual import current_language
from sistercities.pages.moved import follows_moves

OPEN = (Door.OPEN, Door.WAITING_LIST)
GONE = (Door.NONE, Door.CANCELLED, Door.OVER)


def signed_in(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None


def member_named(request: HttpRequest, email: str) -> Member | None:
    """Who is signed in, if this address is theirs: families share a computer, and each has an invitation."""
    member = signed_in(request)
    return member if member and comparable(member.email) == comparable(email) else None


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@follows_moves(Event)
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of an event, and what becomes of it."""
    events = Event.objects.visible_to(request.user).select_related("venue__city", "rsvp_policy")
    event = get_object_or_404(events, slug=slug)
    member, outlook = signed_in(request), verbs.outlook(event)
    if outlook.door is Door.NONE:
        raise Http404
    if member and request.method != "POST" and (mine := event.rsvps.standing().filter(member=member).first()):
        return HttpResponseRedirect(manage_page_of(mine))
    if request.method != "POST":
        return _answer_page(request, event, outlook, _blank_form(event, outlook, member))
    form = _form_for(member)(request.POST, **_rules(event, outlook, member))
    return _take_answer(request, event, outlook, form)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A personal invitation: the form for whom it names; once it is answered, the way to that answer."""
    try:
        invited = find_invitation(token)
    except Invitation.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", {"is_invitation": True}, status=404)
    event, outlook = invited.event, verbs.outlook(invited.event, invitation=invited)
    given = invited.own_answer
    if given and invited.is_bound and ("link" in request.POST or request.method != "POST"):
        return _for_its_guest(request, invited, given)
    if request.method != "POST" and given:
        return HttpResponseRedirect(manage_page_of(given))
    if event.is_over and event.state == Event.State.ON:
        return render(request, "events/rsvp_over.html", {"event": event}, status=410)
    member = member_named(request, invited.email)
    if request.method != "POST":
        return _answer_page(request, event, outlook, _blank_form(event, outlook, member, invited), invited)
    form = RsvpForm(request.POST, **_rules(event, outlook, member))
    return _take_answer(request, event, outlook, form, invited)


def _for_its_guest(request: HttpRequest, invited: Invitation, given: Rsvp) -> HttpResponse:
    """An invitation for one guest only may have been passed on: the link to its answer goes to the guest by mail."""
    form, status = forms.Form(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        try:
            verbs.send_link(given)
            return see_other(reverse("events:rsvp_sent", args=[invited.event.slug]))
        except (Refused, Busy) as problem:
            status = tell(form, problem)
    context = {"event": invited.event, "invitation": invited, "rsvp": given, "form": form}
    return render(request, "events/invitation_answered.html", context, status=status)


def _take_answer(
    request: HttpRequest, event: Event, outlook: Outlook, form: RsvpForm, invited: Invitation | None = None
) -> HttpResponse:
    if not form.is_valid():
        return _answer_page(request, event, outlook, form, invited, status=422)
    said = form.said(current_language())
    said = without_what_was_lent(said, invited) if invited else said
    try:
        outcome = verbs.respond(event, said, invitation=invited)
    except (Refused, Busy) as problem:
        status = tell(form, problem)
        return _answer_page(request, event, verbs.outlook(event, invitation=invited), form, invited, status)
    remember_if_asked(form)
    return see_other(_where_to(event, outlook, outcome, form, invited))


# --- the form -------------------------------------------------------------------------------------------


def _form_for(member: Member | None) -> type[RsvpForm]:
    return RsvpForm if member else PublicRsvpForm


def _blank_form(
    event: Event, outlook: Outlook, member: Member | None, invited: Invitation | None = None
) -> RsvpForm:
    guest = invited or member
    known = {"name": guest.name, "email": guest.email} if guest else {}
    if invited:
        known |= {"title": invited.title, "organisation": invited.organisation}
    language = guest.language if guest else current_language()
    initial = {"nonce": new_nonce(), "promised": str(outlook.seats_left), "seats": 1, "language": language}
    form = RsvpForm if invited else _form_for(member)
    return form(initial={**initial, **known}, **_rules(event, outlook, member))


def _rules(event: Event, outlook: Outlook, member: Member | None) -> dict[str, Any]:
    return {
        "largest_party": outlook.largest_party,
        "member": member,
        "names_by": names_due(event, outlook),
        "asked": questionnaire(event) if outlook.door is not Door.NONE else NOTHING_ASKED,
    }


def names_due(event: Event, outlook: Outlook) -> str:
    """By when companions had to be named, in words, if that moment is over."""
    if outlook.names_by is None or timezone.now() < outlook.names_by:
        return ""
    return spell_deadline(outlook.names_by, Occasion(event).home, [], current_language())


def _answer_page(
    request: HttpRequest,
    event: Event,
    outlook: Outlook,
    form: RsvpForm,
    invited: Invitation | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form; where no answer is taken any more, the reason, and still what was typed."""
    load_cities(event)
    is_member = form.member is not None and form.member.is_current_member
    locked_out = invited is None and (outlook.by_invitation or (outlook.members_only and not is_member))
    reserved = seats_reserved_for(invited.pk if invited else None)
    is_open = outlook.door in OPEN or (reserved > 0 and outlook.door is Door.FULL)
    context = {
        "event": event,
        "outlook": outlook,
        "form": form,
        "is_open": is_open,
        "locked_out": locked_out,
        "invitation": invited,
        "reserved": reserved,
        "asks": outlook.by_request and invited is None,
        "zone": form.member.timezone if form.member else "",
    }
    if is_open and not locked_out:
        context["prospects"] = _prospects(event, outlook, form.member, invited, reserved)
    if outlook.door in GONE and status != 503:
        status = 410
    return render(request, "events/rsvp_form.html", context, status=status)


def _prospects(
    event: Event, outlook: Outlook, member: Member | None, invited: Invitation | None, reserved: int
) -> Prospects:
    if outlook.by_request and invited is None:
        return requests(outlook.largest_party, NOBODY)
    return prospects(event, event.rsvp_policy, outlook.largest_party, member=member, reserved=reserved)


# --- where it leads -------------------------------------------------------------------------------------


def _where_to(
    event: Event, outlook: Outlook, outcome: verbs.Outcome, form: RsvpForm, invited: Invitation | None
) -> str:
    rsvp, recorded = outcome.rsvp, outcome.recorded
    if recorded is Recorded.KNOWN_GUEST and invited and invited.is_bound:
        return invitation_path(invited, current_language())
    if recorded is Recorded.KNOWN_GUEST:
        return manage_page_of(rsvp, "before")
    if recorded is Recorded.KNOWN_ADDRESS and form.member and rsvp.member == form.member:
        return manage_page_of(rsvp)
    # Where an address has to be proved, a form that is sent again must not lead past the proof.
    had_to_prove = outlook.verify_email or rsvp.verified_at is not None
    unproved = recorded is Recorded.AGAIN and had_to_prove and not _is_theirs(rsvp, form.member, invited)
    if unproved or recorded in (Recorded.KNOWN_ADDRESS, Recorded.UNVERIFIED) or _is_unverified(rsvp):
        return reverse("events:rsvp_sent", args=[event.slug])
    note = "again" if recorded is Recorded.AGAIN else "forwarded" if rsvp.forwarded_id else "new"
    if note == "new" and rsvp.queue_number is not None:
        note = _why_waiting(rsvp.seats_wanted, form.cleaned_data["promised"])
    return manage_page_of(rsvp, note)


def _is_theirs(rsvp: Rsvp, member: Member | None, invited: Invitation | None) -> bool:
    """Whether an answer was given by this member, or by this invitation."""
    by_member = member is not None and rsvp.member_id == member.pk
    return by_member or (invited is not None and rsvp.invitation_id == invited.pk)


def _is_unverified(rsvp: Rsvp) -> bool:
    return rsvp.status == Rsvp.Status.UNVERIFIED


def _why_waiting(seats: int, promised: str) -> str:
    """Whether others were quicker than the form, or its party was larger than what was free when it was opened."""
    left = int(promised) if promised.isascii() and promised.isdigit() else 0
    if not left:
        return "new"
    return "too-late" if seats <= left else "too-large"


def manage_page_of(rsvp: Rsvp, recorded: str = "") -> str:
    path = manage_path(rsvp.link_handle, rsvp.link_version, current_language())
    return f"{path}?{urlencode({'recorded': recorded})}" if recorded else path


def see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


@require_safe
@personal
@follows_moves(Event)
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same words whatever that address has answered: see your mail."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    return render(request, "events/rsvp_sent.html", {"event": event, "outlook": verbs.outlook(event)})


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody sees who follows the link in a mail: the answer counts once the button here is pressed."""
    try:
        rsvp = find_unverified(token)
    except Rsvp.DoesNotExist:
        return render(request, "events/rsvp_unknown.html", {"is_verifying": True}, status=404)
    if not _is_unverified(rsvp):
        return HttpResponseRedirect(manage_page_of(rsvp))
    form, status = forms.Form(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        try:
            outcome = verbs.verify(rsvp)
            before = outcome.recorded is Recorded.KNOWN_GUEST
            return see_other(manage_page_of(outcome.rsvp, "before" if before else "verified"))
        except (Refused, Busy) as problem:
            status = tell(form, problem)
    context = {"rsvp": rsvp, "event": rsvp.event, "outlook": verbs.outlook(rsvp.event), "form": form}
    return render(request, "events/rsvp_verify.html", context, status=status)
