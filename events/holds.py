"""Blocks of seats: kept for a delegation whose people are named later, or for whoever holds an invitation.

Part of the vocabulary of ``events.rsvp``. A block counts only the seats that nobody is named for; the people named are
one confirmed answer.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events import welcome
from events.answers import GUEST, NONE_FREE, REASONS, By, Refused
from events.desk import NOTHING, Desk
from events.models import Deed, DeskNote, Event, Invitation, Rsvp, SeatHold
from events.seating import Decision, Door, Queue
from events.serving import open_desk
from sistercities.busy import retried

Kind = DeskNote.Kind
CHANGED_ELSEWHERE = _(
    "The list was changed elsewhere at this very moment. Nothing was saved: please look it over, and save once more."
)


@dataclass(frozen=True)
class Block:
    """What staff ask for: so many seats for a delegation, or for an invitation, and who names its people."""

    name: str
    seats: int
    owner_name: str = ""
    owner_email: str = ""
    language: str = "en"
    freezes_at: datetime | None = None
    keeps_unnamed: bool = False
    note: str = ""
    invitation: Invitation | None = None


@retried
def hold_seats(event: Event, block: Block, by: By, *, raises_limit: bool = False) -> SeatHold:
    """Keep a block of free seats. Where so many are not free, the number of seats has to be raised first.

    ``raises_limit``: it is raised in the same step, by as many as are wanting, so that nobody else can take them.
    """
    with open_desk(event) as desk:
        welcome.check_open(desk)
        _check_once(desk, block)
        if raises_limit:
            _make_room(desk, block.seats, by)
        _check_free(desk, block.seats, by)
        if block.invitation and block.invitation.answer:
            raise Refused(_("This invitation has been answered already."), "invitation")
        values = {name: getattr(block, name) for name in Block.__dataclass_fields__}
        hold = SeatHold.objects.create(event=desk.event, seats_unnamed=block.seats, **values)
        desk.count(block.seats)
        desk.remark(by, Kind.HOLD, subject=hold.name, after=str(hold.seats))
        if not block.invitation:
            desk.letters.tell_owner(hold, "hold_made", "made")
    return hold


@retried
def resize_hold(hold: SeatHold, seats: int, by: By) -> SeatHold:
    """Make a block larger, if so many seats are free, or smaller, down to the people who are named."""
    with open_desk(hold.event) as desk:
        fresh, named = _fresh(desk, hold)
        if not fresh.is_live:
            raise Refused(_("This block has been given back. Please hold a new one."))
        more = seats - fresh.seats
        if more > 0:
            welcome.check_open(desk)
            _check_free(desk, more, by)
        if seats < named:
            raise Refused(
                _("%(count)d people are named already. Take some off the list first.") % {"count": named},
                "seats",
            )
        if more:
            desk.remark(by, Kind.HOLD, subject=fresh.name, before=str(fresh.seats), after=str(seats))
            fresh.seats = seats
            desk.set_unnamed(fresh, seats - named, "seats")
            desk.letters.tell_owner(fresh, "hold_changed", f"resized-{desk.now.isoformat()}")
    return fresh


@retried
def name_delegates(
    hold: SeatHold, names: Sequence[str], by: By = GUEST, seen: Sequence[str] | None = None
) -> SeatHold:
    """Say who comes with a delegation, in this order; all of them each time. ``seen``: the list that this replaces.

    Whoever is not named any more frees a seat within the block. From the freeze on people can only be taken off, and
    their seats go to those who wait; staff may still exchange names.
    """
    with open_desk(hold.event) as desk:
        fresh, named = _fresh(desk, hold)
        welcome.check_not_over(desk, by)
        party = Rsvp.objects.filter(hold=fresh).first()
        before = [guest.name for guest in party.guests.all()] if party and party.is_live else []
        if list(names) == before:
            return fresh
        if seen is not None and list(seen) != before:
            raise Refused(CHANGED_ELSEWHERE)
        if by.is_guest and _is_frozen(desk, fresh) and Counter(names) - Counter(before):
            raise Refused(
                _(
                    "The names are fixed by now. People can still be taken off the list;"
                    " for anything else please write to the hosts."
                )
            )
        room = fresh.seats_unnamed if fresh.is_live else 0
        if len(names) > named + room:
            words = _("The block has %(count)d seats; there are %(named)d names.")
            raise Refused(words % {"count": named + room, "named": len(names)}, "names")
        _seat_delegates(desk, fresh, party, names, by)
    return fresh


@retried
def release_seats(hold: SeatHold, seats: int, by: By = GUEST) -> SeatHold:
    """Give back seats of a block that nobody is named for; never refused. They go to those who wait."""
    with open_desk(hold.event) as desk:
        fresh, _named = _fresh(desk, hold)
        if not 1 <= seats <= fresh.seats_unnamed:
            words = _("Between 1 and %(count)d seats can be given back: those that nobody is named for.")
            raise Refused(words % {"count": fresh.seats_unnamed}, "seats")
        desk.remark(
            by, Kind.RELEASE, subject=fresh.name, before=str(fresh.seats), after=str(fresh.seats - seats)
        )
        fresh.seats -= seats
        if not fresh.seats:
            fresh.released_at = desk.now
        desk.set_unnamed(fresh, fresh.seats_unnamed - seats, "seats", "released_at")
        desk.letters.tell_owner(fresh, "hold_changed", f"given-back-{desk.now.isoformat()}")
    return fresh


@retried
def release_hold(hold: SeatHold, by: By) -> SeatHold:
    """Give a whole block back but for the people who are named: they come."""
    with open_desk(hold.event) as desk:
        fresh, _named = _fresh(desk, hold)
        if fresh.is_live:
            desk.release(fresh, by)
            desk.letters.tell_owner(fresh, "hold_changed", "released")
    return fresh


@retried
def renew_hold_link(hold: SeatHold, by: By) -> SeatHold:
    """Make every link to a delegation's page worthless, and mail a new one to its owner."""
    with open_desk(hold.event) as desk:
        fresh, _named = _fresh(desk, hold)
        fresh.link_version += 1
        fresh.save(update_fields=["link_version"])
        desk.remark(by, Kind.HOLD, subject=fresh.name, after=str(fresh.seats))
        desk.letters.tell_owner(fresh, "hold_made", f"renewed-{fresh.link_version}")
    return fresh


# --- steps ----------------------------------------------------------------------------------------------


def _fresh(desk: Desk, hold: SeatHold) -> tuple[SeatHold, int]:
    """A block as it stands now, and how many people are named in it. Raises Refused where it is gone."""
    found = SeatHold.objects.filter(event=desk.event, pk=hold.pk).select_related("invitation").first()
    if found is None:
        raise Refused(REASONS[Door.NONE])
    named = Rsvp.objects.filter(hold=found).values_list("seats_confirmed", flat=True).first()
    return found, named or 0


def _is_frozen(desk: Desk, hold: SeatHold) -> bool:
    return desk.now >= hold.freezes_at if hold.freezes_at else desk.event.has_begun_at(desk.now)


def _check_once(desk: Desk, block: Block) -> None:
    """Refuse a second block for one delegation, or one invitation: the button pressed twice keeps no seats twice."""
    known = SeatHold.objects.filter(event=desk.event, invitation=None, name=block.name)
    if block.invitation is None and known.exists():
        raise Refused(_("There is a block of this name already: change its number of seats."), "name")
    live = Invitation.objects.live().filter(event=desk.event, hold=None)
    if block.invitation and not live.filter(pk=block.invitation.pk).exists():
        raise Refused(_("This invitation was revoked, or has had its seats."), "invitation")


def _make_room(desk: Desk, seats: int, by: By) -> None:
    """Raise the number of seats until so many are free."""
    limit, wanting = desk.policy.seat_limit, seats - max(desk.free, 0)
    if limit is None or wanting <= 0:
        return
    desk.policy.seat_limit = limit + wanting
    desk.policy.save(update_fields=["seat_limit"])
    desk.remark(by, Kind.LIMIT, before=str(limit), after=str(limit + wanting))


def _check_free(desk: Desk, seats: int, by: By) -> None:
    """Refuse more seats than are free; where somebody waits for them, a reason is asked for."""
    if seats > desk.free:
        words = ngettext(
            "Only %(count)d seat is free. Raise the number of seats first, or hold fewer.",
            "Only %(count)d seats are free. Raise the number of seats first, or hold fewer.",
            max(desk.free, 0),
        )
        raise Refused(words % {"count": desk.free} if desk.free > 0 else NONE_FREE, "seats")
    if desk.someone_waits and not by.reason.strip():
        raise Refused(
            _(
                "Somebody waits for these seats, or holds an offer. Please say why they are kept; it is noted with the"
                " change."
            ),
            "reason",
        )


def _seat_delegates(desk: Desk, hold: SeatHold, party: Rsvp | None, names: Sequence[str], by: By) -> None:
    """Turn unnamed seats into confirmed ones, or the reverse: what becomes fewer is written first."""
    had = party.seats_confirmed if party else 0
    unnamed = hold.seats - len(names) if hold.is_live else 0
    if len(names) > had:
        desk.set_unnamed(hold, unnamed)
    party = party or Rsvp(event=desk.event, hold=hold, language=hold.language, source=by.source)
    party.name = names[0] if names else party.name
    seats = len(names)
    if seats:
        desk.seat(party, Decision(seats, seats, Queue.NONE), by, Deed.NAMED)
    else:
        desk.seat(party, NOTHING, by, Deed.NAMED, ends=Rsvp.Status.CANCELLED)
    desk.letters.take_back(party)  # whoever named them is told, not they
    desk.name_guests(party, names)
    if seats <= had:
        desk.set_unnamed(hold, unnamed)
    desk.letters.tell_owner(hold, "hold_changed", f"named-{desk.now.isoformat()}")
