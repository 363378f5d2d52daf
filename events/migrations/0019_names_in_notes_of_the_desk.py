"""Privacy asks for more: a note of the desk may lose the name of the delegation, and the address that answers are sent to."""

from typing import ClassVar

from django.db import migrations

GUARD = """
create or replace function refuse_transition_change() returns trigger language plpgsql as $$
declare
    was jsonb := to_jsonb(old);
    now jsonb := to_jsonb(new);
    may_go text[] := '{member_id,reason}';
begin
    if tg_op = 'UPDATE' then
        if tg_table_name = 'events_desknote' and was ->> 'kind' in ('hold', 'release') then
            may_go := may_go || '{subject}'::text[];
        elsif tg_table_name = 'events_desknote' and was ->> 'kind' = 'rules' and was ->> 'subject' like 'reply_to%' then
            may_go := may_go || '{before,after}'::text[];
        end if;
        if now - may_go = was - may_go and not exists (
            select from unnest(may_go) as field
            where coalesce(now ->> field, '') not in ('', coalesce(was ->> field, ''))
        ) then
            return new;
        end if;
    end if;
    if tg_op = 'DELETE' and tg_table_name = 'events_rsvptransition' and was ->> 'to_status' = 'unverified' then
        return old;
    end if;
    raise exception 'RSVP transitions are only ever added' using errcode = 'restrict_violation';
end $$;
"""
AS_BEFORE = """
create or replace function refuse_transition_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        and (new.member_id is null or new.member_id = old.member_id)
        and (new.reason = '' or new.reason = old.reason)
        and to_jsonb(new) - '{member_id,reason}'::text[] = to_jsonb(old) - '{member_id,reason}'::text[] then
        return new;
    end if;
    if tg_op = 'DELETE' and tg_table_name = 'events_rsvptransition' and to_jsonb(old) ->> 'to_status' = 'unverified' then
        return old;
    end if;
    raise exception 'RSVP transitions are only ever added' using errcode = 'restrict_violation';
end $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("events", "0018_what_became_of_a_letter")]
    operations: ClassVar = [migrations.RunSQL(GUARD, AS_BEFORE)]
