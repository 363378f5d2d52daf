"""The audit goes through all changes of an event again, and finds whoever was served out of turn."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from events import rsvp as verbs
from events import serving
from events.models import Deed, Event, Rsvp, RsvpPolicy, RsvpTransition
from events.rsvp import GUEST, SYSTEM, Answer, Block, By
from events.seating import Grant, Room, Waiting
from tests import factories
from tests.events.auditing import behind_the_back, everything_found, found_by

pytestmark = pytest.mark.django_db
STAFF = By("staff", reason="a guest of honour")
RULE = "served in the printed order"


def full(*waiting: int, seats: int = 4, **rules: Any) -> tuple[Event, Rsvp, list[Rsvp]]:
    """An event full with one party of two and others of one, and parties of these sizes that wait in line."""
    event = factories.reception(seats=seats, **{"promotion": "offer", **rules})
    inside = factories.rsvp(event, 2, "Inside")
    for _ in range(seats - 2):
        factories.rsvp(event, 1)
    return event, inside, [factories.rsvp(event, size, f"Waiting {size}") for size in waiting]


def faults() -> list[str]:
    """What is wrong, without where and when."""
    return [found.partition(" UTC, ")[2] for found in found_by(RULE)]


def serve(monkeypatch: pytest.MonkeyPatch, rsvp: Rsvp, seats: int, *, is_offer: bool) -> None:
    """Have the engine serve this party next, whoever is first in line, and stop."""
    left = [Grant(rsvp.pk, seats, is_offer)]

    def next_one(free: int, queue: Iterable[Waiting], *, passing_over: bool) -> Grant | None:
        return left.pop() if left else None

    monkeypatch.setattr(serving, "next_grant", next_one)
    monkeypatch.setattr(serving, "_line", lambda desk, **_: [desk.fresh(rsvp)])


# --- in order -------------------------------------------------------------------------------------------


def test_an_evening_in_which_all_goes_by_the_rules_has_no_fault() -> None:
    event, inside, (two, one, three) = full(2, 1, 3, seats=6)
    verbs.withdraw(inside)
    verbs.not_now(two)
    verbs.accept(one, 1)
    verbs.prioritise(factories.rsvp(event, 4), 0, STAFF)
    verbs.set_limit(event, 9, STAFF)
    verbs.change(three, Answer(three.name, three.email, 4))
    verbs.withdraw(two)
    verbs.undo(two)
    verbs.settle(event)
    assert everything_found() == []
    assert RsvpTransition.objects.filter(deed=Deed.OFFERED).count() >= 3


def test_seats_kept_for_an_invitation_are_given_whoever_waits() -> None:
    event = factories.reception(seats=6, promotion="offer")
    invited = factories.invitation(event, "Mayor")
    verbs.hold_seats(event, Block("Mayor", 2, invitation=invited), STAFF)
    factories.rsvp(event, 4)
    assert factories.rsvp(event, 4).status == "waitlisted"
    verbs.respond(event, Answer("Mayor", "mayor@example.org", 2), GUEST, invited)
    assert Rsvp.objects.get(name="Mayor").seats_confirmed == 2
    assert everything_found() == []


def test_near_the_event_a_smaller_party_may_go_first() -> None:
    _event, inside, (_three, two) = full(3, 2, promotion="seat", days_ahead=2)
    verbs.withdraw(inside)
    two.refresh_from_db()
    assert two.status == "confirmed"
    assert everything_found() == []


# --- out of order ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_offer", [True, False])
def test_whoever_was_served_before_the_head_is_found(monkeypatch: pytest.MonkeyPatch, is_offer: bool) -> None:
    _event, inside, (three, one) = full(3, 1)
    serve(monkeypatch, one, 1, is_offer=is_offer)
    verbs.withdraw(inside)
    assert faults() == [f"answer {one.pk}: given 1 seats before answer {three.pk}"]


def test_a_class_served_before_the_one_above_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _event, inside, (one, first) = full(1, 2)
    verbs.prioritise(first, 0, STAFF)
    serve(monkeypatch, one, 1, is_offer=True)
    verbs.withdraw(inside)
    assert faults() == [f"answer {one.pk}: given 1 seats before answer {first.pk}"]


def test_a_party_passed_over_that_would_have_fitted_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _event, inside, (head, two) = full(2, 2, promotion="seat", days_ahead=2)
    serve(monkeypatch, two, 2, is_offer=False)
    verbs.withdraw(inside)
    assert faults() == [f"answer {two.pk}: given 2 seats, which fitted answer {head.pk}"]


def test_a_part_that_was_the_whole_for_somebody_behind_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _event, inside, (three, two) = full(3, 2, days_ahead=2)
    serve(monkeypatch, three, 2, is_offer=True)
    verbs.withdraw(inside)
    assert faults() == [f"answer {three.pk}: given 2 seats, which fitted answer {two.pk}"]


def test_a_part_offered_before_the_head_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _event, inside, (three, four) = full(3, 4, days_ahead=2)
    serve(monkeypatch, four, 2, is_offer=True)
    verbs.withdraw(inside)
    assert faults() == [f"answer {four.pk}: offered a part before answer {three.pk}"]


def test_a_newcomer_who_was_seated_while_others_wait_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    event, inside, (_three,) = full(3, promotion="seat")
    verbs.withdraw(inside)
    monkeypatch.setattr(Room, "free_to_newcomers", Room.free)
    late = factories.rsvp(event, 1)
    assert late.status == "confirmed"
    assert faults() == [f"answer {late.pk}: given 1 seats while 1 other parties waited"]


def test_a_party_that_grew_while_others_wait_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _event, inside, (_three,) = full(3, promotion="seat")
    other = Rsvp.objects.filter(status="confirmed", seats_confirmed=1)[0]
    verbs.withdraw(inside)
    monkeypatch.setattr(Room, "free_to_newcomers", Room.free)
    verbs.change(other, Answer(other.name, other.email, 2))
    assert faults() == [f"answer {other.pk}: given 1 seats while 1 other parties waited"]


def test_seats_offered_by_hand_without_a_reason_are_found() -> None:
    _event, inside, (_three, one) = full(3, 1, promotion="seat")
    verbs.withdraw(inside)
    verbs.offer(one, 1, STAFF)
    assert faults() == []
    with behind_the_back():
        RsvpTransition.objects.update(reason="")
    assert faults() == [f"answer {one.pk}: seats offered by hand without a reason"]


def test_whoever_was_served_after_the_beginning_is_found() -> None:
    event, inside, (one,) = full(1)
    verbs.withdraw(inside)
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(days=1))
    assert faults() == [f"answer {one.pk}: given 1 seats after the event had begun"]


def test_an_event_that_was_moved_since_is_judged_by_what_is_known() -> None:
    event, inside, (_one,) = full(1)
    verbs.withdraw(inside)
    event.starts_at = timezone.now() - timedelta(days=1)
    event.save()
    verbs.announce_change(event, STAFF, before="in a month", after="yesterday")
    assert faults() == []


def test_a_part_offered_to_the_head_stays_right_when_the_event_is_moved_afterwards() -> None:
    event, inside, (three, _two) = full(3, 2, days_ahead=14)
    verbs.withdraw(inside)
    assert three.offers.live().get().seats == 2
    event.starts_at, event.ends_at = event.starts_at + timedelta(days=7), event.ends_at + timedelta(days=7)
    event.save()
    verbs.announce_change(event, STAFF)
    assert faults() == []


def test_whoever_was_seated_without_waiting_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _event, inside, (_one,) = full(1)
    verbs.withdraw(inside)
    served = RsvpTransition.objects.filter(deed=Deed.OFFERED)
    other = Rsvp.objects.filter(status="confirmed")[0]
    with behind_the_back():
        served.update(rsvp=other)
    assert faults() == [f"answer {other.pk}: given 1 seats without waiting for any"]


def test_a_place_in_line_before_those_who_asked_earlier_is_found() -> None:
    _event, _inside, (_one, two) = full(1, 2)
    with behind_the_back():
        Rsvp.objects.filter(pk=two.pk).update(queue_number=Decimal("0.5"))
        RsvpTransition.objects.filter(rsvp=two).update(queue_after=Decimal("0.5"))
    assert faults() == [f"answer {two.pk}: stands in line before parties that asked earlier"]


def test_whoever_let_more_than_one_go_ahead_is_found() -> None:
    _event, inside, (one, _two, _three) = full(1, 2, 3)
    verbs.withdraw(inside)
    verbs.not_now(one)
    assert faults() == []
    with behind_the_back():
        RsvpTransition.objects.filter(deed=Deed.DEFERRED).update(queue_after=Decimal("3.5"))
    assert faults() == [f"answer {one.pk}: let 2 parties go ahead instead of one"]


def test_whoever_has_an_offer_already_is_no_party_that_goes_ahead() -> None:
    _event, inside, (one, _two, three) = full(1, 1, 1)
    verbs.withdraw(inside)
    verbs.not_now(one)
    one.refresh_from_db()
    assert list(Rsvp.objects.waiting().values_list("pk", flat=True))[-2:] == [three.pk, one.pk]
    assert faults() == []
    with behind_the_back():
        RsvpTransition.objects.filter(deed=Deed.DEFERRED).update(queue_after=Decimal("2.5"))
    assert faults()[0] == f"answer {one.pk}: let 0 parties go ahead instead of one"


def test_each_finding_says_where_and_when(monkeypatch: pytest.MonkeyPatch) -> None:
    event, inside, (_three, one) = full(3, 1)
    serve(monkeypatch, one, 1, is_offer=True)
    verbs.withdraw(inside)
    at = RsvpTransition.objects.get(deed=Deed.OFFERED, actor=SYSTEM.actor).at
    assert found_by(RULE)[0].startswith(f"{event.slug}, {at:%Y-%m-%d %H:%M} UTC, answer {one.pk}: ")


def test_events_are_judged_apart() -> None:
    _, inside, (_three,) = full(3, promotion="seat")
    verbs.withdraw(inside)
    other = factories.reception(seats=4)
    factories.rsvp(other, 2)
    assert RsvpPolicy.objects.count() == 2
    assert faults() == []
