"""Checks of what must always be true, beyond what a constraint of the database can hold.

Each app lists its checks in a module ``audit`` with ``@checks``; ``manage.py audit`` runs them all. A check recomputes
from the rows what the rest of the code takes for granted, and says in words what to do where it finds otherwise.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.module_loading import autodiscover_modules

Finder = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Check:
    """A rule, how to find where it is broken, and what to do then."""

    rule: str
    remedy: str
    find: Finder


@dataclass(frozen=True)
class Violation:
    """A rule that is broken, where, and what to do."""

    rule: str
    finding: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.finding}"


_checks: dict[str, Check] = {}


def checks(rule: str, *, remedy: str) -> Callable[[Finder], Finder]:
    """Register a function that yields one sentence for every place where the rule is broken."""

    def register(find: Finder) -> Finder:
        _checks[rule] = Check(rule, remedy, find)
        return find

    return register


def all_checks() -> list[Check]:
    """Every check there is, in the order of their rules."""
    autodiscover_modules("audit")
    return [_checks[rule] for rule in sorted(_checks)]


def violations() -> Iterator[Violation]:
    """Everything that is wrong now."""
    for check in all_checks():
        for finding in check.find():
            yield Violation(check.rule, finding, check.remedy)


def silent_triggers(expected: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Which triggers, each given as table and name, are gone or switched off in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal"
        )
        found = {(table, name): state for table, name, state in cursor.fetchall()}
    for table, name in expected:
        state = found.get((table, name))
        if state is None:
            yield f"{name} on {table} is gone"
        elif state not in "OA":  # it fires at the origin of a change, or always
            yield f"{name} on {table} is switched off"
