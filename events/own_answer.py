"""What guests are shown of their own answer: how it stands, what is offered, what can be changed. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from events import prospects
from events.models import (
    Deed,
    Event,
    Guest,
    Invitation,
    Rsvp,
    RsvpPolicy,
    RsvpTransition,
    SeatHold,
    SeatOffer,
)
from events.outlook import (
    UNDO_WITHIN,
    UNDONE_BY_HAND,
    Outlook,
    Undo,
    outlook,
    place_in_queue,
    undo_prospect,
)
from events.prospects import Prospect, Prospects
from events.seating import SHUT, Door, Party
from people.models import Member
from relationships.models import Party as PartyToBond
from sistercities.pages.bilingual import language_name

Status = Rsvp.Status
# While these doors are open, a party may grow.
GROWING = (Door.OPEN, Door.WAITING_LIST, Door.FULL)


@dataclass
class OwnAnswer:
    """An answer as it stands at this second: an offer past its end is over, written down or not."""

    rsvp: Rsvp
    now: datetime

    @property
    def event(self) -> Event:
        return self.rsvp.event

    @property
    def policy(self) -> RsvpPolicy:
        return self.event.rsvp_policy

    @cached_property
    def outlook(self) -> Outlook:
        return outlook(self.event, self.now, self.rsvp.invitation)

    @cached_property
    def guests(self) -> Sequence[Guest]:
        return list(self.rsvp.guests.all())

    # --- how it stands ------------------------------------------------------------------------------------

    @cached_property
    def last_offer(self) -> SeatOffer | None:
        return self.rsvp.offers.first() if self.rsvp.seats_offered or self.has_lapsed else None

    @property
    def offer(self) -> SeatOffer | None:
        """The offer that stands now."""
        offer = self.last_offer
        return offer if offer and offer.is_live and self.now < offer.expires_at else None

    @cached_property
    def last_change(self) -> RsvpTransition | None:
        return self.rsvp.transitions.last()

    @cached_property
    def has_lapsed(self) -> bool:
        """Whether the last thing that happened is that an offer lapsed, as the desk has written down."""
        return self.last_change is not None and self.last_change.deed == Deed.LAPSED

    @property
    def lapsed(self) -> SeatOffer | None:
        """The offer whose time is over, where that is the last that happened."""
        return None if self.offer else self.last_offer

    @property
    def party(self) -> Party:
        rsvp = self.rsvp
        if self.lapsed:
            return Party(rsvp.seats_confirmed, rsvp.seats_confirmed)
        return Party(rsvp.seats_confirmed, rsvp.seats_wanted, rsvp.seats_offered)

    @property
    def status(self) -> str:
        if self.lapsed and self.rsvp.seats_offered:
            return Status.CONFIRMED if self.rsvp.seats_confirmed else Status.LAPSED
        return self.rsvp.status

    @property
    def is_live(self) -> bool:
        return self.status in Rsvp.LIVE

    @property
    def unserved(self) -> int:
        """How many seats it waits for of which none is offered to it."""
        return self.party.awaited - self.party.offered

    @cached_property
    def place(self) -> int | None:
        return place_in_queue(self.rsvp) if self.party.awaited and self.rsvp.queue_number else None

    @property
    def was_called_off(self) -> bool:
        """Whether it ended with the event, not by the guest's own will."""
        return self.last_change is not None and self.last_change.deed == Deed.CALLED_OFF

    @property
    def answered_at(self) -> datetime:
        """To the minute, as people say it."""
        return self.rsvp.answered_at.replace(second=0, microsecond=0)

    @property
    def interpreted_into(self) -> str:
        """The language that is spoken to the party: Chinese, not “Simplified Chinese”, which is written."""
        return language_name(self.rsvp.interpretation) if self.rsvp.interpretation else ""

    # --- what can be done ---------------------------------------------------------------------------------

    @property
    def zone(self) -> str:
        """The time zone that the guest has set, as the offer's clock knows it; empty where it is not known."""
        member: Member | None = self.rsvp.member
        zone = member.timezone if member else ""
        return "" if zone == self.event.timezone else zone

    @property
    def can_change(self) -> bool:
        """Whether there is a form at all."""
        fixed = self.status in (Status.REJECTED, Status.UNVERIFIED) or self.rsvp.hold_id is not None
        return not fixed and not self.event.is_cancelled and (self.is_live or self.can_grow)

    @property
    def can_withdraw(self) -> bool:
        return self.is_live and not self.event.is_cancelled

    @cached_property
    def can_grow(self) -> bool:
        return self.outlook.door in GROWING and not self.is_settled_by_hosts

    @cached_property
    def is_settled_by_hosts(self) -> bool:
        """Whether the hosts have admitted the party as it is, so that it may only become smaller."""
        decided = self._on_request and self.is_live and self.status != Status.REQUESTED
        return decided and not self._is_invited

    @property
    def _on_request(self) -> bool:
        return self.outlook.by_request or self.rsvp.forwarded_id is not None

    @cached_property
    def _is_invited(self) -> bool:
        return Invitation.objects.letting_in(self.rsvp).exists()

    @property
    def largest(self) -> int:
        """The largest party that it can become."""
        wanted = self.party.wanted
        return max(self.outlook.largest_party, wanted) if self.can_grow else max(wanted, 1)

    @cached_property
    def prospects(self) -> Prospects:
        """What each size of the party would lead to."""
        asks = self.status == Status.REQUESTED or (self._on_request and not self.is_live)
        if asks and not self._is_invited:
            return prospects.requests(self.largest, self.party)
        reserved = seats_reserved_for(self.rsvp.invitation_id)
        return prospects.prospects(
            self.event,
            self.policy,
            self.largest,
            rsvp=self.rsvp,
            party=self.party,
            reserved=reserved,
            now=self.now,
        )

    @property
    def taking(self) -> list[Prospect]:
        """What the party would have that takes one of the offered seats, two, and so on."""
        rows = self.prospects.after_taking(self.party, self.place, takes_any=self.rsvp.takes_any)
        return [replace(row, leaving=self._leaving(row.seats)) for row in rows]

    def _leaving(self, seats: int) -> tuple[str, ...]:
        """Companions whose names are taken off the list of a party that becomes so small: the last ones."""
        named = [guest.name for guest in self.guests if guest.name]
        unnamed = len(self.guests) - len(named)
        return tuple(named[len(named) - max(len(self.guests) - unnamed - seats, 0) :])

    @cached_property
    def place_if_later(self) -> int | None:
        """Where it stands that says “not now”; None where that cannot be said, or nobody would go ahead."""
        if not self.offer or self.rsvp.has_deferred or self.outlook.door in (Door.OVER, Door.POSTPONED):
            return None
        ahead = Rsvp.objects.filter(event=self.event).behind(self.rsvp).unserved().first()
        return place_in_queue(ahead) if ahead else None

    @cached_property
    def undo(self) -> Undo | None:
        """What an undo would lead to; None where it is too late, or there is nothing to undo."""
        last = self.last_change
        if last is None or last.deed not in UNDONE_BY_HAND or self.outlook.door in SHUT:
            return None
        return undo_prospect(self.rsvp, self.now)

    @property
    def undo_until(self) -> datetime | None:
        """To the full minute, which is never too late, and read at a glance."""
        until = self.last_change.at + UNDO_WITHIN if self.last_change else None
        return until and until.replace(second=0, microsecond=0)

    @property
    def unnamed(self) -> bool:
        """Whether a companion has no name yet."""
        return any(not guest.name for guest in self.guests)

    @property
    def names_are_due(self) -> bool:
        return self.outlook.names_by is not None and self.outlook.names_by <= self.now

    @property
    def taken_off(self) -> list[str]:
        """Companions who were named before the last change, and are not any more."""
        names = [guest.name for guest in self.guests]
        return [name for name in self.rsvp.names_before if name and name not in names]


def own_answer(rsvp: Rsvp) -> OwnAnswer:
    prefetch_related_objects([rsvp], "guests")
    load_cities(rsvp.event)
    return OwnAnswer(rsvp, timezone.now())


def load_cities(event: Event) -> None:
    """Read at once the cities on whose clocks the page tells its moments."""
    parties = Prefetch("relationships__parties", PartyToBond.objects.select_related("city"))
    prefetch_related_objects([event], "relationships", parties)


def seats_reserved_for(invitation: int | None) -> int:
    """How many seats are kept for whoever holds this invitation."""
    if invitation is None:
        return 0
    held = SeatHold.objects.live().filter(invitation=invitation).values_list("seats_unnamed", flat=True)
    return held.first() or 0
