"""What each of many parties would have after an act of the hosts, told before anybody presses. Changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Rsvp, RsvpPolicy
from events.outlook import room_of
from events.seating import Full, Party, Room, decide


@dataclass(frozen=True)
class Before:
    """One party: how it stands, and how it would stand."""

    rsvp: Rsvp
    was: str
    becomes: str


def seats_in_words(count: int) -> str:
    return ngettext("%(count)d seat", "%(count)d seats", count) % {"count": count}


def stands(rsvp: Rsvp) -> str:
    """How a party stands now: its status, and the seats that belong to it."""
    seats = rsvp.seats_confirmed or rsvp.seats_offered or rsvp.seats_wanted
    status = rsvp.get_status_display()
    if not seats:
        return str(status)
    said = _("%(status)s, %(seats)s") % {"status": status, "seats": seats_in_words(seats)}
    more = rsvp.seats_wanted - rsvp.seats_confirmed if rsvp.seats_confirmed else 0
    return _("%(said)s, waits for %(more)d more") % {"said": said, "more": more} if more else said


def admitted(event: Event, rows: Iterable[Rsvp]) -> list[Before]:
    """Requests in the order in which they came: who gets seats, who waits, for whom there is no room."""
    room, found = _room(event), []
    for rsvp in sorted(rows, key=lambda each: (each.answered_at, each.pk)):
        try:
            gets = decide(room, Party(), rsvp.seats_wanted).confirmed
        except Full:
            found.append(Before(rsvp, stands(rsvp), _("there is no room, and no waiting list")))
            continue
        if gets:
            becomes = _("confirmed, %(seats)s") % {"seats": seats_in_words(gets)}
        else:
            becomes = _("on the waiting list, for %(seats)s") % {"seats": seats_in_words(rsvp.seats_wanted)}
        room = Room(room.limit, room.committed + gets, room.others_wait or not gets, room.has_waiting_list)
        found.append(Before(rsvp, stands(rsvp), becomes))
    return found


def offered(event: Event, rows: Iterable[Rsvp]) -> list[Before]:
    """Those in line, head first: to whom as many seats can be offered as they wait for."""
    free, found = _room(event).free, []
    for rsvp in sorted(rows, key=lambda each: (each.priority, each.queue_number or 0)):
        seats = rsvp.seats_unserved
        becomes = _("not so many seats are free for it any more")
        if seats <= free:
            becomes, free = _("%(seats)s offered") % {"seats": seats_in_words(seats)}, free - seats
        found.append(Before(rsvp, stands(rsvp), becomes))
    return found


def withdrawn(event: Event, rows: Iterable[Rsvp]) -> list[Before]:
    return [Before(rsvp, stands(rsvp), _withdrawn(rsvp)) for rsvp in rows]


def _withdrawn(rsvp: Rsvp) -> str:
    seats = rsvp.seats_confirmed + rsvp.seats_offered
    if not seats:
        return _("withdrawn")
    words = ngettext(
        "withdrawn; %(count)d seat goes to those who wait",
        "withdrawn; %(count)d seats go to those who wait",
        seats,
    )
    return words % {"count": seats}


def _room(event: Event) -> Room:
    policy = RsvpPolicy.objects.get(event=event)
    return room_of(policy, others_wait=event.rsvps.waiting().exists())
