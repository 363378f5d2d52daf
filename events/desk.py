"""The desk at which one answer after the other is dealt with, under the lock of the event's RSVP rules.

For the verbs in ``events.rsvp`` alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.answers import REASONS, SYSTEM, Actor, Answer, By, Refused
from events.letters import BY_STAFF, NOTED, kind_of_mail, letter, record_of
from events.models import Event, Guest, Invitation, Rsvp, RsvpPolicy, RsvpTransition
from events.models.attendance import RsvpQuerySet
from events.outlook import door_of, place_in_queue, room_of
from events.seating import Decision, Door, Full, Party, Queue, Room, decide, passes_over, promotions
from people.models import Member
from sistercities.mail import outbox

Status, Mode = Rsvp.Status, RsvpPolicy.Mode


@contextmanager
def open_desk(event: Event) -> Iterator["Desk"]:
    """Open the desk for one event: everything in the block is one transaction under the lock of the event's rules."""
    with transaction.atomic():
        policy = RsvpPolicy.objects.select_for_update().filter(event_id=event.pk).first()
        if policy is None:
            raise Refused(REASONS[Door.NONE])
        desk = Desk(policy, Event.objects.get(pk=event.pk), timezone.now())
        yield desk
        desk.seat_those_who_wait()
        desk.hand_over_letters()


@dataclass
class Desk:
    """One event's RSVPs under the lock: what has been read is fresh, and stays so until the block ends."""

    policy: RsvpPolicy
    event: Event
    now: datetime
    letters: dict[int, tuple[str, Rsvp, str]] = field(default_factory=dict)

    def answers(self) -> RsvpQuerySet:
        return Rsvp.objects.filter(event=self.event)

    def known(self, answer: Answer) -> Rsvp | None:
        """The answer that this address, or this member, has given before, if any."""
        same = Q(member=answer.member) if answer.member else Q(pk=None)
        if answer.email.strip():
            # PostgreSQL folds the case, as in the column itself, so that both can never disagree.
            same |= Q(email_key=Lower(Trim(Value(answer.email))))
        return self.answers().filter(same).first()

    def valid(self, invitation: Invitation | None, answer: Answer) -> Invitation | None:
        """The invitation as it stands now. Raises Refused where it was revoked, or another guest's address is given."""
        if invitation is None:
            return None
        invitations = Invitation.objects.live().filter(event=self.event)
        fresh = invitations.filter(pk=invitation.pk).first()
        if fresh is None:
            raise Refused(_("This invitation is no longer valid."))
        given = Lower(Trim(Value(answer.email)))
        if answer.email.strip() and invitations.exclude(pk=fresh.pk).filter(email_key=given).exists():
            raise Refused(_("Another guest is invited at this address. Please give your own."), "email")
        return fresh

    def link(self, rsvp: Rsvp, invitation: Invitation) -> Rsvp:
        """Note that an answer is the one to an invitation, even if it was given before that was sent."""
        if rsvp.invitation_id is None:
            rsvp.invitation = invitation
            rsvp.save(update_fields=["invitation", "updated_at"])
        return rsvp

    def is_invited(self, rsvp: Rsvp) -> bool:
        """Whether a party that has answered is invited: by what it answered, or by what went to its address later."""
        went_to_it = ~Q(email_key="") & Q(email_key=rsvp.email_key)
        invitations = Invitation.objects.live().filter(
            Q(pk=rsvp.invitation_id) | went_to_it, event=self.event
        )
        return invitations.exists()

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to decide; what was postponed is not over when its first date has passed."""
        return self.event.is_over and self.event.state != Event.State.POSTPONED

    def check_not_over(self, by: By) -> None:
        if self.is_over and by.actor == Actor.GUEST:
            raise Refused(REASONS[Door.OVER])

    def check_welcome(self, by: By, member: Member | None, *, invited: bool) -> None:
        """Refuse whom the event is not for. An invitation opens every door, and staff may answer for anybody."""
        if invited or by.actor != Actor.GUEST:
            return
        if self.policy.mode == Mode.INVITATION:
            raise Refused(
                _("This event is by invitation only. Please answer by the link in your invitation.")
            )
        if self.policy.mode == Mode.MEMBERS and not (member and member.is_current_member):
            raise Refused(_("This event is for members of the association."))

    def check_door(self, by: By, answer: Answer) -> None:
        """Refuse what comes at the wrong time, or for too many.

        Staff may record an answer before the opening and after the close, and a plain no is welcome then too.
        """
        found = door_of(self.event, self.policy, self._room(), self.now)
        if found in (Door.NONE, Door.CANCELLED, Door.POSTPONED, Door.OVER):
            raise Refused(REASONS[found])
        if found in (Door.NOT_YET, Door.CLOSED) and answer.is_yes and by.actor == Actor.GUEST:
            raise Refused(REASONS[found])
        self._check_size(answer)

    def check_room(self, answer: Answer) -> None:
        """Refuse a newcomer where all seats are taken and nobody can wait."""
        room = self._room()
        if answer.seats > room.free_to_newcomers and not room.has_waiting_list:
            raise Refused(REASONS[Door.FULL], "seats")

    def _check_size(self, answer: Answer) -> None:
        if answer.seats > self.policy.largest_party:
            raise Refused(
                _("A party has at most %(count)d guests, you included.")
                % {"count": self.policy.largest_party},
                "seats",
            )

    def write(self, rsvp: Rsvp, answer: Answer, by: By) -> None:
        """Record what was said: decide about the seats, then names and message."""
        rsvp.message = answer.message
        if answer.is_yes:
            decision = self._decide(rsvp, answer.seats)
            status = Status.CONFIRMED if decision.confirmed else Status.WAITLISTED
        else:
            decision = Decision(0, 0, Queue.NONE)
            status = Status.CANCELLED if rsvp.pk and rsvp.is_live else Status.DECLINED
        self.seat(rsvp, decision, status, by)
        self._name_guests(rsvp, answer)

    def _decide(self, rsvp: Rsvp, seats: int) -> Decision:
        try:
            return decide(self._room(rsvp), Party(rsvp.seats_confirmed, rsvp.seats_wanted), seats)
        except Full:
            raise Refused(REASONS[Door.FULL], "seats") from None

    def _room(self, asking: Rsvp | None = None) -> Room:
        others = self.answers().waiting()
        if asking and asking.pk:
            others = others.exclude(pk=asking.pk)
        return room_of(self.policy, others_wait=others.exists())

    def seat(self, rsvp: Rsvp, decision: Decision, status: str, by: By, kind: str = "") -> None:
        """Give a party the seats decided, count them, note the change and ask for a mail."""
        before = Party(rsvp.seats_confirmed, rsvp.seats_wanted)
        was = rsvp.status if rsvp.pk else ""
        self._count(decision.confirmed - before.confirmed)
        rsvp.status, rsvp.seats_confirmed, rsvp.seats_wanted = status, decision.confirmed, decision.wanted
        if decision.queue is not Queue.KEEP:
            rsvp.queue_number = self._next_number() if decision.queue is Queue.NEW else None
        if was not in Rsvp.LIVE and status in Rsvp.LIVE:
            rsvp.answered_at = self.now
        rsvp.save()
        transition = self.note(rsvp, was, before, by)
        self.tell(rsvp, kind or kind_of_mail(rsvp, was), str(transition.pk))

    def note(self, rsvp: Rsvp, was: str, before: Party, by: By) -> RsvpTransition:
        """Write down one change, for ever."""
        transition = _transition(rsvp, was, before, by)
        transition.save()
        return transition

    def tell_everybody(self, by: By, kind: str, *, release: bool) -> int:
        """Every party that comes or waits hears the same, and gives up its seats if they are released.

        A few statements, however many parties there are: the desk is not held longer than it must be.
        """
        live = self.answers().live().annotate(noted=NOTED, by_staff=BY_STAFF)
        parties = list(live.select_related("invitation").prefetch_related("guests"))
        queue = list(self.answers().waiting().values_list("pk", flat=True))
        before = {rsvp.pk: (rsvp.status, Party(rsvp.seats_confirmed, rsvp.seats_wanted)) for rsvp in parties}
        if release:
            self._release(parties)
        RsvpTransition.objects.bulk_create(_transition(rsvp, *before[rsvp.pk], by) for rsvp in parties)
        places = {} if release else {pk: place for place, pk in enumerate(queue, start=1)}
        outbox.queue_all(
            letter(
                rsvp,
                f"{kind}:{rsvp.pk}:{rsvp.noted + 1}",
                kind,
                places.get(rsvp.pk),
                rsvp.noted + 1,
                bool(rsvp.by_staff),
            )
            for rsvp in parties
        )
        return len(parties)

    def _release(self, parties: Sequence[Rsvp]) -> None:
        for rsvp in parties:
            rsvp.status, rsvp.seats_confirmed, rsvp.seats_wanted = Status.CANCELLED, 0, 0
            rsvp.queue_number = None
        Rsvp.objects.bulk_update(parties, ["status", "seats_confirmed", "seats_wanted", "queue_number"])
        self._count(-self.policy.seats_committed)

    def _count(self, more: int) -> None:
        if more:
            self.policy.seats_committed += more
            self.policy.save(update_fields=["seats_committed"])

    def _next_number(self) -> int:
        self.policy.last_queue_number += 1
        self.policy.save(update_fields=["last_queue_number"])
        return self.policy.last_queue_number

    def _name_guests(self, rsvp: Rsvp, answer: Answer) -> None:
        """One row for each seat wanted; companions may be named later. A party that does not come keeps its names."""
        names = [answer.name, *answer.companions][: max(answer.seats, 1)]
        names += [""] * (answer.seats - len(names))
        rows = list(rsvp.guests.all())
        if rows and not rsvp.is_live:
            return
        for place, (row, name) in enumerate(zip(rows, names, strict=False)):
            if (row.name, row.is_lead) != (name, place == 0):
                row.name, row.is_lead = name, place == 0
                row.save(update_fields=["name", "is_lead"])
        new = range(len(rows), len(names))
        Guest.objects.bulk_create(
            Guest(rsvp=rsvp, position=place, name=names[place], is_lead=place == 0) for place in new
        )
        if len(rows) > len(names):
            rsvp.guests.filter(position__gte=len(names)).delete()

    def seat_those_who_wait(self) -> None:
        """Promote the queue in its order; nobody is promoted once the event has begun."""
        free = self.policy.seats_left
        starts_at = self.event.starts_at
        if free <= 0 or starts_at is None or self.now >= starts_at or self.event.state != Event.State.ON:
            return
        passing_over = passes_over(self.now, starts_at)
        queue = self.answers().waiting().annotate(awaited=F("seats_wanted") - F("seats_confirmed"))
        # Each party takes a seat at least, so no more of them than there are free seats can be served.
        ahead = (queue.filter(awaited__lte=free) if passing_over else queue)[:free]
        for pk in promotions(free, ahead.values_list("pk", "awaited"), passing_over=passing_over):
            rsvp = self.answers().get(pk=pk)
            decision = Decision(rsvp.seats_wanted, rsvp.seats_wanted, Queue.NONE)
            self.seat(rsvp, decision, Status.CONFIRMED, SYSTEM, kind="rsvp_promoted")

    def tell(self, rsvp: Rsvp, kind: str, occasion: str) -> None:
        """Ask for a mail, once for each occasion; of several about one party in one go only the last is written."""
        self.letters[rsvp.pk] = (kind, rsvp, f"{kind}:{rsvp.pk}:{occasion}")

    def hand_over_letters(self) -> None:
        outbox.queue_all(
            letter(rsvp, key, kind, place_in_queue(rsvp), *record_of(rsvp))
            for kind, rsvp, key in self.letters.values()
        )


def _transition(rsvp: Rsvp, was: str, before: Party, by: By) -> RsvpTransition:
    return RsvpTransition(
        rsvp=rsvp,
        actor=by.actor,
        member=by.member,
        reason=by.reason,
        from_status=was,
        to_status=rsvp.status,
        seats_before=before.confirmed,
        seats_after=rsvp.seats_confirmed,
        wanted_before=before.wanted,
        wanted_after=rsvp.seats_wanted,
    )
