"""Who comes to an event: the parties in an order that helps the host, found by a name in any script, counted."""

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import Event, Guest, Rsvp, RsvpPolicy
from sistercities.pages.safe_text import harmless
from sistercities.pages.search import pinyin_keys, sort_key

ORDER = {
    Rsvp.Status.CONFIRMED: 0,
    Rsvp.Status.WAITLISTED: 1,
    Rsvp.Status.DECLINED: 2,
    Rsvp.Status.CANCELLED: 3,
}


@dataclass(frozen=True)
class Counts:
    """The seats and parties of an event at one moment. ``free`` are the seats that nobody has been promised."""

    limit: int
    confirmed: int = 0
    waiting: int = 0
    parties: dict[str, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        return self.limit - self.confirmed


@dataclass(frozen=True)
class Party:
    """One answer as a line of the list; ``place`` is its place in the queue, from 1."""

    rsvp: Rsvp
    guests: list[Guest]
    place: int | None

    @property
    def names(self) -> list[str]:
        """The companions' names as far as they are known."""
        return [guest.name for guest in self.guests if not guest.is_lead and guest.name]

    @property
    def unnamed(self) -> int:
        return sum(1 for guest in self.guests if not guest.name) if self.rsvp.is_live else 0

    def is_found_by(self, words: str) -> bool:
        """Whether it has a name or an address in which these words occur; liang finds 梁."""
        sought = _plain(words)
        names = [self.rsvp.name, *self.names]
        places = [*names, self.rsvp.email, *(key for name in names for key in pinyin_keys(name))]
        return any(sought in _plain(place) for place in places)


def parties(event: Event) -> list[Party]:
    """All answers: first who comes, by name, then who waits, in the order of the queue, then who does not come."""
    rows = list(event.rsvps.prefetch_related("guests"))
    queue = sorted(row.queue_number for row in rows if row.queue_number is not None)
    places = {number: place for place, number in enumerate(queue, start=1)}
    rows.sort(
        key=lambda row: (
            ORDER[Rsvp.Status(row.status)],
            (row.seats_confirmed == 0 and row.queue_number) or 0,
            sort_key(row.name),
        )
    )
    return [Party(row, list(row.guests.all()), places.get(row.queue_number or 0)) for row in rows]


def count(policy: RsvpPolicy, known: Iterable[Party]) -> Counts:
    rows = [party.rsvp for party in known]
    by_status = {status.value: sum(1 for row in rows if row.status == status) for status in Rsvp.Status}
    waiting = sum(row.seats_awaited for row in rows)
    return Counts(policy.seat_limit, sum(row.seats_confirmed for row in rows), waiting, by_status)


def as_csv(known: Iterable[Party]) -> str:
    """The list for a spreadsheet, one line for each guest; nothing in it can act as a formula."""
    sheet = StringIO()
    # The mark at the beginning tells spreadsheets that the Chinese in it is Unicode.
    sheet.write("\ufeff")
    writer = csv.writer(sheet)
    heads = [
        _("Party"),
        _("Guest"),
        _("Status"),
        _("Seats confirmed"),
        _("Seats wanted"),
        _("Place in the queue"),
    ]
    writer.writerow([*heads, _("E-mail"), _("Language"), _("Message"), _("Answered"), _("By invitation")])
    for party in known:
        rsvp = party.rsvp
        shared = [rsvp.get_status_display(), rsvp.seats_confirmed, rsvp.seats_wanted, party.place or ""]
        contact = [rsvp.email, rsvp.language, rsvp.message, rsvp.answered_at.isoformat(timespec="minutes")]
        contact.append(_("yes") if rsvp.invitation_id else "")
        for guest in party.guests:
            name = guest.name or pgettext("guest", "not named yet")
            writer.writerow([harmless(str(cell)) for cell in [rsvp.name, name, *shared, *contact]])
    return sheet.getvalue()


def _plain(text: str) -> str:
    """Without capitals and accents, so that Lopez finds López."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
