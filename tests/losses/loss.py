"""One thing that can be taken away, and the test that must fail by a name which says what was lost."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line or a part of one: ``old`` stands once in the file, and ``new`` takes its place."""

    what: str
    path: str
    old: str
    new: str
    test: str

    @property
    def name(self) -> str:
        return f"{self.path}: {self.what}"


@dataclass(frozen=True)
class Guard:
    """A constraint, an index that keeps rows unique, or a trigger: taken out of the test database."""

    what: str
    test: str

    @property
    def name(self) -> str:
        return f"PostgreSQL: {self.what}"


Loss = Line | Guard
Row = tuple[str, str, str, str]


def lines(path: str, *rows: Row) -> Iterator[Line]:
    """Losses of one file: what it is, the text, what takes its place, and the test as ``file::name``."""
    for what, old, new, test in rows:
        yield Line(what, path, old, new, f"tests/events/{test}")
