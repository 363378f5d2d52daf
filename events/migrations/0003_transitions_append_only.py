from typing import ClassVar

from django.db import migrations

# A transition may only lose the account that made it (a member who is erased); nothing else of it ever changes.
GUARD = """
create function refuse_transition_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.member_id is null and to_jsonb(new) - 'member_id' = to_jsonb(old) - 'member_id' then
        return new;
    end if;
    raise exception 'RSVP transitions are only ever added' using errcode = 'restrict_violation';
end $$;
create trigger transitions_append_only before update or delete on events_rsvptransition
    for each row execute function refuse_transition_change();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("events", "0002_content_version")]
    operations: ClassVar = [
        migrations.RunSQL(
            GUARD, "drop trigger transitions_append_only on events_rsvptransition; drop function refuse_transition_change();"
        )
    ]
