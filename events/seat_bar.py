"""The seats of an event as a bar: confirmed, offered, kept, free, and beside them those that are waited for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.explain import Explanation

WIDTH, HEIGHT = 600, 24
# Each kind of seat has a height of its own, so that they are told apart without their colours.
HEIGHTS = {"confirmed": 24, "offered": 18, "held": 12, "free": 24, "waiting": 8}


@dataclass(frozen=True)
class Part:
    """A piece of the bar: so many seats of one kind; where it begins and how far it reaches."""

    name: str
    label: Promise
    seats: int
    x: str
    width: str
    height: int

    @property
    def y(self) -> int:
        return HEIGHT - self.height


@dataclass(frozen=True)
class SeatBar:
    """How the seats of an event stand; ``limit`` is None where there is none."""

    confirmed: int
    offered: int
    held: int
    waiting: int
    limit: int | None

    @classmethod
    def of(cls, known: Explanation) -> Self:
        return cls(known.confirmed, known.offered, known.held, known.awaited, known.policy.seat_limit)

    @property
    def taken(self) -> int:
        return self.confirmed + self.offered + self.held

    @property
    def free(self) -> int:
        return 0 if self.limit is None else max(self.limit - self.taken, 0)

    @property
    def is_over(self) -> bool:
        """Whether the line is longer than the bar has room for."""
        return self.waiting > self._room

    @property
    def _room(self) -> int:
        return max(self.taken + self.free, 1)

    @cached_property
    def parts(self) -> list[Part]:
        """From left to right; a long line takes no more than half of the bar."""
        counted: list[tuple[str, Promise, int]] = [
            ("confirmed", _("confirmed"), self.confirmed),
            ("offered", _("offered"), self.offered),
            ("held", _("kept in blocks"), self.held),
            ("free", _("free"), self.free),
            ("waiting", _("waited for"), min(self.waiting, self._room)),
        ]
        scale = WIDTH / max(sum(seats for _name, _label, seats in counted), 1)
        found, x = [], 0.0
        for name, label, seats in counted:
            shown = self.waiting if name == "waiting" else seats
            part = Part(name, label, shown, f"{x:.1f}", f"{seats * scale:.1f}", HEIGHTS[name])
            x += seats * scale
            found.append(part)
        return found

    @property
    def told(self) -> list[Part]:
        """What stands beside the bar in words; how many are free says nothing where there is no limit."""
        return [part for part in self.parts if self.limit is not None or part.name != "free"]
