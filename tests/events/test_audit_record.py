"""The audit holds each answer against its history, against the letters about it, and sees that the guards stand."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from events import rsvp as verbs
from events.audit.record import TRIGGERS
from events.models import Event, Rsvp, RsvpTransition
from events.rsvp import Answer, By
from sistercities.mail.models import Message
from tests import factories
from tests.events.auditing import behind_the_back, everything_found, found_by, without

pytestmark = pytest.mark.django_db
STANDS = "last change noted of an answer says how it stands"
CHAIN = "begins where the one before ended"
GUARDS = "PostgreSQL itself counts seats"
LETTERS = "no letter confirms a seat"


@pytest.fixture
def evening() -> Event:
    """Four seats, all taken; parties of two and of three wait."""
    event = factories.reception(seats=4, promotion="offer")
    factories.rsvp(event, 4, "Four")
    factories.rsvp(event, 2, "Two")
    factories.rsvp(event, 3, "Three")
    return event


def party(name: str) -> Rsvp:
    return Rsvp.objects.get(name=name)


# --- history --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"status": "offered"}, "status is offered, noted waitlisted"),
        ({"seats_confirmed": 1}, "seats_confirmed is 1, noted 0"),
        ({"seats_offered": 1}, "seats_offered is 1, noted 0"),
        ({"seats_wanted": 4}, "seats_wanted is 4, noted 2"),
        ({"priority": 0}, "priority is 0, noted 2"),
        ({"queue_number": None}, "queue_number is None, noted 1.000000000000000"),
        ({"queue_number": Decimal(7)}, "queue_number is 7.000000000000000, noted 1.000000000000000"),
    ],
)
def test_an_answer_that_was_changed_without_a_note_is_found(
    evening: Event, wrong: dict[str, object], words: str
) -> None:
    without(
        "alter table events_rsvp drop constraint rsvp_seats_fit_status",
        "alter table events_rsvp drop constraint rsvp_waits_for_what_it_lacks",
    )
    with behind_the_back():
        Rsvp.objects.filter(name="Two").update(**wrong)
    assert found_by(STANDS) == [f"answer {party('Two').pk}: {words}"]


def test_an_answer_without_any_note_is_found(evening: Event) -> None:
    two = party("Two")
    with behind_the_back():
        RsvpTransition.objects.filter(rsvp=two).delete()
    assert found_by(STANDS) == [f"answer {two.pk}: no change is noted at all"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_status": "confirmed"},
        {"seats_before": 1},
        {"offered_before": 1},
        {"wanted_before": 1},
        {"queue_before": None},
        {"queue_before": Decimal(7)},
    ],
)
def test_a_change_that_goes_on_from_elsewhere_is_found(evening: Event, wrong: dict[str, object]) -> None:
    two = party("Two")
    verbs.change(two, Answer("Two", two.email, 3))
    assert found_by(CHAIN) == []
    last = two.transitions.last()
    assert last
    with behind_the_back():
        RsvpTransition.objects.filter(pk=last.pk).update(**wrong)
    assert found_by(CHAIN) == [f"change {last.pk} of answer {two.pk}"]


def test_a_change_that_was_taken_out_of_the_history_is_found(evening: Event) -> None:
    two = party("Two")
    verbs.change(two, Answer("Two", two.email, 1))
    verbs.withdraw(two)
    first, second, _third = two.transitions.order_by("pk")
    with behind_the_back():
        second.delete()
    assert len(found_by(CHAIN)) == 1
    with behind_the_back():
        first.delete()
    assert len(found_by(CHAIN)) == 1


def test_seats_lost_by_asking_for_more_are_found(evening: Event) -> None:
    four = party("Four")
    verbs.change(four, Answer("Four", four.email, 3))
    verbs.change(four, Answer("Four", four.email, 4))
    words = "loses a confirmed seat"
    assert found_by(words) == []
    last = four.transitions.last()
    assert last
    with behind_the_back():
        RsvpTransition.objects.filter(pk=last.pk).update(seats_after=2)
    assert [found.partition(" of ")[0] for found in found_by(words)] == [
        f"answer {four.pk}, change {last.pk}"
    ]


def test_an_offer_lost_by_asking_for_more_is_found(evening: Event) -> None:
    verbs.change(party("Four"), Answer("Four", party("Four").email, 3))
    two = party("Two")
    assert two.seats_offered == 1
    verbs.change(two, Answer("Two", two.email, 3))
    assert everything_found() == []
    with behind_the_back():
        RsvpTransition.objects.filter(rsvp=two, wanted_after=3).update(offered_after=0)
    assert len(found_by("loses a confirmed seat")) == 1


def test_a_place_in_line_lost_by_asking_for_less_is_found(evening: Event) -> None:
    two = party("Two")
    verbs.change(two, Answer("Two", two.email, 1))
    words = "keeps its place"
    assert found_by(words) == []
    with behind_the_back():
        two.transitions.filter(wanted_after=1).update(queue_after=F("queue_after") + 5)
    assert len(found_by(words)) == 1


def test_a_place_in_line_kept_while_asking_for_more_is_found(evening: Event) -> None:
    two = party("Two")
    verbs.change(two, Answer("Two", two.email, 4))
    words = "keeps its place"
    assert found_by(words) == []
    with behind_the_back():
        two.transitions.filter(wanted_after=4).update(queue_after=F("queue_before"))
    assert len(found_by(words)) == 1


# --- guards ---------------------------------------------------------------------------------------------


def test_the_triggers_that_are_looked_for_are_all_there_are_on_rsvps() -> None:
    ours = {row for row in TRIGGERS if row[0] != "events_event"}
    tables = {table for table, _ in ours}
    with connection.cursor() as cursor:
        cursor.execute("select tgrelid::regclass::text, tgname from pg_trigger where not tgisinternal")
        found = {row for row in cursor.fetchall() if row[0] in tables}
    assert found == ours
    assert found_by(GUARDS) == []


@pytest.mark.parametrize(("table", "name"), TRIGGERS)
def test_a_guard_that_is_gone_or_switched_off_is_found(table: str, name: str) -> None:
    without(f"alter table {table} disable trigger {name}")
    assert found_by(GUARDS) == [f"{name} on {table} is switched off"]
    without(f"alter table {table} enable replica trigger {name}")
    assert found_by(GUARDS) == [f"{name} on {table} is switched off"]
    without(f"drop trigger {name} on {table}")
    assert found_by(GUARDS) == [f"{name} on {table} is gone"]


# --- letters --------------------------------------------------------------------------------------------


def test_a_letter_that_tells_of_other_seats_than_there_were_is_found(evening: Event) -> None:
    assert found_by(LETTERS) == []
    mail = Message.objects.get(snapshot__rsvp=party("Four").pk)
    mail.snapshot["seats_confirmed"] = 5
    mail.save()
    assert found_by(LETTERS) == [f"mail {mail.pk} (rsvp_confirmed) tells of 5 seats, where the party had 4"]


def test_a_calendar_entry_for_whoever_has_no_seat_is_found(evening: Event) -> None:
    two = party("Two")
    Message.objects.filter(snapshot__rsvp=two.pk).update(kind="rsvp_confirmed")
    mail = Message.objects.get(snapshot__rsvp=two.pk)
    assert found_by(LETTERS) == [f"mail {mail.pk} (rsvp_confirmed) confirms no seat to answer {two.pk}"]


def test_letters_of_every_kind_tell_of_the_seats_that_there_were(evening: Event) -> None:
    staff = By("staff", reason="a test")
    four, two = party("Four"), party("Two")
    verbs.change(four, Answer("Four", four.email, 3))
    verbs.renew_link(four, staff)
    verbs.accept(two, 1)
    verbs.respond(evening, Answer("Four", four.email, 1))
    verbs.announce_change(evening, staff, after="another hall")
    verbs.call_off(evening, "Called off.", "取消。", staff)
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert {"rsvp_confirmed", "rsvp_offered", "rsvp_promoted", "event_changed", "event_cancelled"} <= kinds
    assert everything_found() == []
