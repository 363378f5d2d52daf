"""What earlier changes could not say yet: the place in line before and after each, and what was done.

A party got a new number whenever it began to wait, or asked for more than before; so the numbers can be told from the
order of the changes. What is written here is no other history than was noted, only more of it.
"""

from typing import ClassVar

from django.db import migrations

PLACES = """
set constraints all immediate;
alter table events_rsvptransition disable trigger transitions_append_only;

with noted as (
    select change.id, change.rsvp_id, answer.event_id, answer.queue_number,
        to_status in ('waitlisted', 'confirmed') and wanted_after > seats_after as waits,
        to_status in ('waitlisted', 'confirmed') and wanted_after > seats_after
            and not (wanted_before > seats_before and wanted_after <= wanted_before) as joins
    from events_rsvptransition as change join events_rsvp as answer on answer.id = change.rsvp_id
), counted as (
    select *,
        case when joins then count(*) filter (where joins) over (partition by event_id order by id) end as number,
        count(*) filter (where joins) over (partition by rsvp_id order by id) as times,
        count(*) filter (where joins) over (partition by rsvp_id) as last_time
    from noted
), placed as (
    select *,
        case when not waits then null
            when times = last_time and queue_number is not null then queue_number
            else max(number) over (partition by rsvp_id, times) end as place
    from counted
), known as (
    select id, place, lag(place) over (partition by rsvp_id order by id) as stood from placed
)
update events_rsvptransition as change set queue_after = known.place, queue_before = known.stood
from known
where known.id = change.id and change.queue_after is null and change.queue_before is null
    and (known.place is not null or known.stood is not null)
    and change.to_status in ('waitlisted', 'confirmed', 'cancelled');

update events_rsvptransition set deed = case
        when from_status = '' then 'answered'
        when actor = 'system' then 'seated'
        when to_status = 'cancelled' and from_status <> 'cancelled' then 'withdrawn'
        else deed end
where deed = 'changed' and (from_status = '' or actor = 'system' or to_status = 'cancelled');

set constraints all immediate;
alter table events_rsvptransition enable trigger transitions_append_only;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("events", "0015_indexes_by_what_is_rare")]
    operations: ClassVar = [migrations.RunSQL(PLACES, migrations.RunSQL.noop)]
