"""The thread of a relationship through the years: agreements and milestones, and what floors above add.

A floor above adds its own entries from its module ``timeline``, which is found by itself (see ``apps.py``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from relationships.models import Agreement, Milestone, Relationship
from sistercities.pages.bilingual import LocalText
from sistercities.pages.dates import HistoricalDate
from sistercities.pages.models import Cited


@dataclass(frozen=True)
class Entry:
    """One knot of the thread. ``page`` is anything with a title in two languages."""

    when: HistoricalDate | None
    kind: str
    kind_label: str
    page: Any
    url: str = ""
    text: LocalText | None = None
    until: HistoricalDate | None = None
    # The Markdown column to show instead of the text, where its own footnote marks name the sources.
    body: str = ""
    # A mark beside the kind, as components/_label.html knows it.
    label: str = ""
    took_place: bool = True
    # What the marks beside it must be cited for; None stands for all its sources.
    claim: str | None = None

    def is_past_event(self, today: HistoricalDate) -> bool:
        """Whether it counts among the events that took place."""
        return self.kind == "event" and self.took_place and bool(self.when and self.when <= today)

    @property
    def cited(self) -> Cited:
        """What its sources are cited for."""
        cited: Cited = self.page
        return cited

    @property
    def told(self) -> tuple[Cited, str | None]:
        """What the footnotes of its page take in."""
        return self.cited, self.claim


Contributor = Callable[[Relationship], Iterable[Entry]]
contributors: list[Contributor] = []
FOOTNOTE = "[^"
# Of one day: what was signed, where people met for it, what else happened.
ORDER = ("agreement", "event", "milestone", "office")


def contributes(contributor: Contributor) -> Contributor:
    """Add the entries of a floor above."""
    contributors.append(contributor)
    return contributor


def timeline_of(
    bond: Relationship, agreements: Iterable[Agreement], milestones: Iterable[Milestone]
) -> list[Entry]:
    """All entries in the order of time; what has no date comes last."""
    entries = [
        *(of_agreement(each) for each in agreements),
        *(of_milestone(each) for each in milestones),
        *(entry for contributor in contributors for entry in contributor(bond)),
    ]
    return in_order(entries)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=_place)


def _place(entry: Entry) -> tuple[bool, tuple[int, int], int]:
    return entry.when is None, entry.when.sort_key if entry.when else (0, 0), ORDER.index(entry.kind)


def of_agreement(agreement: Agreement) -> Entry:
    return Entry(
        agreement.signed,
        "agreement",
        str(agreement.get_kind_display()),
        agreement,
        agreement.get_absolute_url(),
        agreement.summary or None,
        claim="signed",
    )


def of_milestone(milestone: Milestone) -> Entry:
    body = "text" if FOOTNOTE in milestone.text else ""
    label = str(milestone.place) or _("milestone")
    return Entry(milestone.happened, "milestone", label, milestone, "", milestone.text or None, body=body)
