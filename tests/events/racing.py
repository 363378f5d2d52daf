"""Races: several processes at the same desk at the same instant.

The test itself holds the lock of the event's rules until every runner stands before it, and then lets go: so they
contend for certain, on a slow machine too. In a control the lock is taken away from the runners: they all have read
before the first of them can write, which is what the lock is there to prevent.
"""

import logging
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from events.models import Event, Rsvp, RsvpPolicy, SeatHold, SeatOffer
from tests.events.runners import Job, Lock, Order, Result

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
LONGEST_RACE = 25  # seconds, after which its runners die
# Seconds until all stand before the lock, for which the first of them waits three; in a control some go their way.
LONGEST_MEETING = {Lock.KEPT: 2.0, Lock.TAKEN_AWAY: 1.0}


class NoRace(Exception):
    """The race was not run, or not as it was meant; never what a control waits for."""


@dataclass(frozen=True)
class Finish:
    """How a race ended: results in the order of the jobs, how many stood before the lock at once, how long it took."""

    results: list[Result]
    waited: int
    seconds: float

    @property
    def values(self) -> list[Any]:
        """What the jobs handed back. Fails where one of them came to grief."""
        assert not self.errors, "\n".join(f"{each.error}: {each.words}" for each in self.errors)
        return [each.value for each in self.results]

    @property
    def errors(self) -> list[Result]:
        return [each for each in self.results if each.error]

    @property
    def refused(self) -> list[Result]:
        """Whom the desk told no. Fails where somebody met anything else than yes or no."""
        others = [each for each in self.errors if each.error != "Refused"]
        assert not others, "\n".join(f"{each.error}: {each.words}" for each in others)
        return self.errors

    @property
    def figures(self) -> str:
        jobs, busy = len(self.results), sum(each.busy for each in self.results)
        longest = max(each.seconds for each in self.results)
        took = f"{jobs} jobs in {self.seconds:.2f} s, the longest {longest:.2f} s"
        refused = len([each for each in self.results if each.error == "Refused"])
        return f"{self.waited} waited at once; {took}; {refused} refused, {busy} busy"

    @property
    def granted(self) -> list[Any]:
        return [each.value for each in self.results if not each.error]


@dataclass
class Course:
    """Where races are run: the pipes to the stem of all runners."""

    stem: subprocess.Popen[bytes]

    def race(
        self,
        event: Event,
        runners: Sequence[Sequence[Job]],
        lock: Lock = Lock.KEPT,
        *,
        late: int = 0,
        at_the_gate: Callable[[], Any] = lambda: None,
        at_the_start: Callable[[], Any] = lambda: None,
    ) -> Finish:
        """Run jobs side by side, one runner for each sequence of them, all but the ``late`` ones from one start.

        ``at_the_gate`` is done once all are connected, ``at_the_start`` when all stand before the lock.
        """
        name = connection.settings_dict["NAME"]
        self._send(Order(name, tuple(map(tuple, runners)), lock, LONGEST_RACE))
        backends = self._hear()
        if not all(backends):
            raise NoRace("A runner did not reach the gate.")
        at_the_gate()
        with transaction.atomic():
            _hold_all_rows(event)
            self._send("go")
            waited = _wait_for(backends, len(runners) - late, LONGEST_MEETING[lock])
            at_the_start()
        began = time.monotonic()
        results = [result for each in self._hear() for result in each]
        if lock is Lock.TAKEN_AWAY and not any(result.locks for result in results):
            raise NoRace("Nobody asked for the lock of the rules: there is nothing to take away.")
        finish = Finish(results, waited, time.monotonic() - began)
        log.info("%s: %s", sys._getframe(1).f_code.co_name, finish.figures)
        return finish

    def _send(self, what: Order | str) -> None:
        assert self.stem.stdin
        pickle.dump(what, self.stem.stdin)
        self.stem.stdin.flush()

    def _hear(self) -> Any:
        assert self.stem.stdout
        try:
            return pickle.load(self.stem.stdout)
        except EOFError:
            raise NoRace("The stem of the runners has died.") from None


def _hold_all_rows(event: Event) -> None:
    """Lock the rules, where all runners will stand; and what a runner that does not ask for that lock would write."""
    list(RsvpPolicy.objects.select_for_update().filter(event=event))
    list(Rsvp.objects.select_for_update(of=("self",)).filter(event=event))
    list(SeatHold.objects.select_for_update(of=("self",)).filter(event=event))
    list(SeatOffer.objects.select_for_update(of=("self",)).filter(rsvp__event=event))


def _wait_for(backends: Sequence[int], expected: int, seconds: float) -> int:
    """Wait until as many runners stand before a lock; returns how many do."""
    end, waiting = time.monotonic() + seconds, 0
    while waiting < expected and time.monotonic() < end:
        time.sleep(0.005)
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(distinct pid) from pg_locks where not granted and pid = any(%s)",
                [list(backends)],
            )
            waiting = cursor.fetchone()[0]
    return waiting


@contextmanager
def course() -> Iterator[Course]:
    """Load the stem, and end it: it goes when nobody can give it orders any more."""
    command = [sys.executable, "-c", "from tests.events.runners import main; main()"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "sistercities.settings"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as stem:
        made = Course(stem)
        try:
            if made._hear() != "ready":
                raise NoRace("The stem of the runners says something else than that it is ready.")
            yield made
        finally:
            assert stem.stdin
            stem.stdin.close()
            try:
                stem.wait(timeout=LONGEST_RACE)
            except subprocess.TimeoutExpired:
                stem.kill()


def together(deed: Callable[..., Any], *given: tuple[Any, ...]) -> list[list[Job]]:
    """One runner for each set of arguments, all doing the same."""
    return [[Job(deed, each)] for each in given]
