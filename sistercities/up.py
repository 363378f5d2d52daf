"""`make run`: everything that a site on one's own machine needs, in one process that starts, watches and stops it.

The database, the tables, the demonstration (once), the web server and the worker. For development and for looking
around; docs/operations.md says how a public site is run.
"""

import contextlib
import errno
import fcntl
import http.client
import io
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import NoReturn

import django
import environ
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from sistercities.database import embedded_server
from sistercities.embedded.errors import EmbeddedPostgresError
from sistercities.embedded.server import Server
from sistercities.programs import Program

ROOT = Path(__file__).resolve().parent.parent
SIGN_INS = ROOT / "var" / "demo.txt"
ADDRESS, FIRST_PORT, PORTS_TRIED = "127.0.0.1", 8000, 100
SECONDS_TO_LEAVE = 8
MAKE_ANEW = "`make reset` removes the database and all else in var/; the next `make run` begins anew."


class Step:
    """One line for what may take a while: what is done, how long it took, and what helps if it fails."""

    def __init__(self, label: str, advice: str) -> None:
        self.label, self.advice = label, advice

    def __enter__(self) -> None:
        print(f"{self.label} ... ", end="", flush=True)
        self.began = time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if problem is None:
            print(f"{time.monotonic() - self.began:.1f} s", flush=True)
        elif not isinstance(problem, SystemExit):
            print("failed", flush=True)
            problem.add_note(f"\nWhat to do: {self.advice}")


def listen() -> socket.socket:
    """The port the site is served on: PORT, or the first free one from 8000 on; ours from here on."""
    wanted = os.environ.get("PORT")
    for port in [int(wanted)] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((ADDRESS, port))
            door.listen(512)
        except OSError as problem:
            door.close()
            if problem.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
        else:
            return door
    tried = wanted or f"{FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1}"
    sys.exit(f"Port {tried} on {ADDRESS} is taken. Stop what uses it, or choose one: make run PORT=9000")


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The embedded server, where no other is named; stopped at the end by whoever started it, if nobody uses it."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    server = embedded_server(ROOT)
    label = "Starting the database" if server.exists else "Creating and starting the database"
    with Step(label, "if it stays so, set DATABASE_URL to a PostgreSQL that runs (see .env.example)."):
        started = server.start()
    try:
        yield
    finally:
        if started:
            leave(server)


def leave(server: Server) -> None:
    if server.clients(patience=2):
        print("The database goes on: other programs use it. `make stop` ends it.", flush=True)
    else:
        server.stop()


@contextlib.contextmanager
def registered(port: int) -> Iterator[None]:
    """Leave our process number for `make stop`, locked for as long as we live."""
    with (ROOT / "var" / f"up-{port}.pid").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(f"{os.getpid()}\n")
        file.flush()
        try:
            yield
        finally:
            Path(file.name).unlink(missing_ok=True)


def stop_all() -> None:
    """`make stop`: end every `make run` of this checkout, and the database."""
    for path in ROOT.glob("var/up-*.pid"):
        with path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.kill(int(file.read()), signal.SIGTERM)
                fcntl.flock(file, fcntl.LOCK_EX)
                print(f"Stopped {path.stem}.")
            path.unlink(missing_ok=True)
    print("Stopped the database." if embedded_server(ROOT).stop() else "The database is not running.")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two runs of one checkout prepare its tables one after the other."""
    with (ROOT / "var" / "up.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare() -> None:
    """Bring the tables up to date and load the demonstration into an empty site; quick when there is nothing to do."""
    with Step(
        "Looking at the tables", "is the server of DATABASE_URL running, and are name and password right?"
    ):
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        with Step(f"Making the tables ({len(missing)} migrations)", MAKE_ANEW):
            call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if settings.DEVELOPMENT and not pages_exist():
        with Step("Loading the demonstration (once)", MAKE_ANEW), transaction.atomic():
            told = io.StringIO()
            call_command("demo", stdout=told)
        SIGN_INS.touch(mode=0o600)
        SIGN_INS.write_text(told.getvalue())
    connection.close()


def pages_exist() -> bool:
    from sistercities.pages.models import Page  # noqa: PLC0415 - models need django.setup() first

    return any(model.objects.exists() for model in apps.get_models() if issubclass(model, Page))


def site_programs(door: socket.socket, environment: Mapping[str, str]) -> list[Program]:
    """The web server, which starts afresh when code or a template changes, and the worker."""
    watched = [str(path) for kind in ("templates/**/*.html", "locale/**/*.mo") for path in ROOT.glob(kind)]
    web = [sys.executable, "-m", "gunicorn", "sistercities.wsgi:application", f"--bind=fd://{door.fileno()}"]
    web += [
        "--worker-class=gthread",
        "--workers=1",
        "--threads=8",
        "--graceful-timeout=3",
        "--log-level=error",
    ]
    web += ["--no-control-socket", "--reload", *(f"--reload-extra-file={path}" for path in watched)]
    work = [sys.executable, "manage.py", "work"]
    return [
        Program("web server", web, {**environment, "EMBEDDED_PATIENCE": "2"}, (door.fileno(),)),
        Program("worker", work, environment),
    ]


def answers(port: int) -> bool:
    request = http.client.HTTPConnection(ADDRESS, port, timeout=0.5)
    try:
        request.request("GET", "/healthz")
        return request.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        request.close()


def where_to_look(port: int, seconds: float) -> str:
    site = f"http://{ADDRESS}:{port}"
    lines = [
        "",
        f"Ready after {seconds:.1f} s; Ctrl-C stops it.",
        "",
        f"  Site in English   {site}/en/",
        f"  Site in Chinese   {site}/zh-hans/  (中文)",
        f"  Administration    {site}/admin/",
    ]
    if settings.DEVELOPMENT:
        lines.append(f"  Mail it wrote     {site}/mail/")
    if settings.DEVELOPMENT and SIGN_INS.exists():
        lines += ["", *(f"  {line.strip()}" for line in SIGN_INS.read_text().splitlines() if "@" in line)]
    return "\n".join([*lines, ""])


def watch(programs: list[Program], port: int, began: float) -> NoReturn:
    """Keep them alive until a signal comes."""
    announced = False
    while True:
        for program in programs:
            program.watch()
        if not announced and answers(port):
            announced = True
            print(where_to_look(port, time.monotonic() - began), flush=True)
        time.sleep(0.2 if announced else 0.05)


def stop(programs: list[Program]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    print("\nStopping.", flush=True)
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    for program in programs:
        program.ask_to_leave()
    for program in programs:
        program.see_off(deadline)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def main() -> None:
    """Start all, say where to look, and stop all at Ctrl-C or SIGTERM."""
    began = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese still gets the addresses
    environ.Env.read_env(ROOT / ".env")
    (ROOT / "var").mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        door = stack.enter_context(listen())
        port = door.getsockname()[1]
        stack.enter_context(registered(port))
        stack.enter_context(database())
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sistercities.settings")
        os.environ.setdefault("SITE_URL", f"http://{ADDRESS}:{port}")
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        os.environ.setdefault("DB_STATEMENT_TIMEOUT", "300")  # tables may take longer than a page
        with alone():
            django.setup()
            prepare()
        programs = site_programs(door, environment)
        try:
            watch(programs, port, began)
        finally:
            stop(programs)


if __name__ == "__main__":
    try:
        stop_all() if sys.argv[1:] == ["stop"] else main()
    except EmbeddedPostgresError as problem:
        sys.exit("\n".join([str(problem), *getattr(problem, "__notes__", [])]))
