"""What the guest list offers to choose from, and what was tagged last, so that it can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.admin.mailing_forms import replies_among
from events.guest_choice import NONE, SHOWN, SOURCES, Choice
from events.guest_columns import Column
from events.guest_lines import Line
from events.guest_list import delegations
from events.models import Event, GuestTag, Question
from events.tagging import Tagged
from sistercities.pages.bilingual import language_name, languages

LAST_TAGGED = "guests_tagged"
UNDO_WITHIN = timedelta(hours=1)
Options = list[tuple[str, Any]]


@dataclass(frozen=True)
class Head:
    """The head of a column: the address that sorts by it, and how the list is sorted by it now."""

    column: Column
    query: str
    sorted: str


@dataclass(frozen=True)
class ListPage:
    choice: Choice
    every: Sequence[Column]
    columns: Sequence[Column]
    known: Sequence[Line]
    questions: Sequence[Question]

    @property
    def statuses(self) -> Options:
        return SHOWN

    @property
    def sources(self) -> Options:
        return SOURCES

    @property
    def languages(self) -> Options:
        return [("", _("any language")), *((code, language_name(code)) for code in languages())]

    @property
    def interpretations(self) -> Options:
        """Empty where nobody asked for any."""
        if not any(line.interpretation for line in self.known):
            return []
        spoken = [(code, language_name(code)) for code in languages()]
        return [("", _("with or without")), ("any", _("with interpretation")), *spoken]

    @property
    def delegations(self) -> Options:
        found = [(str(pk), name) for pk, name in delegations(self.known)]
        if not found:
            return []
        return [("", _("all")), ("any", _("any delegation")), *found, (NONE, _("no delegation"))]

    @property
    def replies(self) -> Options:
        return replies_among(self.questions) if self.questions else []

    @property
    def choosable(self) -> list[tuple[Column, bool]]:
        """All columns, each with whether it is shown."""
        return [(column, column in self.columns) for column in self.every]

    @property
    def party_head(self) -> Head:
        return self._head(Column("party", _("Party"), lambda _party, _guest: ""))

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        by, backwards = self.choice.sorts
        is_sorted = ("descending" if backwards else "ascending") if by == column.name else ""
        query = self.choice.sorted_by(column.name).query if column.sorts else ""
        return Head(column, query, is_sorted)


def remember(request: HttpRequest, event: Event, done: Tagged) -> None:
    """Keep what was done for as long as it may be undone: numbers of rows only."""
    request.session[LAST_TAGGED] = {
        **done.kept(),
        "event": event.pk,
        "at": timezone.now().isoformat(),
    }


def remembered(request: HttpRequest, event: Event) -> Tagged | None:
    """What was done last on this list, if that was within the hour."""
    kept = request.session.get(LAST_TAGGED)
    if not kept or kept["event"] != event.pk:
        return None
    is_late = timezone.now() - datetime.fromisoformat(kept["at"]) > UNDO_WITHIN
    return None if is_late else Tagged.of(kept)


def tagged_in_words(done: Tagged, tag: GuestTag) -> str:
    count = len(done.parties) + (0 if done.is_on else len(done.invitations))
    words = (
        ngettext(
            "%(count)d party now has the tag “%(tag)s”.",
            "%(count)d parties now have the tag “%(tag)s”.",
            count,
        )
        if done.is_on
        else ngettext(
            "The tag “%(tag)s” is off %(count)d party.", "The tag “%(tag)s” is off %(count)d parties.", count
        )
    )
    return words % {"count": count, "tag": tag}
