"""The room in which an event opens for staff: its seats, what is due, and who sees it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import rsvp as verbs
from events.models import RsvpPolicy, SeatOffer
from events.seat_bar import SeatBar
from people.models import Member, RoleName
from sistercities.mail.models import Message
from tests import factories
from tests.events.crowd import crowd
from tests.events.rooms import enter, with_role

pytestmark = pytest.mark.django_db


def _due(page: Any) -> list[str]:
    return [line.words for line in page.context["due"]]


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


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


@pytest.mark.parametrize("name", ["room", "programme", "record"])
def test_an_event_without_rsvps_has_a_room_too(name: str, staff: Client) -> None:
    page = enter(staff, factories.past_event(), name)
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
    page = enter(staff, event)
    assert page.context["why"][0] == "Liang Wei is served next: nobody in line asked earlier."
    assert (page.context["bar"].confirmed, page.context["bar"].waiting) == (2, 2)
    assert [each.rsvp.name for each in page.context["line"]] == ["Liang Wei"]


def test_the_room_names_what_is_due_and_where_it_is_done(staff: Client) -> None:
    event = factories.reception(2, largest_party=2, mode=RsvpPolicy.Mode.APPROVAL)
    factories.rsvp(event, 1)
    factories.invitation(event)
    page = enter(staff, event)
    assert _due(page) == [
        "1 party asks to come.",
        "1 invitation is not sent yet.",
        "There is no programme yet.",
    ]
    assert [line.url for line in page.context["due"]] == [
        f"/admin/events/event/{event.pk}/guests/?status=requested",
        f"/admin/events/invitation/of/{event.pk}/?state=unsent",
        f"/admin/events/event/{event.pk}/programme/",
    ]


def test_an_event_with_nothing_to_do_says_so_kindly(staff: Client) -> None:
    event = factories.reception(days_ahead=60)
    page = enter(staff, event)
    assert _due(page) == []
    assert "Nothing just now. Everything is in order." in page.content.decode()


def test_an_offer_is_due_within_a_day_of_its_end_only(staff: Client) -> None:
    event = factories.reception(1, promotion="offer")
    first = factories.rsvp(event)
    factories.rsvp(event)
    verbs.withdraw(first)
    assert not [words for words in _due(enter(staff, event)) if "offer" in words]
    SeatOffer.objects.update(remind_at=None, expires_at=timezone.now() + timedelta(hours=23))
    assert [
        words for words in _due(enter(staff, event)) if words.startswith("1 offer ends within a day, on ")
    ]


def test_a_draft_says_that_nobody_can_read_it(staff: Client) -> None:
    event = factories.past_event(status="draft")
    assert "The page is a draft: nobody but staff can read it." in _due(enter(staff, event))


def test_what_the_record_lacks_stands_in_the_overview_once_the_event_is_over(staff: Client) -> None:
    line = enter(staff, past := factories.past_event()).context["due"][-1]
    assert (line.words, line.url) == (
        "6 things are wanting on the record.",
        f"/admin/events/event/{past.pk}/record/",
    )
    assert not [words for words in _due(enter(staff, factories.reception())) if "record" in words]


def test_a_letter_that_did_not_arrive_is_told_where_it_is_looked_after(staff: Client) -> None:
    event = factories.reception(days_ahead=60)
    factories.rsvp(event)
    Message.objects.update(error="no such box", failed_at=timezone.now())
    line = enter(staff, event).context["due"][0]
    assert (line.words, line.url) == ("1 letter did not arrive.", "/admin/mail/message/?state=trouble")


def test_the_room_costs_the_same_with_1_and_with_30_parties(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = factories.reception(1)
    factories.rsvp(event)
    factories.rsvp(event)
    enter(staff, event)
    with django_assert_num_queries(15):
        enter(staff, event)
    for _each in range(29):
        factories.rsvp(event)
        factories.invitation(event)
    with django_assert_num_queries(15):
        enter(staff, event)


def test_two_thousand_guests_are_drawn_in_as_many_questions(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = crowd(2_000, waiting=300)
    with django_assert_num_queries(15):
        page = enter(staff, event)
    assert (page.context["plot"].answers, page.context["plot"].steps[-1].seats) == (2_300, 2_000)
    assert page.context["more"] == 295


@pytest.mark.parametrize("name", ["room", "programme", "record"])
def test_a_host_opens_the_rooms_of_own_events_and_no_other(name: str, client: Client) -> None:
    own, foreign = factories.reception(), factories.reception()
    with_role(client, RoleName.HOST, own)
    assert [enter(client, event, name).status_code for event in (own, foreign)] == [200, 404]


def test_the_door_finds_the_room_without_anything_about_guests(client: Client) -> None:
    event = factories.reception(1)
    factories.rsvp(event, 1, "Liang Wei")
    factories.rsvp(event, 1, "Tom Bradley")
    with_role(client, RoleName.DOOR, event)
    page = enter(client, event)
    assert "bar" not in page.context
    assert "Bradley" not in page.content.decode()
    assert f"/{event.pk}/seats/" not in page.content.decode()


def test_a_reader_of_pages_sees_the_record_and_no_guests(client: Client) -> None:
    event = factories.reception()
    with_role(client, RoleName.READER)
    page = enter(client, event)
    assert (page.status_code, "bar" in page.context) == (200, False)
