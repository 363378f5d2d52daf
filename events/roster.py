"""A delegation as its owner and staff see it: its seats, who is named, until when, and what was changed."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Guest, Rsvp, SeatHold
from events.when import is_chinese
from sistercities.pages.bilingual import current_language

# A message is read at a glance; the list itself stands below it.
NAMED_IN_A_MESSAGE = 40


@dataclass(frozen=True)
class Roster:
    """Who is named, in order, the seats that nobody is named for, and the moment from which nobody can be added."""

    names: tuple[str, ...]
    unnamed: int
    until: datetime | None
    is_live: bool = True

    @property
    def seats(self) -> int:
        return len(self.names) + self.unnamed

    @property
    def stamp(self) -> str:
        """By which a form knows whether the list it shows is still the one that is kept."""
        whole = "\n".join([str(self.unnamed), *self.names])
        return hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()

    def is_frozen(self, now: datetime) -> bool:
        """Whether names can only be taken off."""
        return self.until is not None and now >= self.until


def roster_of(hold: SeatHold) -> Roster:
    """The delegation as it stands, with one query; what the freeze released is gone, swept up already or not."""
    guests = Guest.objects.filter(rsvp__hold=hold, rsvp__status=Rsvp.Status.CONFIRMED)
    names = tuple(guests.order_by("position").values_list("name", flat=True))
    froze = hold.freezes_at is not None and hold.freezes_at <= timezone.now()
    is_live = hold.is_live and (hold.keeps_unnamed or not froze)
    return Roster(names, hold.seats_unnamed if is_live else 0, fixed_from(hold), is_live)


def fixed_from(hold: SeatHold) -> datetime | None:
    """The moment from which names are fixed: what was agreed, else the beginning of the event."""
    event: Event = hold.event
    return hold.freezes_at or event.starts_at


# --- what was changed -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Changes:
    """Who is on a list and was not before, and the reverse, each in the order of the list."""

    added: tuple[str, ...]
    taken_off: tuple[str, ...]
    reordered: bool = False

    @property
    def words(self) -> list[str]:
        """What was changed, in sentences."""
        said = []
        if self.added:
            said.append(_("Added: %(names)s.") % {"names": in_a_row(self.added)})
        if self.taken_off:
            said.append(_("Taken off: %(names)s.") % {"names": in_a_row(self.taken_off)})
        if self.reordered:
            said.append(_("The order was changed."))
        return said


def changes(before: Iterable[str], after: Iterable[str]) -> Changes:
    """What has to be done to one list of names to make it the other; two guests of one name are two."""
    old, new = tuple(before), tuple(after)
    added, taken_off = _left(new, Counter(old)), _left(old, Counter(new))
    return Changes(added, taken_off, not added and not taken_off and old != new)


def _left(names: tuple[str, ...], known: Counter[str]) -> tuple[str, ...]:
    rest = []
    for name in names:
        if known[name]:
            known[name] -= 1
        else:
            rest.append(name)
    return tuple(rest)


def twice(names: Iterable[str]) -> list[str]:
    """Names that stand on a list more than once."""
    return [name for name, times in Counter(names).items() if times > 1]


def in_a_row(names: Iterable[str]) -> str:
    """Names in one line, in the reader's way; of very many the first."""
    known = list(names)
    shown, more = known[:NAMED_IN_A_MESSAGE], len(known) - NAMED_IN_A_MESSAGE
    line = ("、" if is_chinese(current_language()) else ", ").join(shown)
    if more <= 0:
        return line
    words = ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more)
    return words % {"names": line, "count": more}
