"""A mail server as bad as they come: it hangs, puts off, refuses, dies after it took a mail, and goes away."""

import asyncio
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from tests.post import Post

HANGS = 30.0  # seconds; whoever calls has lost patience long before
NUMBER = re.compile(r"\d+")
# What happens to the mails of some addresses, by their number; but for refusals, at the first attempt only.
MOODS: dict[str, Callable[[int], bool]] = {
    "refuses": lambda number: number % 29 == 7,
    "puts off the address": lambda number: number % 13 == 3,
    "puts off the mail": lambda number: number % 17 == 5,
    "dies after it took the mail": lambda number: number % 15 in (4, 8),
    "hangs before the mail": lambda number: number % 97 == 20,
    "hangs over the mail": lambda number: number % 101 in (30, 44),
}


class MoodyPost(Post):
    """Which address got which Message-IDs, in order of arrival: ``received``; and what it did to whom: ``done``."""

    def __init__(self, seconds_per_mail: float = 0) -> None:
        super().__init__(seconds_per_mail)
        self.received: dict[str, list[str]] = defaultdict(list)
        self.done: Counter[str] = Counter()
        self._had: set[tuple[str, str]] = set()
        self.begun = threading.Event()

    def is_in(self, mood: str, address: str) -> bool:
        """Whether it is in this mood towards this address now."""
        number = NUMBER.search(address)
        if number is None or not MOODS[mood](int(number[0])):
            return False
        if mood != "refuses" and (mood, address) in self._had:
            return False
        self._had.add((mood, address))
        self.done[mood] += 1
        return True

    def go_away(self) -> None:
        """Take no more calls, and hang up in the middle of those that are going on."""
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(10)

    def come_back(self) -> None:
        self.server = asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result(10)

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.is_in("refuses", address):
            return "550 5.1.1 No such mailbox"
        if self.is_in("puts off the address", address):
            return "451 4.7.1 Greylisted"
        if self.is_in("hangs before the mail", address):
            await asyncio.sleep(HANGS)
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (address,) = envelope.rcpt_tos
        self.begun.set()
        if self.is_in("puts off the mail", address):
            return "452 4.3.1 Disk full"
        if self.is_in("hangs over the mail", address):
            await asyncio.sleep(HANGS)
        answer = await super().handle_DATA(server, session, envelope)
        self.received[address].append(str(self.mails[-1]["Message-ID"]))
        if self.is_in("dies after it took the mail", address):
            server.transport.abort()
        return answer
