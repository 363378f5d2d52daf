"""Erasing what one person left at events: answers, invitations, blocks of seats, lists. Seats go on by the verbs.

What has not ended yet is withdrawn first, so that its seats go to those who wait; of what is over the seats stay
counted. Each event is a transaction of its own, under its lock. Raises Busy where too many come at once.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events import rsvp as verbs
from events.forgetting import blank_blocks, blank_in_place, blank_invitations, counted
from events.models import (
    Actor,
    DeskNote,
    Guest,
    Invitation,
    InvitationList,
    Mailing,
    Rsvp,
    RsvpPolicy,
    SeatHold,
)
from events.serving import forget, open_desk
from sistercities.mail.addresses import address_key, comparable
from sistercities.mail.models import Message
from sistercities.my_data import Hand, Whose, without_addresses
from sistercities.traces import NOBODY, unlog


def by_hand(hand: Hand) -> verbs.By:
    """Who stands in the history: the guest, whose account is not noted, or somebody of staff."""
    if hand.staff is not None:
        return verbs.By(Actor.STAFF, hand.staff, hand.reason)
    return verbs.By(Actor.GUEST, None, _("At their own wish."))


def erase_answer(rsvp: Rsvp, hand: Hand) -> int:
    """Erase one answer; the seats of an event to come go to those who wait, and nobody is told."""
    if rsvp.status == Rsvp.Status.UNVERIFIED:
        with open_desk(rsvp.event):
            forget([rsvp.pk])
        Message.objects.filter(snapshot__rsvp=rsvp.pk).delete()
        unlog(Rsvp, [rsvp.pk])
        return 1
    if not _is_settled(rsvp):
        with suppress(verbs.Refused):  # its event takes no answers any more: nothing is to be given back
            verbs.remove(rsvp, by_hand(hand))
            return 1
    with transaction.atomic():
        gone = blank_in_place([rsvp.pk])
        note(rsvp.event_id, hand, gone)
    return 1


def _is_settled(rsvp: Rsvp) -> bool:
    """Whether its seats concern nobody any more; those of a delegation are others'."""
    return rsvp.event.is_over or rsvp.hold_id is not None


def erase_answers(answers: Iterable[Rsvp], hand: Hand) -> int:
    """Erase these, event by event in one order, so that two who erase at once wait for each other."""
    return sum(
        erase_answer(rsvp, hand) for rsvp in sorted(answers, key=lambda rsvp: (rsvp.event_id, rsvp.pk))
    )


def erase_invitations(invitations: Iterable[Invitation], hand: Hand) -> int:
    """Revoke and blank invitations; seats that were reserved for them are free again."""
    count = 0
    for invitation in sorted(invitations, key=lambda each: (each.event_id, each.pk)):
        kept = SeatHold.objects.filter(invitation=invitation).select_related("event").first()
        if kept and kept.is_live and not kept.event.is_over:
            verbs.release_hold(kept, by_hand(hand))
        with transaction.atomic():
            rows = Invitation.objects.filter(pk=invitation.pk)
            rows.live().update(revoked_at=timezone.now())
            gone = blank_invitations(rows)
            blank_blocks(SeatHold.objects.filter(invitation=invitation))
            note(invitation.event_id, hand, gone)
        count += 1
    return count


def erase_ownership(blocks: Iterable[SeatHold], hand: Hand) -> int:
    """Let delegations be without somebody who names their people; these are others, and stay."""
    pks = [block.pk for block in blocks]
    with transaction.atomic():
        rows = SeatHold.objects.filter(pk__in=pks)
        for block in rows:
            block.link_version += 1
            block.owner_name = block.owner_email = block.note = ""
            block.save(update_fields=["owner_name", "owner_email", "note", "link_version"])
        Rsvp.objects.filter(hold__in=pks).update(email="", verified_at=None)
        Message.objects.filter(snapshot__hold__in=pks).delete()
        unlog(SeatHold, pks)
    return len(pks)


def erase_from_lists(lists: Iterable[InvitationList], addresses: frozenset[str]) -> int:
    """Take the lines of these addresses out of lists that were read and not taken over yet."""
    return _take_out("rows", lists, addresses)


def erase_from_mailings(mailings: Iterable[Mailing], addresses: frozenset[str]) -> int:
    """Take these addresses out of the choice to which letters went."""
    return _take_out("audience", mailings, addresses)


def _take_out(column: str, rows: Iterable[Any], addresses: frozenset[str]) -> int:
    """Take addresses out of what a column holds; returns of how many rows."""
    count = 0
    for row in rows:
        kept = getattr(row, column)
        left = without_addresses(kept, addresses)
        if left != kept:
            type(row).objects.filter(pk=row.pk).update(**{column: left})
            count += 1
    return count


def erase_companions(names: frozenset[str]) -> int:
    """Staff: take a name out of the parties of others; the seat stays theirs."""
    found = Guest.objects.filter(name__in=names, is_lead=False)
    Rsvp.objects.filter(names_before__overlap=list(names)).update(names_before=[])
    return found.update(name="", title="", organisation="")


def erase_as_contact(whose: Whose) -> int:
    """Take an address out of the events whose letters are answered there, and of the notes about that."""
    count = 0
    for policy in policies_answered_at(whose):
        RsvpPolicy.objects.filter(pk=policy.pk).update(reply_to_name="", reply_to_email="")
        noted = Q(kind=DeskNote.Kind.RULES, subject__startswith="reply_to", event=policy.event_id)
        DeskNote.objects.filter(noted).update(before="", after="")
        count += 1
    return count


def policies_answered_at(whose: Whose) -> list[RsvpPolicy]:
    found = RsvpPolicy.objects.exclude(reply_to_email="").select_related("event")
    return [policy for policy in found if comparable(policy.reply_to_email) in whose.addresses]


def note(event: int, hand: Hand, gone: dict[str, int]) -> None:
    """Leave a note at the desk of the event, without a name: that something was erased, and how much."""
    by = by_hand(hand)
    DeskNote.objects.create(
        event_id=event,
        at=timezone.now(),
        actor=by.actor,
        member=by.member,
        kind=DeskNote.Kind.FORGOTTEN,
        subject="person",
        after=counted(gone),
        reason=by.reason if hand.staff is not None else "",
    )


# --- what belongs to whom -------------------------------------------------------------------------------


def answers_of(whose: Whose) -> list[Rsvp]:
    """Answers of an account, and those given with an address of theirs by nobody who was signed in."""
    mine = Q(member__isnull=True, email_key__in=whose.addresses)
    if whose.account is not None:
        mine |= Q(member=whose.account)
    found = Rsvp.objects.filter(mine, hold=None).exclude(name=NOBODY)
    return list(
        found.select_related("event__rsvp_policy", "event__venue", "invitation").order_by("answered_at", "pk")
    )


def invitations_of(whose: Whose) -> list[Invitation]:
    mine = Q(email_key__in=whose.addresses)
    if whose.account is not None:
        mine |= Q(member=whose.account)
    return list(Invitation.objects.filter(mine).exclude(name=NOBODY).select_related("event").order_by("pk"))


def blocks_of(whose: Whose) -> list[SeatHold]:
    """Blocks of seats whose people they name."""
    found = SeatHold.objects.alias(key=address_key("owner_email")).filter(
        key__in=whose.addresses, invitation=None
    )
    return list(found.select_related("event").order_by("pk"))


def lists_with(whose: Whose) -> list[InvitationList]:
    found = InvitationList.objects.exclude(rows=[]).select_related("event")
    return [each for each in found if without_addresses(each.rows, whose.addresses) != each.rows]


def mailings_to(whose: Whose) -> list[Mailing]:
    found = Mailing.objects.exclude(audience={}).select_related("event")
    return [each for each in found if without_addresses(each.audience, whose.addresses) != each.audience]


def companions_named(whose: Whose) -> list[Guest]:
    """Guests of this very name in the parties of others; asked for by staff alone."""
    if not whose.names:
        return []
    found = Guest.objects.filter(name__in=whose.names, is_lead=False).select_related("rsvp__event")
    return list(found.order_by("pk"))
