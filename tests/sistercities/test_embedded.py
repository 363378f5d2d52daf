"""The embedded PostgreSQL: it starts whatever was left behind, once, wherever the project lies."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import ConnectionHandler, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from sistercities.embedded import identity
from sistercities.embedded.errors import EmbeddedPostgresError
from sistercities.embedded.server import DATABASE, PORT, USER, Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder made once and copied for each test, since making one takes a second."""
    server = Server(tmp_path_factory.mktemp("pristine") / "postgres")
    server.start()
    server.stop()
    return server.folder


@pytest.fixture
def server(pristine: Path, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "a folder with spaces, 友好 and $HOME" / "postgres")
    shutil.copytree(pristine, server.folder)
    yield server
    server.stop()


def connect(server: Server) -> psycopg.Connection:
    host = str(server.socket_folder)
    return psycopg.connect(host=host, port=PORT, user=USER, dbname=DATABASE, autocommit=True)


def running(server: Server) -> int:
    pid = server.pid()
    assert pid is not None
    return pid


def kill(server: Server) -> None:
    pid = running(server)
    os.kill(pid, signal.SIGKILL)
    while server.pid() == pid:
        time.sleep(0.01)


def test_server_starts_once_and_stops(server: Server) -> None:
    assert server.start() is True
    assert server.start() is False
    assert server.stop() is True
    assert server.stop() is False
    assert not server.answers()


def test_server_is_closed_to_the_network_and_to_other_users(server: Server) -> None:
    server.start()
    with connect(server) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    assert server.data.stat().st_mode & 0o077 == 0


def test_database_knows_letters_of_both_languages(server: Server) -> None:
    server.start()
    with connect(server) as connection:
        connection.execute("create extension pg_trgm")
        assert connection.execute("select lower('É'), show_trgm('友好') <> '{}'").fetchone() == ("é", True)


def test_commit_survives_the_death_of_the_server(server: Server) -> None:
    server.start()
    with connect(server) as connection:
        connection.execute("create table answers (name text)")
        connection.execute("insert into answers values ('梁')")
        kill(server)
    assert server.start() is True
    with connect(server) as connection:
        assert connection.execute("select name from answers").fetchone() == ("梁",)


def test_server_starts_although_its_number_belongs_to_another_process(server: Server) -> None:
    server.start()
    kill(server)
    pid_file = server.data / "postmaster.pid"
    pid_file.write_text("\n".join([str(os.getpid()), *pid_file.read_text().splitlines()[1:]]))
    assert server.start() is True


def test_twelve_starts_at_once_make_one_server(server: Server) -> None:
    command = [sys.executable, "-m", "sistercities.embedded", "start", str(server.folder)]
    starts = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(12)]
    answers = [start.communicate(timeout=30)[0].split() for start in starts]
    assert sorted(answer[0] for answer in answers) == ["running"] * 11 + ["started"]
    assert {answer[1] for answer in answers} == {str(running(server))}


def test_two_checkouts_have_two_servers(server: Server, pristine: Path) -> None:
    server.start()
    other = Server(pristine)
    other.start()
    try:
        assert running(server) != running(other)
    finally:
        other.stop()
    assert server.answers()


def test_long_path_listens_in_a_short_private_folder(pristine: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / ("long" * 30) / "postgres")
    shutil.copytree(pristine, server.folder)
    server.start()
    try:
        assert len(str(server.socket_folder)) < 60
        assert server.socket_folder.stat().st_mode & 0o077 == 0
        connect(server).close()
    finally:
        server.stop()
        shutil.rmtree(server.socket_folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
def test_root_without_namespaces_runs_it_as_nobody(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "user_namespace", lambda: ())
    server.start()
    assert Path(f"/proc/{running(server)}").stat().st_uid != 0


def test_failed_start_shows_what_the_server_said(server: Server) -> None:
    (server.folder / "postgresql.conf").write_text("shared_buffers = nonsense")
    with pytest.raises(EmbeddedPostgresError, match="nonsense"):
        server.start()


@pytest.fixture
def django_connection(server: Server, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """Django's own way to this server, as a page would use it."""
    settings = {
        "ENGINE": "sistercities.embedded",
        "EMBEDDED_FOLDER": server.folder,
        "NAME": DATABASE,
        "USER": USER,
        "HOST": str(server.socket_folder),
        "PORT": str(PORT),
    }
    connection = ConnectionHandler({"default": settings})["default"]
    with django_db_blocker.unblock():
        yield connection
        connection.close()


def test_page_brings_a_killed_server_back(server: Server, django_connection: BaseDatabaseWrapper) -> None:
    for _ in range(2):
        with django_connection.cursor() as cursor:
            cursor.execute("select 1")
        kill(server)
        django_connection.close()
    assert server.start() is True


def test_page_waits_no_longer_than_it_may_for_a_server_that_cannot_start(
    server: Server, django_connection: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDED_PATIENCE", "0.1")
    with server._lock(time.monotonic() + 5), pytest.raises(OperationalError, match="still starting"):
        django_connection.ensure_connection()


def test_unwritable_place_says_what_helps(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder is needed")
    with pytest.raises(EmbeddedPostgresError, match="DATABASE_URL"):
        Server(tmp_path / "var" / "postgres").start()
