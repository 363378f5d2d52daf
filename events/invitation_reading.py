"""People to be invited, read from a file, from what somebody typed or pasted, from the members, from another event.

Each becomes a row of plain text with the number of its line. Nothing is judged here, and nobody is invited.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.invitation_columns import is_header, named_columns
from events.models import Event, Guest, Rsvp
from people.models import Member
from sistercities.pages.safe_text import as_it_was
from sistercities.tables.reading import Fault, Line, Unreadable, clean
from sistercities.tables.sheets import read_any
from sistercities.tables.words import fault_in_words
from sistercities.traces import NOBODY

MOST_ROWS, MOST_BYTES = 5_000, 5_000_000
Row = dict[str, Any]
NO_NAMES = _(
    "No column of names can be made out: the first line has to name the columns, such as “name”, “email”, “title”."
)
TOO_MANY = _("More than %(most)s people at once are too many. Divide the list.")
# Longer than any address, so that one endless line is read in no time all the same.
_ADDRESS = re.compile(r"[^\s<>,;，；、\t\"]{1,300}[@＠][^\s<>,;，；、\t\"]{1,300}")
_BRACKETS = re.compile(r"[<＜][^<>＜＞]{1,300}[@＠][^<>＜＞]{1,300}[>＞]")
_TURNED = re.compile(r'^\s*(?:"([^",]+),\s*([^",]+)"|(\w[\w’\'-]*),\s*(\w[\w’\'-]*))\s*<')
_AROUND = ' <>＜＞"“”'
_BETWEEN = re.compile(r"[\t,;，；]")


class NotAList(ValueError):
    """What was handed in is no list of people; the reason is for whoever handed it in."""


@dataclass
class Read:
    """Rows as they were read, and the heads of columns that nobody can make sense of."""

    rows: list[Row] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_file(content: bytes) -> Read:
    """A list that a spreadsheet wrote, in whatever letters and with whatever between its columns. Raises NotAList."""
    if len(content) > MOST_BYTES:
        raise NotAList(fault_in_words("too-large", most=MOST_BYTES // 1_000_000))
    try:
        table = read_any(content)
    except Unreadable as wrong:
        if wrong.fault is Fault.NO_COLUMNS:
            raise NotAList(NO_NAMES) from wrong
        raise NotAList(fault_in_words(wrong.fault, **wrong.values)) from wrong
    if not is_header(table.header):
        raise NotAList(NO_NAMES)
    columns, unread = named_columns(table.header)
    return Read(_few_enough([_row(line, columns) for line in table.lines]), unread)


def read_text(text: str) -> Read:
    """A list that somebody typed or pasted: cells of a spreadsheet with their heads, or a person on each line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    if is_header(_BETWEEN.split(first)) and _BETWEEN.search(first):
        return read_file(text.replace("，", ",").encode())
    numbered = [(number, each) for number, line in enumerate(lines, start=1) for each in _people_in(line)]
    rows = [_typed(number, each) for number, each in numbered]
    if not rows:
        raise NotAList(fault_in_words(Fault.EMPTY))
    return Read(_few_enough(rows))


def from_members(members: Iterable[Member]) -> Read:
    known = [
        {"name": member.name, "email": member.email, "language": member.language, "member": member.pk}
        for member in members
    ]
    return Read([{"line": number, **row} for number, row in enumerate(known, start=1)])


def from_guests(event: Event, *, everybody: bool = False) -> Read:
    """Who came to an event with an answer of their own, or everybody who was invited or answered."""
    answers = event.rsvps.standing().exclude(email="").exclude(name=NOBODY).select_related("invitation")
    if not everybody:
        answers = answers.filter(status=Rsvp.Status.CONFIRMED)
    leads = {guest.rsvp_id: guest for guest in Guest.objects.filter(rsvp__event=event, is_lead=True)}
    rows = [_of_answer(rsvp, leads.get(rsvp.pk)) for rsvp in answers.order_by("name", "pk")]
    if everybody:
        silent = event.invitations.live().exclude(email="").exclude(name=NOBODY).filter(rsvp=None)
        rows += [{name: getattr(each, name) for name in OF_INVITATION} for each in silent.order_by("name")]
    return Read([{"line": number, **row} for number, row in enumerate(rows, start=1)])


OF_INVITATION = ("name", "title", "salutation", "organisation", "email", "language")


def _of_answer(rsvp: Rsvp, lead: Guest | None) -> Row:
    invited = rsvp.invitation
    return {
        "name": rsvp.name,
        "title": (lead.title if lead else "") or (invited.title if invited else ""),
        "salutation": invited.salutation if invited else "",
        "organisation": (lead.organisation if lead else "") or (invited.organisation if invited else ""),
        "email": rsvp.email,
        "language": rsvp.language,
    }


def _row(line: Line, columns: dict[int, str]) -> Row:
    cells = {name: line.cells[place] for place, name in columns.items() if place < len(line.cells)}
    cells.pop("line", None)
    cells = {name: as_it_was(cell) for name, cell in cells.items()}
    return {"line": line.number, **cells, **({"problem": line.problem} if line.problem else {})}


def _people_in(line: str) -> list[str]:
    """A line for each person: “Mei <mei@example.org>; Ana <ana@example.org>”, as mail programs write them, are two."""
    found = list(_BRACKETS.finditer(line))
    if len(found) < 2:
        return [line] if line.strip() else []
    ends = [each.end() for each in found]
    return [line[start:end].lstrip(" ,;，；") for start, end in pairwise([0, *ends])]


def _typed(number: int, line: str) -> Row:
    """“Mei Chen <mei@example.org>”, or name, address and organisation with commas between, the address anywhere."""
    found = _ADDRESS.findall(line)
    left = _ADDRESS.sub("\t", _family_last(line)) if found else line
    cells = [clean(cell).strip(_AROUND) for cell in _BETWEEN.split(left)]
    name, *rest = [cell for cell in cells if cell] or [""]
    address = unicodedata.normalize("NFKC", " ".join(found))  # of two nobody can say which is meant
    return {"line": number, "name": name, "email": address, "organisation": ", ".join(rest)}


def _family_last(line: str) -> str:
    """“Chen, Mei” before an address in brackets is Mei Chen; quotation marks say that all of it is the name."""
    return _TURNED.sub(lambda found: f"{found[2] or found[4]} {found[1] or found[3]} <", line)


def _few_enough(rows: list[Row]) -> list[Row]:
    if len(rows) > MOST_ROWS:
        raise NotAList(TOO_MANY % {"most": MOST_ROWS})
    return rows
