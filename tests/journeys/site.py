"""The whole site as it runs for people: its own database, web server and worker, each a process of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

from sistercities.embedded.server import DATABASE, PORT, USER, Server

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 40


class Site:
    """``with Site(folder) as site``: everything in a folder of its own, so that a test may kill what it likes."""

    host = "127.0.0.1"

    def __init__(self, folder: Path, email_url: str = "", threads: int = 8) -> None:
        self.database = Server(folder / "postgres")
        self.email_url, self.threads = email_url, threads
        self.port = _free_port()
        self.programs: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.database.start()
        self.run("migrate", "--verbosity=0")
        self.run("createcachetable")
        self.start("web")
        self.start("worker")
        self.wait()
        return self

    def __exit__(self, *_exception: object) -> None:
        for name in list(self.programs):
            self.kill(name, signal.SIGTERM)
        self.database.stop()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        place = urlencode({"host": self.database.socket_folder, "port": PORT, "user": USER})
        own = {"DATABASE_URL": f"postgres:///{DATABASE}?{place}", "SITE_URL": self.url}
        # What was promised must outlive a kill, also where other tests are allowed to forget.
        own |= {"DB_MAY_FORGET": "false"}
        mail = {"EMAIL_URL": self.email_url} if self.email_url else {}
        return {
            **os.environ,
            **own,
            **mail,
            "DJANGO_SETTINGS_MODULE": "sistercities.settings",
            "LOG_LEVEL": "ERROR",
        }

    def run(self, *arguments: str) -> str:
        """A command of manage.py; its output."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        """Some lines of Python with the site's models, as ``manage.py shell`` runs them; what they print."""
        return self.run("shell", "--verbosity=0", "--command", code).strip()

    def start(self, name: str) -> None:
        web = [
            sys.executable,
            "-m",
            "gunicorn",
            "sistercities.wsgi:application",
            f"--bind={self.host}:{self.port}",
        ]
        web += [
            "--worker-class=gthread",
            "--workers=1",
            f"--threads={self.threads}",
            "--log-level=error",
            "--no-control-socket",
        ]
        command = web if name == "web" else [sys.executable, "manage.py", "work"]
        self.programs[name] = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True
        )

    def kill(self, name: str, with_signal: signal.Signals = signal.SIGKILL) -> None:
        """End a program and all that it started."""
        program = self.programs.pop(name)
        os.killpg(program.pid, with_signal)
        program.wait(20)

    def wait(self) -> None:
        """Until the site answers."""
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert time.monotonic() < deadline, "the site does not start"
            time.sleep(0.1)

    def _answers(self) -> bool:
        request = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            request.request("GET", "/readyz")
            return request.getresponse().status == 200
        except OSError:
            return False
        finally:
            request.close()


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
