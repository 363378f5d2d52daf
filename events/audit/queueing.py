"""The line of an event as it stood at any moment of its history. Plain values, kept in order."""

from bisect import bisect_left, insort
from decimal import Decimal
from typing import NamedTuple


class Place(NamedTuple):
    """Where a party stands: by class, then by its number; without a number it does not stand in line."""

    priority: int
    number: Decimal | None
    rsvp: int


class Line:
    """Who waits for seats, and for how many of which none is offered yet."""

    def __init__(self) -> None:
        self._places: dict[int, Place] = {}
        self._needs: dict[int, int] = {}
        self._all: list[Place] = []
        self._unserved: list[Place] = []

    def put(self, place: Place, need: int) -> None:
        """A party stands here from now on, or nowhere."""
        if known := self._places.pop(place.rsvp, None):
            del self._all[bisect_left(self._all, known)]
            if self._needs.pop(place.rsvp):
                del self._unserved[bisect_left(self._unserved, known)]
        if place.number is None:
            return
        self._places[place.rsvp], self._needs[place.rsvp] = place, need
        insort(self._all, place)
        if need:
            insort(self._unserved, place)

    def need_of(self, rsvp: int) -> int:
        return self._needs.get(rsvp, 0)

    def waiting_but(self, rsvp: int) -> int:
        """How many other parties wait, those with an offer included."""
        return len(self._all) - (rsvp in self._places)

    def unserved_before(self, rsvp: int) -> list[Place]:
        return self._unserved[: bisect_left(self._unserved, self._places[rsvp])]

    def unserved_but(self, rsvp: int) -> list[Place]:
        return [each for each in self._unserved if each.rsvp != rsvp]

    def passed(self, place: Place) -> list[int]:
        """The needs of those whom a party lets go ahead that goes from where it is to there."""
        here, there = bisect_left(self._all, self._places[place.rsvp]), bisect_left(self._all, place)
        return [self._needs[each.rsvp] for each in self._all[here + 1 : there]]

    def is_last_of_class(self, place: Place) -> bool:
        """Whether nobody of its class stands behind a place, but perhaps the party itself."""
        behind = bisect_left(self._all, place)
        following = [each for each in self._all[behind : behind + 2] if each.rsvp != place.rsvp]
        return not following or following[0].priority > place.priority
