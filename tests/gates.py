"""`make test`: every check and every test, side by side, with pytest's own closing line as the last one."""

import concurrent.futures
import dataclasses
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sistercities.database import embedded_server

ROOT = Path(__file__).resolve().parent.parent
LONGEST_COMPLAINT = 60
PRODUCTION = {
    "DEVELOPMENT": "false",
    "SECRET_KEY": "of no use but to check the settings with: 0123456789 abcdefghijklmnopqrstuvwxyz",
    "LINK_KEYS": "of no use but to check the settings with: zyxwvutsrqponmlkjihgfedcba 9876543210",
    "SITE_URL": "https://sistercities.example",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


@dataclasses.dataclass(frozen=True)
class Gate:
    """One check: what Python is to run, in an environment of its own."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = dataclasses.field(default_factory=dict)

    def run(self) -> tuple[bool, str]:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, *self.command],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        passed = done.returncode == 0
        word = "passed" if passed else "FAILED"
        say(f"{word}  {self.name} ({time.monotonic() - began:.0f} s)")
        return passed, "" if passed else f"\n--- {self.name} ---\n{_shortened(done.stdout)}"


def _shortened(text: str) -> str:
    """The end of a long complaint, which is where most tools say what it comes to."""
    lines = text.rstrip().splitlines()
    left_out = len(lines) - LONGEST_COMPLAINT
    return "\n".join([f"({left_out} lines before these)", *lines[left_out:]] if left_out > 0 else lines)


# The package has a command but no module to run, and the command's file breaks when the folder is moved.
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
GATES = [
    Gate("ruff: slips and style", ("-m", "ruff", "check", "--quiet", "--output-format=concise", ".")),
    Gate("ruff: layout", ("-m", "ruff", "format", "--check", "--output-format=concise", ".")),
    Gate("import-linter: nothing looks up", ("-c", LINT_IMPORTS)),
    Gate("makemigrations: none is missing", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Gate("check --deploy", ("manage.py", "check", "--deploy", "--fail-level=WARNING"), PRODUCTION),
    Gate("messages: translated and compiled", ("-m", "tests.messages")),
    Gate("djlint: templates", ("-m", "djlint", "--quiet", "--lint", "templates")),
    Gate("mypy: types", ("-m", "mypy")),
]


def say(line: str) -> None:
    print(line, flush=True)


@contextmanager
def database() -> Iterator[None]:
    """The embedded server for all checks and tests at once, ended if it was not running before."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    server = embedded_server(ROOT)
    started = server.start()
    try:
        yield
    finally:
        if started and not server.clients(patience=2):
            server.stop()


@contextmanager
def alone() -> Iterator[None]:
    """Two runs in one folder would share their test databases: the second waits."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "test.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another `make test` runs in this folder; waiting for it to end ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def pytest(*arguments: str) -> tuple[bool, str]:
    """Run the tests and show what they say as they say it, but for the closing line, which is handed back."""
    environment = {"TEST_DB_SUFFIX": "_gates", "DB_MAY_FORGET": "true", **os.environ, "PYTHONUNBUFFERED": "1"}
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", *colour, *arguments]
    last = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or []:
            if last:
                say(last)
            last = line.rstrip("\n")
    return process.returncode == 0, last


def main(arguments: list[str]) -> int:
    """0 if all is well; the complaints of whatever failed come before the closing line."""
    if not any(argument.startswith("-m") for argument in arguments):
        arguments = [*arguments, "-m", "not thorough"]
    with alone(), database(), concurrent.futures.ThreadPoolExecutor(max_workers=1) as pool:
        checks = [(gate, pool.submit(gate.run)) for gate in GATES]
        passed, closing = (True, "") if "--no-tests" in arguments else pytest(*arguments)
        results = [(gate, *check.result()) for gate, check in checks]
    for _, _, complaint in results:
        if complaint:
            say(complaint)
    failed = [gate.name for gate, fine, _ in results if not fine]
    if failed:
        say(f"\nFailed checks: {'; '.join(failed)}")
    if closing:
        say(closing)
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
