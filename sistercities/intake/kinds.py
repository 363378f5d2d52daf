"""Which lists can be taken in. Each app names its own in a module ``intake``, with ``@takes_in``.

A kind knows its columns, by what a line is recognised, how a thing stands now, and how a line is written. Reading,
comparing and telling is the same for all of them (``reviewing``).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sistercities.tables.cells import bare, without_brackets

Words = Promise | str
NEVER: Any = object()


def as_text(text: str) -> str:
    return text


def as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Column:
    """One column: how lists call it, how a cell is read, and how a value is written into one.

    ``empty`` is what a dash in a cell makes of it; NEVER, if that cannot be. One that ``is_beside`` changes
    nothing by itself: by it a line is recognised, or it says how we know; one ``only_shown`` is written and never read.
    """

    name: str
    label: Words
    heads: str = ""
    read: Callable[[str], Any] = as_text
    show: Callable[[Any], Any] = as_it_is
    help: Words = ""
    required: bool = False
    empty: Any = ""
    is_beside: bool = False
    only_shown: bool = False
    # It says something of the act of handing in, and so nothing when a list is handed out.
    is_empty_now: bool = False

    @property
    def known_as(self) -> set[str]:
        """Its own words in every language of the site, and further ones, as they are compared."""
        words = {bare(head) for head in (*self.heads.split(","), self.name) if head}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                words.add(bare(str(self.label)))
        return words


class Verdict(StrEnum):
    """What would come of a line, or came of it."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


VERDICTS: dict[str, Words] = {
    Verdict.NEW: pgettext_lazy("a row of a list", "new"),
    Verdict.CHANGED: _("changed"),
    Verdict.SAME: _("nothing changes"),
    Verdict.FAULTY: _("cannot be taken over"),
}


@dataclass(frozen=True)
class Change:
    """One cell that says something else than what stands there now, in words."""

    name: str
    label: Words
    old: str
    new: str


@dataclass
class Looked:
    """A line: what it says, what it is about, what would change, and what is wrong with it."""

    number: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    # What is read in it, in words.
    read: list[tuple[Words, str]] = field(default_factory=list)
    key: str = ""
    thing: Any = None
    changes: list[Change] = field(default_factory=list)
    called: str = ""

    @property
    def verdict(self) -> Verdict:
        if self.faults:
            return Verdict.FAULTY
        if self.thing is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.changes else Verdict.SAME

    @property
    def why(self) -> str:
        return " ".join(self.faults)


class Kind:
    """One kind of list, for whoever hands it in (``by``), about one thing where it has to be (``about``)."""

    do_not_call_in_templates = True  # templates speak of the class itself

    name: ClassVar[str]
    label: ClassVar[Words]
    about_it: ClassVar[Words] = ""
    model: ClassVar[type[models.Model]]
    permissions: ClassVar[tuple[str, ...]]
    # The columns of which ``name_of`` is made.
    called_by: ClassVar[tuple[str, ...]] = ()
    place: ClassVar[int] = 50
    most: ClassVar[int] = 5_000
    # Whether what is written keeps a record of its own, and the log of the admin none.
    keeps_record: ClassVar[bool] = False
    # Whether the list is about one thing, and so is handed in from the page of that thing only.
    needs_about: ClassVar[bool] = False

    def __init__(self, by: Any, about: int | None = None) -> None:
        self.by, self.about = by, about

    @classmethod
    def may_at_all(cls, user: Any) -> bool:
        """Whether somebody may take in such lists, be it about one thing of their own."""
        return bool(user.has_perms(cls.permissions))

    @classmethod
    def may(cls, user: Any, about: int | None = None) -> bool:
        """Whether somebody may take in a list about this thing or, without one, about none."""
        return about is None and not cls.needs_about and bool(user.may_everywhere(*cls.permissions))

    @classmethod
    def scope(cls, user: Any) -> models.Q:
        """Which of the lists that were handed in somebody finds."""
        return models.Q() if cls.may(user) else models.Q(pk__in=[])

    @classmethod
    def columns(cls) -> Sequence[Column]:
        raise NotImplementedError

    def title(self) -> Words:
        return self.label

    def back(self) -> str:
        """Where the things of the list are looked at afterwards."""
        raise NotImplementedError

    def key_of(self, row: Looked) -> str:
        """By what the line is recognised; it may add to the faults of a line that nobody can recognise."""
        raise NotImplementedError

    def name_of(self, row: Looked) -> str:
        """What the line is called on the page."""
        return row.key

    def find(self, rows: Sequence[Looked], *, lock: bool = False) -> None:
        """Give each line the thing that it is about, if there is one: a constant number of queries."""
        raise NotImplementedError

    @classmethod
    def told(cls, thing: Any) -> dict[str, Any]:
        """What a thing says now, by the names of the columns."""
        raise NotImplementedError

    def check(self, row: Looked) -> None:
        """Add what is wrong with a line beside its cells, and what to mind about it."""

    def in_order(self, rows: Sequence[Looked]) -> Sequence[Looked]:
        """In which order lines are written, where one may rest on another."""
        return rows

    def warnings(self, rows: Sequence[Looked]) -> list[Words]:
        """What taking over brings about that cannot be taken back, such as letters."""
        return []

    def write(self, row: Looked) -> models.Model:
        """Make or change the thing. Raises ValidationError where that cannot be after all."""
        raise NotImplementedError

    def write_all(self, rows: Sequence[Looked]) -> list[models.Model]:
        """Make or change the things of all these lines; where one of them cannot be, they are written one by one."""
        return [self.write(row) for row in rows]

    def things(self) -> Iterable[Any]:
        """All there is of the one thing that such lists are about, to be handed out."""
        return []

    @classmethod
    def for_list(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows with all that ``told`` asks of them."""
        return rows


KindClass = TypeVar("KindClass", bound=type[Kind])
_kinds: dict[str, type[Kind]] = {}


def takes_in(kind: KindClass) -> KindClass:
    """``@takes_in`` above a Kind: lists of it can be handed in."""
    _kinds[kind.name] = kind
    return kind


def all_kinds() -> list[type[Kind]]:
    """In the order in which they are offered."""
    return sorted(_kinds.values(), key=lambda kind: kind.place)


def kind_named(name: str) -> type[Kind] | None:
    return _kinds.get(name)


def kind_of(model: type[models.Model]) -> type[Kind] | None:
    """The kind whose lists hold all there is of a model, so that what was written can be taken in again."""
    return next((kind for kind in _kinds.values() if kind.model is model and not kind.needs_about), None)


def guess(columns: Sequence[Column], header: Collection[str]) -> dict[str, str]:
    """Which head of a file is which column; of two for one thing the first counts, and one head is one column."""
    found: dict[str, str] = {}
    # First by the whole head: “name (Chinese)” is another column than “name”, unless nothing is called so.
    for written in (str, without_brackets):
        for each in columns:
            free = [head for head in header if head not in found.values()]
            head = next((head for head in free if bare(written(head)) in each.known_as), None)
            if head is not None and not each.only_shown:
                found.setdefault(each.name, head)
    return found
