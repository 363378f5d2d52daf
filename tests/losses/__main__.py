"""Take one thing after the other away from a copy of the checkout, and see the test fail that is named for it.

``python -m tests.losses [words]``: all of them, or those in whose name or test one of the words stands.
``python -m tests.losses --table``: the table of docs/rsvp.md.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sistercities.database import embedded_server
from tests.losses import ALL, table, trying
from tests.losses.loss import Guard, Line, Loss

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".*_cache")
FAILED = 1  # pytest's own code: tests ran, and some failed


class NotFound(Exception):
    """The text that should be taken away is not there, or not only once."""


@contextmanager
def copy() -> Iterator[Path]:
    """The checkout as it is, elsewhere, with a database of its own that ends with it."""
    with tempfile.TemporaryDirectory(prefix="losses-") as folder:
        place = Path(folder) / "checkout"
        shutil.copytree(ROOT, place, ignore=NOT_COPIED)
        (place / "var").mkdir()
        if os.environ.get("DATABASE_URL"):
            yield place
            return
        server = embedded_server(place)
        server.start()
        try:
            yield place
        finally:
            server.stop()


@contextmanager
def taken_away(place: Path, loss: Line) -> Iterator[None]:
    """Take a line away for a while."""
    file = place / loss.path
    whole = file.read_text()
    if whole.count(loss.old) != 1:
        raise NotFound(f"{loss.path}: {whole.count(loss.old)} times instead of once:\n{loss.old}")
    file.write_text(whole.replace(loss.old, loss.new))
    try:
        yield
    finally:
        file.write_text(whole)


def attempt(place: Path, loss: Loss) -> tuple[int, str]:
    """What pytest says when this is taken away."""
    if isinstance(loss, Guard):
        return trying.run(place, [loss.test], "-p", "tests.losses.without", WITHOUT_GUARD=loss.what)
    with taken_away(place, loss):
        return trying.run(place, [loss.test])


def is_noticed(place: Path, loss: Loss) -> bool:
    code, said = attempt(place, loss)
    print(("noticed  " if code == FAILED else "UNSEEN   ") + loss.name, flush=True)
    if code not in (0, FAILED):
        print(said, flush=True)
    return code == FAILED


def main(words: list[str]) -> int:
    """0 if every loss is noticed."""
    if words == ["--table"]:
        print(table())
        return 0
    chosen = [loss for loss in ALL if not words or any(word in loss.name + loss.test for word in words)]
    with copy() as place:
        trying.load_what_is_not_ours(place)
        code, said = trying.run(place, sorted({loss.test for loss in chosen}), seconds=1200)
        if code:
            print(f"Before anything is taken away, the tests fail:\n{said}")
            return 1
        unseen = [loss for loss in chosen if not is_noticed(place, loss)]
    print(f"{len(chosen) - len(unseen)} of {len(chosen)} losses are noticed.")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
