"""A plugin for pytest that takes one guard out of the test database, and puts it back when the tests have run."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

CONSTRAINT = """select format('alter table %%s drop constraint %%I', conrelid::regclass, conname),
    format('alter table %%s add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where conname = %s"""
TRIGGER = """select format('alter table %%s disable trigger %%I', tgrelid::regclass, tgname),
    format('alter table %%s enable trigger %%I', tgrelid::regclass, tgname)
    from pg_trigger where tgname = %s and not tgisinternal"""
INDEX = """select format('drop index %%I', indexname), indexdef from pg_indexes where indexname = %s"""


def ways(guard: str) -> tuple[str, str]:
    """The statement that takes a guard away, and the one that puts it back."""
    with connection.cursor() as cursor:
        # A constraint trigger has a row among the constraints too, which cannot be dropped as one.
        for question in (TRIGGER, CONSTRAINT, INDEX):
            cursor.execute(question, [guard])
            if found := cursor.fetchone():
                return found
    raise LookupError(f"There is nothing called {guard} in the database.")


@pytest.fixture(scope="session", autouse=True)
def _guard_is_away(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        away, back = ways(os.environ["WITHOUT_GUARD"])
        run(away)
    yield
    with django_db_blocker.unblock():
        run(back)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
