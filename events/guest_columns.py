"""The columns of the guest list: what each is called, what it shows of a party or a guest, and which are chosen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from events.guest_choice import KEYS
from events.guest_list import Party
from events.models import Guest, Question
from sistercities.pages.bilingual import language_name

OF_QUESTION = "question-"
Cell = Callable[[Party, Guest | None], Any]


@dataclass(frozen=True)
class Column:
    """``name`` stands in addresses. ``cell`` is told the guest where each of a party has a line of their own."""

    name: str
    label: str | Promise
    cell: Cell
    is_usual: bool = False
    is_number: bool = False
    question: Question | None = None
    brief: str | Promise = ""

    @property
    def head(self) -> str | Promise:
        """What stands above it on the page, where there is less room than in a file."""
        return self.brief or self.label

    @property
    def sorts(self) -> bool:
        return self.name in KEYS

    def of(self, party: Party) -> Any:
        """What the page shows of a party."""
        return self.cell(party, None)


def _of_guest(name: str) -> Cell:
    """A column of the guests themselves: that of one guest, else that of whoever leads the party."""

    def cell(party: Party, guest: Guest | None) -> str:
        whose = guest or party.lead
        return getattr(whose, name) if whose else ""

    return cell


def _language(code: str) -> str:
    return language_name(code) if code else ""


COLUMNS = (
    Column(
        "status", gettext_lazy("Status"), lambda party, _g: party.rsvp.get_status_display(), is_usual=True
    ),
    Column(
        "seats",
        gettext_lazy("Seats confirmed"),
        lambda party, _g: party.rsvp.seats_confirmed,
        is_usual=True,
        is_number=True,
        brief=gettext_lazy("Seats"),
    ),
    Column("wanted", gettext_lazy("Seats wanted"), lambda party, _g: party.rsvp.seats_wanted, is_number=True),
    Column(
        "queue",
        gettext_lazy("Place in the queue"),
        lambda party, _g: party.place,
        is_usual=True,
        is_number=True,
        brief=gettext_lazy("Queue"),
    ),
    Column(
        "served",
        gettext_lazy("Served"),
        lambda party, _g: party.rsvp.get_priority_display() if party.place else "",
    ),
    Column(
        "offered",
        gettext_lazy("Seats offered"),
        lambda party, _g: party.rsvp.seats_offered or None,
        is_number=True,
    ),
    Column(
        "until",
        gettext_lazy("Offered until"),
        lambda party, _g: party.offer.expires_at if party.offer else None,
    ),
    Column("tags", gettext_lazy("Tags"), lambda party, _g: _(", ").join(map(str, party.tags)), is_usual=True),
    Column("title", gettext_lazy("Title"), _of_guest("title")),
    Column("organisation", gettext_lazy("Organisation"), _of_guest("organisation")),
    Column("delegation", gettext_lazy("Delegation"), lambda party, _g: party.delegation),
    Column("email", gettext_lazy("E-mail"), lambda party, _g: party.rsvp.email, is_usual=True),
    Column("language", gettext_lazy("Language"), lambda party, _g: _language(party.rsvp.language)),
    Column(
        "interpretation",
        gettext_lazy("Interpretation"),
        lambda party, _g: _language(party.rsvp.interpretation),
    ),
    Column("message", gettext_lazy("Message"), lambda party, _g: party.rsvp.message, is_usual=True),
    Column("answered", gettext_lazy("Answered"), lambda party, _g: party.rsvp.answered_at, is_usual=True),
    Column("changed", gettext_lazy("Last changed"), lambda party, _g: party.rsvp.updated_at),
    Column("source", gettext_lazy("How it reached us"), lambda party, _g: party.rsvp.get_source_display()),
    Column(
        "invited",
        gettext_lazy("By invitation"),
        lambda party, _g: _("yes") if party.rsvp.invitation_id else "",
    ),
)
USUAL = tuple(column.name for column in COLUMNS if column.is_usual)


def columns(questions: Iterable[Question] = ()) -> list[Column]:
    """All that can be chosen for an event, its questions last."""
    return [*COLUMNS, *(_of_question(question) for question in questions)]


def chosen(known: Sequence[Column], names: Iterable[str]) -> list[Column]:
    """Those of these names, in the order in which the columns stand; where there is none, those that are usual."""
    wanted = set(names)
    found = [column for column in known if column.name in wanted]
    return found or [column for column in known if column.is_usual]


def _of_question(question: Question) -> Column:
    pk = question.pk
    return Column(
        f"{OF_QUESTION}{pk}",
        str(question.label),
        lambda party, guest: party.replied(pk, guest),
        question=question,
    )


def sheet(known: Iterable[Party], shown: Sequence[Column]) -> tuple[list[str], list[list[Any]]]:
    """The same for a file: its heads, and a line for each guest with the party that the guest belongs to."""
    heads = [_("Party"), _("Guest"), *(str(column.label) for column in shown)]
    rows = [
        [
            party.rsvp.name,
            guest.name or pgettext("guest", "not named yet"),
            *(column.cell(party, guest) for column in shown),
        ]
        for party in known
        for guest in party.guests
    ]
    return heads, rows
