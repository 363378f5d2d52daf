"""Programs that `make run` keeps alive: started again when they die, ended when it ends."""

import ctypes
import dataclasses
import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


@dataclasses.dataclass
class Program:
    """A program that is started again when it dies, later each time if it keeps dying."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    descriptors: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1.0
    began: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            pass_fds=self.descriptors,
            process_group=0,  # Ctrl-C is for the supervisor, which tells the others in order
            # The supervisor has one thread, so nothing can be held while it forks.
            preexec_fn=functools.partial(_end_with, os.getpid()) if sys.platform == "linux" else None,  # noqa: PLW1509
        )

    def watch(self) -> None:
        """Start it if it is due, and notice when it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
        elif self.process.poll() is not None:
            self.pause = 1.0 if now - self.began > STEADY_AFTER else min(self.pause * 2, LONGEST_PAUSE)
            self.due = now + self.pause
            ended = f"The {self.name} ended ({_how(self.process.returncode)}); its last words are above."
            print(f"{ended} It starts again in {self.pause:.0f} s.", flush=True)
            self.process = None

    def ask_to_leave(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def see_off(self, deadline: float) -> None:
        if self.process:
            try:
                self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def _how(status: int) -> str:
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _end_with(parent: int) -> None:
    """In the child before it becomes another program: it ends with the supervisor, even one that is killed."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
