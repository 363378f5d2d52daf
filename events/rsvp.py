"""Answering an invitation. Every change of an answer goes through one of these verbs, and through nothing else.

Each verb does the same, in this order: lock the event's RSVP rules, so that one answer is decided at a time; read
afresh; decide (``events.seating``); write the answer; give freed seats to those who wait; note every change; ask for
the mails. All of it happens, or nothing does.
"""

from django.utils.translation import gettext_lazy as _

from events.answers import GUEST, REASONS, SYSTEM, Answer, By, Outcome, Recorded, Refused
from events.desk import open_desk
from events.models import Event, Invitation, Rsvp
from events.outlook import Outlook, outlook, place_in_queue
from events.seating import Decision, Party, Queue

# The whole vocabulary of RSVPs: whoever deals with them needs this module alone.
__all__ = [
    "GUEST",
    "REASONS",
    "SYSTEM",
    "Answer",
    "By",
    "Outcome",
    "Outlook",
    "Recorded",
    "Refused",
    "announce_change",
    "call_off",
    "change",
    "outlook",
    "place_in_queue",
    "renew_link",
    "respond",
    "set_limit",
    "settle",
    "withdraw",
]

NOTHING = Decision(0, 0, Queue.NONE)


def respond(event: Event, answer: Answer, by: By = GUEST, invitation: Invitation | None = None) -> Outcome:
    """Take a first answer to an event, yes or no; with an invitation also where the event is not for everybody.

    The same form sent twice is recorded once. An address that has answered before is told so by mail, and nothing of
    its answer is shown or changed; only whoever holds the invitation that went to it is led there. Raises Refused.
    """
    with open_desk(event) as desk:
        if answer.nonce and (same := desk.answers().filter(nonce=answer.nonce).first()):
            return Outcome(same, Recorded.AGAIN)
        invitation = desk.valid(invitation, answer)
        if invitation and (own := invitation.answer):
            return Outcome(desk.link(own, invitation), Recorded.KNOWN_GUEST)
        # Before anything is looked up by address: who may not answer learns nothing of who has.
        desk.check_welcome(by, answer.member, invited=invitation is not None)
        desk.check_door(by, answer)
        desk.check_room(answer)
        if known := desk.known(answer):
            desk.tell(known, "rsvp_already", f"{desk.now:%Y%m%d%H}")
            return Outcome(known, Recorded.KNOWN_ADDRESS)
        rsvp = Rsvp(
            event=desk.event,
            name=answer.name,
            email=answer.email.strip(),
            nonce=answer.nonce,
            member=answer.member,
        )
        rsvp.language, rsvp.invitation = answer.language, invitation
        desk.write(rsvp, answer, by)
    rsvp.refresh_from_db()  # it may have been served from the queue at once
    return Outcome(rsvp, Recorded.NEW)


def change(rsvp: Rsvp, answer: Answer, by: By = GUEST) -> Rsvp:
    """Change an answer: more seats, fewer, other companions, no after yes, yes after no. Its owner is known.

    Fewer seats and no are never refused while the event has not ended. More seats than are free leave the party with
    what it has, waiting for the rest. Raises Refused.
    """
    with open_desk(rsvp.event) as desk:
        fresh = desk.answers().get(pk=rsvp.pk)
        desk.check_not_over(by)
        if _says_the_same(fresh, answer):
            return fresh
        if answer.seats > fresh.seats_wanted:
            desk.check_welcome(by, fresh.member or answer.member, invited=desk.is_invited(fresh))
            desk.check_door(by, answer)
        fresh.name, fresh.language = answer.name, answer.language
        desk.write(fresh, answer, by)
    fresh.refresh_from_db()
    return fresh


def withdraw(rsvp: Rsvp, by: By = GUEST) -> Rsvp:
    """Take an answer back. Never refused: the seats go to those who wait."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.answers().get(pk=rsvp.pk)
        if fresh.is_live:
            desk.seat(fresh, NOTHING, Rsvp.Status.CANCELLED, by)
    return fresh


def set_limit(event: Event, seats: int, by: By) -> None:
    """Change how many seats there are. More seats go to those who wait; fewer than are promised is refused."""
    with open_desk(event) as desk:
        if seats < desk.policy.seats_committed:
            raise Refused(
                _(
                    "%(count)d seats are promised already."
                    " Ask guests to withdraw first, or keep at least as many seats."
                )
                % {"count": desk.policy.seats_committed},
                "seat_limit",
            )
        if seats < desk.policy.largest_party:
            raise Refused(
                _("There are at least as many seats as the largest party has guests."), "seat_limit"
            )
        desk.policy.seat_limit = seats
        desk.policy.save(update_fields=["seat_limit"])


def call_off(event: Event, notice_en: str, notice_zh_hans: str, by: By) -> int:
    """Cancel an event: every party is told and its calendar entry withdrawn. Returns how many parties that concerns."""
    with open_desk(event) as desk:
        desk.event.state = Event.State.CANCELLED
        desk.event.notice_en, desk.event.notice_zh_hans = notice_en, notice_zh_hans
        desk.event.ics_sequence += 1
        desk.event.save()
        return desk.tell_everybody(by, "event_cancelled", release=True)


def announce_change(event: Event, by: By) -> int:
    """Tell every party that comes or waits what is new about an event. Answers stand, calendar entries are renewed.

    Call it once for each change, after the change; returns how many parties that concerns. Of an event that is over
    nobody is told: what changes then is the record.
    """
    with open_desk(event) as desk:
        desk.event.ics_sequence += 1
        desk.event.save(update_fields=["ics_sequence"])
        return 0 if desk.is_over else desk.tell_everybody(by, "event_changed", release=False)


def renew_link(rsvp: Rsvp, by: By) -> None:
    """Make every link to an answer worthless and mail a new one: for links that fell into the wrong hands."""
    with open_desk(rsvp.event) as desk:
        fresh = desk.answers().get(pk=rsvp.pk)
        fresh.link_version += 1
        fresh.save(update_fields=["link_version", "updated_at"])
        desk.note(fresh, fresh.status, Party(fresh.seats_confirmed, fresh.seats_wanted), by)
        desk.tell(fresh, "rsvp_new_link", f"renewed-{fresh.link_version}")


def settle(event: Event) -> None:
    """Give free seats to those who wait, after anything that may have freed some."""
    with open_desk(event):
        pass


def _says_the_same(rsvp: Rsvp, answer: Answer) -> bool:
    """Whether an answer, sent again, would change nothing."""
    companions = [guest.name for guest in rsvp.guests.all() if not guest.is_lead]
    said = [*answer.companions, *[""] * (answer.seats - 1 - len(answer.companions))]
    if not answer.is_yes:
        return not rsvp.is_live and rsvp.message == answer.message
    as_before = (rsvp.seats_wanted, rsvp.name, rsvp.message, rsvp.language, companions)
    return rsvp.is_live and as_before == (answer.seats, answer.name, answer.message, answer.language, said)
