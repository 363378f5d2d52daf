"""Answering an invitation. Every change of an answer goes through one of these verbs, and through nothing else.

Each verb does the same, in this order: lock the event's RSVP rules, so that one answer is decided at a time; read
afresh; decide (``events.seating``); write the answer; give freed seats to those who wait; note every change; ask for
the mails. All of it happens, or nothing does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event, Guest, Invitation, Rsvp, RsvpPolicy, RsvpTransition
from events.seating import (
    Decision,
    Door,
    Full,
    Hours,
    Party,
    Queue,
    Room,
    decide,
    door,
    passes_over,
    promotions,
)
from people.models import Member
from sistercities.mail import outbox

Status, Actor, Mode = Rsvp.Status, RsvpTransition.Actor, RsvpPolicy.Mode


@dataclass(frozen=True)
class By:
    """Who makes a change, and why where that should be kept."""

    actor: str = Actor.GUEST
    member: Member | None = None
    reason: str = ""


GUEST, SYSTEM = By(), By(Actor.SYSTEM)


@dataclass(frozen=True)
class Answer:
    """What somebody says: who they are, whether they come, with how many seats (their own included) and with whom."""

    name: str
    email: str
    seats: int
    companions: tuple[str, ...] = ()
    message: str = ""
    language: str = "en"
    nonce: str = ""
    member: Member | None = None

    @property
    def is_yes(self) -> bool:
        return self.seats > 0


class Recorded(StrEnum):
    """What became of an answer."""

    NEW = "new"
    AGAIN = "again"  # the same form once more: the answer stands as it was
    KNOWN_ADDRESS = "known-address"  # that address has answered; its owner gets the link by mail
    KNOWN_GUEST = (
        "known-guest"  # whoever holds the invitation has answered, and may see and change that answer
    )


@dataclass(frozen=True)
class Outcome:
    rsvp: Rsvp
    recorded: Recorded


class Refused(Exception):
    """An answer that cannot be taken; ``field`` names the form field it concerns, if one does."""

    def __init__(self, message: str | Promise, field: str | None = None) -> None:
        super().__init__(message)
        self.message, self.field = message, field


REASONS = {
    Door.NONE: _("This event takes no RSVPs."),
    Door.CANCELLED: _("This event has been cancelled."),
    Door.POSTPONED: _("This event has been postponed. Answers are taken again once the new date is known."),
    Door.OVER: _("This event has begun; answers are no longer taken."),
    Door.NOT_YET: _("Answers are not yet taken."),
    Door.CLOSED: _("The time for answers is over. You can still withdraw, or come with fewer."),
    Door.FULL: _("All seats are taken."),
}


# --- the verbs ------------------------------------------------------------------------------------------


def respond(event: Event, answer: Answer, by: By = GUEST, invitation: Invitation | None = None) -> Outcome:
    """Take a first answer to an event, yes or no; with an invitation also where the event is not for everybody.

    The same form sent twice is recorded once. An address that has answered before is told so by mail, and nothing of
    its answer is shown or changed; only whoever holds the invitation that went to it is led there. Raises Refused.
    """
    with _desk(event) as desk:
        if answer.nonce and (same := desk.answers().filter(nonce=answer.nonce).first()):
            return Outcome(same, Recorded.AGAIN)
        invitation = desk.valid(invitation)
        if invitation and (own := invitation.answer):
            return Outcome(desk.link(own, invitation), Recorded.KNOWN_GUEST)
        if known := desk.known(answer):
            desk.tell(known, "rsvp_already", f"{desk.now:%Y%m%d%H}")
            return Outcome(known, Recorded.KNOWN_ADDRESS)
        desk.check_welcome(by, answer.member, invited=invitation is not None)
        desk.check_door(by, answer)
        rsvp = Rsvp(
            event=desk.event,
            name=answer.name,
            email=answer.email.strip(),
            nonce=answer.nonce,
            member=answer.member,
        )
        rsvp.language, rsvp.invitation = answer.language, invitation
        desk.write(rsvp, answer, by)
    return Outcome(rsvp, Recorded.NEW)


def change(rsvp: Rsvp, answer: Answer, by: By = GUEST) -> Rsvp:
    """Change an answer: more seats, fewer, other companions, no after yes, yes after no. Its owner is known.

    Fewer seats and no are never refused while the event has not ended. More seats than are free leave the party with
    what it has, waiting for the rest. Raises Refused.
    """
    with _desk(rsvp.event) as desk:
        fresh = desk.answers().get(pk=rsvp.pk)
        desk.check_not_over(by)
        if _says_the_same(fresh, answer):
            return fresh
        if answer.seats > fresh.seats_wanted:
            desk.check_welcome(by, fresh.member, invited=desk.is_invited(fresh))
            desk.check_door(by, answer)
        fresh.name, fresh.language = answer.name, answer.language
        desk.write(fresh, answer, by)
    return fresh


def withdraw(rsvp: Rsvp, by: By = GUEST) -> Rsvp:
    """Take an answer back. Never refused: the seats go to those who wait."""
    with _desk(rsvp.event) as desk:
        fresh = desk.answers().get(pk=rsvp.pk)
        if fresh.is_live:
            desk.seat(fresh, Decision(0, 0, Queue.NONE), Status.CANCELLED, by)
    return fresh


def set_limit(event: Event, seats: int, by: By) -> None:
    """Change how many seats there are. More seats go to those who wait; fewer than are promised is refused."""
    with _desk(event) as desk:
        if seats < desk.policy.seats_committed:
            raise Refused(
                _(
                    "%(count)d seats are promised already."
                    " Ask guests to withdraw first, or keep at least as many seats."
                )
                % {"count": desk.policy.seats_committed},
                "seat_limit",
            )
        desk.policy.seat_limit = seats
        desk.policy.save(update_fields=["seat_limit"])


def call_off(event: Event, notice_en: str, notice_zh_hans: str, by: By) -> int:
    """Cancel an event: every party is told and its calendar entry withdrawn. Returns how many parties that concerns."""
    with _desk(event) as desk:
        desk.event.state = Event.State.CANCELLED
        desk.event.notice_en, desk.event.notice_zh_hans = notice_en, notice_zh_hans
        desk.event.ics_sequence += 1
        desk.event.save()
        concerned = list(desk.answers().live())
        for rsvp in concerned:
            desk.seat(rsvp, Decision(0, 0, Queue.NONE), Status.CANCELLED, by, kind="event_cancelled")
    return len(concerned)


def announce_change(event: Event, by: By) -> int:
    """Tell every party that comes or waits what is new about an event. Answers stand, calendar entries are renewed.

    Call it once for each change, after the change; returns how many parties that concerns. Of an event that is over
    nobody is told: what changes then is the record.
    """
    with _desk(event) as desk:
        desk.event.ics_sequence += 1
        desk.event.save(update_fields=["ics_sequence"])
        concerned = [] if desk.is_over else list(desk.answers().live())
        for rsvp in concerned:
            as_before = Decision(rsvp.seats_confirmed, rsvp.seats_wanted, Queue.KEEP)
            desk.seat(rsvp, as_before, rsvp.status, by, kind="event_changed")
    return len(concerned)


def settle(event: Event) -> None:
    """Give free seats to those who wait, after anything that may have freed some."""
    with _desk(event):
        pass


# --- looking, without changing anything -----------------------------------------------------------------


@dataclass(frozen=True)
class Outlook:
    """What somebody who opens the invitation should know before answering."""

    door: Door
    seats_left: int = 0
    largest_party: int = 1
    opens_at: datetime | None = None
    last_moment: datetime | None = None
    members_only: bool = False
    by_invitation: bool = False

    @property
    def takes_answers(self) -> bool:
        return self.door in (Door.OPEN, Door.WAITING_LIST, Door.FULL) and not self.by_invitation


def outlook(event: Event, now: datetime | None = None) -> Outlook:
    """How an answer would be met now, with one query."""
    queue = Rsvp.objects.filter(event=OuterRef("event")).waiting()
    policy = RsvpPolicy.objects.filter(event=event).annotate(others_wait=Exists(queue)).first()
    if policy is None or event.starts_at is None:
        return Outlook(Door.NONE)
    room = _room(policy, others_wait=policy.others_wait)
    hours = Hours(policy.opens_at, policy.closes_at, event.starts_at)
    return Outlook(
        _door(event, policy, room, now or timezone.now()),
        room.free_to_newcomers,
        policy.largest_party,
        policy.opens_at,
        hours.last_moment,
        members_only=policy.mode == Mode.MEMBERS,
        by_invitation=policy.mode == Mode.INVITATION,
    )


def place_in_queue(rsvp: Rsvp) -> int | None:
    """How many parties are served before it, plus one; None for one that does not wait."""
    if rsvp.queue_number is None:
        return None
    return Rsvp.objects.filter(event_id=rsvp.event_id, queue_number__lte=rsvp.queue_number).count()


# --- the desk at which one answer after the other is dealt with -----------------------------------------


def _room(policy: RsvpPolicy, *, others_wait: bool) -> Room:
    return Room(policy.seat_limit, policy.seats_committed, others_wait, policy.waiting_list)


def _door(event: Event, policy: RsvpPolicy, room: Room, now: datetime) -> Door:
    if policy.mode == Mode.NONE or event.starts_at is None:
        return Door.NONE
    hours = Hours(policy.opens_at, policy.closes_at, event.starts_at)
    return door(
        now, hours, room, cancelled=event.is_cancelled, postponed=event.state == Event.State.POSTPONED
    )


@contextmanager
def _desk(event: Event) -> Iterator["_Desk"]:
    """Open the desk for one event: everything in the block is one transaction under the lock of the event's rules."""
    with transaction.atomic():
        policy = RsvpPolicy.objects.select_for_update().get(event_id=event.pk)
        desk = _Desk(policy, Event.objects.get(pk=event.pk), timezone.now())
        yield desk
        desk.seat_those_who_wait()
        desk.hand_over_letters()


@dataclass
class _Desk:
    policy: RsvpPolicy
    event: Event
    now: datetime
    letters: dict[int, tuple[str, Rsvp, str]] = field(default_factory=dict)

    def answers(self):  # type: ignore[no-untyped-def]
        return Rsvp.objects.filter(event=self.event)

    def known(self, answer: Answer) -> Rsvp | None:
        """The answer that this address, or this member, has given before, if any."""
        same = Q(member=answer.member) if answer.member else Q(pk=None)
        if answer.email.strip():
            # PostgreSQL folds the case, as in the column itself, so that both can never disagree.
            same |= Q(email_key=Lower(Trim(Value(answer.email))))
        return self.answers().filter(same).first()

    def valid(self, invitation: Invitation | None) -> Invitation | None:
        """The invitation as it stands now. Raises Refused where it was revoked meanwhile."""
        if invitation is None:
            return None
        if fresh := Invitation.objects.live().filter(event=self.event, pk=invitation.pk).first():
            return fresh
        raise Refused(_("This invitation is no longer valid."))

    def link(self, rsvp: Rsvp, invitation: Invitation) -> Rsvp:
        """Note that an answer is the one to an invitation, even if it was given before that was sent."""
        if rsvp.invitation_id != invitation.pk:
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
        found = _door(self.event, self.policy, self._room(), self.now)
        if found in (Door.NONE, Door.CANCELLED, Door.POSTPONED, Door.OVER):
            raise Refused(REASONS[found])
        if found in (Door.NOT_YET, Door.CLOSED) and answer.is_yes and by.actor == Actor.GUEST:
            raise Refused(REASONS[found])
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
        others = self.answers().waiting().exclude(pk=asking.pk if asking else None)
        return _room(self.policy, others_wait=others.exists())

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
        transition = RsvpTransition.objects.create(
            rsvp=rsvp,
            actor=by.actor,
            member=by.member,
            reason=by.reason,
            from_status=was,
            to_status=status,
            seats_before=before.confirmed,
            seats_after=decision.confirmed,
            wanted_before=before.wanted,
            wanted_after=decision.wanted,
        )
        self.tell(rsvp, kind or _kind_of_mail(rsvp, was), str(transition.pk))

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
        queue = self.answers().waiting()
        awaited = [(rsvp.pk, rsvp.seats_awaited) for rsvp in queue]
        for pk in promotions(free, awaited, passing_over=passes_over(self.now, starts_at)):
            rsvp = queue.get(pk=pk)
            decision = Decision(rsvp.seats_wanted, rsvp.seats_wanted, Queue.NONE)
            self.seat(rsvp, decision, Status.CONFIRMED, SYSTEM, kind="rsvp_promoted")

    def tell(self, rsvp: Rsvp, kind: str, occasion: str) -> None:
        """Ask for a mail, once for each occasion; of several about one party in one go only the last is written."""
        self.letters[rsvp.pk] = (kind, rsvp, f"{kind}:{rsvp.pk}:{occasion}")

    def hand_over_letters(self) -> None:
        for kind, rsvp, key in self.letters.values():
            if rsvp.email:
                outbox.queue(
                    key=key,
                    kind=kind,
                    to_email=rsvp.email,
                    to_name=rsvp.name,
                    language=rsvp.language,
                    snapshot=_snapshot(rsvp),
                )


def _kind_of_mail(rsvp: Rsvp, was: str) -> str:
    if rsvp.status == Status.DECLINED:
        return "rsvp_declined"
    if rsvp.status == Status.CANCELLED:
        return "rsvp_withdrawn"
    if rsvp.seats_awaited:
        return "rsvp_waitlisted"
    return "rsvp_changed" if was == Status.CONFIRMED else "rsvp_confirmed"


def _says_the_same(rsvp: Rsvp, answer: Answer) -> bool:
    """Whether an answer, sent again, would change nothing."""
    companions = [guest.name for guest in rsvp.guests.all() if not guest.is_lead]
    said = [*answer.companions, *[""] * (answer.seats - 1 - len(answer.companions))]
    if not answer.is_yes:
        return not rsvp.is_live
    as_before = (rsvp.seats_wanted, rsvp.name, rsvp.message, companions)
    return rsvp.is_live and as_before == (answer.seats, answer.name, answer.message, said)


def _snapshot(rsvp: Rsvp) -> dict[str, object]:
    """What a mail tells, as it is at this moment."""
    return {
        "rsvp": rsvp.pk,
        "event": rsvp.event_id,
        "handle": rsvp.link_handle,
        "version": rsvp.link_version,
        "status": rsvp.status,
        "seats_confirmed": rsvp.seats_confirmed,
        "seats_wanted": rsvp.seats_wanted,
        "place_in_queue": place_in_queue(rsvp),
        "guests": [guest.name for guest in rsvp.guests.all()],
    }
