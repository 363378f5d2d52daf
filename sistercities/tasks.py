"""What the worker does beside mail: small tasks that fall due with time. Each app lists its own in a module ``tasks``.

A task must be safe to run at any moment, twice, and by several workers at once.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.utils.module_loading import autodiscover_modules

log = logging.getLogger(__name__)
Task = Callable[[], None]


@dataclass
class Recurring:
    """A task, how often it runs, and when it is due next on the worker's own clock (seconds)."""

    task: Task
    every_seconds: float
    due: float = 0.0


_tasks: list[Recurring] = []


def every(seconds: float) -> Callable[[Task], Task]:
    """Register a task that the worker runs every so many seconds."""

    def register(task: Task) -> Task:
        _tasks.append(Recurring(task, seconds))
        return task

    return register


def run_due(now: float | None = None) -> None:
    """Run every task that is due; one that fails is due again at its next turn, and holds up neither mail nor others.

    Raises OperationalError or InterfaceError while the database is away.
    """
    autodiscover_modules("tasks")
    moment = time.monotonic() if now is None else now
    for recurring in _tasks:
        if recurring.due <= moment:
            recurring.due = moment + recurring.every_seconds
            try:
                recurring.task()
            except (OperationalError, InterfaceError):
                raise
            except Exception:  # code of other floors
                log.exception("The task %s failed", recurring.task.__name__)
