"""What the database itself holds of bonds and agreements, whoever writes: the admin, a command, SQL by hand."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations import RunSQL

# A bond's key follows from its present cities. Each query of such a function sees what was committed up to then, and
# the row of the bond is held first: so two who change one bond at the same instant cannot both overlook the other.
KEY = RunSQL(
    """
    create function relationship_key(bond bigint) returns text language plpgsql as $$
    begin
        return coalesce((
            select string_agg(city_id::text, '-' order by city_id)
            from relationships_party where relationship_id = bond and "left" is null
        ), '');
    end $$;
    create function relationship_takes_key() returns trigger language plpgsql as $$
    begin
        new.pair_key := relationship_key(new.id);
        return new;
    end $$;
    create trigger relationship_takes_key before insert or update of pair_key on relationships_relationship
        for each row execute function relationship_takes_key();

    create function party_renews_key() returns trigger language plpgsql as $$
    declare
        bonds bigint[] := array_remove(array[
            case when tg_op <> 'INSERT' then old.relationship_id end,
            case when tg_op <> 'DELETE' then new.relationship_id end
        ], null);
    begin
        perform 1 from relationships_relationship where id = any(bonds) order by id for no key update;
        update relationships_relationship set pair_key = ''
        where id = any(bonds) and pair_key <> relationship_key(id);
        return null;
    end $$;
    create constraint trigger party_renews_key after insert or update or delete on relationships_party
        deferrable initially deferred for each row execute function party_renews_key();
    update relationships_relationship set pair_key = '' where pair_key <> relationship_key(id);
    """,
    """
    drop trigger party_renews_key on relationships_party;
    drop trigger relationship_takes_key on relationships_relationship;
    drop function party_renews_key();
    drop function relationship_takes_key();
    drop function relationship_key(bigint);
    """,
)

# Asked when the transaction ends, for a bond is written before its cities.
CITIES = RunSQL(
    """
    create function relationship_has_its_cities() returns trigger language plpgsql as $$
    declare
        bonds bigint[];
        wrong record;
    begin
        if tg_table_name = 'relationships_relationship' then
            bonds := array[new.id];
        else
            bonds := array_remove(array[
                case when tg_op <> 'INSERT' then old.relationship_id end,
                case when tg_op <> 'DELETE' then new.relationship_id end
            ], null);
        end if;
        perform 1 from relationships_relationship where id = any(bonds) order by id for no key update;
        for wrong in
            select bond.slug, bond.kind, count(party.id) as cities
            from relationships_relationship bond
            left join relationships_party party on party.relationship_id = bond.id and party."left" is null
            where bond.id = any(bonds) and bond.status = 'published' and bond.ended is null
            group by bond.id
            having case bond.kind when 'alliance' then count(party.id) < 3 else count(party.id) <> 2 end
        loop
            raise exception 'The bond "%" (%) has % present cities.', wrong.slug, wrong.kind, wrong.cities
                using errcode = 'check_violation', constraint = 'relationship_has_its_cities',
                    hint = 'An alliance has three or more; a bond of another kind has two.';
        end loop;
        return null;
    end $$;
    create constraint trigger relationship_has_its_cities
        after insert or update of status, kind, ended on relationships_relationship
        deferrable initially deferred for each row
        when (new.status = 'published' and new.ended is null) execute function relationship_has_its_cities();
    create constraint trigger relationship_has_its_cities
        after insert or update or delete on relationships_party
        deferrable initially deferred for each row execute function relationship_has_its_cities();
    """,
    """
    drop trigger relationship_has_its_cities on relationships_party;
    drop trigger relationship_has_its_cities on relationships_relationship;
    drop function relationship_has_its_cities();
    """,
)

# One at a time walks a chain, or two could close a loop from both ends at once.
LOOPS = RunSQL(
    """
    create function refuse_loop() returns trigger language plpgsql as $$
    declare
        closes boolean;
    begin
        perform pg_advisory_xact_lock(hashtext(tg_table_name || '.' || tg_argv[0]));
        execute format(
            'with recursive chain(id) as ('
            ' select %1$I from %2$I where id = $1'
            ' union select next.%1$I from %2$I next join chain on next.id = chain.id'
            ') select exists (select 1 from chain where id = $1)', tg_argv[0], tg_table_name
        ) into closes using new.id;
        if closes then
            raise exception 'The chain of % leads back to where it began.', tg_argv[0]
                using errcode = 'check_violation', constraint = tg_name;
        end if;
        return null;
    end $$;
    create trigger agreement_renewals_without_loop after insert or update of renews_id on relationships_agreement
        for each row when (new.renews_id is not null) execute function refuse_loop('renews_id');
    create trigger relationship_successors_without_loop
        after insert or update of superseded_by_id on relationships_relationship
        for each row when (new.superseded_by_id is not null) execute function refuse_loop('superseded_by_id');
    """,
    """
    drop trigger agreement_renewals_without_loop on relationships_agreement;
    drop trigger relationship_successors_without_loop on relationships_relationship;
    drop function refuse_loop();
    """,
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("relationships", "0004_archive")]
    operations: ClassVar = [KEY, CITIES, LOOPS]
