"""`make run`: what it starts, watches and stops, and what it says when something fails."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sistercities import up
from sistercities.embedded.server import lives
from sistercities.programs import Program

ROOT = Path(__file__).resolve().parents[2]
CODE = ("manage.py", "sistercities", "people", "relationships", "events", "templates", "static", "locale")
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def eventually(holds: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def program() -> Iterator[Program]:
    program = Program("sleeper", SLEEP, os.environ)
    yield program
    program.ask_to_leave()
    program.see_off(time.monotonic() + 2)


def test_program_that_dies_is_started_again(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    program.watch()
    assert program.process
    program.process.kill()
    program.process.wait()
    program.watch()
    assert program.process is None
    program.due = 0
    program.watch()
    assert program.process
    assert "The sleeper ended (signal SIGKILL)" in capsys.readouterr().out


def test_program_that_keeps_dying_waits_longer_each_time() -> None:
    program = Program("breaker", [sys.executable, "-c", "raise SystemExit(3)"], os.environ, pause=0.1)
    pauses = []
    for _ in range(3):
        program.due = 0
        program.watch()
        assert program.process
        program.process.wait()
        program.watch()
        pauses.append(program.pause)
    assert pauses == [0.2, 0.4, 0.8]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_program_ends_with_a_supervisor_that_is_killed() -> None:
    script = (
        "import os, time; from sistercities.programs import Program;"
        f"p = Program('sleeper', {SLEEP!r}, os.environ); p.watch(); print(p.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as supervisor:
        assert supervisor.stdout
        child = int(supervisor.stdout.readline())
        supervisor.kill()
    assert eventually(lambda: not lives(child))


def test_site_takes_the_next_port_when_one_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    with up.listen() as first, up.listen() as second:
        assert first.getsockname()[1] < second.getsockname()[1]


def test_port_asked_for_and_in_use_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server((up.ADDRESS, 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(SystemExit, match="make run PORT="):
            up.listen()


def test_step_that_fails_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="no") as failure, up.Step("Building", "try again."):
        raise ValueError("no")
    assert capsys.readouterr().out == "Building ... failed\n"
    assert failure.value.__notes__ == ["\nWhat to do: try again."]


class Run:
    """`make run` in a copy of the project."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.told = folder, folder / "told.txt"
        environment = {name: value for name, value in os.environ.items() if name not in {"PORT", "SITE_URL"}}
        with self.told.open("w") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sistercities.up"],
                cwd=folder,
                env=environment,
                stdout=told,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ready(self) -> str:
        """The address of the site, once it says that it is ready."""
        assert eventually(lambda: "Ready" in self.told.read_text() or self.process.poll() is not None, 180)
        words = self.told.read_text().split()
        return next(word for word in words if word.endswith("/en/")).removesuffix("/en/")

    def processes(self) -> set[int]:
        """All processes of this copy, the database's among them."""
        found = set()
        for path in Path("/proc").glob("[0-9]*"):
            try:
                here = (path / "cwd").readlink().is_relative_to(self.folder)
            except OSError:
                continue
            if here and lives(int(path.name)):
                found.add(int(path.name))
        return found


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "a copy with 空格"
    folder.mkdir()
    for name in CODE:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / name)
    yield folder
    subprocess.run([sys.executable, "-m", "sistercities.up", "stop"], cwd=folder, check=True)


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="needs a database of its own")
def test_make_run_serves_both_languages_survives_a_kill_and_leaves_nothing_behind(copy: Path) -> None:
    run = Run(copy)
    site = run.ready()
    for language in ("en", "zh-hans"):
        with urllib.request.urlopen(f"{site}/{language}/", timeout=60) as answer:
            assert answer.status == 200
    for pid in run.processes():
        with contextlib.suppress(ProcessLookupError):  # the others leave by themselves as it goes
            os.kill(pid, signal.SIGKILL)
    run.process.wait()
    assert eventually(lambda: not run.processes(), 30)

    again = Run(copy)
    again.ready()
    assert "Making" not in again.told.read_text()  # what takes time is done once
    assert "Loading" not in again.told.read_text()
    os.killpg(again.process.pid, signal.SIGINT)
    assert again.process.wait(timeout=60) == 0
    assert eventually(lambda: not again.processes(), 30)
