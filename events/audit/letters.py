"""What was told of seats by mail."""

from collections.abc import Iterator

from django.db import connection

from sistercities.audit import checks

# The n-th change of an answer is what a letter with this number told of. Deleted answers have no changes any more.
TOLD = """
select mail.id, mail.kind, mail.snapshot ->> 'seats_confirmed', change.seats_after
from mail_message as mail
join (
    select rsvp_id, seats_after, row_number() over (partition by rsvp_id order by id) as number
    from events_rsvptransition
) as change
    on change.rsvp_id = (mail.snapshot ->> 'rsvp')::bigint and change.number = (mail.snapshot ->> 'sequence')::bigint
where mail.kind similar to '(rsvp|event)\\_%%'
    and (mail.snapshot ->> 'seats_confirmed')::int <> change.seats_after
order by mail.id
"""
# Each of these confirms seats, and puts the event into a calendar.
CONFIRMING = """
select id, kind, snapshot ->> 'rsvp' from mail_message
where kind in ('rsvp_confirmed', 'rsvp_promoted') and (snapshot ->> 'seats_confirmed')::int = 0
order by id
"""


@checks(
    "no letter confirms a seat that was not given, nor puts the event into the calendar of whoever has none",
    remedy=(
        "If it was not sent yet, mark it as given up in the outbox. If it was, write to the party; where it may come, "
        "raise the number of seats and confirm it in the admin."
    ),
)
def confirmed_by_mail_only() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [])
        for pk, kind, told, had in cursor.fetchall():
            yield f"mail {pk} ({kind}) tells of {told} seats, where the party had {had}"
        cursor.execute(CONFIRMING)
        for pk, kind, rsvp in cursor.fetchall():
            yield f"mail {pk} ({kind}) confirms no seat to answer {rsvp}"
