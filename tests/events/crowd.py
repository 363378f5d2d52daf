"""Evenings with thousands of guests and a long waiting list, laid by a few statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from events.models import Event
from tests import factories

# One row for each party of one: the first are in, the others wait.
PARTIES = """
insert into events_rsvp (event_id, name, email, language, source, status, seats_confirmed, seats_offered,
    seats_wanted, takes_any, priority, priority_reason, queue_number, has_deferred, message, reply, names_before,
    nonce, link_handle, link_version, answered_at, updated_at)
select %(event)s, 'Guest ' || n, 'crowd' || n || '@example.org', 'en', 'web',
    case when n <= %(guests)s then 'confirmed' else 'waitlisted' end, (n <= %(guests)s)::integer, 0, 1, false, 2, '',
    case when n > %(guests)s then n - %(guests)s end, false, '', '', '{}', '',
    substr(md5('crowd' || %(event)s || '-' || n), 1, 16), 1, now() - interval '2 days', now() - interval '2 days'
from generate_series(1, %(guests)s + %(waiting)s) as n
"""
PEOPLE = """
insert into events_guest (rsvp_id, position, name, is_lead)
select id, 0, name, true from events_rsvp where event_id = %(event)s
"""
HISTORY = """
insert into events_rsvptransition (rsvp_id, at, actor, source, deed, from_status, to_status, seats_before, seats_after,
    offered_before, offered_after, wanted_before, wanted_after, priority_after, queue_after, reason)
select id, answered_at, 'guest', 'web', 'answered', '', status, 0, seats_confirmed, 0, 0, 0, 1, 2, queue_number, ''
from events_rsvp where event_id = %(event)s order by id
"""
COUNTED = """
update events_rsvppolicy set seats_committed = %(guests)s, last_queue_number = %(waiting)s where event_id = %(event)s
"""


def crowd(guests: int, waiting: int = 0, **policy: Any) -> Event:
    """An event with so many guests in; with a waiting list it is full."""
    event = factories.reception(seats=guests if waiting else guests + 1_000, **policy)
    values = {"event": event.pk, "guests": guests, "waiting": waiting}
    with _unchecked(), connection.cursor() as cursor:
        for statement in (PARTIES, PEOPLE, HISTORY, COUNTED):
            cursor.execute(statement, values)
    return event


@contextmanager
def _unchecked() -> Iterator[None]:
    """Without the database's own checks of each row, which for thousands at once take longer than a test should."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        yield
        cursor.execute("set session_replication_role = origin")
