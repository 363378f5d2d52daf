"""What tests of the audit share: breaking the rows behind the engine's back, and what is found then."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from sistercities.audit import Check, all_checks, violations


@contextmanager
def behind_the_back() -> Iterator[None]:
    """Write to the tables as somebody would who has switched off all that PostgreSQL checks by triggers."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("set session_replication_role = origin")


def without(*statements: str) -> None:
    """Take guards of a table away, for the rest of the test."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for statement in statements:
            cursor.execute(statement)


def check_of(words: str) -> Check:
    """The one check whose rule has these words."""
    (found,) = (check for check in all_checks() if words in check.rule)
    return found


def found_by(words: str) -> list[str]:
    """What the check finds whose rule has these words."""
    return list(check_of(words).find())


def everything_found() -> list[str]:
    return [str(violation) for violation in violations()]
