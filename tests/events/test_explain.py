"""What staff read about the seats of an event: who is next, and what would happen if. Nothing is changed by it."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone, translation

from events import explain as explaining
from events import rsvp as verbs
from events.explain import explain
from events.explained import why_next
from events.models import Actor, Deed, Event, Guest, Rsvp, RsvpTransition
from events.rsvp import By
from tests import factories

pytestmark = pytest.mark.django_db

STAFF = By(Actor.STAFF, reason="as agreed")


def _known(event: Event) -> explaining.Explanation:
    return explain(Event.objects.select_related("rsvp_policy").get(pk=event.pk))


def _given(prospect: explaining.Prospect) -> list[tuple[str, int, bool]]:
    return [(each.rsvp.name, each.seats, each.is_offer) for each in prospect.served]


def _full(**policy: Any) -> Event:
    """Six seats, all taken by Ana's three and Ben's three; Chen waits for two, Dora for one, Emil for four."""
    event = factories.reception(6, **{"promotion": "seat", **policy})
    for name, seats in (("Ana", 3), ("Ben", 3), ("Chen", 2), ("Dora", 1), ("Emil", 4)):
        factories.rsvp(event, seats, name)
    return event


def _named(event: Event, name: str) -> Rsvp:
    return event.rsvps.get(name=name)


def test_every_seat_is_accounted_for() -> None:
    event = factories.reception(12, promotion="offer")
    factories.rsvp(event, 4)
    verbs.hold_seats(event, verbs.Block("Delegation", 5), STAFF)
    factories.rsvp(event, 4)
    verbs.set_limit(event, 14, STAFF)
    known = _known(event)
    assert (known.policy.seat_limit, known.confirmed, known.offered, known.held, known.free) == (
        14,
        4,
        4,
        5,
        1,
    )
    assert known.confirmed + known.offered + known.held == known.policy.seats_committed


def test_the_line_stands_in_its_order_with_what_each_party_waits_for() -> None:
    known = _known(_full())
    assert [(each.place, each.rsvp.name, each.missing) for each in known.line] == [
        (1, "Chen", 2),
        (2, "Dora", 1),
        (3, "Emil", 4),
    ]


def test_raising_the_limit_is_foretold_and_comes_true() -> None:
    event = _full()
    foretold = _given(explaining.if_raised(_known(event), 3))
    assert foretold == [("Chen", 2, False), ("Dora", 1, False)]
    assert event.rsvps.seats() == 6, "looking must change nothing"
    verbs.set_limit(event, 9, STAFF)
    assert [_named(event, name).seats_confirmed for name in ("Chen", "Dora", "Emil")] == [2, 1, 0]


def test_a_withdrawal_is_foretold_and_comes_true() -> None:
    event = _full()
    ana = _named(event, "Ana")
    assert _given(explaining.if_withdrawn(_known(event), ana)) == [("Chen", 2, False), ("Dora", 1, False)]
    verbs.withdraw(ana)
    assert [_named(event, name).seats_confirmed for name in ("Chen", "Dora")] == [2, 1]


def test_who_withdraws_from_the_line_is_not_served_in_the_forecast() -> None:
    event = _full()
    verbs.withdraw(_named(event, "Ana"), STAFF)
    verbs.set_limit(event, 6, STAFF)
    chen = _named(event, "Chen")
    given = _given(explaining.if_withdrawn(_known(event), chen))
    assert "Chen" not in [name for name, _seats, _offer in given]


def test_a_lapsed_offer_is_foretold() -> None:
    event = _full(promotion="offer")
    verbs.withdraw(_named(event, "Ana"))
    known = _known(event)
    assert [(each.rsvp.name, each.rsvp.seats_offered) for each in known.line] == [
        ("Chen", 2),
        ("Dora", 1),
        ("Emil", 0),
    ]
    prospect = explaining.if_lapsed(known, _named(event, "Chen"))
    assert _given(prospect) == [("Emil", 2, True)]
    assert (prospect.free, prospect.waiting) == (0, 1)


def test_smaller_parties_go_first_within_72_hours() -> None:
    event = factories.reception(6, promotion="seat")
    factories.rsvp(event, 4, "Ana")
    factories.rsvp(event, 4, "Big")
    factories.rsvp(event, 2, "Small")
    known = _known(event)
    assert _given(explaining.if_raised(known, 0)) == []
    assert _given(explaining.if_near(known)) == [("Small", 2, False)]


def test_nobody_is_served_while_the_event_is_postponed() -> None:
    event = _full()
    Event.objects.filter(pk=event.pk).update(state="postponed")
    known = _known(event)
    assert explaining.if_raised(known, 9).served == []
    assert why_next(known) == ["The event is postponed: nobody is served until it is set on again."]


def test_nobody_is_served_once_the_event_has_begun() -> None:
    event = _full()
    event = Event.objects.select_related("rsvp_policy").get(pk=event.pk)
    known = explain(event, event.starts_at + timedelta(minutes=1))
    assert explaining.if_raised(known, 9).served == []


# --- in sentences ---------------------------------------------------------------------------------------


def test_held_seats_are_explained() -> None:
    event = factories.reception(6, promotion="seat")
    factories.rsvp(event, 4, "Ana")
    factories.rsvp(event, 4, "Big")
    first, second, third = why_next(_known(event))
    assert first == "Big is served next: nobody in line asked earlier."
    assert second == "2 seats are free, and kept until all 4 fit."
    assert third.startswith("From ")
    assert third.endswith(" on, smaller parties that fit may go first.")


def test_a_class_is_named_as_the_reason() -> None:
    event = _full()
    verbs.prioritise(_named(event, "Emil"), Rsvp.Priority.HOSTS, STAFF)
    assert (
        why_next(_known(event))[0]
        == "Emil is served next: it is the first among those whom the hosts put first."
    )


def test_an_event_that_offers_says_so() -> None:
    sentences = why_next(_known(_full(promotion="offer")))
    assert (
        sentences[1]
        == "No seat is free. Those that become free are offered to it, up to 2 of them; it may take a part."
    )


def test_the_reasons_are_given_in_chinese_as_well() -> None:
    known = _known(_full())
    with translation.override("zh-hans"):
        assert all("served" not in sentence and "free" not in sentence for sentence in why_next(known))


def test_nobody_waits() -> None:
    assert why_next(_known(factories.reception())) == ["Nobody waits."]


# --- what it costs --------------------------------------------------------------------------------------


def _many(event: Event, number: int) -> None:
    """So many more guests in line, written at once as the verbs write them one by one."""
    with connection.cursor() as cursor:
        # The desk sets a limit for its own transaction, which in a test goes on.
        cursor.execute("set local statement_timeout = 0")
    parties = Rsvp.objects.bulk_create(
        Rsvp(
            event=event, name=f"Guest {place}", status="waitlisted", seats_wanted=1, queue_number=1000 + place
        )
        for place in range(number)
    )
    Guest.objects.bulk_create(Guest(rsvp=rsvp, position=0, name=rsvp.name, is_lead=True) for rsvp in parties)
    RsvpTransition.objects.bulk_create(
        RsvpTransition(
            rsvp=rsvp,
            at=timezone.now(),
            actor=Actor.GUEST,
            deed=Deed.ANSWERED,
            to_status=rsvp.status,
            seats_before=0,
            seats_after=0,
            wanted_before=0,
            wanted_after=1,
            queue_after=rsvp.queue_number,
        )
        for rsvp in parties
    )


@pytest.mark.parametrize("number", [1, 2000])
def test_explaining_2000_in_line_asks_no_more_and_takes_no_second(
    number: int, django_assert_num_queries: Any
) -> None:
    event = _full()
    _many(event, number)
    event = Event.objects.select_related("rsvp_policy").get(pk=event.pk)
    began = time.process_time()
    with django_assert_num_queries(3):
        known = explain(event)
        why_next(known)
        explaining.if_raised(known, 100)
        explaining.if_near(known)
    assert time.process_time() - began < 1
    assert len(known.line) == 3 + number
