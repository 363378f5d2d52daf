"""The work on a directory: checking its lines, taking them in, taking them back; a piece at a time.

Each step ends with ``yield``, and nothing is left open there: whoever carries the work out may rest, be stopped or be
killed between two steps, and it goes on where it was. One works at a time, held by a lock of the database session.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, models
from django.utils import timezone

from relationships.directory import checking, undoing
from relationships.directory.taking import AWAY, Run
from relationships.models import City, CityKey, Directory, DirectoryRow, Relationship
from sistercities.pages import indexing
from sistercities.pages.models import Citation
from sistercities.tables.reading import Unreadable

LOCK = 7_190_190
# Where a program that works at it ends thrice without a word, it is not begun again by itself.
MOST_ATTEMPTS = 3
TOUCHED = (City, Relationship, CityKey, DirectoryRow, Citation)
Task, State = Directory.Task, Directory.State


class Stopped(Exception):
    """Somebody has asked for the end of the work."""


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else works at a directory; while it is held, nobody else will."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        got = bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def ask_for(directory: Directory, task: Directory.Task) -> None:
    """Ask the worker for a task."""
    Directory.objects.filter(pk=directory.pk).exclude(state__in=[State.QUEUED, State.RUNNING]).update(
        task=task, state=State.QUEUED, attempts=0, rows_done=0, problem="", finished_at=None
    )


def stop(directory: Directory) -> None:
    """Ask the work to end after the lines in hand."""
    Directory.objects.filter(pk=directory.pk, state__in=[State.QUEUED, State.RUNNING]).update(
        state=State.STOPPED
    )


def next_in_line() -> Directory | None:
    """What is to be worked at next: what was begun and not ended, then what waits."""
    waiting = Directory.objects.filter(state__in=[State.RUNNING, State.QUEUED])
    return waiting.order_by("-state", "pk").first()


def carry_out(directory: Directory) -> Iterator[None]:
    """The task that is asked for, in steps. Whoever calls holds the lock."""
    directory.refresh_from_db()
    if directory.attempts >= MOST_ATTEMPTS:
        _end(directory, State.STOPPED, problem="attempts")
        return
    Directory.objects.filter(pk=directory.pk).update(state=State.RUNNING, attempts=models.F("attempts") + 1)
    steps: dict[str, Callable[[Directory], Iterator[None]]] = {
        Task.CHECK: check,
        Task.RUN: run,
        Task.WITHDRAW: undoing.withdraw,
        Task.DELETE: undoing.delete,
    }
    ends = {Task.CHECK: State.CHECKED, Task.RUN: State.DONE}
    try:
        for step in steps[directory.task](directory):
            yield step
            if Directory.objects.filter(pk=directory.pk, state=State.STOPPED).exists():
                raise Stopped
    except Stopped:
        Directory.objects.filter(pk=directory.pk).update(finished_at=timezone.now())
    except Unreadable as wrong:
        _end(directory, State.STOPPED, problem=wrong.fault)
    except AWAY:
        raise
    except DatabaseError as refused:
        _end(directory, State.STOPPED, problem=str(refused)[:500])
    else:
        _end(directory, ends.get(Task(directory.task), State.UNDONE))


def _end(directory: Directory, state: Directory.State, problem: str = "") -> None:
    Directory.objects.filter(pk=directory.pk).update(
        state=state, problem=problem, attempts=0, finished_at=timezone.now()
    )
    directory.refresh_from_db()


def check(directory: Directory) -> Iterator[None]:
    """A dry run: what each line would bring. Nothing but the report is written."""
    made = yield from checking.plan(directory)
    yield from checking.report(directory, made)


def run(directory: Directory) -> Iterator[None]:
    """Take in what is neither doubtful nor refused, some lines at a time; what was taken in before stays."""
    made = yield from checking.plan(directory)
    yield from checking.report(directory, made)
    yield from Run(directory, made).steps()
    yield from analyze()


def analyze() -> Iterator[None]:
    """Let the database know what its tables hold now, so that lists and search stay fast."""
    for model in TOUCHED:
        indexing.settle(model)
        yield
