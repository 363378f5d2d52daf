"""The answers to an event as light rows, by which the guest list looks for somebody, narrows, sorts and counts.

Two thousand of them are read in four queries and take no models; what a page shows of them is read afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from events import tagging
from events.models import Event, Guest, Rsvp
from sistercities.pages.letters import folded, simplified
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
COLUMNS = (
    "pk",
    "name",
    "email",
    "status",
    "source",
    "language",
    "interpretation",
    "seats_confirmed",
    "seats_offered",
    "seats_wanted",
    "priority",
    "queue_number",
    "answered_at",
    "updated_at",
    "invitation",
    "hold",
    "hold__name",
)


@dataclass(frozen=True, slots=True)
class Person:
    """One guest of a party, as far as staff look for them."""

    name: str = ""
    title: str = ""
    organisation: str = ""
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One answer; ``place`` is its place in the queue, from 1, ``tags`` are by their numbers."""

    pk: int
    name: str
    email: str
    status: str
    source: str
    language: str
    interpretation: str
    confirmed: int
    offered: int
    wanted: int
    priority: int
    queue_number: Decimal | None
    answered_at: datetime
    updated_at: datetime
    invitation: int | None
    hold: int | None
    hold_name: str | None
    people: tuple[Person, ...] = ()
    tags: frozenset[int] = frozenset()
    place: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it is an answer; one whose address nobody has confirmed is none yet."""
        return self.status != Status.UNVERIFIED

    @property
    def status_in_words(self) -> str:
        return str(Status(self.status).label)

    @property
    def is_removed(self) -> bool:
        """Whether all that is left of it is that there was an answer."""
        return self.name == NOBODY

    @property
    def is_live(self) -> bool:
        return self.status in Rsvp.LIVE

    @property
    def awaited(self) -> int:
        return self.wanted - self.confirmed

    @property
    def unserved(self) -> int:
        return self.wanted - self.confirmed - self.offered

    @property
    def delegation(self) -> str:
        """The delegation whose named people they are, if they are one."""
        return self.hold_name or ""

    @property
    def lead(self) -> Person:
        return next((each for each in self.people if each.is_lead), Person(self.name))

    @property
    def unnamed(self) -> int:
        """How many companions are without a name."""
        return sum(1 for each in self.people if not each.name) if self.is_live else 0

    @property
    def words(self) -> Iterable[str]:
        """All that somebody may look for: names, addresses, organisations, the delegation."""
        yield from (self.name, self.email, self.delegation)
        for each in self.people:
            yield from (each.name, each.organisation)

    def is_found_by(self, words: str) -> bool:
        return is_found(words, self.words)


def is_found(words: str, places: Iterable[str]) -> bool:
    """Whether these words occur anywhere, in whatever script they are typed: liang and lyx find 梁永兴, 陳 finds 陈."""
    sought, plain = folded(words), words.casefold().strip()
    return any(_has(place, sought, plain) for place in dict.fromkeys(places) if place)


def _has(place: str, sought: str, plain: str) -> bool:
    if plain in place.casefold() or (sought and sought in folded(place)):
        return True
    return (
        bool(sought) and not place.isascii() and any(sought in key for key in pinyin_keys(simplified(place)))
    )


def lines(event: Event) -> list[Line]:
    """All answers, as ``ORDER`` has them: those who wait in the order of the line, all others by name."""
    people, tags = _people(event), tagging.tags_of(event)
    rows: list[tuple[Any, ...]] = list(event.rsvps.values_list(*COLUMNS))
    queue, priority = COLUMNS.index("queue_number"), COLUMNS.index("priority")
    waiting = sorted(
        (row for row in rows if row[queue] is not None), key=lambda row: (row[priority], row[queue])
    )
    places = {row[0]: place for place, row in enumerate(waiting, start=1)}
    rows = [(*row, people.get(row[0], ()), tags.get(row[0], frozenset()), places.get(row[0])) for row in rows]
    return sorted((Line(*row) for row in rows), key=in_usual_order)


def in_usual_order(line: Line) -> tuple[Any, ...]:
    waits_at = 0 if line.confirmed else line.place or 0
    return ORDER[Status(line.status)], waits_at, sort_key(line.name), line.pk


def _people(event: Event) -> dict[int, tuple[Person, ...]]:
    found: dict[int, tuple[Person, ...]] = {}
    rows = Guest.objects.filter(rsvp__event=event).order_by("position", "pk")
    told = rows.values_list("rsvp", "name", "title", "organisation", "is_lead")
    for party, name, title, organisation, is_lead in told:
        found[party] = (*found.get(party, ()), Person(name, title, organisation, is_lead))
    return found
