"""Answering an invitation. Every change of an answer goes through one of these verbs, and through nothing else.

Each verb does the same, in this order: lock the event's RSVP rules, so that one answer is decided at a time; do what is
due by the clock; read afresh; decide (``events.seating``); write the answer; give freed seats to those who wait; note
every change; ask for the mails. All of it happens, or nothing does. Raises Refused for what cannot be, in the guest's
words, and Busy where too many come at once.
"""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from events import welcome
from events.answers import GUEST, REASONS, SYSTEM, Answer, By, Outcome, Recorded, Refused
from events.desk import NOTHING, Desk, party_of
from events.forgetting import blank
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
from events.seating import Decision, Queue, between, take
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
    "set_limit",
    "set_rules",
    "settle",
    "undo",
    "undo_prospect",
    "verify",
    "withdraw",
]

Status = Rsvp.Status
PROOFS_AN_HOUR = 3
OVER = _("This offer is no longer open: its time is over, or it was answered already.")


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
        invitation = welcome.valid(desk, invitation, answer)
        if invitation and (own := invitation.answer):
            return Outcome(_linked(own, invitation), Recorded.KNOWN_GUEST)
        # Before anything is looked up by address: who may not answer learns nothing of who has.
        welcome.check_welcome(desk, by, answer.member, invited=invitation is not None)
        welcome.check_door(desk, by, answer)
        kept = welcome.reserved_for(desk, invitation)
        welcome.check_room(desk, answer, reserved=kept.seats_unnamed if kept else 0)
        if known := desk.known(answer):
            desk.letters.ask(known, "rsvp_already", f"{desk.now:%Y%m%d%H}")
            return Outcome(known, Recorded.KNOWN_ADDRESS)
        rsvp = Rsvp(event=desk.event, email=answer.email.strip(), nonce=answer.nonce, source=by.source)
        rsvp.member, rsvp.invitation = answer.member, invitation
        if welcome.wants_proof(desk, answer, by, invitation):
            _await_proof(desk, rsvp, answer, by)
            return Outcome(rsvp, Recorded.UNVERIFIED)
        _write(desk, rsvp, answer, by, Deed.ANSWERED)
    rsvp.refresh_from_db()  # it may have been served from the queue at once
    return Outcome(rsvp, Recorded.NEW)


@retried
def verify(rsvp: Rsvp) -> Outcome:
    """Let an answer count whose address has now been shown to be theirs: it is judged afresh, as a first answer."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.status != Status.UNVERIFIED:
            return Outcome(fresh, Recorded.AGAIN)
        said = _said(fresh)
        if known := desk.known(said, but=fresh):
            forget([fresh.pk])
            return Outcome(known, Recorded.KNOWN_GUEST)
        welcome.check_welcome(desk, GUEST, None, invited=False)
        welcome.check_door(desk, GUEST, said)
        welcome.check_room(desk, said)
        fresh.verified_at = desk.now
        _write(desk, fresh, said, GUEST, Deed.VERIFIED)
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
        if _says_the_same(fresh, answer):
            return fresh
        _check_changeable(fresh, answer, by)
        if answer.seats > fresh.seats_wanted:
            welcome.check_growth(desk, fresh, answer, by)
        _write(desk, fresh, answer, by, Deed.CHANGED if answer.is_yes else Deed.WITHDRAWN)
    fresh.refresh_from_db()
    return fresh


@retried
def withdraw(rsvp: Rsvp, by: By = GUEST) -> Rsvp:
    """Take an answer back. Never refused: the seats go to those who wait."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.is_live:
            _remember(fresh)
            desk.seat(fresh, NOTHING, by, Deed.WITHDRAWN, ends=Status.CANCELLED)
            if fresh.hold and fresh.hold.is_live:
                desk.release(fresh.hold, by)
    return fresh


@retried
def undo(rsvp: Rsvp, by: By = GUEST) -> Rsvp:
    """Go back to what was wanted before one's last change, within a quarter of an hour.

    What was given away in between is not taken from anybody: seats come back if they are free and nobody waits, a
    place in line comes back as it was.
    """
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        welcome.check_open(desk)
        last = last_undoable(fresh, desk.now)
        if last is None:
            raise Refused(_("There is nothing to undo any more."))
        said = _said(fresh, seats=last.wanted_before, companions=tuple(fresh.names_before))
        place = last.queue_before
        if place is not None and desk.answers().filter(queue_number=place).exclude(pk=fresh.pk).exists():
            place = None
        asks = fresh.status == Status.REQUESTED or last.from_status == Status.REQUESTED
        _write(desk, fresh, said, by, Deed.UNDONE, asks=asks, place=place)
    fresh.refresh_from_db()
    return fresh


@retried
def accept(rsvp: Rsvp, seats: int, by: By = GUEST) -> Rsvp:
    """Take the seats that are offered, or a part; what is left goes on, and what was not offered is waited for."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if not fresh.seats_offered and _has_just_taken(fresh):
            return fresh  # the same button once more
        _check_offered(fresh)
        welcome.check_open(desk)
        if not 1 <= seats <= fresh.seats_offered:
            words = _("Please take at least one and at most %(count)d of the seats that are offered.")
            raise Refused(words % {"count": fresh.seats_offered}, "offer_seats")
        desk.take_offer(fresh, seats)
        desk.seat(fresh, take(party_of(fresh), seats), by, Deed.TOOK, kind="rsvp_promoted")
        desk.fit_guests(fresh)
    fresh.refresh_from_db()
    return fresh


@retried
def not_now(rsvp: Rsvp, by: By = GUEST) -> Rsvp:
    """Give up an offer and keep a place in line, directly behind the next; once."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        _check_offered(fresh)
        if fresh.has_deferred:
            raise Refused(
                _("“Not now” can be said once. Please take the seats, or a part of them, or withdraw.")
            )
        behind = list(desk.answers().behind(fresh)[:2])
        if not behind:
            raise Refused(
                _("Nobody waits behind you, so nobody could go ahead. The offer stands until its end.")
            )
        following = behind[1] if behind[1:] and behind[1].priority == behind[0].priority else None
        place = between(behind[0].queue_number, following and following.queue_number)
        fresh.has_deferred = True
        decision = Decision(fresh.seats_confirmed, fresh.seats_wanted, Queue.KEEP)
        fresh.queue_number, fresh.priority = place, behind[0].priority
        desk.seat(
            fresh,
            decision,
            by,
            Deed.DEFERRED,
            kind="rsvp_deferred",
            outcome=SeatOffer.Outcome.DEFERRED,
        )
    fresh.refresh_from_db()
    return fresh


# --- what the hosts do with one answer ------------------------------------------------------------------


@retried
def approve(rsvp: Rsvp, by: By, message: str = "") -> Rsvp:
    """Admit a party that asks to come: it gets its seats, or a place in line where they are taken."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.status == Status.REQUESTED:
            welcome.check_open(desk)
            fresh.reply = message
            desk.seat(fresh, desk.decide(fresh, fresh.seats_wanted), by, Deed.APPROVED)
    fresh.refresh_from_db()
    return fresh


@retried
def reject(rsvp: Rsvp, by: By, message: str = "") -> Rsvp:
    """Do not admit a party that asks to come; ``by`` says why for the record, the message tells the guest."""
    _check_reason(by)
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.status == Status.REQUESTED:
            fresh.reply = message
            desk.seat(fresh, NOTHING, by, Deed.REJECTED, ends=Status.REJECTED)
    return fresh


@retried
def prioritise(rsvp: Rsvp, priority: int, by: By) -> Rsvp:
    """Put a waiting party into another class of the line, with the reason that everybody may ask for."""
    _check_reason(by)
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.queue_number is None:
            raise Refused(_("This party does not wait in line."))
        if fresh.priority != priority:
            party = party_of(fresh)
            fresh.priority, fresh.priority_reason = priority, by.reason
            kept = Decision(party.confirmed, party.wanted, Queue.KEEP, party.offered)
            desk.seat(fresh, kept, by, Deed.PRIORITISED)
            desk.letters.take_back(fresh)
    fresh.refresh_from_db()
    return fresh


@retried
def offer(rsvp: Rsvp, seats: int, by: By) -> Rsvp:
    """Offer free seats to a waiting party out of turn, with a reason."""
    _check_reason(by)
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        welcome.check_open(desk)
        if not 1 <= seats <= fresh.seats_unserved or fresh.queue_number is None:
            raise Refused(_("This party does not wait for so many seats."), "seats")
        if seats > desk.free:
            words = _("Only %(count)d seats are free. Raise the number of seats first.")
            raise Refused(words % {"count": max(desk.free, 0)}, "seats")
        desk.make_offer(fresh, seats, by)
    fresh.refresh_from_db()
    return fresh


@retried
def remove(rsvp: Rsvp, by: By) -> Rsvp:
    """Take an answer out for good, such as a hoax: its seats are given back and its personal data blanked, untold."""
    _check_reason(by)
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.hold and fresh.hold.is_live:
            desk.release(fresh.hold, by)
        desk.seat(fresh, NOTHING, by, Deed.REMOVED, ends=Status.CANCELLED)
        desk.letters.take_back(fresh)
        blank(fresh)
    return fresh


@retried
def renew_link(rsvp: Rsvp, by: By) -> None:
    """Make every link to an answer worthless and mail a new one: for links that fell into the wrong hands."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        fresh.link_version += 1
        fresh.save(update_fields=["link_version", "updated_at"])
        desk.note(fresh, fresh.status, party_of(fresh), by, Deed.NEW_LINK, fresh.queue_number)
        desk.letters.ask(fresh, "rsvp_new_link", f"renewed-{fresh.link_version}")


@retried
def settle(event: Event) -> None:
    """Do what is due, and give free seats to those who wait, after anything that may have freed some."""
    settle_at(event)


# --- steps ----------------------------------------------------------------------------------------------


def _write(
    desk: Desk,
    rsvp: Rsvp,
    answer: Answer,
    by: By,
    deed: str,
    *,
    asks: bool | None = None,
    place: Decimal | None = None,
) -> None:
    """Record what was said: decide about the seats, then names and message.

    ``asks`` tells whether a yes is a request to the hosts, where that is known.
    """
    _remember(rsvp)
    rsvp.name, rsvp.language = answer.name, answer.language
    rsvp.message, rsvp.takes_any = answer.message, answer.takes_any
    kept = welcome.reserved_for(desk, rsvp.invitation)
    reserved = kept.seats_unnamed if kept else 0
    if kept:
        desk.release(kept, by)  # a reserved seat turns into a confirmed one, or into a free one
    if not answer.is_yes:
        was_yes = bool(rsvp.pk) and rsvp.is_live
        desk.seat(rsvp, NOTHING, by, deed, ends=Status.CANCELLED if was_yes else Status.DECLINED)
    elif _asks(desk, rsvp, by) if asks is None else asks:
        desk.seat(rsvp, Decision(0, answer.seats, Queue.NONE), by, deed, ends=Status.REQUESTED)
    else:
        desk.seat(rsvp, desk.decide(rsvp, answer.seats, reserved), by, deed, place=place)
    desk.name_guests(rsvp, [answer.name, *answer.companions])


def _asks(desk: Desk, rsvp: Rsvp, by: By) -> bool:
    """Whether a yes is a request: one that stands as such, or a first one where the hosts decide."""
    if rsvp.pk and rsvp.is_live:
        return rsvp.status == Status.REQUESTED
    return welcome.decides_by_hand(desk, rsvp, by)


def _await_proof(desk: Desk, rsvp: Rsvp, answer: Answer, by: By) -> None:
    """Keep an answer for a day until its address is verified; beyond three mails an hour an address gets none."""
    same = desk.answers().filter(status=Status.UNVERIFIED, answered_at__gt=desk.now - timedelta(hours=1))
    if same.filter(email__iexact=rsvp.email).count() >= PROOFS_AN_HOUR:
        return
    rsvp.name, rsvp.language, rsvp.message = answer.name, answer.language, answer.message
    rsvp.takes_any, rsvp.answered_at = answer.takes_any, desk.now
    wanted = Decision(0, answer.seats, Queue.NONE)
    desk.seat(rsvp, wanted, by, Deed.ANSWERED, ends=Status.UNVERIFIED)
    desk.name_guests(rsvp, [answer.name, *answer.companions])


def _said(rsvp: Rsvp, **other: object) -> Answer:
    """What an answer said, as if it were said now."""
    companions = tuple(guest.name for guest in rsvp.guests.all() if not guest.is_lead)
    known = {"name": rsvp.name, "email": rsvp.email, "seats": rsvp.seats_wanted, "companions": companions}
    known |= {"message": rsvp.message, "language": rsvp.language, "takes_any": rsvp.takes_any}
    return Answer(**{**known, **other})  # type: ignore[arg-type]


def _remember(rsvp: Rsvp) -> None:
    """Keep the companions' names as they are before a change, so that it can be undone."""
    if rsvp.pk:
        rsvp.names_before = [guest.name for guest in rsvp.guests.all() if not guest.is_lead]


def _linked(rsvp: Rsvp, invitation: Invitation) -> Rsvp:
    """Note that an answer is the one to an invitation, even if it was given before that was sent."""
    if rsvp.invitation_id is None:
        rsvp.invitation = invitation
        rsvp.save(update_fields=["invitation", "updated_at"])
    return rsvp


def _has_just_taken(rsvp: Rsvp) -> bool:
    last = rsvp.transitions.last()
    return last is not None and last.deed == Deed.TOOK


def _check_offered(rsvp: Rsvp) -> None:
    if not rsvp.seats_offered:
        raise Refused(OVER)


def _check_reason(by: By) -> None:
    if not by.reason.strip():
        raise Refused(_("Please say why; it is kept with the change."), "reason")


def _check_changeable(rsvp: Rsvp, answer: Answer, by: By) -> None:
    if rsvp.status == Status.UNVERIFIED:
        raise Refused(_("Please confirm your e-mail address first, by the link that we sent to it."))
    if rsvp.status == Status.REJECTED and by.is_guest and answer.is_yes:
        raise Refused(_("The hosts could not admit your party. Please write to them."))
    if rsvp.hold_id and answer.is_yes:
        raise Refused(_("These are the guests of a delegation: they are named on the delegation's page."))


def _says_the_same(rsvp: Rsvp, answer: Answer) -> bool:
    """Whether an answer, sent again, would change nothing."""
    companions = [guest.name for guest in rsvp.guests.all() if not guest.is_lead]
    said = [*answer.companions, *[""] * (answer.seats - 1 - len(answer.companions))]
    if not answer.is_yes:
        return not rsvp.is_live and rsvp.message == answer.message
    as_before = (rsvp.seats_wanted, rsvp.name, rsvp.message, rsvp.language, rsvp.takes_any, companions)
    now = (answer.seats, answer.name, answer.message, answer.language, answer.takes_any, said)
    return rsvp.is_live and as_before == now
