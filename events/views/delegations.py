"""A delegation by its personal link: its owner names people, exchanges them, and gives seats back."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from events import rsvp as verbs
from events.delegation_forms import NamesForm, RosterForm, form_for
from events.links import find_hold, hold_path
from events.models import Event, SeatHold
from events.occasion import Occasion
from events.refusals import tell
from events.roster import Roster, changes, in_a_row, roster_of, twice
from events.when import spell_deadline
from relationships.models import Party
from sistercities.busy import Busy
from sistercities.links import personal
from sistercities.pages.bilingual import current_language


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def delegation(request: HttpRequest, token: str) -> HttpResponse:
    """The block of a delegation: who is named, until when that can be changed, and the form to do so."""
    try:
        hold = find_hold(token)
    except SeatHold.DoesNotExist:
        return render(request, "events/delegation_unknown.html", status=404)
    event: Event = hold.event
    if event.is_over and event.state == Event.State.ON:
        return render(request, "events/rsvp_over.html", {"event": event}, status=410)
    roster = roster_of(hold)
    if request.method != "POST":
        return _page(request, hold, roster, form_for(roster))
    form = form_for(roster, request.POST)
    if not form.is_valid():
        return _page(request, hold, roster, form, status=422)
    try:
        save(hold, roster, form)
    except (verbs.Refused, Busy) as problem:
        return _page(request, hold, roster, form, status=tell(form, problem))
    for level, words in what_was_done(roster, form):
        messages.add_message(request, level, words)
    response = HttpResponseRedirect(hold_path(hold.link_handle, hold.link_version, current_language()))
    response.status_code = 303
    return response


def save(hold: SeatHold, roster: Roster, form: RosterForm, by: verbs.By = verbs.GUEST) -> None:
    """Write down the list, and give back the seats that are not needed: both, or neither. Raises Refused, Busy."""
    if not form.spared:
        if form.names != roster.names:
            verbs.name_delegates(hold, form.names, by, roster.names)
        return
    with transaction.atomic():
        if form.names != roster.names:
            hold = verbs.name_delegates(hold, form.names, by, roster.names)
        verbs.release_seats(hold, form.spared, by)


def what_was_done(roster: Roster, form: RosterForm) -> list[tuple[int, str]]:
    """What a saved form has changed, in words, and what in it deserves a second look."""
    done = changes(roster.names, form.names).words
    if form.spared:
        words = ngettext("%(count)d seat given back.", "%(count)d seats given back.", form.spared)
        done.append(words % {"count": form.spared})
    said = [(messages.SUCCESS, words) for words in done] or [(messages.INFO, _("Nothing was changed."))]
    if isinstance(form, NamesForm) and form.again:
        words = _("On the list already, and not added a second time: %(names)s.")
        said.append((messages.INFO, words % {"names": in_a_row(form.again)}))
    if (doubled := twice(form.names)) and done:
        words = _("More than one guest is called %(names)s. If that is one person, take one of them off.")
        said.append((messages.WARNING, words % {"names": in_a_row(doubled)}))
    return said


def _page(
    request: HttpRequest, hold: SeatHold, roster: Roster, form: RosterForm, status: int = 200
) -> HttpResponse:
    frozen, event = roster.is_frozen(timezone.now()), hold.event
    parties = Prefetch("relationships__parties", Party.objects.select_related("city"))
    prefetch_related_objects([event], "relationships", parties)
    context = {
        "hold": hold,
        "event": event,
        "roster": roster,
        "form": form,
        "is_frozen": frozen,
        # What was typed before names were fixed is shown once more, to be copied.
        "came_too_late": frozen and isinstance(form, NamesForm),
        "until": _until(event, roster),
        "zones": " ".join(str(clock.zone) for clock in Occasion(event).clocks),
    }
    return render(request, "events/delegation.html", context, status=status)


def _until(event: Event, roster: Roster) -> str:
    """The moment from which names are fixed, on the clocks of the event and of its cities."""
    if roster.until is None:
        return ""
    occasion = Occasion(event)
    return spell_deadline(roster.until, occasion.home, occasion.clocks, current_language())
