"""The room in which an event opens for staff: its seats, what is due, how the answers came in, what the record lacks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from events.seat_bar import SeatBar
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _open(staff: Client, event: Event, name: str = "room", **query: str) -> Any:
    return staff.get(reverse(f"admin:events_event_{name}", args=[event.pk]), query)


def _due(page: Any) -> list[str]:
    return [line.words for line in page.context["due"]]


# --- the bar of the seats -------------------------------------------------------------------------------


def test_the_bar_shows_every_kind_of_seat_side_by_side() -> None:
    bar = SeatBar(confirmed=4, offered=2, held=1, waiting=3, limit=10)
    assert [(part.name, part.seats, part.x, part.width) for part in bar.parts] == [
        ("confirmed", 4, "0.0", "184.6"),
        ("offered", 2, "184.6", "92.3"),
        ("held", 1, "276.9", "46.2"),
        ("free", 3, "323.1", "138.5"),
        ("waiting", 3, "461.5", "138.5"),
    ]


def test_a_long_line_takes_half_of_the_bar_and_is_told_in_full() -> None:
    bar = SeatBar(confirmed=10, offered=0, held=0, waiting=500, limit=10)
    assert [(part.seats, part.width) for part in bar.parts if part.seats] == [(10, "300.0"), (500, "300.0")]


def test_where_there_is_no_limit_nothing_is_called_free() -> None:
    bar = SeatBar(confirmed=0, offered=0, held=0, waiting=0, limit=None)
    assert [part.name for part in bar.told] == ["confirmed", "offered", "held", "waiting"]


# --- the overview ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["room", "programme", "record"])
def test_an_event_without_rsvps_has_a_room_too(name: str, staff: Client) -> None:
    page = _open(staff, factories.past_event(), name)
    assert page.status_code == 200
    assert reverse("admin:events_event_guests", args=[1]).split("/1/")[1] not in page.content.decode()


def test_the_list_of_events_leads_to_the_room(staff: Client) -> None:
    event = factories.past_event()
    page = staff.get(reverse("admin:events_event_changelist")).content.decode()
    assert reverse("admin:events_event_room", args=[event.pk]) in page


def test_the_room_says_who_is_next_and_how_the_seats_stand(staff: Client) -> None:
    event = factories.reception(2, largest_party=2)
    factories.rsvp(event, 2)
    factories.rsvp(event, 2, "Liang Wei")
    page = _open(staff, event)
    assert page.context["why"][0] == "Liang Wei is served next: nobody in line asked earlier."
    assert (page.context["bar"].confirmed, page.context["bar"].waiting) == (2, 2)
    assert [each.rsvp.name for each in page.context["line"]] == ["Liang Wei"]
