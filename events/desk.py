"""The desk at which one answer after the other is dealt with: what is written, under the lock of its rules.

For the verbs alone; ``events.serving`` opens it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Q, Value

from events.answers import REASONS, Answer, By, Refused
from events.letters import Letters, kind_of_mail
from events.models import Deed, DeskNote, Event, Rsvp, RsvpPolicy, RsvpTransition, SeatHold, SeatOffer
from events.models.rsvp import RsvpQuerySet
from events.offer_clock import wind
from events.outlook import room_of
from events.people_of_party import seat_people
from events.seating import Decision, Door, Full, Party, Queue, Room, between, decide
from sistercities.mail.addresses import address_key

Status, Outcome = Rsvp.Status, SeatOffer.Outcome
NOTHING = Decision(0, 0, Queue.NONE)


@dataclass
class Desk:
    """One event's RSVPs under the lock: what has been read is fresh, and stays so until the block ends."""

    policy: RsvpPolicy
    event: Event
    now: datetime
    someone_waits: bool
    letters: Letters = field(default_factory=Letters)

    # --- reading --------------------------------------------------------------------------------------

    def answers(self) -> RsvpQuerySet:
        return Rsvp.objects.filter(event=self.event)

    def fresh(self, rsvp: Rsvp) -> Rsvp:
        """An answer as it stands now. Raises Refused where it is gone."""
        found = self._ours(Rsvp.objects.filter(pk=rsvp.pk).prefetch_related("guests"))
        if found is None:
            raise Refused(REASONS[Door.NONE])
        return found

    def said_before(self, answer: Answer) -> Rsvp | None:
        """What came of this very form, if it has been sent before."""
        return self._ours(Rsvp.objects.filter(nonce=answer.nonce)) if answer.nonce else None

    def known(self, answer: Answer, but: Rsvp | None = None) -> Rsvp | None:
        """The answer that this address, or this member, has given before, if any."""
        same = Q(member=answer.member) if answer.member else Q()
        if answer.email.strip():
            # PostgreSQL folds the case, as in the column itself, so that both can never disagree.
            same |= Q(email_key=address_key(Value(answer.email)))
        others = Rsvp.objects.exclude(pk=but.pk) if but else Rsvp.objects.all()
        return self._ours(others.standing().filter(same)) if same else None

    def _ours(self, found: RsvpQuerySet) -> Rsvp | None:
        """The answer to this event among the few found, or of several the oldest.

        PostgreSQL is not asked for the event: while it does not know yet how many have come, it would look at them all.
        """
        ours = (rsvp for rsvp in found.order_by() if rsvp.event_id == self.event.pk)
        return min(ours, key=lambda rsvp: (rsvp.answered_at, rsvp.pk), default=None)

    @property
    def free(self) -> int:
        """Seats that nobody has been promised."""
        return room_of(self.policy, others_wait=False).free

    @property
    def serves(self) -> bool:
        """Whether those who wait are served: not once it has begun, nor while it is postponed."""
        starts_at = self.event.starts_at
        return starts_at is not None and self.now < starts_at and self.event.state == Event.State.ON

    def room(self, asking: Rsvp | None = None) -> Room:
        """The seats as they stand for a party that asks; whether others wait than itself is looked up if it does."""
        others_wait = self.someone_waits
        if others_wait and asking and asking.queue_number is not None and self.serves:
            others_wait = self.answers().waiting().exclude(pk=asking.pk).exists()
        return room_of(self.policy, others_wait=others_wait)

    def zone_of(self, rsvp: Rsvp) -> ZoneInfo:
        """In whose waking hours an offer's clock runs: the member's own time zone, else the event's."""
        zone = rsvp.member.timezone if rsvp.member else ""
        return ZoneInfo(zone) if zone else self.event.zone

    # --- one answer -----------------------------------------------------------------------------------

    def decide(self, rsvp: Rsvp, seats: int, reserved: int = 0) -> Decision:
        """What a party gets that wants these seats; ``reserved`` were kept for it. Raises Refused where all is full."""
        party = standing_of(rsvp)
        room = self.room(rsvp)
        if reserved := min(reserved, seats):
            party = Party(party.confirmed + reserved, party.wanted + reserved, party.offered)
            room = replace(room, committed=room.committed + reserved)
        try:
            return decide(room, party, seats)
        except Full:
            raise Refused(REASONS[Door.FULL], "seats") from None

    def seat(
        self,
        rsvp: Rsvp,
        decision: Decision,
        by: By,
        deed: str,
        *,
        ends: str = "",
        kind: str = "",
        outcome: str = Outcome.GIVEN_BACK,
        place: Decimal | None = None,
    ) -> RsvpTransition:
        """Give a party the seats decided, count them, note the change and ask for a mail.

        ``ends`` is its status if nothing is left of it, or if it only asks; ``outcome`` what is noted of an offer that
        ends with it; ``place`` its number in the queue, if neither the next one nor that which it has.
        """
        before, was, stood = party_of(rsvp), rsvp.status if rsvp.pk else "", rsvp.queue_number
        rsvp.status = ends or status_of(decision)
        rsvp.seats_confirmed, rsvp.seats_wanted = decision.confirmed, decision.wanted
        rsvp.seats_offered = decision.offered
        self._place(rsvp, decision.queue, place)
        if was not in Rsvp.LIVE and rsvp.is_live:
            rsvp.answered_at = self.now
            # An undo gives back no second “not now”.
            rsvp.has_deferred = rsvp.has_deferred and place is not None
        rsvp.save()
        self.count(decision.confirmed + decision.offered - before.confirmed - before.offered)
        if before.offered > decision.offered:
            self._shrink_offer(rsvp, outcome)
        transition = self.note(rsvp, was, before, by, deed, stood)
        self.letters.ask(rsvp, kind or kind_of_mail(rsvp, was), str(transition.pk))
        return transition

    def _place(self, rsvp: Rsvp, queue: Queue, place: Decimal | None) -> None:
        if queue is Queue.NONE:
            rsvp.queue_number = None
        elif queue is Queue.KEEP:
            rsvp.queue_number = rsvp.queue_number if place is None else place
        else:
            rsvp.queue_number = self._next_number() if place is None else place
            if not rsvp.priority_reason:
                is_member = bool(rsvp.member and rsvp.member.is_current_member)
                first = self.policy.members_first and is_member
                rsvp.priority = Rsvp.Priority.MEMBER if first else Rsvp.Priority.GENERAL
            self.someone_waits = True

    def place_behind(self, ahead: Rsvp, but_for: Rsvp) -> Decimal:
        """A number in the queue directly behind a party, whatever class the owner of the next number is of."""
        others = self.answers().filter(queue_number__gt=ahead.queue_number).exclude(pk=but_for.pk)
        following = others.order_by("queue_number").values_list("queue_number", flat=True).first()
        return between(ahead.queue_number or Decimal(0), following) if following else self._next_number()

    def _next_number(self) -> Decimal:
        self.policy.last_queue_number += 1
        self.policy.save(update_fields=["last_queue_number"])
        return Decimal(self.policy.last_queue_number)

    def count(self, more: int) -> None:
        """Keep in mind how many seats are committed; PostgreSQL counts them itself as the rows are written."""
        self.policy.seats_committed += more

    def note(
        self, rsvp: Rsvp, was: str, before: Party, by: By, deed: str, stood: Decimal | None
    ) -> RsvpTransition:
        """Write down one change, for ever. ``stood`` is its number in the queue before."""
        transition = change_of(rsvp, was, before, by, deed, stood, self.now)
        transition.save()
        return transition

    def remark(self, by: By, kind: str, *, subject: str = "", before: str = "", after: str = "") -> None:
        """Write down what was done with the event's seats, beyond one answer."""
        if not (subject or before or after):
            subject = str(self.event.slug)
        DeskNote.objects.create(
            event=self.event,
            at=self.now,
            actor=by.actor,
            member=by.member,
            reason=by.reason,
            kind=kind,
            subject=subject[:200],
            before=before[:200],
            after=after[:200],
        )

    # --- offers ---------------------------------------------------------------------------------------

    def make_offer(self, rsvp: Rsvp, seats: int, by: By) -> None:
        """Hold free seats for a party that waits; an offer it has already grows, and ends when it would have ended."""
        offer = rsvp.offers.live().first() if rsvp.seats_offered else None
        if offer:
            offer.seats += seats
            offer.save(update_fields=["seats"])
        else:
            starts_at = self.event.starts_at or self.now  # settling and the verb see to it that it is set
            clock = wind(self.now, self.policy.offer_hours, self.zone_of(rsvp), starts_at)
            offer = SeatOffer.objects.create(
                rsvp=rsvp,
                seats=seats,
                made_at=self.now,
                expires_at=clock.expires_at,
                remind_at=clock.remind_at,
            )
        party = party_of(rsvp)
        decision = Decision(party.confirmed, party.wanted, Queue.KEEP, party.offered + seats)
        self.seat(rsvp, decision, by, Deed.OFFERED, kind="rsvp_offered")

    def _shrink_offer(self, rsvp: Rsvp, outcome: str) -> None:
        """The live offer follows the answer; one of which nothing is left ends with this outcome."""
        live = rsvp.offers.live()
        if rsvp.seats_offered:
            live.update(seats=rsvp.seats_offered)
        else:
            live.update(ended_at=self.now, outcome=outcome)

    def take_offer(self, rsvp: Rsvp, seats: int) -> None:
        """Note that these seats of the live offer are taken, and the others left."""
        offer = rsvp.offers.live().get()
        offer.outcome = Outcome.TAKEN if seats == offer.seats else Outcome.PART
        offer.ended_at, offer.taken = self.now, seats
        offer.save(update_fields=["outcome", "ended_at", "taken"])

    # --- guests ---------------------------------------------------------------------------------------

    def name_guests(
        self,
        rsvp: Rsvp,
        names: Sequence[str],
        *,
        is_new: bool = False,
        lead: Mapping[str, str] | None = None,
    ) -> None:
        """One row for each seat wanted, in this order; a party that does not come keeps the names it had.

        ``lead``: what else is known of the one who leads it.
        """
        rows = [] if is_new else list(rsvp.guests.all())
        if rows and not rsvp.is_live:
            return
        wanted = [*names[: max(rsvp.seats_wanted, 1)]]
        wanted += [""] * (rsvp.seats_wanted - len(wanted))
        seat_people(rsvp, rows, wanted, lead or {})
        # What was read of them before is true no more.
        getattr(rsvp, "_prefetched_objects_cache", {}).pop("guests", None)

    def fit_guests(self, rsvp: Rsvp) -> None:
        """After the party has become smaller than it was: those without a name go first, then the last named."""
        names = [guest.name for guest in rsvp.guests.all()]
        while len(names) > max(rsvp.seats_wanted, 1):
            unnamed = [place for place, name in enumerate(names) if place and not name]
            del names[unnamed[-1] if unnamed else -1]
        self.name_guests(rsvp, names)

    # --- blocks of seats ------------------------------------------------------------------------------

    def set_unnamed(self, hold: SeatHold, seats: int, *fields: str) -> None:
        """Write how many seats of a block nobody is named for, with other fields of it that were changed."""
        self.count(seats - hold.seats_unnamed)
        hold.seats_unnamed = seats
        hold.save(update_fields=["seats_unnamed", *fields])

    def release(self, hold: SeatHold, by: By) -> int:
        """Give free what a block still keeps; returns how many seats those were."""
        freed = hold.seats_unnamed
        hold.released_at = self.now
        self.set_unnamed(hold, 0, "released_at")
        self.remark(by, DeskNote.Kind.RELEASE, subject=hold.name, before=str(freed), after="0")
        return freed


def party_of(rsvp: Rsvp) -> Party:
    """An answer, as the pure rules want it."""
    return Party(rsvp.seats_confirmed, rsvp.seats_wanted, rsvp.seats_offered)


def standing_of(rsvp: Rsvp) -> Party:
    """The same, as a party in line or not: one that only asks to come waits for nothing yet."""
    return (
        party_of(rsvp) if rsvp.queue_number is not None else Party(rsvp.seats_confirmed, rsvp.seats_confirmed)
    )


def status_of(decision: Decision) -> str:
    """How a party stands that gets this."""
    if decision.confirmed:
        return Status.CONFIRMED
    return Status.OFFERED if decision.offered else Status.WAITLISTED


def change_of(
    rsvp: Rsvp, was: str, before: Party, by: By, deed: str, stood: Decimal | None, now: datetime
) -> RsvpTransition:
    """The note of one change, not written yet."""
    return RsvpTransition(
        rsvp=rsvp,
        at=now,
        actor=by.actor,
        member=by.member,
        source=by.source,
        reason=by.reason[:300],
        deed=deed,
        from_status=was,
        to_status=rsvp.status,
        seats_before=before.confirmed,
        seats_after=rsvp.seats_confirmed,
        offered_before=before.offered,
        offered_after=rsvp.seats_offered,
        wanted_before=before.wanted,
        wanted_after=rsvp.seats_wanted,
        priority_after=rsvp.priority,
        queue_before=stood,
        queue_after=rsvp.queue_number,
    )
