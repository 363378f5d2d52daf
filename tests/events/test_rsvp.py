"""Answering, changing, withdrawing: the verbs, one rule a test."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
from events.rsvp import By, Recorded, Refused
from events.tasks import serve_those_who_wait
from people.models import Member
from sistercities.mail.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = By(RsvpTransition.Actor.STAFF, reason="by phone")


def kinds_of_mail() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def committed(event: Event) -> int:
    return RsvpPolicy.objects.get(event=event).seats_committed


def changed(rsvp: Rsvp, seats: int, **fields: Any) -> Rsvp:
    said = factories.answer(seats, rsvp.name, email=rsvp.email, **fields)
    verbs.change(rsvp, said)
    rsvp.refresh_from_db()
    return rsvp


def test_a_party_is_confirmed_while_seats_are_free() -> None:
    event = factories.reception(seats=4)
    rsvp = factories.rsvp(event, 3, companions=("Wei", "Ana"))
    assert (rsvp.status, rsvp.seats_confirmed, committed(event)) == ("confirmed", 3, 3)
    assert [guest.name for guest in rsvp.guests.all()] == [rsvp.name, "Wei", "Ana"]
    assert kinds_of_mail() == ["rsvp_confirmed"]


def test_a_party_that_does_not_fit_waits_and_holds_no_seat() -> None:
    event = factories.reception(seats=4)
    factories.rsvp(event, 3)
    rsvp = factories.rsvp(event, 2)
    assert (rsvp.status, rsvp.seats_confirmed, committed(event)) == ("waitlisted", 0, 3)
    assert verbs.place_in_queue(rsvp) == 1
    assert kinds_of_mail()[-1] == "rsvp_waitlisted"


def test_a_small_party_does_not_overtake_a_large_one_that_waits() -> None:
    event = factories.reception(seats=4)
    factories.rsvp(event, 3)
    factories.rsvp(event, 2)
    assert factories.rsvp(event, 1).status == "waitlisted"


def test_a_first_answer_may_be_no() -> None:
    rsvp = factories.rsvp(factories.reception(), 0)
    assert (rsvp.status, rsvp.seats_wanted) == ("declined", 0)
    assert kinds_of_mail() == ["rsvp_declined"]


def test_freed_seats_go_to_the_head_of_the_queue() -> None:
    event = factories.reception(seats=2)
    first, second, third = (factories.rsvp(event, 2) for _ in range(3))
    verbs.withdraw(first)
    second.refresh_from_db(), third.refresh_from_db()
    assert (second.status, third.status, committed(event)) == ("confirmed", "waitlisted", 2)
    assert kinds_of_mail()[-2:] == ["rsvp_withdrawn", "rsvp_promoted"]


def test_freed_seats_wait_for_the_head_until_its_whole_party_fits() -> None:
    event = factories.reception(seats=4)
    one, two = factories.rsvp(event, 2), factories.rsvp(event, 2)
    large, small = factories.rsvp(event, 4), factories.rsvp(event, 1)
    verbs.withdraw(one)
    large.refresh_from_db(), small.refresh_from_db()
    assert (large.status, small.status) == ("waitlisted", "waitlisted")
    verbs.withdraw(two)
    large.refresh_from_db(), small.refresh_from_db()
    assert (large.status, small.status) == ("confirmed", "waitlisted")


def test_shortly_before_the_event_freed_seats_go_to_the_next_party_that_fits() -> None:
    event = factories.reception(seats=4, days_ahead=2)
    one = factories.rsvp(event, 2)
    factories.rsvp(event, 2)
    large, small = factories.rsvp(event, 4), factories.rsvp(event, 1)
    verbs.withdraw(one)
    large.refresh_from_db(), small.refresh_from_db()
    assert (large.status, small.status) == ("waitlisted", "confirmed")


def test_nobody_is_promoted_once_the_event_has_begun() -> None:
    event = factories.reception(seats=2)
    first, second = factories.rsvp(event, 2), factories.rsvp(event, 2)
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(minutes=5))
    verbs.withdraw(first)
    second.refresh_from_db()
    assert second.status == "waitlisted"


def test_asking_for_more_keeps_what_is_confirmed_and_waits_for_the_rest() -> None:
    event = factories.reception(seats=4)
    rsvp, other = factories.rsvp(event, 2), factories.rsvp(event, 2)
    changed(rsvp, 4)
    assert (rsvp.status, rsvp.seats_confirmed, rsvp.seats_wanted) == ("confirmed", 2, 4)
    verbs.withdraw(other)
    rsvp.refresh_from_db()
    assert (rsvp.seats_confirmed, rsvp.seats_awaited, committed(event)) == (4, 0, 4)


def test_coming_with_fewer_is_never_refused_not_even_after_the_close() -> None:
    event = factories.reception(seats=4)
    rsvp = factories.rsvp(event, 4)
    RsvpPolicy.objects.filter(event=event).update(closes_at=timezone.now())
    changed(rsvp, 1)
    assert (rsvp.seats_confirmed, committed(event)) == (1, 1)


def test_more_seats_after_the_close_are_refused_and_nothing_changes() -> None:
    event = factories.reception(seats=4)
    rsvp = factories.rsvp(event, 2)
    RsvpPolicy.objects.filter(event=event).update(closes_at=timezone.now())
    with pytest.raises(Refused):
        changed(rsvp, 3)
    rsvp.refresh_from_db()
    assert (rsvp.seats_confirmed, committed(event)) == (2, 2)


def test_withdrawing_twice_is_one_withdrawal() -> None:
    rsvp = factories.rsvp(factories.reception())
    verbs.withdraw(rsvp)
    verbs.withdraw(rsvp)
    assert kinds_of_mail() == ["rsvp_confirmed", "rsvp_withdrawn"]


def test_who_withdrew_may_come_back_and_stands_at_the_end_of_the_line() -> None:
    event = factories.reception(seats=1)
    first, second = factories.rsvp(event), factories.rsvp(event)
    verbs.withdraw(first)
    changed(first, 1)
    second.refresh_from_db()
    assert (second.status, first.status, first.queue_number) == ("confirmed", "waitlisted", 2)


def test_the_same_form_twice_is_one_answer() -> None:
    event = factories.reception()
    said = factories.answer(2, nonce="n" * 20)
    first, again = verbs.respond(event, said), verbs.respond(event, said)
    assert (again.recorded, again.rsvp.pk, committed(event)) == (Recorded.AGAIN, first.rsvp.pk, 2)


@pytest.mark.parametrize("written", ["GUEST@example.org", "  guest@example.org ", "Guest@Example.Org"])
def test_an_address_answers_once_however_it_is_written(written: str) -> None:
    event = factories.reception()
    factories.rsvp(event, 1, email="guest@example.org")
    outcome = verbs.respond(event, factories.answer(4, email=written))
    assert outcome.recorded is Recorded.KNOWN_ADDRESS
    assert (Rsvp.objects.count(), committed(event)) == (1, 1)
    assert kinds_of_mail() == ["rsvp_confirmed", "rsvp_already"]


def test_the_database_itself_refuses_a_second_answer_of_one_address() -> None:
    rsvp = factories.rsvp(factories.reception(), 1, email="guest@example.org")
    twin = Rsvp(event=rsvp.event, name="Twin", email=" GUEST@example.org", status="declined")
    with pytest.raises(IntegrityError, match="rsvp_one_per_address"), transaction.atomic():
        twin.save()


def test_the_database_itself_refuses_to_overbook() -> None:
    event = factories.reception(seats=4)
    with pytest.raises(IntegrityError, match="policy_never_overbooked"), transaction.atomic():
        RsvpPolicy.objects.filter(event=event).update(seats_committed=5)


def test_a_change_that_was_noted_can_neither_be_altered_nor_removed() -> None:
    factories.rsvp(factories.reception())
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        RsvpTransition.objects.update(reason="another")
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        RsvpTransition.objects.all().delete()


def test_every_change_is_noted_once() -> None:
    event = factories.reception(seats=2)
    rsvp, waiting = factories.rsvp(event, 2), factories.rsvp(event, 1)
    changed(rsvp, 1)
    verbs.withdraw(rsvp)
    noted = RsvpTransition.objects.values_list("rsvp_id", "from_status", "to_status", "seats_after", "actor")
    assert list(noted) == [
        (rsvp.pk, "", "confirmed", 2, "guest"),
        (waiting.pk, "", "waitlisted", 0, "guest"),
        (rsvp.pk, "confirmed", "confirmed", 1, "guest"),
        (waiting.pk, "waitlisted", "confirmed", 1, "system"),
        (rsvp.pk, "confirmed", "cancelled", 0, "guest"),
    ]


def test_an_answer_that_changes_nothing_is_neither_noted_nor_mailed() -> None:
    rsvp = factories.rsvp(factories.reception(), 2)
    changed(rsvp, 2)
    assert (RsvpTransition.objects.count(), kinds_of_mail()) == (1, ["rsvp_confirmed"])


def test_companions_may_be_named_later() -> None:
    rsvp = factories.rsvp(factories.reception(), 3)
    changed(rsvp, 3, companions=("Wei", "Ana"))
    assert [guest.name for guest in rsvp.guests.all()] == [rsvp.name, "Wei", "Ana"]


@pytest.mark.parametrize(
    "policy",
    [
        {"opens_at": timezone.now() + timedelta(days=1)},
        {"closes_at": timezone.now() - timedelta(seconds=1)},
        {"mode": RsvpPolicy.Mode.NONE},
    ],
)
def test_an_answer_at_the_wrong_time_is_refused(policy: dict[str, Any]) -> None:
    event = factories.reception(**policy)
    with pytest.raises(Refused):
        verbs.respond(event, factories.answer())
    assert not Rsvp.objects.exists()


def test_a_party_larger_than_allowed_is_refused_beside_the_seats() -> None:
    with pytest.raises(Refused) as refused:
        verbs.respond(factories.reception(seats=10), factories.answer(5))
    assert refused.value.field == "seats"


def test_an_event_for_members_takes_members_only(member: Member) -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.MEMBERS)
    with pytest.raises(Refused):
        verbs.respond(event, factories.answer())
    assert verbs.respond(event, replace(factories.answer(), member=member)).rsvp.status == "confirmed"


def test_a_membership_that_has_ended_opens_no_door() -> None:
    former = factories.member(member_until=date(2001, 1, 1))
    with pytest.raises(Refused):
        verbs.respond(factories.reception(mode=RsvpPolicy.Mode.MEMBERS), factories.answer(member=former))


def test_several_answers_by_phone_need_no_address() -> None:
    event = factories.reception()
    for _ in range(2):
        verbs.respond(event, factories.answer(1, email=""), STAFF)
    assert (committed(event), kinds_of_mail()) == (2, [])


def test_more_seats_let_in_who_waits() -> None:
    event = factories.reception(seats=1)
    factories.rsvp(event)
    waiting = factories.rsvp(event)
    verbs.set_limit(event, 2, STAFF)
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"


def test_fewer_seats_than_promised_are_refused_with_the_ways_out() -> None:
    event = factories.reception(seats=4)
    factories.rsvp(event, 3)
    with pytest.raises(Refused, match="3 seats are promised"):
        verbs.set_limit(event, 2, STAFF)


def test_a_cancelled_event_frees_everybody_and_tells_them() -> None:
    event = factories.reception(seats=1)
    going, waiting = factories.rsvp(event), factories.rsvp(event)
    assert verbs.call_off(event, "The hall is closed.", "场地关闭。", STAFF) == 2
    going.refresh_from_db(), waiting.refresh_from_db()
    assert (going.status, waiting.status, committed(event)) == ("cancelled", "cancelled", 0)
    assert kinds_of_mail()[-2:] == ["event_cancelled", "event_cancelled"]


def test_the_outlook_says_what_an_answer_would_meet() -> None:
    event = factories.reception(seats=2)
    assert (verbs.outlook(event).door, verbs.outlook(event).seats_left) == ("open", 2)
    factories.rsvp(event, 2)
    assert (verbs.outlook(event).door, verbs.outlook(event).seats_left) == ("waiting-list", 0)


def test_an_answer_costs_the_same_with_hundreds_of_guests(django_assert_num_queries: Any) -> None:
    event = factories.reception(seats=500)
    with django_assert_num_queries(ANSWER_QUERIES):
        verbs.respond(event, factories.answer(2))
    for _ in range(60):
        factories.rsvp(event, 4)
    with django_assert_num_queries(ANSWER_QUERIES):
        verbs.respond(event, factories.answer(2))


ANSWER_QUERIES = 12


def test_at_seventy_two_hours_the_worker_serves_the_next_party_that_fits() -> None:
    event = factories.reception(seats=4, days_ahead=4)
    one = factories.rsvp(event, 2)
    factories.rsvp(event, 2)
    large, small = factories.rsvp(event, 4), factories.rsvp(event, 1)
    verbs.withdraw(one)
    serve_those_who_wait()
    small.refresh_from_db()
    assert small.status == "waitlisted"
    starts_at = timezone.now() + timedelta(hours=71)
    Event.objects.filter(pk=event.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
    serve_those_who_wait()
    large.refresh_from_db(), small.refresh_from_db()
    assert (large.status, small.status) == ("waitlisted", "confirmed")


def test_naming_a_companion_while_waiting_keeps_the_place_in_line() -> None:
    event = factories.reception(seats=1)
    factories.rsvp(event)
    first, second = factories.rsvp(event, 1), factories.rsvp(event, 1)
    changed(first, 1, message="I come by train.")
    assert (verbs.place_in_queue(first), verbs.place_in_queue(second)) == (1, 2)


def test_the_head_of_the_line_is_seated_when_it_asks_for_what_is_free() -> None:
    event = factories.reception(seats=4)
    factories.rsvp(event, 3)
    head = factories.rsvp(event, 2)
    assert changed(head, 1).status == "confirmed"
    # It asked and was answered; it was not called up from the waiting list.
    assert kinds_of_mail()[-1] == "rsvp_confirmed"


def test_who_waits_may_ask_for_less_even_when_the_waiting_list_was_closed() -> None:
    event = factories.reception(seats=1)
    factories.rsvp(event)
    waiting = factories.rsvp(event, 1)
    RsvpPolicy.objects.filter(event=event).update(waiting_list=False)
    assert changed(waiting, 1, message="A word.").message == "A word."


def test_a_postponed_event_promotes_nobody() -> None:
    event = factories.reception(seats=1)
    first, second = factories.rsvp(event), factories.rsvp(event)
    Event.objects.filter(pk=event.pk).update(state="postponed")
    verbs.withdraw(first)
    second.refresh_from_db()
    assert second.status == "waitlisted"


@pytest.mark.parametrize(
    "rules",
    [
        {"mode": RsvpPolicy.Mode.MEMBERS},
        {"closes_at": timezone.now()},
        {"waiting_list": False, "seat_limit": 1},
    ],
)
def test_who_may_not_answer_learns_nothing_of_who_has(rules: dict[str, Any]) -> None:
    event = factories.reception(seats=1)
    known = factories.rsvp(event)
    RsvpPolicy.objects.filter(event=event).update(**rules)
    for email in (known.email, "nobody@example.org"):
        with pytest.raises(Refused):
            verbs.respond(event, factories.answer(email=email))
    assert kinds_of_mail() == ["rsvp_confirmed"]


def test_the_mail_for_a_known_address_goes_out_once_an_hour() -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event)
    for _ in range(3):
        verbs.respond(event, factories.answer(email=rsvp.email))
    assert kinds_of_mail() == ["rsvp_confirmed", "rsvp_already"]


def test_a_party_that_withdrew_keeps_its_names() -> None:
    rsvp = factories.rsvp(factories.reception(), 2, companions=("Wei",))
    changed(rsvp, 0)
    assert [guest.name for guest in rsvp.guests.all()] == [rsvp.name, "Wei"]


def test_words_sent_with_a_no_are_kept() -> None:
    rsvp = factories.rsvp(factories.reception(), 2)
    assert changed(rsvp, 0, message="My mother is ill.").message == "My mother is ill."


def test_after_the_event_a_guest_changes_nothing() -> None:
    rsvp = factories.rsvp(factories.reception(), 2)
    over = timezone.now() - timedelta(hours=1)
    Event.objects.filter(pk=rsvp.event_id).update(starts_at=over - timedelta(hours=3), ends_at=over)
    with pytest.raises(Refused):
        changed(rsvp, 1)


def test_staff_may_answer_for_somebody_after_the_close() -> None:
    event = factories.reception(closes_at=timezone.now() - timedelta(hours=1))
    assert verbs.respond(event, factories.answer(2), STAFF).rsvp.status == "confirmed"


def test_a_renewed_link_goes_by_mail_and_the_old_one_dies() -> None:
    rsvp = factories.rsvp(factories.reception())
    verbs.renew_link(rsvp, STAFF)
    rsvp.refresh_from_db()
    assert rsvp.link_version == 2
    assert Message.objects.order_by("pk").last().snapshot["version"] == 2


def test_telling_everybody_costs_the_same_for_two_parties_and_for_twenty(
    django_assert_num_queries: Any,
) -> None:
    for parties in (2, 20):
        event = factories.reception(seats=100)
        for _ in range(parties):
            factories.rsvp(event, 2)
        with django_assert_num_queries(CALL_OFF_QUERIES):
            assert verbs.call_off(event, "Closed.", "关闭。", STAFF) == parties


CALL_OFF_QUERIES = 14
