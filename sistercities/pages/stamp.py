"""The content stamp: one number that changes with anything public, so that cached pages know when they are old.

Database triggers raise it, whoever writes: the admin, a command, a curator's import, SQL by hand.
"""

from django.db.migrations.operations import RunSQL

FUNCTION = RunSQL(
    """
    insert into pages_contentversion (id, number) values (1, 1);
    create function raise_content_version() returns trigger language plpgsql as $$
    begin
        update pages_contentversion set number = number + 1 where id = 1;
        return null;
    end $$;
    """,
    "drop function raise_content_version() cascade; delete from pages_contentversion;",
)


def raised_by(*tables: str) -> list[RunSQL]:
    """Migration operations: every statement that changes one of these tables raises the content stamp."""
    return [
        RunSQL(
            f"create trigger {table}_raises_version after insert or update or delete or truncate on {table}"
            " for each statement execute function raise_content_version();",
            f"drop trigger {table}_raises_version on {table};",
        )
        for table in tables
    ]
