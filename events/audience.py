"""Whom a free letter goes to: those who answered, those who were invited and did not, those who name delegations.

Staff choose by what they know of the guests; each address gets one letter, however often it stands on record.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from events.letters import BY_STAFF
from events.models import Event, Invitation, QuestionAnswer, Rsvp, SeatHold
from people.models import Member
from sistercities.mail.addresses import address_key
from sistercities.traces import NOBODY

Status = Rsvp.Status


class Group(TextChoices):
    """What somebody is to the event."""

    CONFIRMED = "confirmed", _("confirmed, also those who wait for more seats")
    WAITING = "waiting", _("on the waiting list, also those with some seats")
    REQUESTED = "requested", _("ask to come")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("let an offer lapse")
    INVITED = "invited", _("invited, without an answer")
    DELEGATION = "delegation", _("name the people of a delegation")


STANDING = {
    Group.CONFIRMED: Q(status=Status.CONFIRMED),
    Group.WAITING: Q(queue_number__isnull=False),
    Group.REQUESTED: Q(status=Status.REQUESTED),
    Group.DECLINED: Q(status=Status.DECLINED),
    Group.WITHDRAWN: Q(status=Status.CANCELLED),
    Group.LAPSED: Q(status=Status.LAPSED),
}


class Said(TextChoices):
    """What an answer to a question was, where it is no choice."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    ANYTHING = "anything", _("anything")
    NOTHING = "nothing", _("nothing")


@dataclass(frozen=True)
class Audience:
    """The choice as staff made it; what is empty does not matter.

    ``said`` is a word of ``Said``, or a possible answer by its number. ``parties`` are answers that were picked one by
    one, by their numbers: they are meant whatever else they are, and nobody beside them.
    """

    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    members: bool | None = None
    fewest: int | None = None
    most: int | None = None
    question: int | None = None
    said: str = ""
    batch: int | None = None
    parties: tuple[int, ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """As it was kept with a letter."""
        known: dict[str, Any] = {each.name: kept[each.name] for each in fields(cls) if each.name in kept}
        for name in ("groups", "languages", "parties"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_of_answers(self) -> bool:
        """Whether it asks for what only those have who answered."""
        return self.fewest is not None or self.most is not None or self.question is not None


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets the letter: by an answer, an invitation, or a block of seats.

    ``name`` is empty where the address may have been typed by somebody else; staff know them as ``known_as``.
    """

    kind: str
    pk: int
    known_as: str
    name: str
    email: str
    key: str
    language: str
    member: Member | None = None

    @property
    def handle(self) -> str:
        return f"{self.kind}:{self.pk}"


@dataclass
class People:
    """Those whom a choice means: who gets the letter, who has no address, who wants no such letters."""

    recipients: list[Recipient] = field(default_factory=list)
    without_mail: list[Recipient] = field(default_factory=list)
    unwilling: list[Recipient] = field(default_factory=list)

    def in_language(self, code: str) -> int:
        return sum(each.language == code for each in self.recipients)


def people(event: Event, audience: Audience) -> People:
    """Whom the choice means now, in four questions to the database however many they are."""
    found: list[Recipient] = [
        *_answers(event, audience),
        *_invited(event, audience),
        *_owners(event, audience),
    ]
    if audience.members is not None:
        found = [
            each for each in found if audience.members == bool(each.member and each.member.is_current_member)
        ]
    keys = {each.key for each in found if each.key}
    known = Member.objects.alias(key=address_key("email")).filter(key__in=keys, wants_greetings=False)
    refusing = set(known.values_list(address_key("email"), flat=True)) if keys else set()
    sorted_out, seen = People(), set[str]()
    for each in found:
        if not each.email:
            sorted_out.without_mail.append(each)
        elif each.key not in seen:
            seen.add(each.key)
            refuses = each.key in refusing or (each.member and not each.member.wants_greetings)
            (sorted_out.unwilling if refuses else sorted_out.recipients).append(each)
    return sorted_out


def _answers(event: Event, audience: Audience) -> Iterable[Recipient]:
    standing = _standing(audience)
    if standing is None:
        return
    # People of a delegation have no address of their own: whoever names them has.
    rows: QuerySet[Any] = Rsvp.objects.filter(standing, event=event, hold=None).exclude(name=NOBODY)
    rows = _in_languages(rows, audience)
    if audience.fewest is not None:
        rows = rows.filter(seats_wanted__gte=audience.fewest)
    if audience.most is not None:
        rows = rows.filter(seats_wanted__lte=audience.most)
    if audience.question is not None:
        rows = rows.filter(replied(audience.question, audience.said))
    if audience.batch is not None:
        listed = Invitation.objects.filter(batch=audience.batch).exclude(email_key="")
        by_address = Q(invitation=None, email_key__in=listed.values("email_key"))
        rows = rows.filter(Q(invitation__batch=audience.batch) | by_address)
    rows = rows.annotate(by_staff=BY_STAFF).select_related("member__covered_by", "invitation")
    for row in rows.order_by("name", "pk"):
        name = row.name if row.by_staff or row.owns_address else ""
        yield Recipient("rsvp", row.pk, row.name, name, row.email, row.email_key, row.language, row.member)


def _standing(audience: Audience) -> Q | None:
    """Which answers are meant, by how they stand; None: none."""
    if audience.parties:
        return Q(pk__in=audience.parties) & ~Q(status=Status.UNVERIFIED)
    wanted = [STANDING[Group(group)] for group in audience.groups if group in STANDING]
    return reduce(or_, wanted) if wanted else None


def replied(question: int, said: str) -> Any:
    replies = QuestionAnswer.objects.filter(rsvp=OuterRef("pk"), question=question)
    if said in (Said.YES, Said.NO):
        return Exists(replies.filter(yes=said == Said.YES))
    if said == Said.NOTHING:
        return ~Exists(replies)
    return Exists(replies.filter(choice=int(said)) if said.isdecimal() else replies)


def _invited(event: Event, audience: Audience) -> Iterable[Recipient]:
    if Group.INVITED not in audience.groups or audience.is_of_answers or audience.parties:
        return
    rows: Any = Invitation.objects.live().filter(event=event).exclude(name=NOBODY)
    rows = rows.with_answers().filter(answered=None)
    # Whoever has no address was handed the link, or was not; whoever has one and no letter yet does not know of it.
    rows = _in_languages(rows.filter(Q(sent_at__isnull=False) | Q(email="")), audience)
    if audience.batch is not None:
        rows = rows.filter(batch=audience.batch)
    for row in rows.select_related("member__covered_by").order_by("name", "pk"):
        yield Recipient(
            "invitation", row.pk, row.name, row.name, row.email, row.email_key, row.language, row.member
        )


def _owners(event: Event, audience: Audience) -> Iterable[Recipient]:
    is_asked_for = (
        Group.DELEGATION in audience.groups and not audience.is_of_answers and audience.batch is None
    )
    if not (is_asked_for or audience.parties):
        return
    rows: Any = SeatHold.objects.filter(event=event, invitation=None).exclude(name=NOBODY)
    if audience.parties:
        rows = rows.filter(rsvp__in=audience.parties)
    rows = rows.annotate(key=address_key("owner_email"))
    rows = _in_languages(rows.filter(Q(released_at=None) | Q(rsvp__status=Status.CONFIRMED)), audience)
    for row in rows.order_by("name", "pk"):
        known_as = f"{row.name}: {row.owner_name}" if row.owner_name else row.name
        yield Recipient("hold", row.pk, known_as, row.owner_name, row.owner_email, row.key, row.language)


def _in_languages(rows: QuerySet[Any], audience: Audience) -> QuerySet[Any]:
    return rows.filter(language__in=audience.languages) if audience.languages else rows
