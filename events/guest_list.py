"""Who comes to an event: the parties in an order that helps the host, found by a name in any script, counted."""

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import Event, Guest, Rsvp, RsvpPolicy, SeatOffer
from sistercities.pages.safe_text import harmless
from sistercities.pages.search import pinyin_keys, sort_key
from sistercities.traces import NOBODY

Status = Rsvp.Status
# Who comes; who waits, in the order of the line; who asks to come; who does not come; what does not count yet.
ORDER = {
    Status.CONFIRMED: 0,
    Status.OFFERED: 1,
    Status.WAITLISTED: 1,
    Status.REQUESTED: 2,
    Status.DECLINED: 3,
    Status.CANCELLED: 4,
    Status.LAPSED: 5,
    Status.REJECTED: 6,
    Status.UNVERIFIED: 7,
}


@dataclass(frozen=True)
class Counts:
    """The seats and parties of an event at one moment; ``limit`` None: there is none.

    ``held`` are kept for delegations and guests that nobody is named for yet, ``free`` those nobody has been promised.
    """

    limit: int | None
    committed: int = 0
    confirmed: int = 0
    offered: int = 0
    waiting: int = 0
    parties: dict[str, int] = field(default_factory=dict)

    @property
    def held(self) -> int:
        return self.committed - self.confirmed - self.offered

    @property
    def free(self) -> int | None:
        return None if self.limit is None else self.limit - self.committed


@dataclass(frozen=True)
class Party:
    """One answer as a line of the list; ``place`` is its place in the queue, from 1, ``offer`` the one that stands."""

    rsvp: Rsvp
    guests: list[Guest]
    place: int | None
    offer: SeatOffer | None = None

    @property
    def counts(self) -> bool:
        """Whether it is an answer; one whose address nobody has confirmed is none yet."""
        return self.rsvp.status != Status.UNVERIFIED

    @property
    def is_removed(self) -> bool:
        """Whether all that is left of it is that there was an answer."""
        return self.rsvp.name == NOBODY

    @property
    def delegation(self) -> str:
        """The delegation whose named people they are, if they are one."""
        return self.rsvp.hold.name if self.rsvp.hold else ""

    @property
    def names(self) -> list[str]:
        """The companions' names as far as they are known."""
        return [guest.name for guest in self.guests if not guest.is_lead and guest.name]

    @property
    def standing(self) -> str:
        """Title and organisation of whoever leads it."""
        known = (each for each in self.guests if each.is_lead)
        return " · ".join(part for each in known for part in (each.title, each.organisation) if part)

    @property
    def unnamed(self) -> int:
        return sum(1 for guest in self.guests if not guest.name) if self.rsvp.is_live else 0

    @property
    def has_class(self) -> bool:
        """Whether it waits in another class than most."""
        return self.place is not None and self.rsvp.priority != Rsvp.Priority.GENERAL

    def is_found_by(self, words: str) -> bool:
        """Whether it has a name or an address in which these words occur; liang finds 梁."""
        sought = _plain(words)
        names = [self.rsvp.name, *self.names, self.delegation]
        places = [*names, self.rsvp.email, *(key for name in names for key in pinyin_keys(name))]
        return any(sought in _plain(place) for place in places)


def parties(event: Event) -> list[Party]:
    """All answers, as ``ORDER`` has them: those who wait in the order of the line, all others by name."""
    offers = Prefetch("offers", SeatOffer.objects.live(), to_attr="standing_offers")
    rows = list(event.rsvps.select_related("hold").prefetch_related("guests", offers))
    line = sorted((row for row in rows if row.queue_number is not None), key=_in_line)
    places = {row.pk: place for place, row in enumerate(line, start=1)}
    rows.sort(key=lambda row: (ORDER[Status(row.status)], _waits_at(row, places), sort_key(row.name)))
    return [
        Party(row, list(row.guests.all()), places.get(row.pk), next(iter(row.standing_offers), None))
        for row in rows
    ]


def _in_line(row: Rsvp) -> tuple[int, Any]:
    return row.priority, row.queue_number


def _waits_at(row: Rsvp, places: dict[int, int]) -> int:
    return 0 if row.seats_confirmed else places.get(row.pk, 0)


def chosen(known: Iterable[Party], status: str = "", source: str = "", q: str = "") -> list[Party]:
    """The parties that somebody looks for: by how they stand, by how they answered, by words of a name or address."""
    found = [party for party in known if not status or _stands(party, status)]
    found = [party for party in found if not source or party.rsvp.source == source]
    return [party for party in found if not q or party.is_found_by(q)]


def _stands(party: Party, status: str) -> bool:
    return {
        "coming": party.rsvp.seats_confirmed > 0,
        "waiting": party.place is not None,
        "offered": party.offer is not None,
        "unnamed": party.unnamed > 0,
    }.get(status, party.rsvp.status == status)


def count(policy: RsvpPolicy, known: Iterable[Party]) -> Counts:
    rows = [party.rsvp for party in known]
    by_status = {status.value: sum(1 for row in rows if row.status == status) for status in Status}
    confirmed, offered = sum(row.seats_confirmed for row in rows), sum(row.seats_offered for row in rows)
    waiting = sum(row.seats_unserved for row in rows if row.queue_number is not None)
    return Counts(policy.seat_limit, policy.seats_committed, confirmed, offered, waiting, by_status)


def as_csv(known: Iterable[Party]) -> str:
    """The list for a spreadsheet, one line for each guest; nothing in it can act as a formula."""
    sheet = StringIO()
    # The mark at the beginning tells spreadsheets that the Chinese in it is Unicode.
    sheet.write("\ufeff")
    writer = csv.writer(sheet)
    heads = [
        _("Party"),
        _("Guest"),
        _("Title"),
        _("Organisation"),
        _("Status"),
        _("Seats confirmed"),
        _("Seats wanted"),
        _("Place in the queue"),
    ]
    heads += [_("E-mail"), _("Language"), _("Message"), _("Answered"), _("By invitation")]
    writer.writerow(
        [*heads, _("How it reached us"), _("Served"), _("Seats offered"), _("Offered until"), _("Delegation")]
    )
    for party in known:
        rsvp = party.rsvp
        shared = [rsvp.get_status_display(), rsvp.seats_confirmed, rsvp.seats_wanted, party.place or ""]
        contact: list[object] = [
            rsvp.email,
            rsvp.language,
            rsvp.message,
            rsvp.answered_at.isoformat(timespec="minutes"),
        ]
        contact += [_("yes") if rsvp.invitation_id else "", rsvp.get_source_display()]
        until = party.offer.expires_at.isoformat(timespec="minutes") if party.offer else ""
        contact += [rsvp.get_priority_display() if party.place else "", rsvp.seats_offered or "", until]
        contact.append(party.delegation)
        for guest in party.guests:
            name = guest.name or pgettext("guest", "not named yet")
            whole = [rsvp.name, name, guest.title, guest.organisation, *shared, *contact]
            writer.writerow([harmless(str(cell)) for cell in whole])
    return sheet.getvalue()


def _plain(text: str) -> str:
    """Without capitals and accents, so that Lopez finds López."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
