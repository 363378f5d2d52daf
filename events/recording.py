"""How an answer is written down at the desk: what was said, and what is asked for before. For the verbs alone."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from events import welcome
from events.answers import Answer, By, Refused
from events.desk import NOTHING, Desk, party_of
from events.models import Deed, Invitation, Rsvp
from events.naming import same_name
from events.replies import says_so_already, write_replies
from events.seating import Decision, Queue, take
from sistercities.mail.addresses import address_key

Status = Rsvp.Status
PROOFS_AN_HOUR = 3
OVER = _("This offer is no longer open: its time is over, or it was answered already.")


def write(
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
    is_new = rsvp.pk is None
    remember(rsvp)
    _write_words(rsvp, answer)
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
    _name_guests(desk, rsvp, answer, is_new=is_new)


def _write_words(rsvp: Rsvp, answer: Answer) -> None:
    """What was said beside the number of seats; what was not asked stays as it is."""
    rsvp.name, rsvp.language = answer.name, answer.language
    rsvp.message, rsvp.takes_any = answer.message, answer.takes_any
    if answer.interpretation is not None:
        rsvp.interpretation = answer.interpretation
    if answer.shows_in_list is not None:
        rsvp.shows_in_list = answer.shows_in_list


def _name_guests(desk: Desk, rsvp: Rsvp, answer: Answer, *, is_new: bool) -> None:
    lead = {"title": answer.title, "organisation": answer.organisation}
    told = {name: words for name, words in lead.items() if words is not None}
    desk.name_guests(rsvp, [answer.name, *answer.companions], is_new=is_new, lead=told)
    if answer.replies is not None and (answer.is_yes or is_new):
        write_replies(rsvp, answer.replies)


def _asks(desk: Desk, rsvp: Rsvp, by: By) -> bool:
    """Whether a yes is a request: one that stands as such, or a first one where the hosts decide."""
    if rsvp.pk and rsvp.is_live:
        return rsvp.status == Status.REQUESTED
    return welcome.decides_by_hand(desk, rsvp, by)


def await_proof(desk: Desk, rsvp: Rsvp, answer: Answer, by: By) -> None:
    """Keep an answer for a day until its address is verified; beyond three mails an hour an address gets none."""
    same = desk.answers().filter(status=Status.UNVERIFIED, answered_at__gt=desk.now - timedelta(hours=1))
    if same.filter(email_key=address_key(Value(rsvp.email))).count() >= PROOFS_AN_HOUR:
        return
    _write_words(rsvp, answer)
    rsvp.answered_at = desk.now
    wanted = Decision(0, answer.seats, Queue.NONE)
    desk.seat(rsvp, wanted, by, Deed.ANSWERED, ends=Status.UNVERIFIED)
    _name_guests(desk, rsvp, answer, is_new=True)


def take_offered(desk: Desk, rsvp: Rsvp, seats: int, by: By) -> None:
    """Turn seats of the live offer into confirmed ones; what is not taken of it is wanted no more."""
    desk.take_offer(rsvp, seats)
    desk.seat(rsvp, take(party_of(rsvp), seats), by, Deed.TOOK, kind="rsvp_promoted")


def said(rsvp: Rsvp, **other: object) -> Answer:
    """What an answer said, as if it were said now."""
    companions = tuple(guest.name for guest in rsvp.guests.all() if not guest.is_lead)
    known = {"name": rsvp.name, "email": rsvp.email, "seats": rsvp.seats_wanted, "companions": companions}
    known |= {"message": rsvp.message, "language": rsvp.language, "takes_any": rsvp.takes_any}
    return Answer(**{**known, **other})  # type: ignore[arg-type]


def remember(rsvp: Rsvp) -> None:
    """Keep the companions' names as they are before a change, so that it can be undone."""
    if rsvp.pk:
        rsvp.names_before = [guest.name for guest in rsvp.guests.all() if not guest.is_lead]


def linked(rsvp: Rsvp, invitation: Invitation) -> Rsvp:
    """Note that an answer is the one to an invitation, even if it was given before that was sent.

    Anybody may have given it who typed the guest's address: then only the invited guest's link leads there from now on.
    """
    if rsvp.invitation_id is None:
        if not Invitation.objects.letting_in(rsvp).filter(pk=invitation.pk).exists():
            rsvp.link_version += 1
            rsvp.nonce = ""
        rsvp.invitation = invitation
        rsvp.save(update_fields=["invitation", "link_version", "nonce", "updated_at"])
    return rsvp


def has_just_taken(rsvp: Rsvp) -> bool:
    last = rsvp.transitions.last()
    return last is not None and last.deed == Deed.TOOK


def check_offered(rsvp: Rsvp) -> None:
    if not rsvp.seats_offered:
        raise Refused(OVER)


def check_reason(by: By) -> None:
    if not by.reason.strip():
        raise Refused(_("Please say why; it is kept with the change."), "reason")


def check_changeable(rsvp: Rsvp, answer: Answer, by: By) -> Answer:
    """The answer as it can be taken. Raises Refused where its party cannot be changed like this."""
    if rsvp.status == Status.UNVERIFIED:
        raise Refused(_("Please confirm your e-mail address first, by the link that we sent to it."))
    if rsvp.status == Status.REJECTED and by.is_guest and answer.is_yes:
        raise Refused(_("The hosts could not admit your party. Please write to them."))
    if rsvp.hold_id and answer.is_yes:
        raise Refused(_("These are the guests of a delegation: they are named on the delegation's page."))
    if not by.is_guest or not answer.is_yes or same_name(answer.name, rsvp.name):
        return answer
    return _as_invited(rsvp, answer)


def _as_invited(rsvp: Rsvp, answer: Answer) -> Answer:
    """Refuse another name than the one invited, where the invitation is for that guest only; fewer seats are taken."""
    invited = rsvp.invitation
    if invited is None or not invited.is_bound or same_name(answer.name, invited.name, but_for=invited.title):
        return answer
    if answer.seats < rsvp.seats_wanted:
        return replace(answer, name=rsvp.name)
    words = _(
        "This invitation is for %(name)s only. Whoever else would like to come, please write to the hosts."
    )
    raise Refused(words % {"name": invited.name}, "name")


def says_the_same(rsvp: Rsvp, answer: Answer) -> bool:
    """Whether an answer, sent again, would change nothing."""
    companions = [guest.name for guest in rsvp.guests.all() if not guest.is_lead]
    said = [*answer.companions, *[""] * (answer.seats - 1 - len(answer.companions))]
    if not answer.is_yes:
        return not rsvp.is_live and rsvp.message == answer.message
    as_before = (rsvp.seats_wanted, rsvp.name, rsvp.message, rsvp.language, rsvp.takes_any, companions)
    now = (answer.seats, answer.name, answer.message, answer.language, answer.takes_any, said)
    if not rsvp.is_live or as_before != now or not says_so_already(rsvp, answer.replies):
        return False
    lead = next(guest for guest in rsvp.guests.all() if guest.is_lead)
    asked = (answer.title, answer.organisation, answer.interpretation, answer.shows_in_list)
    stands = (lead.title, lead.organisation, rsvp.interpretation, rsvp.shows_in_list)
    return all(new is None or new == old for new, old in zip(asked, stands, strict=True))
