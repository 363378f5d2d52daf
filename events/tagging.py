"""Tags of guests, such as VIP or press: given to parties and taken off, and how that is undone.

A tag stands on an answer, or on the invitation that it answers: whoever was invited as press is press. Tags say nothing
to the engine of seats, and no guest ever sees them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import transaction

from events.models import Event, GuestTag, Invitation, Rsvp
from sistercities.traces import NOBODY

OfParty = Rsvp.tags.through
OfInvitation = Invitation.tags.through


@dataclass(frozen=True)
class Tagged:
    """What one act did to one tag, by the numbers of the rows: enough to undo it, and nothing of anybody's data."""

    tag: int
    is_on: bool
    parties: tuple[int, ...] = ()
    invitations: tuple[int, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept in a session."""
        rows = {name: tuple(kept[name]) for name in ("parties", "invitations")}
        return cls(kept["tag"], kept["is_on"], **rows)

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    def __bool__(self) -> bool:
        return bool(self.parties or self.invitations)


def tags_of(event: Event) -> dict[int, frozenset[int]]:
    """The tags of each party of an event that has any, its own and those of its invitation, in two queries."""
    found: dict[int, set[int]] = {}
    own = OfParty.objects.filter(rsvp__event=event).values_list("rsvp", "guesttag")
    invited = OfInvitation.objects.filter(invitation__rsvp__event=event)
    for party, tag in [*own, *invited.values_list("invitation__rsvp", "guesttag")]:
        found.setdefault(party, set()).add(tag)
    return {party: frozenset(tags) for party, tags in found.items()}


@transaction.atomic
def tag(event: Event, parties: Collection[int], by: GuestTag) -> Tagged:
    """Give a tag to these parties of an event; who has it already, and who was blanked, is left alone."""
    rows = event.rsvps.filter(pk__in=parties).exclude(tags=by).exclude(invitation__tags=by)
    pks = sorted(rows.standing().exclude(name=NOBODY).values_list("pk", flat=True))
    _write(OfParty, "rsvp_id", pks, by.pk)
    return Tagged(by.pk, True, tuple(pks))


def tag_invitations(invitations: Collection[Invitation], tags: Iterable[GuestTag]) -> None:
    """Give these tags to invitations; whoever answers one has them too."""
    pks = [invitation.pk for invitation in invitations]
    for by in tags:
        _write(OfInvitation, "invitation_id", pks, by.pk)


@transaction.atomic
def untag(event: Event, parties: Collection[int], by: GuestTag) -> Tagged:
    """Take a tag off these parties, and off the invitations from which they have it."""
    own = OfParty.objects.filter(guesttag=by, rsvp__event=event, rsvp__in=parties)
    invited = OfInvitation.objects.filter(
        guesttag=by, invitation__rsvp__event=event, invitation__rsvp__in=parties
    )
    done = Tagged(
        by.pk,
        False,
        tuple(sorted(own.values_list("rsvp", flat=True))),
        tuple(sorted(invited.values_list("invitation", flat=True))),
    )
    own.delete()
    invited.delete()
    return done


@transaction.atomic
def undo(event: Event, done: Tagged) -> int:
    """Take an act back: how many parties and invitations stand again as before it. A tag deleted since stays away."""
    if not GuestTag.objects.filter(pk=done.tag).exists():
        return 0
    of_parties = OfParty.objects.filter(guesttag=done.tag, rsvp__event=event, rsvp__in=done.parties)
    if done.is_on:
        return of_parties.delete()[0]
    parties = event.rsvps.filter(pk__in=done.parties).exclude(name=NOBODY).exclude(tags=done.tag)
    invitations = event.invitations.filter(pk__in=done.invitations).exclude(name=NOBODY)
    invitations = invitations.exclude(tags=done.tag)
    again = _write(OfParty, "rsvp_id", parties.values_list("pk", flat=True), done.tag)
    return again + _write(OfInvitation, "invitation_id", invitations.values_list("pk", flat=True), done.tag)


def forget(answers: Collection[int] = (), invitations: Collection[int] = ()) -> int:
    """Take every tag off answers and invitations that are blanked: it told something of somebody."""
    return (
        OfParty.objects.filter(rsvp__in=answers).delete()[0]
        + OfInvitation.objects.filter(invitation__in=invitations).delete()[0]
    )


def _write(table: Any, column: str, pks: Collection[int], tag: int) -> int:
    rows = [table(**{column: pk, "guesttag_id": tag}) for pk in pks]
    table.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
    return len(rows)
