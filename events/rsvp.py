"""Answering an invitation. Every change of an answer goes through one of these verbs, and through nothing else.

Each verb does the same, in this order: lock the event's RSVP rules, so that one answer is decided at a time; do what is
due by the clock; read afresh; decide (``events.seating``); write the answer; give freed seats to those who wait; note
every change; ask for the mails. All of it happens, or nothing does. Raises Refused for what cannot be, in the guest's
words, and Busy where too many come at once.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from events import welcome
from events.answers import GUEST, REASONS, SYSTEM, Answer, By, Outcome, Recorded, Refused
from events.deciding import approve, offer, prioritise, reject, remove, renew_link
from events.desk import NOTHING, Desk
from events.holds import (
    Block,
    hold_seats,
    name_delegates,
    release_hold,
    release_seats,
    renew_hold_link,
    resize_hold,
)
from events.hosting import announce_change, call_off, move_deadlines, set_limit, set_rules
from events.models import Deed, Event, Invitation, Rsvp, SeatOffer
from events.outlook import Outlook, Undo, last_undoable, outlook, place_in_queue, undo_prospect
from events.owning import adopt, send_link
from events.recording import (
    await_proof,
    check_changeable,
    check_offered,
    has_just_taken,
    linked,
    remember,
    said,
    says_the_same,
    take_offered,
    write,
)
from events.seating import Decision, Queue
from events.serving import forget, open_desk, settle_at
from sistercities.busy import Busy, retried

# The whole vocabulary of RSVPs: whoever deals with them needs this module alone.
__all__ = [
    "GUEST",
    "REASONS",
    "SYSTEM",
    "Answer",
    "Block",
    "Busy",
    "By",
    "Outcome",
    "Outlook",
    "Recorded",
    "Refused",
    "Undo",
    "accept",
    "adopt",
    "announce_change",
    "approve",
    "call_off",
    "change",
    "hold_seats",
    "move_deadlines",
    "name_delegates",
    "not_now",
    "offer",
    "outlook",
    "place_in_queue",
    "prioritise",
    "reject",
    "release_hold",
    "release_seats",
    "remove",
    "renew_hold_link",
    "renew_link",
    "resize_hold",
    "respond",
    "send_link",
    "set_limit",
    "set_rules",
    "settle",
    "undo",
    "undo_prospect",
    "verify",
    "withdraw",
]

Status = Rsvp.Status


# --- what guests do -------------------------------------------------------------------------------------


@retried
def respond(event: Event, answer: Answer, by: By = GUEST, invitation: Invitation | None = None) -> Outcome:
    """Take a first answer to an event, yes or no; with an invitation also where the event is not for everybody.

    The same form sent twice is recorded once. An address that has answered before is told so by mail, and nothing of
    its answer is shown or changed; only whoever holds the invitation that went to it is led there.
    """
    with open_desk(event) as desk:
        if same := desk.said_before(answer):
            return Outcome(same, Recorded.AGAIN)
        invitation, forwarded = _whose(desk, welcome.valid(desk, invitation, answer), answer, by)
        if invitation and (own := invitation.answer):
            return Outcome(linked(own, invitation), Recorded.KNOWN_GUEST)
        answer = replace(answer, member=answer.member or welcome.member_proven_by(invitation, answer))
        # Before anything is looked up by address: who may not answer learns nothing of who has.
        welcome.check_welcome(desk, by, answer.member, invited=bool(invitation or forwarded))
        welcome.check_door(desk, by, answer, invitation)
        kept = welcome.reserved_for(desk, invitation)
        welcome.check_room(desk, answer, reserved=kept.seats_unnamed if kept else 0)
        if known := desk.known(answer):
            desk.letters.ask(known, "rsvp_already", f"{desk.now:%Y%m%d%H}")
            return Outcome(known, Recorded.KNOWN_ADDRESS)
        rsvp = Rsvp(event=desk.event, email=answer.email.strip(), nonce=answer.nonce, source=by.source)
        rsvp.member, rsvp.invitation, rsvp.forwarded = answer.member, invitation, forwarded
        if welcome.wants_proof(desk, answer, by, invitation):
            await_proof(desk, rsvp, answer, by)
            return Outcome(rsvp, Recorded.UNVERIFIED)
        write(desk, rsvp, answer, by, Deed.ANSWERED)
    rsvp.refresh_from_db()  # it may have been served from the queue at once
    return Outcome(rsvp, Recorded.NEW)


def _whose(
    desk: Desk, invitation: Invitation | None, answer: Answer, by: By
) -> tuple[Invitation | None, Invitation | None]:
    """The invitation if it is for whoever answers; else, where only the invited may come, that from which they ask."""
    if invitation is None or welcome.is_for(invitation, answer, by):
        return invitation, None
    welcome.check_own_address(invitation, answer)
    return None, None if welcome.needs_no_invitation(desk, answer.member) else invitation


@retried
def verify(rsvp: Rsvp) -> Outcome:
    """Let an answer count whose address has now been shown to be theirs: it is judged afresh, as a first answer."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.status != Status.UNVERIFIED:
            return Outcome(fresh, Recorded.AGAIN)
        words = said(fresh)
        if known := desk.known(words, but=fresh):
            forget([fresh.pk])
            return Outcome(known, Recorded.KNOWN_GUEST)
        welcome.check_welcome(desk, GUEST, None, invited=fresh.forwarded_id is not None)
        welcome.check_door(desk, GUEST, words)
        welcome.check_room(desk, words)
        fresh.verified_at = desk.now
        write(desk, fresh, words, GUEST, Deed.VERIFIED)
    fresh.refresh_from_db()
    return Outcome(fresh, Recorded.NEW)


@retried
def change(rsvp: Rsvp, answer: Answer, by: By = GUEST) -> Rsvp:
    """Change an answer: more seats, fewer, other companions, no after yes, yes after no. Its owner is known.

    Fewer seats and no are never refused while the event has not ended. More seats than are free leave the party with
    what it has, waiting for the rest.
    """
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        welcome.check_not_over(desk, by)
        if says_the_same(fresh, answer):
            return fresh
        answer = check_changeable(fresh, answer, by)
        if answer.seats > fresh.seats_wanted:
            welcome.check_growth(desk, fresh, answer, by)
        write(desk, fresh, answer, by, Deed.CHANGED if answer.is_yes else Deed.WITHDRAWN)
        if fresh.takes_any and fresh.seats_offered:
            take_offered(desk, fresh, fresh.seats_offered, by)  # who takes any seat is not asked again
    fresh.refresh_from_db()
    return fresh


@retried
def withdraw(rsvp: Rsvp, by: By = GUEST) -> Rsvp:
    """Take an answer back. Never refused while the event lasts: the seats go to those who wait."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.is_live:
            welcome.check_not_over(desk, by)
            remember(fresh)
            desk.seat(fresh, NOTHING, by, Deed.WITHDRAWN, ends=Status.CANCELLED)
            if fresh.hold and fresh.hold.is_live:
                desk.release(fresh.hold, by)
    return fresh


@retried
def undo(rsvp: Rsvp, by: By = GUEST) -> Rsvp:
    """Go back to what was wanted before one's last change, within a quarter of an hour.

    What was given away in between is not taken from anybody: seats come back if they are free and nobody waits. A
    place in line comes back as it was; an offer that was given up does not.
    """
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        welcome.check_open(desk)
        last = last_undoable(fresh, desk.now)
        if last is None:
            raise Refused(_("There is nothing to undo any more."))
        words = said(fresh, seats=last.wanted_before, companions=tuple(fresh.names_before))
        place = last.queue_before
        if place is not None and desk.answers().filter(queue_number=place).exclude(pk=fresh.pk).exists():
            place = None
        asks = fresh.status == Status.REQUESTED or last.from_status == Status.REQUESTED
        write(desk, fresh, words, by, Deed.UNDONE, asks=asks, place=place)
    fresh.refresh_from_db()
    return fresh


@retried
def accept(rsvp: Rsvp, seats: int, by: By = GUEST) -> Rsvp:
    """Take the seats that are offered, or a part; what is left goes on, and what was not offered is waited for."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if not fresh.seats_offered and has_just_taken(fresh):
            return fresh  # the same button once more
        check_offered(fresh)
        welcome.check_open(desk)
        if not 1 <= seats <= fresh.seats_offered:
            words = _("Please take at least one and at most %(count)d of the seats that are offered.")
            raise Refused(words % {"count": fresh.seats_offered}, "offer_seats")
        take_offered(desk, fresh, seats, by)
        desk.fit_guests(fresh)
    fresh.refresh_from_db()
    return fresh


@retried
def not_now(rsvp: Rsvp, by: By = GUEST) -> Rsvp:
    """Give up an offer and keep a place in line, directly behind the next; once."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        check_offered(fresh)
        if fresh.has_deferred:
            raise Refused(
                _("“Not now” can be said once. Please take the seats, or a part of them, or withdraw.")
            )
        ahead = desk.answers().behind(fresh).unserved().first()
        if ahead is None:
            raise Refused(
                _("Nobody waits behind you, so nobody could go ahead. The offer stands until its end.")
            )
        place = desk.place_behind(ahead, but_for=fresh)
        fresh.has_deferred, fresh.priority = True, ahead.priority
        decision = Decision(fresh.seats_confirmed, fresh.seats_wanted, Queue.KEEP)
        desk.seat(
            fresh,
            decision,
            by,
            Deed.DEFERRED,
            kind="rsvp_deferred",
            outcome=SeatOffer.Outcome.DEFERRED,
            place=place,
        )
    fresh.refresh_from_db()
    return fresh


@retried
def settle(event: Event) -> None:
    """Do what is due, and give free seats to those who wait, after anything that may have freed some."""
    settle_at(event)
