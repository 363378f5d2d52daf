"""Who comes to an event, as its hosts read it: counted, and party by party with all that a page or a file shows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from events.guest_lines import Line, Status
from events.models import Event, Guest, GuestTag, Question, Rsvp, RsvpPolicy, SeatOffer
from events.tallies import BETWEEN, Replies, said_to


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
    """One answer as a line of the list: what it is found by, the row itself, its people, the offer that stands.

    ``replies`` are those to the questions that are shown.
    """

    line: Line
    rsvp: Rsvp
    guests: list[Guest]
    offer: SeatOffer | None = None
    tags: tuple[GuestTag, ...] = ()
    replies: Replies = field(default_factory=dict)

    @property
    def place(self) -> int | None:
        return self.line.place

    @property
    def is_removed(self) -> bool:
        return self.line.is_removed

    @property
    def delegation(self) -> str:
        return self.line.delegation

    @property
    def unnamed(self) -> int:
        return self.line.unnamed

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
    def lead(self) -> Guest | None:
        return next((each for each in self.guests if each.is_lead), None)

    def replied(self, question: int, guest: Guest | None = None) -> str:
        """What was said to a question: of one guest, else of all of them and the party."""
        if guest is not None:
            alone = self.replies.get((question, None), "") if guest.is_lead else ""
            return alone or self.replies.get((question, guest.pk), "")
        of_guests = (self.replies.get((question, each.pk), "") for each in self.guests)
        return BETWEEN.join(words for words in (self.replies.get((question, None), ""), *of_guests) if words)

    @property
    def has_class(self) -> bool:
        """Whether it waits in another class than most."""
        return self.place is not None and self.rsvp.priority != Rsvp.Priority.GENERAL


def parties(
    known: Collection[Line], tags: Collection[GuestTag] = (), questions: list[Question] | None = None
) -> list[Party]:
    """These answers with all that is shown of them, in the same order: in three queries, and one for replies."""
    offers = Prefetch("offers", SeatOffer.objects.live(), to_attr="standing_offers")
    found = Rsvp.objects.select_related("hold").prefetch_related("guests", offers)
    rows = found.in_bulk([line.pk for line in known])
    replies = said_to(rows.values(), questions) if questions else {}
    return [
        Party(
            line,
            row,
            list(row.guests.all()),
            next(iter(row.standing_offers), None),
            tuple(tag for tag in tags if tag.pk in line.tags),
            replies.get(row.pk, {}),
        )
        for line in known
        if (row := rows.get(line.pk))
    ]


def count(policy: RsvpPolicy, known: Collection[Line]) -> Counts:
    by_status = {status.value: sum(1 for line in known if line.status == status) for status in Status}
    confirmed, offered = sum(line.confirmed for line in known), sum(line.offered for line in known)
    waiting = sum(line.unserved for line in known if line.queue_number is not None)
    return Counts(policy.seat_limit, policy.seats_committed, confirmed, offered, waiting, by_status)


def delegations(known: Iterable[Line]) -> list[tuple[int, str]]:
    """The delegations that have named people, by name."""
    found = {line.hold: line.delegation for line in known if line.hold}
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def asked_of(event: Event, *, sensitive: bool) -> list[Question]:
    """The questions whose replies somebody may see, with what can be chosen."""
    found = event.questions.prefetch_related("choices")
    return [question for question in found if sensitive or not question.is_sensitive]
