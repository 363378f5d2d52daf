"""Requests that the hosts decide, addresses to be verified, what is undone, and what is removed; one rule a test."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Guest, Rsvp, RsvpPolicy, RsvpTransition
from events.rsvp import By, Recorded, Refused
from events.tasks import serve_those_who_wait
from sistercities.mail.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = By(RsvpTransition.Actor.STAFF, reason="Discussed on Monday.")


def by_request(seats: int = 4, **rules: object) -> Event:
    return factories.reception(seats, mode="approval", **rules)


def committed(event: Event) -> int:
    return RsvpPolicy.objects.get(event=event).seats_committed


def say(rsvp: Rsvp, seats: int, **other: object) -> Rsvp:
    rsvp.refresh_from_db()
    values = {"takes_any": rsvp.takes_any, **other}
    return verbs.change(rsvp, factories.answer(seats, rsvp.name, email=rsvp.email, **values))


# --- requests -------------------------------------------------------------------------------------------


def test_a_request_holds_no_seat() -> None:
    event = by_request()
    rsvp = factories.rsvp(event, 2)
    assert (rsvp.status, committed(event)) == ("requested", 0)
    assert Message.objects.get().kind == "rsvp_requested"


def test_an_admitted_party_gets_its_seats_or_a_place_in_line() -> None:
    event = by_request()
    first, second = factories.rsvp(event, 3), factories.rsvp(event, 2)
    assert verbs.approve(first, STAFF).status == "confirmed"
    assert verbs.approve(second, STAFF).status == "waitlisted"
    assert committed(event) == 3


def test_a_party_that_is_not_admitted_is_told_what_the_hosts_wrote() -> None:
    event = by_request()
    rsvp = factories.rsvp(event, 2)
    with pytest.raises(Refused, match="say why"):
        verbs.reject(rsvp, By(RsvpTransition.Actor.STAFF))
    verbs.reject(rsvp, STAFF, "The hall is small this year.")
    rsvp.refresh_from_db()
    assert (rsvp.status, rsvp.seats_wanted) == ("rejected", 0)
    told = Message.objects.latest("pk")
    assert (told.kind, told.snapshot["reply"]) == ("rsvp_rejected", "The hall is small this year.")
    assert rsvp.transitions.last().reason == "Discussed on Monday."  # type: ignore[union-attr]


def test_whoever_was_not_admitted_cannot_come_back_by_the_link_but_staff_can_let_them() -> None:
    event = by_request()
    rsvp = factories.rsvp(event, 2)
    verbs.reject(rsvp, STAFF)
    with pytest.raises(Refused, match="could not admit"):
        say(rsvp, 2)
    assert verbs.change(rsvp, factories.answer(2, rsvp.name), STAFF).status == "confirmed"


def test_a_request_can_grow_and_shrink_until_it_is_decided() -> None:
    rsvp = factories.rsvp(by_request(), 2)
    assert say(rsvp, 4).status == "requested"
    assert say(rsvp, 1).seats_wanted == 1


def test_an_admitted_party_does_not_grow_by_itself_but_shrinks() -> None:
    event = by_request()
    rsvp = verbs.approve(factories.rsvp(event, 2), STAFF)
    with pytest.raises(Refused, match="hosts have decided"):
        say(rsvp, 3)
    assert say(rsvp, 1).seats_confirmed == 1


def test_invited_guests_need_not_ask() -> None:
    event = by_request()
    invited = factories.invitation(event)
    assert verbs.respond(event, factories.answer(2), invitation=invited).rsvp.status == "confirmed"


def test_an_answer_by_phone_is_admitted_by_whoever_notes_it() -> None:
    event = by_request()
    phone = By(RsvpTransition.Actor.STAFF, source="phone")
    rsvp = verbs.respond(event, factories.answer(1), phone).rsvp
    assert (rsvp.status, rsvp.source, rsvp.transitions.get().source) == ("confirmed", "phone", "phone")


# --- verified addresses ---------------------------------------------------------------------------------


def unverified(event: Event, seats: int = 2, **fields: object) -> Rsvp:
    outcome = verbs.respond(event, factories.answer(seats, **fields))  # type: ignore[arg-type]
    assert outcome.recorded is Recorded.UNVERIFIED
    return outcome.rsvp


def test_an_answer_counts_once_its_address_is_verified() -> None:
    event = factories.reception(4, verify_email=True)
    rsvp = unverified(event, companions=("Wei",))
    assert (rsvp.status, committed(event)) == ("unverified", 0)
    fresh = verbs.verify(rsvp)
    assert (fresh.recorded, fresh.rsvp.status, committed(event)) == (Recorded.NEW, "confirmed", 2)
    assert [guest.name for guest in rsvp.guests.all()] == [rsvp.name, "Wei"]
    assert verbs.verify(rsvp).recorded is Recorded.AGAIN


def test_an_unverified_answer_blocks_nobodys_address_and_no_seat() -> None:
    event = factories.reception(4, verify_email=True)
    one = unverified(event, 4, email="shared@example.org")
    two = unverified(event, 4, email="shared@example.org")
    assert verbs.verify(two).rsvp.status == "confirmed"
    known = verbs.verify(one)
    assert (known.recorded, known.rsvp.pk) == (Recorded.KNOWN_GUEST, two.pk)
    assert Rsvp.objects.count() == 1


def test_seats_may_be_gone_when_the_address_is_verified() -> None:
    event = factories.reception(2, verify_email=True)
    one, two = unverified(event), unverified(event)
    verbs.verify(one)
    assert verbs.verify(two).rsvp.status == "waitlisted"


def test_an_unverified_answer_leaves_no_trace_after_a_day() -> None:
    event = factories.reception(4, verify_email=True)
    rsvp = unverified(event)
    with time_machine.travel(rsvp.answered_at + timedelta(hours=24), tick=False):
        serve_those_who_wait()
    assert not Rsvp.objects.exists()
    assert not Guest.objects.exists()
    assert not RsvpTransition.objects.exists()


def test_known_and_unknown_addresses_look_alike_where_addresses_are_verified() -> None:
    event = factories.reception(4, verify_email=True)
    known = factories.answer(1)
    verbs.verify(verbs.respond(event, known).rsvp)
    assert verbs.respond(event, known).recorded is Recorded.KNOWN_ADDRESS
    assert list(Message.objects.values_list("kind", flat=True).order_by("pk")) == [
        "rsvp_verify",
        "rsvp_confirmed",
        "rsvp_already",
    ]


def test_no_address_gets_more_than_three_mails_an_hour_to_verify_it() -> None:
    event = factories.reception(4, verify_email=True)
    for _number in range(5):
        unverified(event, email="victim@example.org")
    assert Message.objects.filter(kind="rsvp_verify").count() == 3


@pytest.mark.parametrize("who", ["member", "invited", "staff"])
def test_whom_we_know_need_not_verify(who: str) -> None:
    event = factories.reception(4, verify_email=True)
    answer = factories.answer(1, member=factories.member() if who == "member" else None)
    invitation = factories.invitation(event) if who == "invited" else None
    by = STAFF if who == "staff" else verbs.GUEST
    assert verbs.respond(event, answer, by, invitation=invitation).rsvp.status == "confirmed"


# --- undo -----------------------------------------------------------------------------------------------


def test_undo_brings_back_the_seats_and_the_names() -> None:
    event = factories.reception(4)
    rsvp = factories.rsvp(event, 4, companions=("Wei", "Ana", "Bo"))
    rsvp = say(rsvp, 2, companions=("Wei",))
    assert verbs.undo_prospect(rsvp) == verbs.Undo(4, 4)
    fresh = verbs.undo(rsvp)
    assert fresh.seats_confirmed == 4
    assert [guest.name for guest in fresh.guests.all()] == [rsvp.name, "Wei", "Ana", "Bo"]
    assert verbs.undo_prospect(fresh) is None


def test_undo_takes_nothing_from_those_who_were_served_in_between() -> None:
    event = factories.reception(4)
    rsvp, waiting = factories.rsvp(event, 4), factories.rsvp(event, 2)
    rsvp = say(rsvp, 2)
    assert verbs.undo_prospect(rsvp) == verbs.Undo(4, 2)
    fresh = verbs.undo(rsvp)
    waiting.refresh_from_db()
    assert (fresh.status, fresh.seats_confirmed, fresh.seats_wanted) == ("confirmed", 2, 4)
    assert waiting.status == "confirmed"


def test_undo_brings_back_a_place_in_line() -> None:
    event = factories.reception(1)
    factories.rsvp(event, 1)
    head, behind = factories.rsvp(event, 1), factories.rsvp(event, 1)
    verbs.withdraw(head)
    behind.refresh_from_db()
    assert verbs.place_in_queue(behind) == 1
    assert verbs.place_in_queue(verbs.undo(head)) == 1


def test_after_a_quarter_of_an_hour_there_is_nothing_to_undo() -> None:
    rsvp = factories.rsvp(factories.reception(4), 2)
    verbs.withdraw(rsvp)
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1), tick=False):
        assert verbs.undo_prospect(rsvp) is None
        with pytest.raises(Refused, match="nothing to undo"):
            verbs.undo(rsvp)


def test_what_staff_changed_is_not_undone_by_the_guest() -> None:
    rsvp = factories.rsvp(factories.reception(4), 2)
    verbs.withdraw(rsvp, STAFF)
    with pytest.raises(Refused, match="nothing to undo"):
        verbs.undo(rsvp)


def test_undoing_a_withdrawal_needs_no_second_admission() -> None:
    rsvp = verbs.approve(factories.rsvp(by_request(), 2), STAFF)
    verbs.withdraw(rsvp)
    assert verbs.undo(rsvp).status == "confirmed"


# --- removing -------------------------------------------------------------------------------------------


def test_a_removed_answer_gives_back_its_seats_and_keeps_no_personal_data() -> None:
    event = factories.reception(2)
    hoax, waiting = factories.rsvp(event, 2, message="Ha", companions=("Mickey",)), factories.rsvp(event, 2)
    verbs.remove(hoax, STAFF)
    hoax.refresh_from_db(), waiting.refresh_from_db()
    assert (hoax.status, hoax.name, hoax.email, hoax.message) == ("cancelled", "—", "", "")
    assert [guest.name for guest in hoax.guests.all()] == ["—"]
    assert waiting.status == "confirmed"
    assert not Message.objects.filter(snapshot__rsvp=hoax.pk).exists()
    assert hoax.transitions.last().reason == STAFF.reason  # type: ignore[union-attr]


def test_an_address_is_free_again_once_its_answer_was_removed() -> None:
    event = factories.reception(2)
    said = factories.answer(1)
    verbs.remove(verbs.respond(event, said).rsvp, STAFF)
    assert verbs.respond(event, factories.answer(1, email=said.email)).recorded is Recorded.NEW


def test_lines_that_wait_go_on_waiting_when_the_list_is_closed() -> None:
    event = factories.reception(2)
    first, waiting = factories.rsvp(event, 2), factories.rsvp(event, 1)
    assert verbs.set_rules(event, STAFF, waiting_list=False, largest_party=2) == ["waiting_list"]
    with pytest.raises(Refused, match="All seats are taken"):
        factories.rsvp(event, 1)
    verbs.withdraw(first)
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"


def test_deadlines_move_with_the_event_at_the_same_hour() -> None:
    event = factories.reception(4, days_ahead=200)
    closes = timezone.now() + timedelta(days=100)
    verbs.set_rules(event, STAFF, closes_at=closes)
    assert verbs.move_deadlines(event, 150, STAFF)
    moved = RsvpPolicy.objects.get(event=event).closes_at
    assert moved is not None
    zone = event.zone
    assert moved.astimezone(zone).time() == closes.astimezone(zone).time()
    assert (moved.astimezone(zone).date() - closes.astimezone(zone).date()).days == 150
