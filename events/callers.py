"""Who may be on the telephone: whoever has answered, whoever is invited, members; found by a name in any script."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from events.guest_lines import Line, is_found, lines
from events.models import Event, Invitation
from people.models import Member
from sistercities.traces import NOBODY

MOST = 20  # of each kind; more say that the words are too short


@dataclass(frozen=True)
class Callers:
    """Those found, the nearest first: their answers, invitations without one, members who have neither."""

    answers: list[Line]
    invited: list[Invitation]
    members: list[Member]

    def __bool__(self) -> bool:
        return bool(self.answers or self.invited or self.members)


def callers(event: Event, words: str, *, with_members: bool) -> Callers:
    """``with_members``: whether whoever asks may see who is a member."""
    if not words:
        return Callers([], [], [])
    known = [line for line in lines(event) if line.counts and not line.is_removed]
    answers = [line for line in known if line.is_found_by(words)][:MOST]
    invited = [
        row for row in _unanswered(event, known) if is_found(words, (row.name, row.email, row.organisation))
    ]
    seen = {line.email.casefold() for line in known} | {row.email.casefold() for row in invited}
    members = [
        row
        for row in (Member.objects.filter(is_active=True).order_by("name") if with_members else ())
        if row.email.casefold() not in seen and is_found(words, (row.name, row.email))
    ]
    return Callers(answers, invited[:MOST], members[:MOST])


def _unanswered(event: Event, known: Iterable[Line]) -> list[Invitation]:
    answered = {line.invitation for line in known} - {None}
    rows: Any = Invitation.objects.live().filter(event=event).with_answers()
    return [
        row
        for row in rows.filter(answered=None).exclude(name=NOBODY).order_by("name", "pk")
        if row.pk not in answered
    ]
