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


REMEMBERING = RunSQL(
    """
    create function remember_address() returns trigger language plpgsql as $$
    begin
        if tg_op = 'DELETE' then
            delete from pages_formeraddress where kind = tg_argv[0] and object_id = old.id;
            return null;
        end if;
        if old.status = 'published' then
            insert into pages_formeraddress (kind, object_id, slug, since)
            values (tg_argv[0], new.id, old.slug, now())
            on conflict (kind, slug) do update set object_id = excluded.object_id, since = excluded.since;
        end if;
        delete from pages_formeraddress where kind = tg_argv[0] and slug = new.slug;
        return null;
    end $$;
    """,
    "drop function remember_address() cascade;",
)


def remembers_addresses(*models: str) -> list[RunSQL]:
    """Migration operations: a published page of these models (``events.event``) keeps its old address when renamed."""
    return [
        RunSQL(
            f"create trigger {table}_remembers_address after update of slug on {table} for each row"
            f" when (old.slug is distinct from new.slug) execute function remember_address('{model}');"
            f"create trigger {table}_forgets_addresses after delete on {table} for each row"
            f" execute function remember_address('{model}');",
            f"drop trigger {table}_remembers_address on {table}; drop trigger {table}_forgets_addresses on {table};",
        )
        for model in models
        for table in [model.replace(".", "_")]
    ]
