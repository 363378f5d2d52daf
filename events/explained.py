"""In sentences: who is served next and why, in the language of whoever reads."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from events.explain import Explanation, InLine, Stopped
from events.models import Rsvp, RsvpPolicy
from events.when import spell_instant
from sistercities.pages.bilingual import current_language


def why_next(known: Explanation) -> list[str]:
    """Why the next in line is next, what it is waiting for, and when others may go ahead."""
    if known.stopped:
        return [why_stopped(known.stopped)]
    if not known.unserved:
        return [_("Everybody in line has an offer of all seats.") if known.line else _("Nobody waits.")]
    head = known.unserved[0]
    return [_first_of_its_class(known, head), _what_it_gets(known, head), _when_others_may(known)]


def why_stopped(stopped: Stopped) -> str:
    return {
        Stopped.CANCELLED: _("The event is cancelled: nobody is served."),
        Stopped.POSTPONED: _("The event is postponed: nobody is served until it is set on again."),
        Stopped.NO_START: _("The event has no start yet: nobody is served."),
        Stopped.BEGUN: _("The event has begun: nobody is served any more."),
    }[stopped]


def class_of(rsvp: Rsvp) -> str:
    """Among whom a party is served."""
    return {
        Rsvp.Priority.HOSTS: pgettext("first among", "those whom the hosts put first"),
        Rsvp.Priority.MEMBER: pgettext("first among", "members"),
        Rsvp.Priority.GENERAL: pgettext("first among", "all others"),
    }[Rsvp.Priority(rsvp.priority)]


def _first_of_its_class(known: Explanation, head: InLine) -> str:
    name = head.rsvp.name
    if len({each.rsvp.priority for each in known.line}) == 1 and head.rsvp.priority == Rsvp.Priority.GENERAL:
        return _("%(name)s is served next: nobody in line asked earlier.") % {"name": name}
    words = _("%(name)s is served next: it is the first among %(class)s.")
    return words % {"name": name, "class": class_of(head.rsvp)}


def _what_it_gets(known: Explanation, head: InLine) -> str:
    free, missing = known.free, head.missing
    if free is None or free >= missing:
        return _("The seats it waits for are free: they are given to it within a minute.")
    if free > 0 and not _takes_part(known, head):
        words = ngettext(
            "%(free)d seat is free, and kept until all %(missing)d fit.",
            "%(free)d seats are free, and kept until all %(missing)d fit.",
            free,
        )
    elif free > 0:
        words = ngettext(
            "%(free)d of its %(missing)d seats is free now.",
            "%(free)d of its %(missing)d seats are free now.",
            free,
        )
    else:
        return _no_seat(known, head)
    return words % {"free": free, "missing": missing}


def _no_seat(known: Explanation, head: InLine) -> str:
    values = {"count": head.missing}
    if not _takes_part(known, head):
        words = ngettext(
            "No seat is free. One that becomes free is given to it at once.",
            "No seat is free. Those that become free are kept until all %(count)d fit.",
            head.missing,
        )
    elif known.policy.promotion == RsvpPolicy.Promotion.OFFER and not head.rsvp.takes_any:
        words = ngettext(
            "No seat is free. One that becomes free is offered to it.",
            "No seat is free. Those that become free are offered to it, up to %(count)d of them; it may take a part.",
            head.missing,
        )
    else:
        words = ngettext(
            "No seat is free. It takes any: one that becomes free is its own at once.",
            "No seat is free. It takes any: each that becomes free is its own at once, up to %(count)d of them.",
            head.missing,
        )
    return words % values


def _when_others_may(known: Explanation) -> str:
    if known.is_passing_over:
        return _(
            "The event is near: seats that do not suffice for it go to the next party that fits as a whole."
        )
    if known.passes_over_from is None:
        return ""
    moment = spell_instant(known.passes_over_from, known.event.zone, current_language())
    return _("From %(moment)s on, smaller parties that fit may go first.") % {"moment": moment}


def _takes_part(known: Explanation, head: InLine) -> bool:
    return head.rsvp.takes_any or known.policy.promotion == RsvpPolicy.Promotion.OFFER
