from django.db import migrations


def sign(apps, schema_editor):
    """What was signed on the days of an event for its relationships was shown on its page; from now on staff say so."""
    event_model = apps.get_model("events", "Event")
    agreement_model = apps.get_model("relationships", "Agreement")
    for event in event_model.objects.exclude(held=None).filter(
        signed=None, state="on", is_illustration=False
    ):
        last = event.held_until_last or event.held_last
        if last - event.held_first <= 31:
            event.signed.set(
                agreement_model.objects.filter(
                    relationship__in=event.relationships.all(),
                    signed_first__gte=event.held_first,
                    signed_last__lte=last,
                )
            )


NO_LOOP = """
    create function refuse_event_within_itself() returns trigger language plpgsql as $$
    declare above bigint := new.part_of_id;
    begin
        -- One at a time: two changes that close a loop together would not see each other.
        perform pg_advisory_xact_lock(hashtext('events_event.part_of'));
        while above is not null loop
            if above = new.id then
                raise exception 'event % would be part of itself', new.id
                    using errcode = 'check_violation', constraint = 'event_not_within_itself';
            end if;
            select part_of_id into above from events_event where id = above;
        end loop;
        return null;
    end $$;
    create constraint trigger events_event_not_within_itself after insert or update of part_of_id on events_event
        for each row when (new.part_of_id is not null) execute function refuse_event_within_itself();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0007_archive")]

    operations = [
        migrations.RunPython(sign, migrations.RunPython.noop),
        migrations.RunSQL(
            NO_LOOP,
            "drop trigger events_event_not_within_itself on events_event; drop function refuse_event_within_itself();",
        ),
    ]
