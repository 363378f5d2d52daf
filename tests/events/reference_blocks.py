"""Blocks of seats, as docs/rsvp.md tells of them: the part of the second opinion that hosts and delegations use."""

from dataclasses import dataclass
from typing import Any

from tests.events.reference_rules import Hold, No, Room, verb


@dataclass
class Blocks(Room):
    """What is done with seats that are kept for a delegation or for somebody invited."""

    @verb
    def hold_seats(self, key: int, seats: int, reason: str = "", **terms: Any) -> None:
        self.check_on()
        if seats > self.free:
            raise No("not free")
        if self.line() and not reason:
            raise No("somebody waits: say why")
        self.holds[key] = Hold(seats, unnamed=seats, **terms)

    @verb
    def name_delegates(self, key: int, people: int) -> None:
        if self.is_over:
            raise No("over")
        hold = self.holds[key]
        frozen = self.is_frozen(hold)
        if people > hold.named + (0 if frozen else hold.unnamed):
            raise No("no seat for so many")
        freed = hold.named - people
        self.note("named", freed < 0)
        self.note("taken off the list", freed > 0)
        hold.named = people
        hold.unnamed = hold.unnamed if frozen or hold.released else hold.seats - people

    @verb
    def release_seats(self, key: int, seats: int) -> None:
        hold = self.holds[key]
        if not 1 <= seats <= hold.unnamed:
            raise No("not so many without a name")
        hold.seats, hold.unnamed = hold.seats - seats, hold.unnamed - seats

    @verb
    def release_hold(self, key: int) -> None:
        hold = self.holds[key]
        hold.unnamed, hold.released = 0, True

    @verb
    def resize_hold(self, key: int, seats: int, reason: str = "") -> None:
        hold = self.holds[key]
        more = seats - hold.seats
        if more > 0:
            self.check_on()
        if hold.released or seats < hold.named or more > max(self.free, 0):
            raise No("not free")
        if more > 0 and self.line() and not reason:
            raise No("somebody waits: say why")
        hold.seats, hold.unnamed = seats, seats - hold.named
