"""In words, what a button of the RSVP pages will do before it is pressed."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.numbers import place_in_order
from events.outlook import Undo
from events.prospects import Prospect
from sistercities.pages.bilingual import current_language


def _nth(place: int) -> str:
    return place_in_order(place, current_language())


def foretell(prospect: Prospect) -> list[str]:
    """What a party of one size will have, in one to three sentences."""
    if prospect.is_refused:
        return [_("There are not so many seats left, and there is no waiting list.")]
    if prospect.is_request:
        words = ngettext(
            "You ask for one seat. The hosts decide, and write to you.",
            "You ask for %(count)d seats. The hosts decide, and write to you.",
            prospect.seats,
        )
        return [words % {"count": prospect.seats}]
    was = prospect.was
    now = (prospect.seats, prospect.confirmed, prospect.offered)
    if was.wanted and now == (was.wanted, was.confirmed, was.offered):
        return [_("Your seats stay as they are.")]
    return [*_seated(prospect), *_offered(prospect), *_waiting(prospect)]


def _seated(prospect: Prospect) -> Iterable[str]:
    seats, had = prospect.confirmed, prospect.was.confirmed
    if seats > had:
        yield ngettext("One seat is yours at once.", "%(count)d seats are yours at once.", seats) % {
            "count": seats
        }
    elif seats:
        yield ngettext("You keep one seat.", "You keep %(count)d seats.", seats) % {"count": seats}
    if gone := max(had - seats, 0):
        yield ngettext("One seat goes to others.", "%(count)d seats go to others.", gone) % {"count": gone}


def _offered(prospect: Prospect) -> Iterable[str]:
    seats = prospect.offered
    if seats > prospect.was.offered:
        words = ngettext(
            "One seat is offered to you at once.", "%(count)d seats are offered to you at once.", seats
        )
        yield words % {"count": seats}
    elif seats:
        words = ngettext("One seat stays offered to you.", "%(count)d seats stay offered to you.", seats)
        yield words % {"count": seats}


def _waiting(prospect: Prospect) -> Iterable[str]:
    if not prospect.awaited or prospect.place is None:
        return
    values = {"count": prospect.awaited, "place": _nth(prospect.place)}
    if prospect.awaited < prospect.seats:
        words = ngettext(
            "For one more you stand %(place)s in line.",
            "For %(count)d more you stand %(place)s in line.",
            prospect.awaited,
        )
    else:
        words = ngettext(
            "You stand %(place)s in line; until then no seat is yours.",
            "Your party of %(count)d stands %(place)s in line; until then no seat is yours.",
            prospect.seats,
        )
    yield words % values


# --- all sizes at a glance ------------------------------------------------------------------------------


def at_a_glance(rows: Iterable[Prospect]) -> list[str]:
    """The same for all sizes of a party, in as few sentences as say it."""
    runs = (list(run) for _kind, run in groupby(rows, _kind))
    return [words for run in runs if (words := _of_all(run))]


def _kind(prospect: Prospect) -> str:
    """Sizes of one kind are told together."""
    if prospect.is_refused or prospect.is_request:
        return "refused" if prospect.is_refused else "request"
    if prospect.was.wanted and prospect.seats <= prospect.was.wanted:
        return "same" if prospect.seats == prospect.was.wanted else "fewer"
    if prospect.confirmed == prospect.seats:
        return "seated"
    return "offered" if prospect.offered > prospect.was.offered else "waiting"


def _up_to(seats: int) -> str:
    # Not one message with a plural: of two with the same singular, translators are shown the first only.
    if seats == 1:
        return _("One seat is yours at once.")
    return _("Up to %(count)d seats are yours at once.") % {"count": seats}


def _of_all(run: list[Prospect]) -> str:
    first, last = run[0], run[-1]
    nth = _nth(last.place) if last.place else ""
    match _kind(last):
        case "refused":
            return _("There are no more seats, and there is no waiting list.")
        case "request":
            return _("The hosts decide about your request, and write to you. Until then no seat is yours.")
        case "fewer" if last.was.confirmed:
            return _("Seats that you give back go to others.")
        case "fewer":
            return _("With fewer you keep your place in line.")
        case "seated":
            return _up_to(last.seats)
        case "offered":
            words = ngettext(
                "A larger party stands %(place)s in line, and the one free seat is offered to it at once.",
                "A larger party stands %(place)s in line, and the %(count)d free seats are offered to it at once.",
                last.offered,
            )
            return words % {"count": last.offered, "place": nth}
        case "waiting" if last.was.confirmed:
            return _("For more you keep what you have, and stand %(place)s in line for the rest.") % {
                "place": nth
            }
        case "waiting" if first.seats == 1 or last.was.wanted:
            return _("Your party stands %(place)s in line; until then no seat is yours.") % {"place": nth}
        case "waiting":
            return _("A larger party stands %(place)s in line with all its seats.") % {"place": nth}
    return ""


# --- an offer, and an undo ------------------------------------------------------------------------------


def foretell_taking(taken: int, offered: int, prospect: Prospect) -> list[str]:
    """What it means to take so many of the offered seats."""
    words = [ngettext("One seat becomes yours.", "%(count)d seats become yours.", taken) % {"count": taken}]
    again = prospect.offered
    left = offered - taken - again
    if again:
        back = ngettext(
            "One seat is offered to you again, since you still wait for one.",
            "%(count)d seats are offered to you again, since you still wait for them.",
            again,
        )
        words.append(back % {"count": again})
    if left > 0:
        gone = ngettext(
            "The other one goes to somebody else.", "The other %(count)d go to somebody else.", left
        )
        words.append(gone % {"count": left})
    return [*words, *_keeps_waiting(prospect), *_leaves(prospect.leaving)]


def _leaves(names: Sequence[str]) -> Iterable[str]:
    if names:
        yield _("Then no longer on your list: %(names)s.") % {"names": " · ".join(names)}


def _keeps_waiting(prospect: Prospect) -> Iterable[str]:
    if prospect.awaited and prospect.place:
        words = ngettext(
            "For one more you keep your place in line: %(place)s.",
            "For %(count)d more you keep your place in line: %(place)s.",
            prospect.awaited,
        )
        yield words % {"count": prospect.awaited, "place": _nth(prospect.place)}


def foretell_waiting_on(place: int) -> str:
    """What it means to let the next go ahead."""
    words = _(
        "The next in line is served first, and you stand directly behind: %(place)s."
        " Seats that are left are offered to you again. This can be said once."
    )
    return words % {"place": _nth(place)}


def foretell_undo(prospect: Undo) -> str:
    """What an undo leads to."""
    values = {"count": prospect.seats, "sure": prospect.confirmed}
    if prospect.confirmed == prospect.seats:
        words = ngettext(
            "One seat will then be yours, as before.",
            "%(count)d seats will then be yours, as before.",
            prospect.seats,
        )
    elif prospect.confirmed:
        words = ngettext(
            "You then want one seat again.",
            "You then want %(count)d seats again: %(sure)d will be yours, and for the rest you wait in line.",
            prospect.seats,
        )
    else:
        words = ngettext(
            "You then ask for one seat again, and stand in line; it is not yours at once.",
            "You then ask for %(count)d seats again, and stand in line; none is yours at once.",
            prospect.seats,
        )
    return words % values
