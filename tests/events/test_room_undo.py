"""What is done with the waiting list from its tab, and what of it is taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
from people.models import Member, RoleName
from tests import factories
from tests.events.rooms import with_role

pytestmark = pytest.mark.django_db
STAFF = verbs.By("staff")


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _line_of_two(staff: Client) -> tuple[Event, Rsvp]:
    event = factories.reception(2, largest_party=2)
    for _each in range(3):
        factories.rsvp(event, 2)
    return event, event.rsvps.waiting().last()


def _put_first(staff: Client, rsvp: Rsvp) -> Any:
    url = reverse("admin:events_party_prioritise", args=[rsvp.pk], query={"from": "line"})
    return staff.post(url, {"priority": "0", "reason": "a guest of honour"}, follow=True)


def test_who_comes_from_the_line_goes_back_to_it_and_may_undo(staff: Client) -> None:
    event, last = _line_of_two(staff)
    page = _put_first(staff, last)
    assert page.redirect_chain == [(reverse("admin:events_event_seats", args=[event.pk]), 302)]
    assert event.rsvps.waiting().first() == last
    undo = reverse("admin:events_party_place_undo", args=[last.pk])
    assert undo in page.content.decode()
    change = RsvpTransition.objects.filter(rsvp=last).latest("pk")
    staff.post(undo, {"change": change.pk})
    assert event.rsvps.waiting().last() == last
    assert staff.get(undo).status_code == 405


def test_a_place_is_not_given_back_once_something_else_has_happened(staff: Client) -> None:
    event, last = _line_of_two(staff)
    _put_first(staff, last)
    change = RsvpTransition.objects.filter(rsvp=last).latest("pk")
    verbs.change(last, factories.answer(1, last.name))
    page = staff.post(
        reverse("admin:events_party_place_undo", args=[last.pk]), {"change": change.pk}, follow=True
    )
    assert "There is nothing to undo any more." in page.content.decode()
    assert event.rsvps.waiting().first() == last


def test_a_number_of_seats_is_taken_back_while_nobody_was_promised_one(staff: Client) -> None:
    event = factories.reception(4)
    url = reverse("admin:events_event_limit", args=[event.pk])
    page = staff.post(url, {"seat_limit": "9", "reason": "a larger hall"}, follow=True).content.decode()
    undo = reverse("admin:events_event_limit_undo", args=[event.pk])
    assert undo in page
    staff.post(undo, {"note": event.desk_notes.get().pk})
    assert RsvpPolicy.objects.get().seat_limit == 4


def test_where_the_new_seats_went_to_the_line_no_undo_is_offered(staff: Client) -> None:
    event, _last = _line_of_two(staff)
    url = reverse("admin:events_event_limit", args=[event.pk])
    page = staff.post(url, {"seat_limit": "4", "reason": "a larger hall"}, follow=True).content.decode()
    assert reverse("admin:events_event_limit_undo", args=[event.pk]) not in page


def test_the_seats_of_a_block_whose_owner_was_not_told_are_taken_back(staff: Client) -> None:
    event = factories.reception(10)
    told = [
        verbs.hold_seats(event, verbs.Block(name=name, seats=4, owner_email=to), STAFF)
        for name, to in (("广州市外办", ""), ("Port of Los Angeles", "port@example.org"))
    ]
    pages = []
    for hold in told:
        url = reverse("admin:events_hold_seats", args=[hold.pk])
        pages.append(staff.post(url, {"seats": "2", "reason": "two come"}, follow=True).content.decode())
    assert [">Undo<" in page for page in pages] == [True, False]
    staff.post(reverse("admin:events_hold_seats", args=[told[0].pk]), {"seats": "4", "reason": "Taken back"})
    assert [hold.seats for hold in event.holds.order_by("pk")] == [4, 2]


@pytest.mark.parametrize("role", [RoleName.READER, RoleName.DOOR, RoleName.CURATOR])
def test_who_has_nothing_to_do_with_guests_takes_nothing_back(role: RoleName, client: Client) -> None:
    event = factories.reception(4)
    verbs.set_limit(event, 9, STAFF)
    rsvp = factories.rsvp(event)
    with_role(client, role, event if role == RoleName.DOOR else None)
    limit = reverse("admin:events_event_limit_undo", args=[event.pk])
    place = reverse("admin:events_party_place_undo", args=[rsvp.pk])
    note = {"note": event.desk_notes.get().pk}
    assert [client.post(url, note).status_code for url in (limit, place)] == [403, 403]
    assert RsvpPolicy.objects.get().seat_limit == 9
