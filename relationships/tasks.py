"""What the worker does for directories that were handed in: a few seconds at a time, so that mail need not wait."""

import time
from collections.abc import Iterator

from relationships.directory import running
from sistercities.tasks import every

SECONDS_AT_A_TIME = 4.0

_work: Iterator[None] | None = None


def work() -> Iterator[None]:
    """Everything that waits, in steps, while no other worker is at it."""
    with running.alone() as got:
        while got and (directory := running.next_in_line()):
            yield from running.carry_out(directory)


@every(seconds=0.5)
def go_on_with_directories() -> None:
    """Go on where the last turn ended; what somebody else is working at is left to them."""
    global _work  # noqa: PLW0603 - the work in hand outlives one turn
    end = time.monotonic() + SECONDS_AT_A_TIME
    if _work is None:
        if not running.next_in_line():
            return
        _work = work()
    steps, _work = _work, None
    for _step in steps:
        if time.monotonic() > end:
            # Kept only here: whatever breaks on the way, the next turn begins anew from what is written.
            _work = steps
            return
