"""What was done with an answer, each deed in the words in which a person would tell it."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Actor, Deed, Rsvp, RsvpTransition


def what(change: RsvpTransition) -> str:
    return DEEDS[Deed(change.deed)](change)


def _answered(change: RsvpTransition) -> str:
    return _asked_for(change.wanted_after) if change.wanted_after else _("cannot come")


def _changed(change: RsvpTransition) -> str:
    if change.from_status in Rsvp.ENDED and change.wanted_after:
        return _("answered again, and %(asked)s") % {"asked": _asked_for(change.wanted_after)}
    if change.wanted_after == change.wanted_before:
        return _("changed names or message")
    return _instead(change)


def _withdrew(change: RsvpTransition) -> str:
    if not change.wanted_before:
        return _("said again that nobody comes")
    words = ngettext(
        "withdrew the answer for %(count)d seat",
        "withdrew the answer for %(count)d seats",
        change.wanted_before,
    )
    return words % {"count": change.wanted_before}


def _undid(change: RsvpTransition) -> str:
    if change.wanted_after == change.wanted_before:
        return _("undid the last change")
    return _("undid the last change, and %(asked)s") % {"asked": _instead(change)}


def _seated(change: RsvpTransition) -> str:
    more = change.seats_after - change.seats_before
    words = ngettext("%(count)d seat from the waiting list", "%(count)d seats from the waiting list", more)
    return words % {"count": more}


def _offered(change: RsvpTransition) -> str:
    more = change.offered_after - change.offered_before
    if change.offered_before:
        words = ngettext("offered %(count)d seat more", "offered %(count)d seats more", more)
    else:
        words = ngettext("offered %(count)d seat", "offered %(count)d seats", more)
    said = words % {"count": more}
    return _("%(offered)s out of turn") % {"offered": said} if change.actor == Actor.STAFF else said


def _took(change: RsvpTransition) -> str:
    taken = change.seats_after - change.seats_before
    words = ngettext(
        "took %(taken)d of %(count)d seat offered",
        "took %(taken)d of %(count)d seats offered",
        change.offered_before,
    )
    return words % {"taken": taken, "count": change.offered_before}


def _lapsed(change: RsvpTransition) -> str:
    words = ngettext(
        "the offer of %(count)d seat lapsed unanswered",
        "the offer of %(count)d seats lapsed unanswered",
        change.offered_before,
    )
    return words % {"count": change.offered_before}


def _prioritised(change: RsvpTransition) -> str:
    return {
        Rsvp.Priority.HOSTS: _("put the party first in line"),
        Rsvp.Priority.MEMBER: _("put the party among the members in line"),
        Rsvp.Priority.GENERAL: _("put the party among all others in line"),
    }[Rsvp.Priority(change.priority_after)]


def _named(change: RsvpTransition) -> str:
    if not change.wanted_after:
        return _("took everybody off the list of the delegation")
    if change.wanted_after == change.wanted_before:
        return _("exchanged names in the delegation")
    words = ngettext(
        "named %(count)d guest of the delegation, before: %(before)d",
        "named %(count)d guests of the delegation, before: %(before)d",
        change.wanted_after,
    )
    return words % {"count": change.wanted_after, "before": change.wanted_before}


def _recalled(change: RsvpTransition) -> str:
    words = ngettext(
        "recalled the offer of %(count)d seat", "recalled the offer of %(count)d seats", change.offered_before
    )
    return words % {"count": change.offered_before}


def _told(change: RsvpTransition) -> str:
    told = _("told of a change of the event")
    if change.offered_before > change.offered_after:
        return _("%(told)s, and %(recalled)s") % {"told": told, "recalled": _recalled(change)}
    return told


def _asked_for(seats: int) -> str:
    return ngettext("asked for %(count)d seat", "asked for %(count)d seats", seats) % {"count": seats}


def _instead(change: RsvpTransition) -> str:
    words = ngettext(
        "asked for %(count)d seat instead of %(before)d",
        "asked for %(count)d seats instead of %(before)d",
        change.wanted_after,
    )
    return words % {"count": change.wanted_after, "before": change.wanted_before}


DEEDS: dict[Deed, Callable[[RsvpTransition], str]] = {
    Deed.ANSWERED: _answered,
    Deed.VERIFIED: lambda change: _("confirmed the e-mail address"),
    Deed.CHANGED: _changed,
    Deed.WITHDRAWN: _withdrew,
    Deed.UNDONE: _undid,
    Deed.SEATED: _seated,
    Deed.OFFERED: _offered,
    Deed.TOOK: _took,
    Deed.DEFERRED: lambda change: _("let the next in line go ahead"),
    Deed.LAPSED: _lapsed,
    Deed.RECALLED: _recalled,
    Deed.APPROVED: lambda change: _("admitted the party"),
    Deed.REJECTED: lambda change: _("did not admit the party"),
    Deed.PRIORITISED: _prioritised,
    Deed.NAMED: _named,
    Deed.TOLD: _told,
    Deed.CALLED_OFF: lambda change: _("cancelled the event, and with it the answer"),
    Deed.NEW_LINK: lambda change: _("mailed a new personal link"),
    Deed.REMOVED: lambda change: _("removed the answer and its personal data"),
}
