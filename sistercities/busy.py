"""When others hold what an act needs: try once more where that helps, and else say so soon."""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

# PostgreSQL's names of errors after which the same act may well succeed.
DEADLOCK, CONFLICT = "40P01", "40001"
NOT_FREE_IN_TIME, TOOK_TOO_LONG = "55P03", "57014"
TRIED_AGAIN = 3
# PostgreSQL looks for a deadlock after a second; a try begun later could keep a reader waiting for more than five.
LAST_TRY_BEGINS = 1.9
LONGEST_REST = 0.05

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Busy(Exception):
    """Others held it for too long. Nothing was recorded; the same act may succeed in a moment."""


def retried(verb: Callable[Given, Result]) -> Callable[Given, Result]:
    """Do an act that is one transaction anew, at most three times, where PostgreSQL broke it off for another.

    Raises Busy where a lock was not free in time, where a statement took too long, and where trying again was in vain
    or cannot be: inside a transaction of the caller, who has to begin anew with all of it.
    """

    @functools.wraps(verb)
    def act(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        begun, tries_left = time.monotonic(), TRIED_AGAIN
        while True:
            try:
                return verb(*args, **kwargs)
            except OperationalError as problem:
                if not is_busy(problem):
                    raise
                late = time.monotonic() - begun > LAST_TRY_BEGINS
                if not tries_left or late or connection.in_atomic_block or not _was_broken_off(problem):
                    raise Busy(str(problem)) from problem
            tries_left -= 1
            # Two that met should not meet again.
            time.sleep(random.uniform(0, LONGEST_REST))  # noqa: S311 - nobody gains by guessing it

    return act


def is_busy(problem: BaseException) -> bool:
    """Whether a database that is well had no time for something, or others were before it."""
    return _code_of(problem) in (DEADLOCK, CONFLICT, NOT_FREE_IN_TIME, TOOK_TOO_LONG)


def _was_broken_off(problem: BaseException) -> bool:
    return _code_of(problem) in (DEADLOCK, CONFLICT)


def _code_of(problem: BaseException) -> str:
    """PostgreSQL's code of an error, which Django hides behind one of its own."""
    return getattr(problem.__cause__, "sqlstate", None) or ""
