"""Running a few tests in the copy, many times over: in forks of a process that has loaded all but our own code."""

import contextlib
import importlib
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

OURS = ("sistercities", "people", "relationships", "events", "tests")
ARGUMENTS = ["-q", "-n0", "--reuse-db", "--tb=line", "-p", "no:cacheprovider"]
ARGUMENTS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
LONGEST_RUN = 60  # seconds; what is taken away may keep a loop from its end
ENVIRONMENT = {"TEST_DB_SUFFIX": "_losses", "DB_MAY_FORGET": "true"}


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in (*OURS, "__main__", "__mp_main__")


def run(
    place: Path, tests: list[str], *plugins: str, seconds: int = LONGEST_RUN, **environment: str
) -> tuple[int, str]:
    """Run tests in a fork, where what takes too long fails; returns pytest's code, and what it said."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            signal.signal(signal.SIGALRM, _too_long)
            signal.alarm(seconds)
            _in_the_fork(place, [*ARGUMENTS, *plugins, *tests], environment)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        return code, said.read().decode()


def load_what_is_not_ours(place: Path) -> None:
    """Load whatever a run of tests loads beside our own code, so that no fork has to do it again."""
    listed = place / "var" / "loaded.txt"
    run(place, ["--collect-only", "tests/events"], seconds=600, WRITE_LOADED=str(listed))
    for name in listed.read_text().split():
        with contextlib.suppress(Exception):  # some want settings, which are ours
            importlib.import_module(name)


def _too_long(*_args: object) -> NoReturn:
    raise AssertionError("This does not come to an end.")


def _in_the_fork(place: Path, arguments: list[str], environment: dict[str, str]) -> NoReturn:
    code = 3  # pytest's own for what it did not expect
    try:
        os.chdir(place)
        os.environ.update({**ENVIRONMENT, **environment})
        sys.path.insert(0, str(place))
        sys.dont_write_bytecode = True
        for module in [name for name in sys.modules if is_ours(name) and name != "__main__"]:
            del sys.modules[module]
        code = int(pytest.main(arguments))
        if listed := os.environ.get("WRITE_LOADED"):
            Path(listed).write_text(" ".join(name for name in sys.modules if not is_ours(name)))
        sys.stdout.flush()
    finally:
        os._exit(code)
