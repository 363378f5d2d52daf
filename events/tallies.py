"""What the guests of one event answered, as its hosts need it: counted, and guest by guest. Changes nothing."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import Event, Guest, Question, QuestionAnswer, Rsvp
from sistercities.pages.bilingual import LocalText, language_name
from sistercities.pages.safe_text import harmless
from sistercities.pages.search import sort_key

Kind, Scope = Question.Kind, Question.Scope
BETWEEN = "; "
Replies = dict[tuple[int, int | None], str]


@dataclass(frozen=True)
class Tally:
    """How often each answer to a question was given, and how many who were asked gave none; ``written``: in words."""

    question: Question
    counts: list[tuple[str, int]]
    written: int
    silent: int


@dataclass(frozen=True)
class Row:
    """One guest who comes: what was answered of them to each question, and by their party where they lead it."""

    rsvp: Rsvp
    guest: Guest
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """``hidden``: how many questions are left out as sensitive."""

    questions: list[Question]
    rows: list[Row]
    tallies: list[Tally]
    interpretation: list[tuple[str, int]]
    hidden: int


def table(event: Event, *, sensitive: bool, waiting: bool = False) -> Table:
    """Of all who are confirmed, or also of those who wait for a seat or for the hosts."""
    every = list(event.questions.prefetch_related("choices"))
    shown = [question for question in every if sensitive or not question.is_sensitive]
    parties = _parties(event, waiting=waiting)
    said = _said(parties, shown)
    asked = [question for question in shown if question.retired_at is None or question.pk in said.questions]
    rows = [
        Row(rsvp, guest, [said.of(question, rsvp, guest) for question in asked])
        for rsvp in parties
        for guest in rsvp.guests.all()
        if guest.position < (rsvp.seats_confirmed or rsvp.seats_wanted)
    ]
    tallies = [_tally(question, rows, said) for question in asked]
    return Table(asked, rows, tallies, _interpretation(rows), len(every) - len(shown))


def _parties(event: Event, *, waiting: bool) -> list[Rsvp]:
    statuses = Rsvp.LIVE if waiting else (Rsvp.Status.CONFIRMED,)
    found: QuerySet[Rsvp] = event.rsvps.filter(status__in=statuses).prefetch_related("guests")
    return sorted(found, key=lambda rsvp: sort_key(rsvp.name))


class _Said:
    """All answers of some parties, found by question and by whom they are of."""

    def __init__(self, rows: Iterable[QuestionAnswer], questions: list[Question]) -> None:
        labels = {choice.pk: choice.label for question in questions for choice in question.choices.all()}
        self.answers: dict[tuple[int, int, int | None], list[str]] = {}
        self.given: dict[tuple[int, int, int | None], set[int | None]] = {}
        self.shown = {question.pk: question for question in questions}
        for row in rows:
            key = (row.question_id, row.rsvp_id, row.guest_id)
            self.answers.setdefault(key, []).append(_words_of(row, labels))
            if row.yes is not False:
                self.given.setdefault(key, set()).add(row.choice_id)
        self.questions = {question for question, _rsvp, _guest in self.answers}

    def all_of(self, question: Question, rsvp: Rsvp, guest: Guest) -> list[str]:
        whose = guest.pk if question.scope == Scope.GUEST else None
        is_shown = question.scope == Scope.GUEST or guest.is_lead
        return self.answers.get((question.pk, rsvp.pk, whose), []) if is_shown else []

    def was_asked(self, question: Question, rsvp: Rsvp, guest: Guest) -> bool:
        """Whether the answer came that a question waits for; yes where the reader may not see that other one."""
        first = self.shown.get(question.depends_on_id or 0)
        if first is None:
            return True
        given = self.given.get((first.pk, rsvp.pk, guest.pk if first.scope == Scope.GUEST else None), set())
        wanted = question.depends_on_choice_id
        answered_so = wanted in given if wanted else bool(given)
        return answered_so and self.was_asked(first, rsvp, guest)

    def of(self, question: Question, rsvp: Rsvp, guest: Guest) -> str:
        return BETWEEN.join(self.all_of(question, rsvp, guest))


def _said(parties: list[Rsvp], questions: list[Question]) -> _Said:
    rows = QuestionAnswer.objects.filter(rsvp__in=parties, question__in=questions)
    return _Said(rows.order_by("choice__position", "pk"), questions)


def said_to(parties: Iterable[Rsvp], questions: list[Question]) -> dict[int, Replies]:
    """What each of these parties replied to these questions: by question, and by guest where each was asked."""
    found: dict[int, Replies] = {}
    for (question, party, guest), words in _said(list(parties), questions).answers.items():
        found.setdefault(party, {})[question, guest] = BETWEEN.join(words)
    return found


def _words_of(row: QuestionAnswer, labels: dict[int, LocalText]) -> str:
    if row.yes is not None:
        return str(_("Yes") if row.yes else _("No"))
    return str(labels[row.choice_id]) if row.choice_id else row.text


def _tally(question: Question, rows: list[Row], said: _Said) -> Tally:
    concerned = [row for row in rows if question.scope == Scope.GUEST or row.guest.is_lead]
    given = [said.all_of(question, row.rsvp, row.guest) for row in concerned]
    asked = (said.was_asked(question, row.rsvp, row.guest) for row in concerned)
    silent = sum(was_asked and not each for was_asked, each in zip(asked, given, strict=True))
    if question.kind in (Kind.TEXT, Kind.LONG):
        return Tally(question, [], sum(map(bool, given)), silent)
    times = Counter(answer for each in given for answer in each)
    known = [str(choice.label) for choice in question.choices.all()] or [_("Yes"), _("No")]
    return Tally(question, [(answer, times[answer]) for answer in known], 0, silent)


def _interpretation(rows: list[Row]) -> list[tuple[str, int]]:
    """Into which language it is to be interpreted, and for how many guests."""
    times = Counter(row.rsvp.interpretation for row in rows if row.rsvp.interpretation)
    return [(language_name(code), count) for code, count in times.most_common()]


def as_csv(found: Table) -> str:
    """The table for a spreadsheet; nothing in it can act as a formula."""
    sheet = StringIO()
    sheet.write("\ufeff")  # by which spreadsheets know that the Chinese in it is Unicode
    writer = csv.writer(sheet)
    heads = [_("Party"), _("Guest"), _("Title"), _("Organisation"), _("Status"), _("Interpretation")]
    writer.writerow(harmless(str(cell)) for cell in [*heads, *(each.label for each in found.questions)])
    for row in found.rows:
        name = row.guest.name or pgettext("guest", "not named yet")
        code = row.rsvp.interpretation
        status, interpretation = row.rsvp.get_status_display(), language_name(code) if code else ""
        whole = [row.rsvp.name, name, row.guest.title, row.guest.organisation, status, interpretation]
        writer.writerow(harmless(str(cell)) for cell in [*whole, *row.cells])
    return sheet.getvalue()
