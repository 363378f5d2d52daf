"""The tables of the database as streams of CSV, out and in, by PostgreSQL's own COPY."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, LiteralString

from django.db import connection
from psycopg import sql

# What belongs to the running of one house, and not to what is moved: who is signed in, what is counted by the hour.
# Which migrations were run is compared, not copied.
STAY = frozenset({"cache", "django_migrations", "django_session", "limits_count", "usersessions_usersession"})
# What ends with what was there: nobody stays signed in to an account that came from elsewhere.
ENDS = ("django_session", "usersessions_usersession")
CHUNK = 1 << 16


def migrations() -> list[str]:
    """The migrations that this database has run: the shape of its tables."""
    with connection.cursor() as cursor:
        cursor.execute("select app || '.' || name from django_migrations order by 1")
        return [name for (name,) in cursor.fetchall()]


def tables() -> list[str]:
    """Every table that moves, by name."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = current_schema() order by 1")
        return [name for (name,) in cursor.fetchall() if name not in STAY]


def columns(table: str) -> list[str]:
    """The columns that hold what somebody entered; those that PostgreSQL works out are worked out anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
            " and not attisdropped and attgenerated = '' order by attnum",
            [sql.Identifier(table).as_string(None)],
        )
        return [name for (name,) in cursor.fetchall()]


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_said("select count(*) from {table}", table=table))
        return int(cursor.fetchone()[0])


def rows_out(table: str) -> Iterator[bytes]:
    """A table as CSV with a line of heads, in the order of its first column."""
    asked = _said(
        "copy (select {columns} from {table} order by 1) to stdout (format csv, header)",
        table=table,
        columns=columns(table),
    )
    with connection.cursor() as cursor, cursor.cursor.copy(asked) as copy:
        for chunk in copy:
            yield bytes(chunk)


def rows_in(table: str, heads: list[str], stream: IO[bytes]) -> None:
    """Fill an empty table from such a file."""
    asked = _said("copy {table} ({columns}) from stdin (format csv, header)", table=table, columns=heads)
    with connection.cursor() as cursor, cursor.cursor.copy(asked) as copy:
        while chunk := stream.read(CHUNK):
            copy.write(chunk)


@contextmanager
def emptied(names: Iterable[str]) -> Iterator[None]:
    """All these tables empty and their triggers at rest, to be filled; at the end all references are checked.

    The counts that triggers keep come with the rows. Nothing of it is seen by others before the transaction ends.
    """
    known = list(names)
    _run("set constraints all immediate", "set constraints all deferred")
    _run(*(_said("alter table {table} disable trigger user", table=name) for name in known))
    _run(_said("truncate {columns}", columns=[*known, *ENDS]))
    yield
    _run("set constraints all immediate")
    _run(*(_said("alter table {table} enable trigger user", table=name) for name in known))
    _run("set constraints all deferred")


def count_on(names: Iterable[str]) -> None:
    """Let the numbers of new rows begin behind those that came."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select t.relname, a.attname, s.oid::regclass::text from pg_class s"
            " join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')"
            " join pg_class t on t.oid = d.refobjid"
            " join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid"
            " where s.relkind = 'S' and t.relnamespace = current_schema()::regnamespace"
        )
        known = [row for row in cursor.fetchall() if row[0] in set(names)]
        for table, column, sequence in known:
            asked = "select setval(%s, coalesce(max({columns}), 0) + 1, false) from {table}"
            cursor.execute(_said(asked, table=table, columns=[column]), [sequence])


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _said(text: LiteralString, *, table: str = "", columns: Iterable[str] = ()) -> str:
    """A statement with the names of tables and columns in it, quoted."""
    row = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL(text).format(table=sql.Identifier(table), columns=row).as_string(None)
