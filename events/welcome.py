"""Who may answer, when, and for how many: each check raises Refused with the words that the guest reads."""

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from events.answers import REASONS, Answer, By, Refused
from events.desk import Desk
from events.models import Event, Invitation, Rsvp, RsvpPolicy, SeatHold
from events.naming import same_name
from events.outlook import door_of, largest_party_of
from events.seating import SHUT, Door
from people.models import Member
from sistercities.mail.addresses import address_key, comparable

Mode = RsvpPolicy.Mode


def is_over(desk: Desk) -> bool:
    """Whether nothing is left to decide; what was postponed is not over when its first date has passed."""
    return desk.event.is_over_at(desk.now) and desk.event.state != Event.State.POSTPONED


def check_not_over(desk: Desk, by: By) -> None:
    if by.is_guest and is_over(desk):
        raise Refused(REASONS[Door.OVER])


def check_welcome(desk: Desk, by: By, member: Member | None, *, invited: bool) -> None:
    """Refuse whom the event is not for. An invitation opens every door, and staff may answer for anybody."""
    if invited or not by.is_guest:
        return
    if desk.policy.mode == Mode.INVITATION:
        raise Refused(_("This event is by invitation only. Please answer by the link in your invitation."))
    if desk.policy.mode == Mode.MEMBERS and not (member and member.is_current_member):
        raise Refused(_("This event is for members of the association."))


def check_open(desk: Desk) -> None:
    """Refuse everybody where the event does not take place, or has begun."""
    found = _door(desk)
    if found in SHUT:
        raise Refused(REASONS[found])


def check_door(desk: Desk, by: By, answer: Answer, invitation: Invitation | None = None) -> None:
    """Refuse what comes at the wrong time, or for too many. An invitation may have a deadline and a size of its own.

    Staff may record an answer before the opening and after the close, and a plain no is welcome then too.
    """
    found = _door(desk, invitation)
    if found in SHUT:
        raise Refused(REASONS[found])
    if found in (Door.NOT_YET, Door.CLOSED) and answer.is_yes and by.is_guest:
        raise Refused(REASONS[found])
    largest = largest_party_of(desk.policy, invitation)
    if answer.seats > largest:
        words = _("A party has at most %(count)d guests, you included.")
        raise Refused(words % {"count": largest}, "seats")


def check_room(desk: Desk, answer: Answer, *, reserved: int = 0) -> None:
    """Refuse a newcomer where all seats are taken and nobody can wait."""
    room = desk.room()
    if answer.seats > max(room.free_to_newcomers, 0) + reserved and not room.has_waiting_list:
        raise Refused(REASONS[Door.FULL], "seats")


def check_growth(desk: Desk, rsvp: Rsvp, answer: Answer, by: By) -> None:
    """Refuse more seats to whom the event is not for, after the close, and beyond what the hosts admitted."""
    invited = desk.policy.mode != Mode.OPEN and is_invited(desk, rsvp)
    check_welcome(desk, by, rsvp.member or answer.member, invited=invited)
    check_door(desk, by, answer, rsvp.invitation)
    is_asking = rsvp.status == Rsvp.Status.REQUESTED or not rsvp.is_live
    if by.is_guest and desk.policy.mode == Mode.APPROVAL and not invited and not is_asking:
        raise Refused(
            _("The hosts have decided about your party as it is. For more seats please write to them."),
            "seats",
        )
    if not rsvp.is_live:
        check_room(desk, answer)  # yes after no is judged as a first answer, also where it is a request


def decides_by_hand(desk: Desk, rsvp: Rsvp, by: By) -> bool:
    """Whether the hosts decide about this party's yes: on request, or where it came by the link of another guest."""
    asks = desk.policy.mode == Mode.APPROVAL or rsvp.forwarded_id is not None
    return by.is_guest and asks and not is_invited(desk, rsvp)


def wants_proof(desk: Desk, answer: Answer, by: By, invitation: Invitation | None) -> bool:
    """Whether the answer counts only once its address was verified: a member signed in has, whom we invited has."""
    return desk.policy.verify_email and by.is_guest and not answer.member and invitation is None


def is_for(invitation: Invitation, answer: Answer, by: By) -> bool:
    """Whether the guest who answers is the one invited; only where the invitation is for that guest only it counts."""
    named = same_name(answer.name, invitation.name, but_for=invitation.title)
    return not invitation.is_bound or not by.is_guest or named


def check_own_address(invitation: Invitation, answer: Answer) -> None:
    """Refuse whoever comes by another's link with that guest's address."""
    if invitation.email_key and invitation.email_key == comparable(answer.email):
        words = _(
            "This is the address of %(name)s. Please give the name as it was invited, or your own address."
        )
        raise Refused(words % {"name": invitation.name}, "email")


def needs_no_invitation(desk: Desk, member: Member | None) -> bool:
    """Whether the event is for this guest without an invitation, be it on request."""
    if desk.policy.mode == Mode.MEMBERS:
        return bool(member and member.is_current_member)
    return desk.policy.mode != Mode.INVITATION


def member_proven_by(invitation: Invitation | None, answer: Answer) -> Member | None:
    """The member whom an invitation names, if it went to that member's own address, and is answered in that name."""
    member = invitation.member if invitation else None
    if invitation is None or member is None or not member.is_active:
        return None
    names = (invitation.name, member.name)
    named = any(same_name(answer.name, name, but_for=invitation.title) for name in names)
    return member if named and invitation.email_key == comparable(member.email) else None


def valid(desk: Desk, invitation: Invitation | None, answer: Answer) -> Invitation | None:
    """The invitation as it stands now. Raises Refused where it was revoked, or another guest's address is given."""
    if invitation is None:
        return None
    invitations = Invitation.objects.live().filter(event=desk.event)
    fresh = invitations.filter(pk=invitation.pk).select_related("member__covered_by").first()
    if fresh is None:
        raise Refused(_("This invitation is no longer valid."))
    given = address_key(Value(answer.email))
    if answer.email.strip() and invitations.exclude(pk=fresh.pk).filter(email_key=given).exists():
        raise Refused(_("Another guest is invited at this address. Please give your own."), "email")
    return fresh


def _is_still_valid(desk: Desk, invitation: int | None) -> bool:
    """Whether there is such an invitation to this event, and nobody has revoked it."""
    known = Invitation.objects.live().filter(event=desk.event)
    return invitation is not None and known.filter(pk=invitation).exists()


def is_invited(desk: Desk, rsvp: Rsvp) -> bool:
    """Whether a party is invited: by what it answers, or has answered, or by what went to its address."""
    if not rsvp.pk:
        return _is_still_valid(desk, rsvp.invitation_id)
    return Invitation.objects.letting_in(rsvp).exists()


def reserved_for(desk: Desk, invitation: Invitation | None) -> SeatHold | None:
    """The seats kept for whoever holds this invitation, if there are any still."""
    if invitation is None:
        return None
    return SeatHold.objects.live().filter(event=desk.event, invitation=invitation).first()


def _door(desk: Desk, invitation: Invitation | None = None) -> Door:
    return door_of(desk.event, desk.policy, desk.room(), desk.now, invitation)
