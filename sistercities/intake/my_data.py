"""What lists that were handed in hold of somebody: lines with their address, until they are taken over."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.intake.models import Intake
from sistercities.mail.addresses import comparable
from sistercities.my_data import Hand, Kept, Whose, forgets, lists, tells
from sistercities.tables.cells import bare

# A cell may hold several people, as that of the companions does, or a name and an address.
_BETWEEN_NAMES = re.compile(r"[;；、,，<>\n]")
_BETWEEN_WORDS = re.compile(r"[\s;；、,，<>()（）]+")


def of_others(intake: Intake, whose: Whose) -> list[Any]:
    """The lines of a list that name neither one of these addresses nor, where staff look for it, the name."""
    names = {bare(name) for name in whose.names}
    return [
        row for row in intake.rows if not any(_is_of(cell, whose, names) for cell in row.get("cells", ()))
    ]


def _is_of(cell: str, whose: Whose, names: set[str]) -> bool:
    words = (comparable(word) for word in _BETWEEN_WORDS.split(cell) if "@" in word)
    called = (bare(part) for part in (cell, *_BETWEEN_NAMES.split(cell)) if names)
    return not whose.addresses.isdisjoint(words) or not names.isdisjoint(called)


def naming(whose: Whose) -> list[Intake]:
    """The lists in which they stand; there are few, and none for longer than a month."""
    known = Intake.objects.exclude(rows=[]).defer("content")
    return [intake for intake in known if of_others(intake, whose) != intake.rows]


@tells("handed_in", gettext_lazy("Lists that were handed in"), place=28)
def tell(whose: Whose) -> list[dict[str, Any]]:
    return [
        {"file": intake.filename, "handed_in": intake.made_at.isoformat(), "line": row}
        for intake in naming(whose)
        for row in intake.rows
        if row not in of_others(intake, whose)
    ]


@lists("handed_in")
def in_words(whose: Whose) -> Iterator[Kept]:
    for intake in naming(whose):
        yield Kept(_("A line of the list “%(file)s” that staff handed in") % {"file": intake.filename})


@forgets("handed_in")
def forget(whose: Whose, hand: Hand) -> int:
    """Take the lines out of the lists, and let go of the files in which they stand too."""
    found = naming(whose)
    for intake in found:
        intake.rows, intake.content = of_others(intake, whose), None
        intake.save(update_fields=["rows", "content"])
    return len(found)
