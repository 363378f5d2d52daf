"""The letters that invite and remind: to whom they go, and to whom not. Part of ``events.invitations``.

Whether somebody gets one is decided in the database, for one and for thousands alike, and the reason for whoever does
not is known beforehand. Many are asked for in batches, each of which is committed with what is noted of it: whatever
breaks off goes on where it was.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, Invitation, InvitationList, Rsvp
from events.rsvp import REASONS, Refused, outlook
from events.seating import SHUT, Door
from sistercities.mail import outbox
from sistercities.mail.models import Message

BATCH = 500
# So many are sent at once; more of them wait until every other mail has gone out.
FEW = 20
A_DAY = timedelta(hours=24)
Letter = Invitation.Letter
KINDS = ("invitation", "invitation_reminder")


class Sending(StrEnum):
    """Which letter: the first, the same once more, or the reminder."""

    FIRST = "send"
    AGAIN = "again"
    REMINDER = "remind"

    @property
    def kind(self) -> str:
        return "invitation_reminder" if self is Sending.REMINDER else "invitation"


class Why(StrEnum):
    """Why somebody gets no letter."""

    REVOKED = "revoked"
    ANSWERED = "answered"
    NO_ADDRESS = "no-address"
    CLOSED = "closed"
    SENT = "sent"
    UNSENT = "unsent"
    WAITING = "waiting"
    RETURNED = "returned"
    LATELY = "lately"


WORDS = {
    Why.REVOKED: _("revoked"),
    Why.ANSWERED: _("have answered"),
    Why.NO_ADDRESS: _("without an e-mail address"),
    Why.CLOSED: _("could not answer any more"),
    Why.SENT: _("sent before"),
    Why.UNSENT: _("not sent yet"),
    Why.WAITING: _("their letter has not gone out yet"),
    Why.RETURNED: _("their letter came back, or could not be sent"),
    Why.LATELY: _("had a letter lately"),
}


@dataclass
class Posted:
    """Who gets a letter, and how many do not, for each reason."""

    sent: list[int] = field(default_factory=list)
    left: Counter[Why] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.sent)


def check_sendable(event: Event) -> None:
    """Raise Refused where every invitation would lead to a closed door."""
    if not event.is_public:
        raise Refused(_("The event is not published yet: its invitations would lead nowhere."))
    if (door := outlook(event).door) in SHUT:
        raise Refused(REASONS[door])


def send(invitation: Invitation) -> bool:
    """Ask for the mail that invites, once. False if it was asked for before, or is not needed. Raises Refused."""
    return _post_one(invitation, Sending.FIRST)


def send_again(invitation: Invitation) -> bool:
    """Send the same once more, at most once an hour. False if that was done, or is not needed. Raises Refused."""
    return _post_one(invitation, Sending.AGAIN)


def send_all(invitations: QuerySet[Invitation] | InvitationList, sending: Sending = Sending.FIRST) -> Posted:
    """The same for many of one event, in batches; many go out after all other mail. Raises Refused."""
    if isinstance(invitations, InvitationList):
        invitations = Invitation.objects.filter(batch=invitations)
    return _post(invitations, sending)


def remind(invitations: QuerySet[Invitation]) -> Posted:
    """Remind whoever of them has not answered, at most once a day. Raises Refused."""
    return _post(invitations, Sending.REMINDER)


def sort_out(invitations: QuerySet[Invitation], sending: Sending) -> Posted:
    """Who would get a letter, and who not and why. Sends nothing."""
    rows = _judged(invitations, sending, timezone.now()).order_by("pk").values_list("pk", "why_not")
    found = Posted()
    for pk, why_not in rows:
        if why_not:
            found.left[Why(why_not)] += 1
        else:
            found.sent.append(pk)
    return found


# --- who gets one ---------------------------------------------------------------------------------------


def _judged(invitations: QuerySet[Invitation], sending: Sending, now: datetime) -> QuerySet[Any]:
    """Each with ``why_not``, the first reason that speaks against a letter; empty where none does."""
    rules = [(Q(revoked_at__isnull=False), Why.REVOKED), (_answered(sending), Why.ANSWERED)]
    rules += [(Q(email_key=""), Why.NO_ADDRESS), (_closed(now), Why.CLOSED), *_of_letter(sending, now)]
    cases = [When(rule, then=Value(why.value)) for rule, why in rules]
    return invitations.annotate(why_not=Case(*cases, default=Value(""), output_field=CharField()))


def _answered(sending: Sending) -> Q:
    """An address alone can be typed by anybody: it keeps nobody from being invited, only from being reminded."""
    by_link = Exists(Rsvp.objects.filter(invitation=OuterRef("pk")))
    if sending is not Sending.REMINDER:
        return Q(by_link)
    answers = Rsvp.objects.to_invitation(OuterRef("event"), OuterRef("pk"), OuterRef("email_key"))
    return Q(Exists(answers))


def _closed(now: datetime) -> Q:
    """Whether its guest may answer no more: an invitation's own deadline counts before that of the event."""
    by_event = Q(answer_by=None, event__rsvp_policy__closes_at__lte=now)
    return Q(answer_by__lte=now) | by_event


def _of_letter(sending: Sending, now: datetime) -> list[tuple[Q, Why]]:
    """What letters before it speak against another."""
    held_back = Q(letter=Letter.OVERTAKEN)
    if sending is Sending.FIRST:
        return [(Q(sent_at__isnull=False) & ~held_back, Why.SENT)]
    if sending is Sending.AGAIN:
        return [(Q(letter=Letter.WAITING), Why.WAITING)]
    last = Greatest(F("sent_at"), Coalesce(F("reminded_at"), F("sent_at")))
    return [
        (Q(sent_at=None) | held_back, Why.UNSENT),
        (Q(letter__in=[Letter.RETURNED, Letter.FAILED]), Why.RETURNED),
        (Q(letter=Letter.WAITING), Why.WAITING),
        (Q(pk__in=Invitation.objects.alias(last=last).filter(last__gt=now - A_DAY).values("pk")), Why.LATELY),
    ]


# --- asking for them ------------------------------------------------------------------------------------


def _post_one(invitation: Invitation, sending: Sending) -> bool:
    done = _post(Invitation.objects.filter(pk=invitation.pk), sending)
    if Why.CLOSED in done.left:
        raise Refused(REASONS[Door.CLOSED])
    return bool(done.sent)


def _post(invitations: QuerySet[Invitation], sending: Sending) -> Posted:
    for event in Event.objects.filter(pk__in=invitations.order_by().values("event")):
        check_sendable(event)
    found = sort_out(invitations, sending)
    priority = Message.Priority.BULK if len(found) > FEW else Message.Priority.PERSONAL
    wanted, found.sent = found.sent, []
    for first in range(0, len(wanted), BATCH):
        asked = _ask(wanted[first : first + BATCH], sending, priority)
        found.left[Why.LATELY] += min(BATCH, len(wanted) - first) - len(asked)
        found.sent += asked
    found.left = +found.left
    return found


@transaction.atomic
def _ask(wanted: Sequence[int], sending: Sending, priority: int) -> list[int]:
    """Ask for one batch of letters; returns who gets one, as it stands under the lock."""
    now = timezone.now()
    locked = Invitation.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    rows = [row for row in _judged(locked, sending, now).order_by("pk") if not row.why_not]
    requests = {row.pk: _request(row, sending, now, priority) for row in rows}
    keys = [request["key"] for request in requests.values()]
    asked_before = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [row for row in rows if requests[row.pk]["key"] not in asked_before]
    outbox.queue_all(requests[row.pk] for row in new)
    _note(new, sending, now)
    return [row.pk for row in new]


def _request(row: Invitation, sending: Sending, now: datetime, priority: int) -> dict[str, Any]:
    occasion = ""
    if sending is Sending.REMINDER:
        occasion = f":{row.reminders + 1}"
    elif sending is Sending.AGAIN or row.letter == Letter.OVERTAKEN:
        occasion = f":{now:%Y%m%d%H}"
    return {
        "key": f"{sending.kind}:{row.pk}:{row.link_version}{occasion}",
        "kind": sending.kind,
        "to_email": row.email,
        "to_name": row.name,
        "language": row.language,
        "snapshot": {"event": row.event_id, "invitation": row.pk, "version": row.link_version},
        "priority": priority,
    }


def _note(rows: Sequence[Invitation], sending: Sending, now: datetime) -> None:
    """Keep with each what is on its way; of the invitation itself the first time counts."""
    asked = Invitation.objects.filter(pk__in=[row.pk for row in rows])
    InvitationList.objects.filter(invitations__in=asked, sending_at=None).update(sending_at=now)
    on_its_way: dict[str, Any] = {"letter": Letter.WAITING, "returned_at": None, "returned_why": ""}
    if sending is Sending.REMINDER:
        asked.update(**on_its_way, reminded_at=now, reminders=F("reminders") + 1)
    else:
        asked.update(**on_its_way, sent_at=Coalesce(F("sent_at"), Value(now)))
