"""What staff have done, from all apps in one list. Each app tells of its own in a module ``chronicle``.

A strand gives rows that can be put in order with those of the others (when, and by whom), and tells those in sentences
that stand on the page at hand: however much there is, a page costs the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, F, QuerySet, Value
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Deed:
    """What was done, with what, and where that is found."""

    what: str
    subject: str = ""
    url: str = ""


@dataclass(frozen=True)
class Strand:
    """One kind of deed: its rows, the columns with moment and member, how they are told, and who may read of them."""

    key: str
    label: Promise | str
    rows: Callable[[], QuerySet[Any]]
    tell: Callable[[Sequence[int]], Mapping[int, Deed]]
    moment: str = "at"
    member: str = "member_id"
    permissions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One line of the list; without a member it was done by a program."""

    moment: datetime
    member: Any
    kind: Promise | str
    deed: Deed


@dataclass(frozen=True)
class Search:
    """What somebody looks for: by whom, of which kind, from when until before when."""

    member: int | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


_strands: dict[str, Strand] = {}


def add(strand: Strand) -> None:
    _strands[strand.key] = strand


def strands(reader: Any) -> list[Strand]:
    """The kinds of deeds of which somebody may read."""
    autodiscover_modules("chronicle")
    return [each for each in _strands.values() if reader.may_everywhere(*each.permissions)]


def entries(reader: Any, search: Search, begin: int, end: int) -> list[Entry]:
    """The deeds from one number to before another, the newest first: one query finds them, one or two tell a kind."""
    found = [_ordered(each, search, end) for each in strands(reader) if search.kind in ("", each.key)]
    if not found:
        return []
    first, *others = found
    lines = first.union(*others, all=True).order_by("-done_at", "-row_number") if others else first
    rows = list(lines[begin:end])
    kinds = sorted({row[0] for row in rows})
    told = {kind: _strands[kind].tell([row[1] for row in rows if row[0] == kind]) for kind in kinds}
    members = get_user_model().objects.in_bulk({row[3] for row in rows if row[3]})
    return [
        Entry(moment, members.get(member), _strands[kind].label, told[kind][number])
        for kind, number, moment, member in rows
        if number in told[kind]
    ]


def _ordered(strand: Strand, search: Search, most: int) -> QuerySet[Any]:
    """The newest rows of one kind: each table sorts no more of its own than can stand on the page."""
    rows = strand.rows().order_by()
    bounds = {
        strand.member: search.member,
        f"{strand.moment}__gte": search.since,
        f"{strand.moment}__lt": search.until,
    }
    rows = rows.filter(**{name: value for name, value in bounds.items() if value is not None})
    order = ("strand_key", "row_number", "done_at", "done_by")
    columns = (Value(strand.key, output_field=CharField()), F("pk"), F(strand.moment), F(strand.member))
    found = rows.annotate(**dict(zip(order, columns, strict=True))).values_list(*order)
    return found.order_by("-done_at", "-row_number")[:most]
