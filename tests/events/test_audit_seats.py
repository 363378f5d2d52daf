"""The audit counts seats, offers, blocks and parties from the rows, whatever the counters say."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Guest, Rsvp, RsvpPolicy, SeatHold, SeatOffer
from events.rsvp import Answer, Block, By
from sistercities.mail.models import Message
from tests import factories
from tests.events.auditing import behind_the_back, everything_found, found_by, without

pytestmark = pytest.mark.django_db
STAFF = By("staff", reason="a test")
LONG_AGO = timedelta(minutes=6)


@pytest.fixture
def evening() -> Event:
    """Eight seats: four confirmed, two offered to a party of three, two kept for a delegation; one more waits."""
    event = factories.reception(seats=8, promotion="offer")
    verbs.hold_seats(event, Block("Foreign Affairs Office", 2, "Li Na", "li@example.org"), STAFF)
    factories.rsvp(event, 4, "Four")
    leaves = factories.rsvp(event, 2)
    factories.rsvp(event, 3, "Three")
    factories.rsvp(event, 1, "One")
    verbs.withdraw(leaves)
    return event


def party(name: str) -> Rsvp:
    return Rsvp.objects.get(name=name)


def test_nothing_is_found_on_a_sound_evening(evening: Event) -> None:
    assert everything_found() == []


def test_a_counter_that_differs_from_the_rows_is_found(evening: Event) -> None:
    RsvpPolicy.objects.update(seats_committed=7)
    assert found_by("committed seats of an event") == [
        f"{evening.slug}: 7 committed; 4 confirmed, 2 offered and 2 held are 8"
    ]


@pytest.mark.parametrize("more", ["confirmed", "offered", "held"])
def test_a_seat_too_many_is_found_wherever_it_is(evening: Event, more: str) -> None:
    with behind_the_back():
        if more == "confirmed":
            Rsvp.objects.filter(name="Four").update(seats_confirmed=5, seats_wanted=5)
        elif more == "offered":
            SeatOffer.objects.live().update(seats=3)
        else:
            SeatHold.objects.update(seats_unnamed=3, seats=3)
    assert found_by("no more seats are committed") == [f"{evening.slug}: 9 of 8"]
    assert len(found_by("committed seats of an event")) == 1


def test_a_limit_below_what_is_promised_is_found(evening: Event) -> None:
    without("alter table events_rsvppolicy drop constraint policy_never_overbooked")
    RsvpPolicy.objects.update(seat_limit=6)
    assert found_by("no more seats are committed") == [f"{evening.slug}: 8 of 6"]


def test_an_answer_that_says_otherwise_than_its_offer_is_found(evening: Event) -> None:
    with behind_the_back():
        Rsvp.objects.filter(name="Three").update(seats_offered=1)
    pk = party("Three").pk
    assert found_by("one offer that stands") == [f"answer {pk}: 1 seats offered, 2 in 1 offers that stand"]


def test_a_second_offer_that_stands_is_found(evening: Event) -> None:
    without("drop index offer_one_live")
    with behind_the_back():
        SeatOffer.objects.live().update(seats=1)
        first = SeatOffer.objects.live().get()
        SeatOffer.objects.create(rsvp=first.rsvp, seats=1, made_at=first.made_at, expires_at=first.expires_at)
    pk = party("Three").pk
    assert found_by("one offer that stands") == [f"answer {pk}: 2 seats offered, 2 in 2 offers that stand"]


def test_an_offer_past_its_end_is_found_once_the_worker_has_had_its_minutes(evening: Event) -> None:
    now = timezone.now()
    for late, count in ((timedelta(minutes=4), 0), (LONG_AGO, 1)):
        SeatOffer.objects.update(
            made_at=now - timedelta(days=2), expires_at=now - late, remind_at=now - timedelta(days=1)
        )
        assert len(found_by("an offer lapses")) == count
    verbs.settle(evening)
    assert found_by("an offer lapses") == []


def test_an_address_that_nobody_verified_within_a_day_is_found() -> None:
    event = factories.reception(seats=8, verify_email=True)
    verbs.respond(event, factories.answer(2))
    for age, count in ((timedelta(hours=23), 0), (timedelta(hours=24) + LONG_AGO, 1)):
        Rsvp.objects.update(answered_at=timezone.now() - age)
        assert len(found_by("nobody verified")) == count
    verbs.settle(event)
    assert found_by("nobody verified") == []


def test_a_block_that_holds_another_number_than_is_unnamed_is_found(evening: Event) -> None:
    hold = SeatHold.objects.get()
    verbs.name_delegates(hold, ["Wang Wei"], STAFF)
    assert everything_found() == []
    with behind_the_back():
        SeatHold.objects.update(seats_unnamed=2)
    words = f"block {hold.pk} (Foreign Affairs Office): 2 seats, 1 named, 2 held"
    assert found_by("a block of seats holds") == [words]


def test_a_released_block_that_holds_seats_is_found(evening: Event) -> None:
    without("alter table events_seathold drop constraint hold_released_holds_nothing")
    with behind_the_back():
        SeatHold.objects.update(released_at=timezone.now())
    assert len(found_by("a block of seats holds")) == 1


def test_a_block_past_its_freeze_is_found_unless_it_keeps_its_seats(evening: Event) -> None:
    SeatHold.objects.update(freezes_at=timezone.now() - LONG_AGO)
    assert len(found_by("a block of seats is released")) == 1
    SeatHold.objects.update(keeps_unnamed=True)
    assert found_by("a block of seats is released") == []


# --- parties --------------------------------------------------------------------------------------------


def test_two_answers_of_one_address_are_found(evening: Event) -> None:
    without("drop index rsvp_one_per_address")
    Rsvp.objects.filter(name__in=["Three", "One"]).update(email="ｍｅｉ＠example.org")
    assert found_by("one answer to an event") == [f"{evening.slug}: 2 answers of one address"]


def test_two_answers_of_one_member_are_found(evening: Event) -> None:
    without("drop index rsvp_one_per_member")
    Rsvp.objects.filter(name__in=["Three", "One"]).update(member=factories.member())
    assert found_by("one answer to an event") == [f"{evening.slug}: 2 answers of one member"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Four", {"seats_confirmed": 0, "seats_wanted": 0}),
        ("Four", {"queue_number": 9}),
        ("Four", {"seats_wanted": 5}),
        ("Four", {"seats_wanted": 3}),
        ("Four", {"status": "cancelled"}),
        ("Four", {"status": "requested"}),
        ("Three", {"status": "waitlisted"}),
        ("Three", {"seats_offered": 0}),
        ("Three", {"queue_number": None}),
        ("Three", {"status": "lapsed"}),
        ("One", {"status": "offered"}),
        ("One", {"seats_wanted": 0, "queue_number": None}),
        ("One", {"status": "unverified"}),
        ("One", {"status": "confirmed"}),
    ],
)
def test_seats_that_do_not_fit_the_state_are_found(
    evening: Event, name: str, wrong: dict[str, object]
) -> None:
    without(
        "alter table events_rsvp drop constraint rsvp_seats_fit_status",
        "alter table events_rsvp drop constraint rsvp_wants_what_it_has",
        "alter table events_rsvp drop constraint rsvp_waits_for_what_it_lacks",
    )
    with behind_the_back():
        Rsvp.objects.filter(name=name).update(**wrong)
    assert [found.partition(":")[0] for found in found_by("fit its state")] == [f"answer {party(name).pk}"]


def test_a_party_without_a_lead_or_with_a_guest_too_few_is_found(evening: Event) -> None:
    four, three = party("Four"), party("Three")
    with behind_the_back():
        Guest.objects.filter(rsvp=four, is_lead=True).update(is_lead=False)
        Guest.objects.filter(rsvp=three, position=2).delete()
    assert sorted(found_by("one lead guest")) == sorted(
        [
            f"answer {four.pk}: 4 guests, 0 leads, 4 seats wanted",
            f"answer {three.pk}: 2 guests, 1 leads, 3 seats wanted",
        ]
    )


def test_a_party_above_the_largest_is_found() -> None:
    event = factories.reception(seats=8)
    four = factories.rsvp(event, 4)
    RsvpPolicy.objects.update(largest_party=3)
    assert found_by("no larger than the largest") == [f"answer {four.pk}: 4 seats wanted, 3 allowed"]


def test_a_party_that_was_not_too_large_when_it_asked_may_come() -> None:
    event = factories.reception(seats=8)
    four = factories.rsvp(event, 4)
    verbs.set_rules(event, STAFF, largest_party=3)
    verbs.set_rules(event, STAFF, largest_party=2)
    verbs.change(four, Answer(four.name, four.email, 3))
    verbs.undo(four)
    assert found_by("no larger than the largest") == []
    factories.rsvp(event, 2)
    with behind_the_back():
        four.transitions.update(at=timezone.now() + timedelta(minutes=1))
    assert found_by("no larger than the largest") == [f"answer {four.pk}: 4 seats wanted, 2 allowed"]


def test_a_delegation_may_be_larger_than_a_party() -> None:
    event = factories.reception(seats=8, largest_party=2)
    hold = verbs.hold_seats(event, Block("Delegation", 3), STAFF)
    verbs.name_delegates(hold, ["Wang Wei", "Li Na", "Zhao Lei"], STAFF)
    assert everything_found() == []


@pytest.mark.parametrize(
    "left",
    [
        {"name": "Mei"},
        {"email": "mei@example.org"},
        {"message": "No nuts"},
        {"names_before": ["Li"]},
        {"reply": "…"},
    ],
)
def test_what_is_left_of_whoever_was_removed_is_found(evening: Event, left: dict[str, object]) -> None:
    four = party("Four")
    verbs.remove(four, By("staff", reason="a hoax"))
    assert found_by("whoever was removed") == []
    Rsvp.objects.filter(pk=four.pk).update(**left)
    assert found_by("whoever was removed") == [f"answer {four.pk}"]


def test_names_reasons_and_mails_of_whoever_was_removed_are_found(evening: Event) -> None:
    four = party("Four")
    mail = Message.objects.get(snapshot__rsvp=four.pk)
    verbs.remove(four, By("staff", reason="a hoax"))
    mail.save(force_insert=True)
    assert found_by("whoever was removed") == [f"mail {mail.pk} about answer {four.pk}"]
    mail.delete()
    with behind_the_back():
        first = four.transitions.order_by("pk")[0]
        four.transitions.filter(pk=first.pk).update(reason="by phone: Mei Chen")
    assert found_by("whoever was removed") == [f"answer {four.pk}"]
    with behind_the_back():
        four.transitions.filter(pk=first.pk).update(reason="")
        four.guests.update(name="Mei Chen")
    assert found_by("whoever was removed") == [f"answer {four.pk}"]


# --- waiting for nothing --------------------------------------------------------------------------------


def test_who_waits_while_seats_are_free_is_found(evening: Event) -> None:
    RsvpPolicy.objects.update(seat_limit=F("seat_limit") + 2)
    head = party("Three")
    words = f"{evening.slug}: 2 seats are free, and answer {head.pk} waits for 1"
    assert found_by("nobody waits while seats are free") == [words]
    verbs.settle(evening)
    assert found_by("nobody waits while seats are free") == []


def test_who_waits_without_any_limit_is_found(evening: Event) -> None:
    RsvpPolicy.objects.update(seat_limit=None)
    assert len(found_by("nobody waits while seats are free")) == 1


@pytest.mark.parametrize("stop", [{"state": "postponed"}, {"state": "cancelled"}, {"starts_at": -1}])
def test_nobody_is_served_at_an_event_that_does_not_come(evening: Event, stop: dict[str, object]) -> None:
    RsvpPolicy.objects.update(seat_limit=F("seat_limit") + 2)
    if "starts_at" in stop:
        stop = {"starts_at": timezone.now() - timedelta(minutes=1)}
    Event.objects.filter(pk=evening.pk).update(**stop)
    assert found_by("nobody waits while seats are free") == []


def test_a_seat_that_is_kept_for_a_whole_party_is_free_and_yet_waited_for() -> None:
    event = factories.reception(seats=4, promotion="seat")
    one = factories.rsvp(event, 1)
    factories.rsvp(event, 3)
    factories.rsvp(event, 2)
    verbs.withdraw(one)
    assert everything_found() == []
    # Within 72 hours it goes to whoever it fits; nobody does here.
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() + timedelta(days=2))
    assert found_by("nobody waits while seats are free") == []
