"""Which guests somebody wants to see, and in which order, as the address of the list has it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.audience import replied
from events.guest_lines import ORDER, Line, Status
from events.models import Event, Rsvp
from sistercities.pages.search import sort_key

LONGEST = 100
NONE = "none"
SHOWN = [
    ("", _("all")),
    ("coming", _("confirmed")),
    ("waiting", _("waiting in line")),
    ("offered", _("seats offered")),
    ("requested", _("asks to come")),
    ("declined", _("declined")),
    ("cancelled", _("withdrawn")),
    ("lapsed", _("offer lapsed")),
    ("rejected", _("not admitted")),
    ("unnamed", _("companions without a name")),
]
STANDS: dict[str, Callable[[Line], bool]] = {
    "coming": lambda line: line.confirmed > 0,
    "waiting": lambda line: line.place is not None,
    "offered": lambda line: line.offered > 0,
    "unnamed": lambda line: line.unnamed > 0,
}
SOURCES = [("", _("by any way")), *Rsvp.Source.choices]
LAST = 10**9  # where nothing is said, it stands behind what is

# What each column is sorted by; whoever is equal stays in the usual order.
KEYS: dict[str, Callable[[Line], Any]] = {
    "party": lambda line: sort_key(line.name),
    "status": lambda line: ORDER[Status(line.status)],
    "seats": lambda line: (line.confirmed, line.wanted),
    "wanted": lambda line: line.wanted,
    "offered": lambda line: line.offered,
    "queue": lambda line: line.place or LAST,
    "served": lambda line: line.priority,
    "tags": lambda line: sorted(line.tags) or [LAST],
    "email": lambda line: line.email.casefold(),
    "title": lambda line: sort_key(line.lead.title),
    "organisation": lambda line: sort_key(line.lead.organisation),
    "delegation": lambda line: (not line.delegation, sort_key(line.delegation)),
    "language": lambda line: line.language,
    "interpretation": lambda line: (not line.interpretation, line.interpretation),
    "source": lambda line: line.source,
    "invited": lambda line: line.invitation is None,
    "answered": lambda line: line.answered_at,
    "changed": lambda line: line.updated_at,
}


@dataclass(frozen=True)
class Choice:
    """What is empty does not matter. ``tag`` is a number or "none", ``delegation`` a number, "any" or "none".

    ``reply`` is what was said to which question, as the letters to guests have it: ``12:yes``.
    """

    q: str = ""
    status: str = ""
    tag: str = ""
    source: str = ""
    language: str = ""
    interpretation: str = ""
    delegation: str = ""
    reply: str = ""
    sort: str = ""

    @classmethod
    def read(cls, query: QueryDict, replies: Collection[str] = ()) -> Self:
        """``replies``: what may be asked for in ``reply``; anything else there does not matter."""
        found = cls(**{name: query.get(name, "").strip()[:LONGEST] for name in cls.__dataclass_fields__})
        return found if found.reply in replies else replace(found, reply="")

    @property
    def asked(self) -> dict[str, str]:
        """What of it is set, for addresses."""
        return {name: value for name in self.__dataclass_fields__ if (value := getattr(self, name))}

    @property
    def query(self) -> str:
        return urlencode(self.asked)

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves anybody out."""
        return any(name != "sort" for name in self.asked)

    @property
    def is_folded(self) -> bool:
        """Whether it goes by something that is seldom asked for, and so stands folded away."""
        return bool({"language", "interpretation", "delegation", "reply"} & self.asked.keys())

    def sorted_by(self, column: str) -> Self:
        """The same in the order of a column; asked for once more, in the reverse."""
        return replace(self, sort=f"-{column}" if self.sort == column else column)

    @property
    def sorts(self) -> tuple[str, bool]:
        """By which column, and whether backwards; "" where there is none of this name."""
        name = self.sort.removeprefix("-")
        return (name, self.sort.startswith("-")) if name in KEYS else ("", False)

    def of(self, event: Event, known: Iterable[Line]) -> list[Line]:
        """Those of these answers, in their order. Asks the database where it goes by what was replied."""
        found = [line for line in known if self.fits(line)]
        if self.reply:
            wanted = self._replied(event)
            found = [line for line in found if line.pk in wanted]
        by, backwards = self.sorts
        return sorted(found, key=KEYS[by], reverse=backwards) if by else found

    def fits(self, line: Line) -> bool:
        """Whether it is wanted, as far as its own row tells."""
        return (
            (not self.status or STANDS.get(self.status, lambda each: each.status == self.status)(line))
            and (not self.source or line.source == self.source)
            and (not self.language or line.language == self.language)
            and (not self.interpretation or _interpreted(line, self.interpretation))
            and (not self.tag or _is_of(self.tag, {str(tag) for tag in line.tags}))
            and (not self.delegation or _is_of(self.delegation, {str(line.hold)} if line.hold else set()))
            and (not self.q or line.is_found_by(self.q))
        )

    def _replied(self, event: Event) -> frozenset[int]:
        question, _colon, said = self.reply.partition(":")
        return frozenset(event.rsvps.filter(replied(int(question), said)).values_list("pk", flat=True))


def _is_of(wanted: str, has: set[str]) -> bool:
    return {NONE: not has, "any": bool(has)}.get(wanted, wanted in has)


def _interpreted(line: Line, wanted: str) -> bool:
    return bool(line.interpretation) if wanted == "any" else line.interpretation == wanted
