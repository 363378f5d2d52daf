"""What was sent to those invited to an event, when, and what came of it: chosen, counted, and told row by row."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Any, Self

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.forms_of_address import full_name
from events.models import Event, Invitation, InvitationList, Rsvp
from sistercities.pages.safe_text import harmless
from sistercities.pages.search import pinyin_keys

Letter, Status = Invitation.Letter, Rsvp.Status
LIVE = Q(revoked_at=None)
STATES: dict[str, tuple[Any, Q]] = {
    "unsent": (
        gettext_lazy("not sent yet"),
        LIVE & ~Q(email_key="") & (Q(sent_at=None) | Q(letter=Letter.OVERTAKEN)),
    ),
    "by-hand": (gettext_lazy("to be handed over"), LIVE & Q(email_key="", sent_at=None)),
    "waiting": (gettext_lazy("on its way"), LIVE & Q(letter=Letter.WAITING)),
    "sent": (gettext_lazy("sent"), LIVE & Q(sent_at__isnull=False, letter__in=["", Letter.SENT])),
    "returned": (gettext_lazy("came back"), LIVE & Q(letter=Letter.RETURNED)),
    "failed": (gettext_lazy("could not be sent"), LIVE & Q(letter=Letter.FAILED)),
    "revoked": (gettext_lazy("revoked"), Q(revoked_at__isnull=False)),
}
ANSWERS: dict[str, tuple[Any, Q]] = {
    "none": (gettext_lazy("no answer yet"), Q(answered=None)),
    "coming": (pgettext_lazy("of guests", "will come"), Q(answered=Status.CONFIRMED)),
    "waits": (gettext_lazy("waiting in line"), Q(answered__in=[Status.WAITLISTED, Status.OFFERED])),
    "requested": (gettext_lazy("asks to come"), Q(answered=Status.REQUESTED)),
    "declined": (gettext_lazy("declined"), Q(answered=Status.DECLINED)),
    "ended": (
        gettext_lazy("withdrawn, or not admitted"),
        Q(answered__in=[Status.CANCELLED, Status.LAPSED, Status.REJECTED]),
    ),
    "wrote": (gettext_lazy("wrote a note"), ~Q(noted="") & Q(noted__isnull=False)),
    "forwarded": (gettext_lazy("link passed on"), Q(forwarded__gt=0)),
}


def invited(event: Event) -> QuerySet[Any]:
    """The invitations to an event, each with its answer: how it stands, its seats, and what the guest wrote."""
    answers = Rsvp.objects.to_invitation(OuterRef("event"), OuterRef("pk"), OuterRef("email_key"))
    return Invitation.objects.filter(event=event).annotate(
        answered=Subquery(answers.values("status")[:1]),
        answer_pk=Subquery(answers.values("pk")[:1]),
        noted=Subquery(answers.values("message")[:1]),
        forwarded=Count("forwarded_to"),
    )


def as_number(text: str) -> int:
    """The number of a row, from an address; 0 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@dataclass(frozen=True)
class Choice:
    """Which of the invitations somebody wants to see, as the address of the page has it."""

    state: str = ""
    answer: str = ""
    batch: str = ""
    language: str = ""
    q: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        return cls(**{name: query.get(name, "").strip()[:100] for name in cls.__dataclass_fields__})

    @property
    def query(self) -> dict[str, str]:
        """What of it is set, for addresses."""
        return {name: value for name in self.__dataclass_fields__ if (value := getattr(self, name))}

    @property
    def batch_pk(self) -> int:
        """The list, as a number that a database takes; 0 where it is none."""
        return as_number(self.batch)

    def of(self, event: Event) -> QuerySet[Any]:
        found = invited(event)
        if self.state in STATES:
            found = found.filter(STATES[self.state][1])
        if self.answer in ANSWERS:
            found = found.filter(ANSWERS[self.answer][1])
        if self.batch:
            found = found.filter(batch=self.batch_pk)
        if self.language:
            found = found.filter(language=self.language)
        if self.q:
            found = found.filter(pk__in=_named(event, self.q))
        return found


def _named(event: Event, words: str) -> list[int]:
    """Those with a name, an address or an organisation in which these words occur; liang finds 梁."""
    sought = words.casefold()
    rows = Invitation.objects.filter(event=event).values_list("pk", "name", "email", "organisation", "title")
    return [pk for pk, *texts in rows if any(sought in text for text in _places(*texts))]


def _places(name: str, *others: str) -> Iterable[str]:
    return [text.casefold() for text in (name, *others, *pinyin_keys(name))]


# --- numbers --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Numbers:
    """How many invitations there are, how far their letters are, and what was answered."""

    live: int = 0
    unsent: int = 0
    by_hand: int = 0
    waiting: int = 0
    sent: int = 0
    returned: int = 0
    failed: int = 0
    revoked: int = 0
    none: int = 0
    coming: int = 0
    waits: int = 0
    requested: int = 0
    declined: int = 0
    ended: int = 0

    @property
    def answered(self) -> int:
        return self.coming + self.waits + self.requested + self.declined + self.ended

    @property
    def asked_for(self) -> int:
        """Letters that somebody wanted sent, whatever became of them."""
        return self.waiting + self.dealt_with

    @property
    def dealt_with(self) -> int:
        return self.sent + self.returned + self.failed


def numbers(event: Event, batch: InvitationList | None = None) -> Numbers:
    """Counted with one query; who is revoked is counted as such, and among the answers."""
    rows = Invitation.objects.filter(event=event).with_answers()
    if batch:
        rows = rows.filter(batch=batch)
    counts = {name.replace("-", "_"): Count("pk", filter=rule) for name, (_words, rule) in STATES.items()}
    answers = {
        name: ANSWERS[name][1] for name in ("none", "coming", "waits", "requested", "declined", "ended")
    }
    counts |= {
        name: Count("pk", filter=rule & (LIVE if name == "none" else Q())) for name, rule in answers.items()
    }
    return Numbers(**rows.aggregate(live=Count("pk", filter=LIVE), **counts))


def seats_coming(event: Event) -> int:
    """Confirmed seats of those who were invited."""
    found = Rsvp.objects.filter(event=event, invitation__isnull=False)
    seats: int = found.aggregate(seats=Coalesce(Sum("seats_confirmed"), 0))["seats"]
    return seats


# --- rows -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One invitation as a line of the page."""

    invitation: Any
    rsvp: Rsvp | None

    @property
    def full_name(self) -> str:
        return full_name(self.invitation)

    @property
    def state(self) -> str:
        """Where its letter is, in one word of ``STATES``."""
        row = self.invitation
        if row.revoked_at:
            return "revoked"
        if row.sent_at is None and not row.email:
            return "by-hand"
        if row.sent_at is None or row.letter == Letter.OVERTAKEN:
            return "unsent"
        return str(row.letter or Letter.SENT)

    @property
    def state_in_words(self) -> str:
        return str(STATES[self.state][0])


def told(invitations: Iterable[Any]) -> list[Told]:
    """Each with its answer, which one query brings for all of them."""
    rows = list(invitations)
    answers = Rsvp.objects.in_bulk({row.answer_pk for row in rows if row.answer_pk})
    return [Told(row, answers.get(row.answer_pk)) for row in rows]


def as_csv(rows: Iterable[Told]) -> str:
    """The list for a spreadsheet, under heads that can be read in again; nothing in it can act as a formula."""
    sheet = StringIO()
    sheet.write("\ufeff")
    writer = csv.writer(sheet)
    writer.writerow(_heads())
    for row in rows:
        writer.writerow([harmless(str(cell)) for cell in (*_written(row.invitation), *_results(row))])
    return sheet.getvalue()


def _heads() -> list[str]:
    read_again = [_("Name"), _("Title"), _("Salutation"), _("Organisation"), _("E-mail"), _("Language")]
    read_again += [_("Party size"), _("Answer by"), _("Note")]
    results = [_("List"), _("Letter"), _("Sent"), _("Reminders"), _("Why it came back"), _("Answer")]
    return [*read_again, *results, _("Seats confirmed"), _("Message"), _("Answered")]


def _written(row: Any) -> list[Any]:
    answer_by = row.answer_by.astimezone(row.event.zone).strftime("%Y-%m-%d %H:%M") if row.answer_by else ""
    names = [row.name, row.title, row.salutation, row.organisation, row.email, row.language]
    return [*names, row.largest_party or "", answer_by, row.note]


def _results(told_: Told) -> list[Any]:
    row, rsvp = told_.invitation, told_.rsvp
    sent = [
        row.batch or "",
        told_.state_in_words,
        _moment(row.sent_at),
        row.reminders or "",
        row.returned_why,
    ]
    if rsvp is None:
        return [*sent, "", "", "", ""]
    return [*sent, rsvp.get_status_display(), rsvp.seats_confirmed, rsvp.message, _moment(rsvp.answered_at)]


def _moment(moment: Any) -> str:
    return moment.isoformat(timespec="minutes") if moment else ""
