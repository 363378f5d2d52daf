"""Which database is used, and the limits that every connection to it carries."""

from pathlib import Path

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from sistercities.database import database_settings


def settings_for(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return database_settings(environ.Env(), Path("/srv/site"))


def test_database_is_our_own_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_for(monkeypatch)
    assert settings["ENGINE"] == "sistercities.embedded"
    assert settings["EMBEDDED_FOLDER"] == Path("/srv/site/var/postgres")


def test_database_url_wins_and_keeps_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_for(
        monkeypatch, DATABASE_URL="postgres://anna:key@db.example:5433/cities?sslmode=require"
    )
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["HOST"], settings["PORT"]) == ("db.example", 5433)
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["connect_timeout"] == 2
    assert "statement_timeout=15s" in settings["OPTIONS"]["options"]


def test_other_databases_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL"):
        settings_for(monkeypatch, DATABASE_URL="sqlite:///cities.db")


def test_long_work_may_ask_for_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_for(monkeypatch, DB_STATEMENT_TIMEOUT="0")
    assert "statement_timeout=0s" in settings["OPTIONS"]["options"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "limit", ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"]
)
def test_connection_has_limit(limit: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"show {limit}")
        assert cursor.fetchone() != ("0",)
