"""The page on which staff see every seat of an event, ask what would happen if, and change the number of seats."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events import rsvp as verbs
from events.models import DeskNote, Event, Rsvp, RsvpPolicy, RsvpTransition
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _seats(event: Event) -> str:
    return reverse("admin:events_event_seats", args=[event.pk])


def _set(staff: Client, event: Event, seats: str, reason: str = "a larger hall") -> Any:
    url = reverse("admin:events_event_limit", args=[event.pk])
    return staff.post(url, {"seat_limit": seats, "reason": reason})


def _line(parties: int = 2) -> Event:
    event = factories.reception(2, largest_party=2)
    for _each in range(1 + parties):
        factories.rsvp(event, 2)
    return event


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_gives_the_reason_in_the_readers_language(language: str, staff: Client) -> None:
    page = staff.get(_seats(_line()), headers={"accept-language": language})
    assert page.context["why"][0] in page.content.decode()


def test_a_question_in_the_address_is_answered_and_changes_nothing(staff: Client) -> None:
    event = _line()
    noted = RsvpTransition.objects.count()
    page = staff.get(_seats(event), {"case": "raised", "seats": "2"})
    words, prospect = page.context["answered"]
    assert (words, [each.seats for each in prospect.served]) == ("If there were 2 seats more", [2])
    assert RsvpTransition.objects.count() == noted


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"case": "raised", "seats": "-1"}, "seats"),
        ({"case": "raised", "seats": "1_0"}, "seats"),
        ({"case": "raised", "seats": "9" * 400}, "seats"),
        ({"case": "raised", "seats": ""}, "seats"),
        ({"case": "withdrawn", "party": ""}, "party"),
        ({"case": "withdrawn", "party": "9" * 30}, "party"),
        ({"case": "lapsed", "party": "x"}, "party"),
        ({"case": "nonsense"}, "case"),
    ],
)
def test_a_wrong_question_is_explained_at_the_field(asked: dict[str, str], field: str, staff: Client) -> None:
    page = staff.get(_seats(_line()), asked)
    assert page.status_code == 422
    assert field in page.context["question"].errors


def test_an_offer_that_is_none_cannot_lapse(staff: Client) -> None:
    event = _line()
    page = staff.get(_seats(event), {"case": "lapsed", "party": str(event.rsvps.waiting().first().pk)})
    assert page.context["question"].errors["party"] == ["This party has no offer."]


def test_the_first_50_in_line_are_shown_and_the_others_counted(staff: Client) -> None:
    event = _line(53)
    page = staff.get(_seats(event))
    assert (len(page.context["line"]), page.context["more"]) == (50, 3)
    assert "and 3 more in line" in page.content.decode()


def test_the_page_costs_the_same_with_1_and_with_30_in_line(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = _line(1)
    staff.get(_seats(event))
    with django_assert_num_queries(8):
        staff.get(_seats(event))
    for _each in range(29):
        factories.rsvp(event, 2)
    with django_assert_num_queries(8):
        staff.get(_seats(event))


# --- the number of seats --------------------------------------------------------------------------------


def test_the_limit_is_raised_with_a_reason_and_the_line_is_served(staff: Client, curator: Member) -> None:
    event = _line()
    assert _set(staff, event, "4").status_code == 302
    note = DeskNote.objects.get()
    assert (note.before, note.after, note.member, note.reason) == ("2", "4", curator, "a larger hall")
    assert event.rsvps.seats() == 4


def test_the_limit_is_taken_away(staff: Client) -> None:
    event = _line()
    _set(staff, event, "")
    assert RsvpPolicy.objects.get().seat_limit is None
    assert not event.rsvps.waiting().exists()
    assert "no limit" in staff.get(_seats(event)).content.decode()
    assert "no limit" in staff.get(reverse("admin:events_event_guests", args=[event.pk])).content.decode()
    assert "∞" in staff.get(reverse("admin:events_event_changelist")).content.decode()


@pytest.mark.parametrize(
    ("seats", "reason", "field"),
    [
        ("1", "less", "seat_limit"),
        ("x", "why", "seat_limit"),
        ("0", "why", "seat_limit"),
        ("4", "", "reason"),
    ],
)
def test_a_wrong_limit_is_explained_at_the_field(seats: str, reason: str, field: str, staff: Client) -> None:
    event = _line()
    page = _set(staff, event, seats, reason)
    assert page.status_code == 422
    assert field in page.context["limit_form"].errors
    assert RsvpPolicy.objects.get().seat_limit == 2


def test_the_limit_is_changed_by_post_only(staff: Client) -> None:
    assert staff.get(reverse("admin:events_event_limit", args=[_line().pk])).status_code == 405


@pytest.mark.parametrize("name", ["events_event_seats", "events_event_limit"])
def test_seats_are_for_staff_with_the_right_only(name: str, client: Client, member: Member) -> None:
    event = _line()
    member.is_staff = True
    member.save()
    client.force_login(member)
    url = reverse(f"admin:{name}", args=[event.pk])
    answer = (
        client.get(url) if name.endswith("seats") else client.post(url, {"seat_limit": "9", "reason": "x"})
    )
    assert answer.status_code == 403
    assert RsvpPolicy.objects.get().seat_limit == 2


def test_the_notes_of_the_desk_are_told(staff: Client) -> None:
    event = _line()
    _set(staff, event, "4")
    assert (
        "Cora Tor: number of seats: 4 instead of 2. Reason: a larger hall"
        in staff.get(_seats(event)).content.decode()
    )


def test_a_withdrawn_party_cannot_withdraw_again(staff: Client) -> None:
    event = _line()
    gone = event.rsvps.waiting().first()
    verbs.withdraw(gone)
    page = staff.get(_seats(event), {"case": "withdrawn", "party": str(gone.pk)})
    assert page.context["question"].errors["party"] == ["This party has no seats and does not wait."]
    assert Rsvp.objects.get(pk=gone.pk).status == "cancelled"
