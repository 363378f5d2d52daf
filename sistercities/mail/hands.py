"""Who has which mail in hand: locks of a worker's database session, which end with the session, however it ends.

PostgreSQL lets go of them when a worker is killed, its machine fails or the line is cut; no clock has to be trusted.
"""

from django.db import InterfaceError, OperationalError, connection

from sistercities.mail.models import Message

AWAY = (OperationalError, InterfaceError)  # what a database that restarts looks like
MAIL, WORKER = 7401, 7402  # so that our session locks meet nobody else's
WORKERS = """
select count(distinct pid) from pg_locks
where locktype = 'advisory' and classid = %s and granted
    and database = (select oid from pg_database where datname = current_database())
"""


def hold(message: Message) -> bool:
    """Mark a mail as in the hands of this session; False if it is in another's."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", lock_of(message))
        return cursor.fetchone() == (True,)


def let_go(message: Message) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", lock_of(message))
    except AWAY:
        connection.close()  # which lets go as well


def lock_of(message: Message) -> list[int]:
    return [MAIL, message.pk % 2**31]


def sign_on() -> None:
    """Let it be known that this session is a worker's."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock_shared(%s, 0)", [WORKER])


def sign_off() -> None:
    """Let it be known that this session is no worker's any more; one that breaks off is none without that."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock_shared(%s, 0)", [WORKER])
    except AWAY:
        connection.close()


def workers() -> int:
    """How many workers are connected to the database."""
    with connection.cursor() as cursor:
        cursor.execute(WORKERS, [WORKER])
        (count,) = cursor.fetchone()
    return int(count)
