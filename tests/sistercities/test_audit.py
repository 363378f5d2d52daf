"""`manage.py audit` says what is wrong and what to do, and looks at the guards of every table."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from people.models import Member
from sistercities.audit import all_checks
from sistercities.mail.models import Message
from tests import factories
from tests.events.auditing import found_by, without

CONSTRAINTS = "every constraint of the models"


def run() -> tuple[str, str, str]:
    """What the command says, what it complains of, and how it ends."""
    out, err, end = StringIO(), StringIO(), ""
    try:
        call_command("audit", verbosity=2, stdout=out, stderr=err)
    except CommandError as raised:
        end = f"{raised}, {raised.returncode}"
    return out.getvalue(), err.getvalue(), end


@pytest.mark.django_db
def test_a_sound_database_is_told_to_be_sound() -> None:
    assert run() == (f"Nothing is wrong: {len(all_checks())} rules were checked.\n", "", "")


@pytest.mark.django_db
def test_what_is_wrong_is_told_with_what_to_do() -> None:
    event = factories.reception(seats=4)
    event.rsvp_policy.seats_committed = 3
    event.rsvp_policy.save()
    out, err, end = run()
    assert (out, end) == ("", "1 violations, 1")
    first, second, third = err.splitlines()
    assert first == "Broken: the committed seats of an event are those confirmed, offered and held"
    assert second == f"  - {event.slug}: 3 committed; 0 confirmed, 0 offered and 0 held are 0"
    assert third.startswith("  What to do: ")


def test_every_check_says_what_to_do() -> None:
    short = [check.rule for check in all_checks() if len(check.remedy) < 40 or not check.remedy.endswith(".")]
    assert short == []
    assert len(all_checks()) >= 28


@pytest.mark.django_db
def test_every_named_constraint_that_is_taken_away_is_found() -> None:
    names = [
        (model._meta.db_table, constraint.name)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    ]
    assert len(names) > 80
    for table, name in names:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_constraint where conname = %s", [name])
            is_constraint = cursor.fetchone()
        without(
            "savepoint whole",
            f"alter table {table} drop constraint {name} cascade" if is_constraint else f"drop index {name}",
        )
        assert found_by(CONSTRAINTS) == [f"{name} on {table} is gone"]
        without("rollback to savepoint whole")
    assert found_by(CONSTRAINTS) == []


@pytest.mark.django_db
def test_a_constraint_that_has_not_looked_at_all_rows_is_found() -> None:
    name, table = "offer_of_a_seat", "events_seatoffer"
    without(
        f"alter table {table} drop constraint {name}",
        f"alter table {table} add constraint {name} check (seats >= 1) not valid",
    )
    assert found_by(CONSTRAINTS) == [f"{name} on {table} is not validated"]


@pytest.mark.django_db
def test_keys_of_mails_that_are_not_unique_are_found() -> None:
    without("alter table mail_message drop constraint mail_message_key_key")
    assert found_by(CONSTRAINTS) == ["mail_message.key is not unique"]
    for _ in range(2):
        Message.objects.create(key="a:1", kind="a", to_email="mei@example.org")
    assert found_by("queued once for each key") == ["a:1: 2 times"]


@pytest.mark.django_db
def test_an_address_that_came_in_beside_the_forms_is_found() -> None:
    member = Member(email="mei@例子.中国")
    member.save()
    found = found_by("addresses of mail are kept")
    assert found == [f"Member {member.pk}: should be mei@xn--fsqu00a.xn--fiqs8s"]
