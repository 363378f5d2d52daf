"""Checks of what must always be true, beyond what a constraint of the database can hold.

Each app lists its checks in a module ``audit`` with ``@checks``; ``manage.py audit`` runs them all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

Check = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Violation:
    """A rule that is broken, and where."""

    rule: str
    finding: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.finding}"


_checks: dict[str, Check] = {}


def checks(rule: str) -> Callable[[Check], Check]:
    """Register a function that yields one sentence for every place where the rule is broken."""

    def register(check: Check) -> Check:
        _checks[rule] = check
        return check

    return register


def violations() -> Iterator[Violation]:
    """Everything that is wrong now."""
    autodiscover_modules("audit")
    for rule, check in sorted(_checks.items()):
        for finding in check():
            yield Violation(rule, finding)
