"""Taking the personal data out of answers, invitations, blocks and lists, while what they did to the seats stays.

For the desk, for retention (``events.retention``), and for who asks to be forgotten (``events.erasing``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import F, QuerySet

from events import tagging
from events.models import (
    Actor,
    DeskNote,
    Guest,
    Invitation,
    InvitationList,
    QuestionAnswer,
    Rsvp,
    RsvpTransition,
    SeatHold,
)
from sistercities.mail.models import Message
from sistercities.traces import NOBODY, unlog

OF_BLOCKS = (DeskNote.Kind.HOLD, DeskNote.Kind.RELEASE)


def blank(rsvp: Rsvp) -> None:
    """Leave nothing of who answered: names, address, message, mails, and the reasons that staff wrote about it.

    The newest change keeps its reason, which says why this was done.
    """
    rsvp.name, rsvp.email, rsvp.message, rsvp.reply, rsvp.nonce = NOBODY, "", "", "", ""
    rsvp.names_before, rsvp.priority_reason, rsvp.interpretation = [], "", ""
    rsvp.verified_at, rsvp.shows_in_list = None, False
    rsvp.member = rsvp.invitation = rsvp.forwarded = None
    rsvp.link_version += 1
    rsvp.save()
    QuestionAnswer.objects.filter(rsvp=rsvp).delete()
    tagging.forget(answers=[rsvp.pk])
    rsvp.guests.filter(is_lead=False).delete()
    rsvp.guests.update(name=NOBODY, title="", organisation="", position=0)
    Message.objects.filter(snapshot__rsvp=rsvp.pk).delete()
    rsvp.transitions.filter(actor=Actor.GUEST).exclude(member=None).update(member=None)
    if newest := rsvp.transitions.last():
        rsvp.transitions.filter(pk__lt=newest.pk).exclude(reason="").update(reason="")
    unlog(Rsvp, [rsvp.pk])


def blank_in_place(answers: Iterable[int]) -> Counter[str]:
    """The same for answers to an event that is over: their seats, and how many came, stay as they are."""
    pks = list(answers)
    guests = Guest.objects.filter(rsvp__in=pks)
    gone = Counter(
        answers=len(pks),
        guests=guests.exclude(name__in=["", NOBODY]).count(),
        replies=QuestionAnswer.objects.filter(rsvp__in=pks).delete()[0],
    )
    tagging.forget(answers=pks)
    guests.filter(is_lead=True).update(name=NOBODY, title="", organisation="")
    guests.filter(is_lead=False).update(name="", title="", organisation="")
    told = RsvpTransition.objects.filter(rsvp__in=pks)
    told.exclude(reason="", member=None).update(reason="", member=None)
    Rsvp.objects.filter(pk__in=pks).update(
        name=NOBODY,
        **dict.fromkeys(["email", "message", "reply", "nonce", "priority_reason", "interpretation"], ""),
        **dict.fromkeys(["member", "verified_at", "forwarded"]),
        names_before=[],
        shows_in_list=False,
        link_version=F("link_version") + 1,
    )
    gone["mails"] = Message.objects.filter(snapshot__rsvp__in=pks).delete()[0]
    unlog(Rsvp, pks)
    return gone


def blank_invitations(invitations: QuerySet[Invitation]) -> Counter[str]:
    """Leave of invitations when they were made, sent and reminded of, and how large a party they allowed."""
    pks = list(invitations.values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=pks).update(
        name=NOBODY,
        member=None,
        **dict.fromkeys(
            ["title", "salutation", "organisation", "email", "greeting", "note", "returned_why"], ""
        ),
        link_version=F("link_version") + 1,
    )
    tagging.forget(invitations=pks)
    gone = Counter(invitations=len(pks))
    gone["mails"] = Message.objects.filter(snapshot__invitation__in=pks).delete()[0]
    unlog(Invitation, pks)
    return gone


def blank_blocks(blocks: QuerySet[SeatHold]) -> Counter[str]:
    """Leave of blocks of seats how many they were, and when."""
    rows = list(blocks.values_list("pk", "event", "name"))
    pks = [pk for pk, _event, _name in rows]
    words = dict.fromkeys(["owner_name", "owner_email", "note"], "")
    SeatHold.objects.filter(pk__in=pks).update(name=NOBODY, **words, link_version=F("link_version") + 1)
    for _pk, event, name in rows:
        notes = DeskNote.objects.filter(event=event, kind__in=OF_BLOCKS, subject=name)
        notes.update(subject="", reason="")
    gone = Counter(blocks=len(pks))
    gone["mails"] = Message.objects.filter(snapshot__hold__in=pks).delete()[0]
    unlog(SeatHold, pks)
    return gone


def blank_lists(lists: QuerySet[InvitationList]) -> Counter[str]:
    """Leave of a list of people that there was one."""
    pks = list(lists.exclude(rows=[]).values_list("pk", flat=True))
    InvitationList.objects.filter(pk__in=pks).update(rows=[])
    return Counter(lists=len(pks))


def counted(gone: Mapping[str, int]) -> str:
    """What was removed, as a note of the desk keeps it: answers=12 guests=20."""
    return " ".join(f"{name}={count}" for name, count in sorted(gone.items()) if count)


def read_counts(noted: str) -> dict[str, int]:
    """The same, read back."""
    pairs = (part.partition("=") for part in noted.split())
    return {name: int(count) for name, _equals, count in pairs if count.isdecimal()}
