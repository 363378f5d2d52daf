"""Whose an answer is: it joins an account, or its link is mailed once more. Part of ``events.rsvp``."""

from events.answers import SYSTEM, By
from events.desk import Desk, party_of
from events.models import Deed, Rsvp
from events.serving import open_desk
from people.models import Member
from sistercities.busy import retried


@retried
def adopt(rsvp: Rsvp, member: Member) -> bool:
    """Let an answer be a member's own, whose address is proven now. False where it is somebody's already.

    Anybody may have typed that address: unless it was known to be theirs, earlier links are worthless from now on, and
    a new one is mailed. Raises IntegrityError where the member has answered already.
    """
    with open_desk(rsvp.event) as desk:
        fresh = desk.fresh(rsvp)
        if fresh.member_id is not None or fresh.status == Rsvp.Status.UNVERIFIED:
            return False
        was_theirs = fresh.owns_address
        fresh.member = member
        fresh.save(update_fields=["member", "updated_at"])
        if not was_theirs and not desk.event.is_over_at(desk.now):
            give_new_link(desk, fresh, SYSTEM)
    return True


def give_new_link(desk: Desk, rsvp: Rsvp, by: By) -> None:
    """At the desk: make every link to an answer worthless, the form that it came by included, and mail a new one."""
    rsvp.link_version += 1
    rsvp.nonce = ""
    rsvp.save(update_fields=["link_version", "nonce", "updated_at"])
    desk.note(rsvp, rsvp.status, party_of(rsvp), by, Deed.NEW_LINK, rsvp.queue_number)
    desk.letters.ask(rsvp, "rsvp_new_link", f"renewed-{rsvp.link_version}")


@retried
def send_link(rsvp: Rsvp) -> None:
    """Mail the link to an answer to the address it was given with, at most once an hour."""
    with open_desk(rsvp.event) as desk:
        desk.letters.ask(desk.fresh(rsvp), "rsvp_already", f"{desk.now:%Y%m%d%H}")
