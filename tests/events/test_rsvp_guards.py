"""What PostgreSQL itself refuses about seats, whoever writes: each guard is tried with what it alone is there for."""

from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, SeatHold
from events.rsvp import Block, By
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = By("staff", reason="Agreed with the city.")


@dataclass(frozen=True)
class Scene:
    """Six seats and two for a delegation: a party inside, one with an offer of two, one that waits."""

    event: Event
    inside: Rsvp
    offered: Rsvp
    waits: Rsvp
    hold: SeatHold

    @property
    def ids(self) -> dict[str, int]:
        return {name: value.pk for name, value in vars(self).items()}


@pytest.fixture
def scene() -> Scene:
    event = factories.reception(8, promotion="offer")
    hold = verbs.hold_seats(event, Block("Delegation", 2), STAFF)
    inside, other = factories.rsvp(event, 4), factories.rsvp(event, 2)
    offered, waits = factories.rsvp(event, 2), factories.rsvp(event, 2)
    verbs.withdraw(other)
    connection.check_constraints()  # what waits for the end of the transaction would see what is done here
    return Scene(event, inside, Rsvp.objects.get(pk=offered.pk), waits, hold)


def refusal(statement: str) -> str:
    """Which guard refuses a statement, now or at the end of the transaction; empty if none does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute("set constraints all immediate")
            transaction.set_rollback(True)
    except DatabaseError as error:
        return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or str(error)
    return ""


RSVPS = {
    "rsvp_one_per_address": "update events_rsvp set email = 'mei@example.org' where event_id = {event}",
    "rsvp_one_per_member": "update events_rsvp set member_id = {member} where event_id = {event}",
    "rsvp_form_once": "update events_rsvp set nonce = 'the same' where event_id = {event}",
    "rsvp_queue_number_once": "update events_rsvp set queue_number = 1 where queue_number is not null",
    "rsvp_seats_fit_status": "update events_rsvp set status = 'confirmed' where id = {waits}",
    "rsvp_wants_what_it_has": "update events_rsvp set seats_wanted = 1 where id = {offered}",
    "rsvp_waits_for_what_it_lacks": "update events_rsvp set queue_number = null where id = {waits}",
    "rsvp_known_priority": "update events_rsvp set priority = 7 where id = {waits}",
    "rsvp_delegation_never_waits": "update events_rsvp set hold_id = {hold} where id = {waits}",
    "guest_one_lead": "update events_guest set is_lead = true, name = 'Mei' where rsvp_id = {inside}",
    "guest_position_once": "update events_guest set position = 0 where rsvp_id = {inside}",
    "guest_lead_has_name": "update events_guest set name = '' where rsvp_id = {inside} and is_lead",
}
SEATS = {
    "offer_one_live": (
        "insert into events_seatoffer (rsvp_id, seats, made_at, expires_at, outcome, taken)"
        " values ({offered}, 1, now(), now() + interval '1 day', '', 0)"
    ),
    "offer_of_a_seat": "update events_seatoffer set seats = 0",
    "offer_ends_after_it_is_made": "update events_seatoffer set remind_at = null, expires_at = made_at",
    "offer_reminder_within": "update events_seatoffer set remind_at = expires_at",
    "offer_ended_with_outcome": "update events_seatoffer set ended_at = now()",
    "offer_taken_fits": "update events_seatoffer set ended_at = now(), outcome = 'taken', taken = 1",
    "hold_unnamed_fit": "update events_seathold set seats_unnamed = 3, seats = 2",
    "hold_released_holds_nothing": "update events_seathold set released_at = now()",
    "policy_never_overbooked": "update events_rsvppolicy set seat_limit = 7",
    "policy_opens_before_closing": "update events_rsvppolicy set opens_at = now(), closes_at = now()",
    "policy_largest_party_fits": "update events_rsvppolicy set largest_party = 9",
    "policy_offer_hours_in_reach": "update events_rsvppolicy set offer_hours = 0",
    "policy_retention_in_reach": "update events_rsvppolicy set retention_days = 7",
    "policy_sensitive_in_reach": "update events_rsvppolicy set sensitive_days = 60, retention_days = 30",
    "invitation_party_in_reach": (
        "insert into events_invitation (event_id, name, email, language, link_handle, link_version, created_at,"
        " title, salutation, organisation, greeting, note, is_bound, largest_party, reminders, returned_why)"
        " values ({event}, 'Mei', '', 'en', 'h', 1, now(), '', '', '', '', '', false, 0, 0, '')"
    ),
    "invitation_reminded_after_it_was_sent": (
        "insert into events_invitation (event_id, name, email, language, link_handle, link_version, created_at,"
        " title, salutation, organisation, greeting, note, is_bound, reminded_at, reminders, returned_why)"
        " values ({event}, 'Mei', '', 'en', 'h', 1, now(), '', '', '', '', '', false, now(), 1, '')"
    ),
    "desk_note_says_what": (
        "insert into events_desknote (event_id, at, actor, kind, subject, before, after, reason)"
        " values ({event}, now(), 'staff', 'limit', '', '', '', '')"
    ),
}


@pytest.mark.parametrize("guard", RSVPS)
def test_the_database_refuses_an_answer_that_breaks(scene: Scene, guard: str) -> None:
    ids = {**scene.ids, "member": factories.member().pk}
    assert refusal(RSVPS[guard].format(**ids)) == guard


@pytest.mark.parametrize("guard", SEATS)
def test_the_database_refuses_seats_and_rules_that_break(scene: Scene, guard: str) -> None:
    assert refusal(SEATS[guard].format(**scene.ids)) == guard


# --- what agrees at the end of each transaction ----------------------------------------------------------

DISAGREEING = {
    "an answer from its history": (
        "rsvp_change_is_noted",
        "update events_rsvp set seats_wanted = 3 where id = {waits}",
    ),
    "an answer from its offer": (
        "rsvp_offer_agrees",
        "update events_rsvp set seats_offered = 1 where id = {offered}",
    ),
    "an offer from its answer": ("rsvp_offer_agrees", "update events_seatoffer set seats = 1"),
    "guests from the seats of their party": (
        "rsvp_one_guest_a_seat",
        "delete from events_guest where rsvp_id = {inside} and position = 3",
    ),
    "a party from its lead": (
        "rsvp_one_guest_a_seat",
        "delete from events_guest where rsvp_id = {inside} and is_lead",
    ),
}


@pytest.mark.parametrize("what", DISAGREEING)
def test_the_database_refuses_to_part(scene: Scene, what: str) -> None:
    guard, statement = DISAGREEING[what]
    assert refusal(statement.format(**scene.ids)) == guard


@pytest.mark.parametrize("statement", ["delete from events_{}", "update events_{} set actor = 'guest'"])
@pytest.mark.parametrize("record", ["desknote", "rsvptransition"])
def test_the_record_of_changes_is_only_ever_added_to(scene: Scene, record: str, statement: str) -> None:
    assert "only ever added" in refusal(statement.format(record))


# --- the database counts ---------------------------------------------------------------------------------


def committed(event: Event) -> int:
    return RsvpPolicy.objects.get(event=event).seats_committed


def after(event: Event, statement: str) -> int:
    """What the database has counted after a statement that nobody at the desk has written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        counted = committed(event)
        transaction.set_rollback(True)
    return counted


def test_the_database_counts_the_seats_of_a_new_answer() -> None:
    event = factories.reception(4)
    factories.rsvp(event, 3)
    assert committed(event) == 3


def test_the_database_counts_the_seats_that_a_party_gives_back(scene: Scene) -> None:
    gives_back = "update events_rsvp set status = 'cancelled', seats_confirmed = 0, seats_wanted = 0"
    assert (committed(scene.event), after(scene.event, f"{gives_back} where id = {scene.inside.pk}")) == (
        8,
        4,
    )


def test_the_database_counts_the_seats_of_an_offer_that_shrinks(scene: Scene) -> None:
    assert after(scene.event, f"update events_rsvp set seats_offered = 1 where id = {scene.offered.pk}") == 7


def test_the_database_counts_the_seats_of_an_answer_that_is_deleted(scene: Scene) -> None:
    assert after(scene.event, f"delete from events_rsvp where id = {scene.inside.pk}") == 4


def test_the_database_counts_the_seats_of_a_new_block() -> None:
    event = factories.reception(4)
    verbs.hold_seats(event, Block("Delegation", 3), STAFF)
    assert committed(event) == 3


def test_the_database_counts_the_seats_that_a_block_releases(scene: Scene) -> None:
    assert after(scene.event, "update events_seathold set seats_unnamed = 1") == 7


def test_the_database_counts_the_seats_of_a_block_that_is_deleted(scene: Scene) -> None:
    assert after(scene.event, f"delete from events_seathold where id = {scene.hold.pk}") == 6
