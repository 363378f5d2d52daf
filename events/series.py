"""A series drawn as a thread: which event came when, in which city, and the how-manieth on record it was.

Only what lists may name is counted; of that, only what was held has a number: neither what was cancelled nor what is
still to come. Others may have been held of which nothing is known here, so no number claims to be that of the series.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from events.models import Event
from events.numbers import place_in_order
from events.occasion import Occasion, Phase
from sistercities.pages.bilingual import current_language

HELD = (Phase.NOW, Phase.OVER)


@dataclass(frozen=True)
class Knot:
    """One event of a series, and the how-manieth of those held it was."""

    occasion: Occasion
    number: int | None

    @property
    def is_held(self) -> bool:
        return self.number is not None

    @property
    def place(self) -> str:
        """3rd, 第三."""
        return place_in_order(self.number, current_language()) if self.number else ""


def thread(events: Iterable[Event]) -> list[Knot]:
    """The events of a series, given in the order of time, with their numbers; what awaits its date comes last."""
    known = sorted((Occasion(event) for event in events), key=lambda each: each.event.awaits_date)
    number, knots = 0, []
    for occasion in known:
        held = occasion.phase in HELD and not occasion.event.is_illustration
        number += held
        knots.append(Knot(occasion, number if held else None))
    return knots


@dataclass(frozen=True)
class Neighbours:
    """Where an event stands in its series, and what came before and after."""

    here: Knot
    before: Knot | None
    after: Knot | None


def neighbours(knots: list[Knot], event: Event) -> Neighbours | None:
    """None where the event is not among those that lists may name."""
    at = next((at for at, knot in enumerate(knots) if knot.occasion.event == event), None)
    if at is None:
        return None
    before = knots[at - 1] if at else None
    return Neighbours(knots[at], before, knots[at + 1] if at + 1 < len(knots) else None)
