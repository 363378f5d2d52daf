"""Which database: the one of DATABASE_URL, or else a PostgreSQL of our own that starts by itself."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from sistercities.embedded.server import DATABASE, PORT, USER, Server

POSTGRES = "django.db.backends.postgresql"


def embedded_server(base_dir: Path) -> Server:
    """The server that is used where DATABASE_URL is not set."""
    return Server(base_dir / "var" / "postgres")


def database_settings(env: environ.Env, base_dir: Path) -> dict[str, Any]:
    """Django's settings of the one database, with limits that keep a stuck query from holding up the rest."""
    settings: dict[str, Any]
    if env.str("DATABASE_URL", default=""):
        settings = dict(env.db("DATABASE_URL"))
        if settings["ENGINE"] != POSTGRES:
            raise ImproperlyConfigured(
                "DATABASE_URL must name a PostgreSQL: postgres://user:password@host:5432/name"
            )
    else:
        server = embedded_server(base_dir)
        settings = {
            "ENGINE": "sistercities.embedded",
            "EMBEDDED_FOLDER": server.folder,
            "NAME": DATABASE,
            "USER": USER,
            "HOST": str(server.socket_folder),
            "PORT": str(PORT),
        }
    given = settings.get("OPTIONS", {})
    options = {"connect_timeout": 2, "tcp_user_timeout": 2000, **given}
    options["options"] = f"{_session_limits(env)} {given.get('options', '')}".strip()
    return settings | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def _session_limits(env: environ.Env) -> str:
    """What connections ask for; the environment can give long work more time, in seconds; 0 is for ever."""
    limits = {
        "statement_timeout": env.int("DB_STATEMENT_TIMEOUT", default=15),
        "lock_timeout": env.int("DB_LOCK_TIMEOUT", default=3),  # so that a page can say so within five
        "idle_in_transaction_session_timeout": env.int("DB_IDLE_TIMEOUT", default=30),
    }
    asked = [f"-c {name}={seconds}s" for name, seconds in limits.items()]
    asked.append(
        "-c pg_trgm.word_similarity_threshold=0.5"
    )  # from where on a slip of the finger is looked at
    if env.bool("DB_MAY_FORGET", default=False):  # tests: what a power cut would lose was never needed
        asked.append("-c synchronous_commit=off")
    return " ".join(asked)
