"""What PostgreSQL itself holds about seats, whoever writes to it.

- It counts the committed seats of an event, so that no writer can forget to.
- At the end of each transaction an answer agrees with its offer, its guests and its history.
- The history and the notes of the desk are only ever added to, but for what privacy asks.
"""

from typing import ClassVar

from django.db import migrations

# Seats of a row of each table: those of the party and its offer; those of the block that nobody is named for.
SEATS = {"events_rsvp": "seats_confirmed + seats_offered", "events_seathold": "seats_unnamed"}
CHANGES = {
    "insert": ("new table as new_rows", "select event_id, {seats} as seats from new_rows"),
    "delete": ("old table as old_rows", "select event_id, -({seats}) as seats from old_rows"),
    "update": (
        "old table as old_rows new table as new_rows",
        "select event_id, {seats} as seats from new_rows union all select event_id, -({seats}) from old_rows",
    ),
}


def counting() -> str:
    """One trigger for each statement, so that cancelling an event with 20,000 guests counts once."""
    parts = []
    for table, seats in SEATS.items():
        for change, (rows, asked) in CHANGES.items():
            name = f"{table}_{change}_counted"
            parts.append(f"""
create function {name}() returns trigger language plpgsql as $$
begin
    update events_rsvppolicy as policy set seats_committed = policy.seats_committed + changed.seats
    from (select event_id, sum(seats)::integer as seats from ({asked.format(seats=seats)}) as each
          group by event_id having sum(seats) <> 0) as changed
    where policy.event_id = changed.event_id;
    return null;
end $$;
create trigger {name} after {change} on {table} referencing {rows}
    for each statement execute function {name}();
""")
    return "".join(parts)


def not_counting() -> str:
    return "".join(
        f"drop trigger {table}_{change}_counted on {table}; drop function {table}_{change}_counted();"
        for table in SEATS
        for change in CHANGES
    )


AGREEING = """
create function rsvp_agrees() returns trigger language plpgsql as $$
declare
    which bigint := case when tg_table_name = 'events_rsvp' then (to_jsonb(new) ->> 'id')::bigint
                         else (to_jsonb(coalesce(new, old)) ->> 'rsvp_id')::bigint end;
    party events_rsvp;
    offered integer;
    last events_rsvptransition;
    people integer;
    leads integer;
begin
    select * into party from events_rsvp where id = which;
    if not found then
        return null;
    end if;
    select coalesce(sum(seats), 0) into offered from events_seatoffer where rsvp_id = which and ended_at is null;
    if offered <> party.seats_offered then
        raise exception 'answer %: % seats offered, % in its live offer', which, party.seats_offered, offered
            using errcode = 'check_violation', constraint = 'rsvp_offer_agrees';
    end if;
    select * into last from events_rsvptransition where rsvp_id = which order by id desc limit 1;
    if (last.to_status, last.seats_after, last.offered_after, last.wanted_after)
        is distinct from (party.status, party.seats_confirmed, party.seats_offered, party.seats_wanted) then
        raise exception 'answer %: its last change says otherwise than it stands', which
            using errcode = 'check_violation', constraint = 'rsvp_change_is_noted';
    end if;
    select count(*), count(*) filter (where is_lead) into people, leads from events_guest where rsvp_id = which;
    if leads <> 1 or (party.seats_wanted > 0 and people <> party.seats_wanted) then
        raise exception 'answer %: % guests, % leads, % seats wanted', which, people, leads, party.seats_wanted
            using errcode = 'check_violation', constraint = 'rsvp_one_guest_a_seat';
    end if;
    return null;
end $$;
create constraint trigger rsvp_agrees after insert or update of status, seats_confirmed, seats_offered, seats_wanted
    on events_rsvp deferrable initially deferred for each row execute function rsvp_agrees();
create constraint trigger rsvp_offer_agrees after insert or update or delete
    on events_seatoffer deferrable initially deferred for each row execute function rsvp_agrees();
create constraint trigger rsvp_guests_agree after insert or delete
    on events_guest deferrable initially deferred for each row execute function rsvp_agrees();
"""
NOT_AGREEING = """
drop trigger rsvp_agrees on events_rsvp;
drop trigger rsvp_offer_agrees on events_seatoffer;
drop trigger rsvp_guests_agree on events_guest;
drop function rsvp_agrees();
"""

APPEND_ONLY = """
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
create trigger desk_notes_append_only before update or delete on events_desknote
    for each row execute function refuse_transition_change();
"""
AS_BEFORE = "drop trigger desk_notes_append_only on events_desknote;"

# What was promised to those who answered before there were offers.
KEEP_THE_PROMISE = "update events_rsvppolicy set promotion = 'seat';"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("events", "0012_the_rsvp_engine")]
    operations: ClassVar = [
        migrations.RunSQL(counting(), not_counting()),
        migrations.RunSQL(AGREEING, NOT_AGREEING),
        migrations.RunSQL(APPEND_ONLY, AS_BEFORE),
        migrations.RunSQL(KEEP_THE_PROMISE, migrations.RunSQL.noop),
    ]
