"""The runners of a race: processes of their own, each with a connection of its own, that set off at one instant.

One stem loads Django and never speaks to a database; for each race it forks the runners and tells what became of them.
A runner dies by the alarm clock if it has not come home in time, and so does the stem: nothing outlives its race.
"""

import gc
import os
import pickle
import re
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, BinaryIO, NoReturn

import django
from django.db import connections
from django.test.utils import setup_test_environment
from django.urls import get_resolver
from django.utils import translation

from sistercities.busy import Busy

SPARE_SECONDS = 5  # for the stem, after the last runner has died
TRIES_WHEN_BUSY = 4
RULES = 'FROM "events_rsvppolicy"'
THE_LOCK = re.compile(r" FOR (NO KEY )?UPDATE\b.*$")


class Lock(StrEnum):
    """Whether the runners lock the rules of the event, as the desk does, or read them as if nobody else were there."""

    KEPT = "kept"
    TAKEN_AWAY = "taken away"


@dataclass(frozen=True)
class Job:
    """One thing to do: a function that both sides can import, and what it is given."""

    deed: Callable[..., Any]
    given: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Order:
    """A race: the database, what each runner does one after the other, and after how long all of it must be over."""

    database: str
    runners: tuple[tuple[Job, ...], ...]
    lock: Lock
    seconds: int


@dataclass(frozen=True)
class Result:
    """What became of a job: what it handed back, or the name and the words of its error."""

    value: Any = None
    error: str = ""
    words: str = ""
    locks: int = 0
    busy: int = 0
    seconds: float = 0.0


@dataclass
class LockWatch:
    """Sees every statement of a runner; counts the locks on the rules of an event, and takes them away in a control."""

    lock: Lock
    seen: int = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if RULES in sql and THE_LOCK.search(sql):
            self.seen += 1
            if self.lock is Lock.TAKEN_AWAY:
                sql = THE_LOCK.sub("", sql)
        return execute(sql, *rest)


@dataclass
class Runner:
    """The stem's end of one process."""

    process: int
    tells: BinaryIO

    def message(self, otherwise: Any) -> Any:
        """What it says next; something else if it died before."""
        try:
            return pickle.load(self.tells)
        except EOFError:
            return otherwise

    def bury(self) -> None:
        self.tells.close()
        os.waitpid(self.process, 0)


@dataclass
class Gate:
    """A pipe that nobody writes to: whoever reads from it waits until its last writing end is closed."""

    ends: tuple[int, int] = field(default_factory=os.pipe)

    def wait(self) -> None:
        os.close(self.ends[1])
        os.read(self.ends[0], 1)

    def open(self) -> None:
        os.close(self.ends[1])
        os.close(self.ends[0])


def fork(order: Order, jobs: tuple[Job, ...], gate: Gate) -> Runner:
    hears, speaks = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(hears)
        run(order, jobs, gate, os.fdopen(speaks, "wb"))
    os.close(speaks)
    return Runner(process, os.fdopen(hears, "rb"))


def run(order: Order, jobs: tuple[Job, ...], gate: Gate, tells: BinaryIO) -> NoReturn:
    """The life of a runner: connect, say so, wait at the gate, do the jobs, tell what became of them."""
    signal.alarm(order.seconds)
    try:
        connection = connections["default"]
        connection.settings_dict["NAME"] = order.database
        connection.ensure_connection()
        watch = LockWatch(order.lock)
        connection.execute_wrappers.append(watch)
        translation.activate("en")
        pickle.dump(connection.connection.info.backend_pid, tells)
        tells.flush()
        gate.wait()
        pickle.dump([do(job, watch) for job in jobs], tells)
        tells.close()
        connections.close_all()
    finally:
        os._exit(0)


def do(job: Job, watch: LockWatch) -> Result:
    """Do one job as a patient person would: told to try again in a moment, they try again."""
    began, seen, busy = time.monotonic(), watch.seen, 0
    value, error, words = None, "", ""
    while True:
        try:
            value = job.deed(*job.given)
        except Busy as problem:
            error, words = "Busy", str(problem)
            busy += 1
            if busy < TRIES_WHEN_BUSY:
                continue
        except Exception as problem:  # noqa: BLE001 - a runner must hand its failure to the test
            error, words = type(problem).__name__, str(problem)
        else:
            error = words = ""
        return Result(value, error, words, watch.seen - seen, busy, time.monotonic() - began)


def race(order: Order, tells: BinaryIO) -> None:
    """Tell who is at the gate, open it when told, and tell what became of each."""
    signal.alarm(order.seconds + SPARE_SECONDS)
    gate = Gate()
    runners = [fork(order, jobs, gate) for jobs in order.runners]
    _say(tells, [runner.message(otherwise=0) for runner in runners])
    pickle.load(sys.stdin.buffer)  # "go"
    gate.open()
    lost = [
        [Result(error="Lost", words="the runner did not come home")] * len(jobs) for jobs in order.runners
    ]
    results = [runner.message(otherwise) for runner, otherwise in zip(runners, lost, strict=True)]
    for runner in runners:
        runner.bury()
    signal.alarm(0)
    _say(tells, results)


def _say(tells: BinaryIO, what: Any) -> None:
    pickle.dump(what, tells)
    tells.flush()


def main() -> None:
    """The stem: hears orders until whoever gives them is gone."""
    tells = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not come between
    django.setup()
    setup_test_environment()
    connections["default"].settings_dict["NAME"] = "the stem connects to nothing"
    assert get_resolver().url_patterns  # loaded once, before there are runners
    gc.freeze()
    _say(tells, "ready")
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        race(order, tells)
