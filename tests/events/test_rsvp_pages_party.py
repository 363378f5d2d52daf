"""The party on the pages: it grows and shrinks by one number, and its companions have names, now or by a day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Rsvp, RsvpPolicy
from tests import factories
from tests.events.rsvp_pages import form, fresh, household, manage_page, names_of, words

pytestmark = pytest.mark.django_db
PAST = timedelta(hours=2)
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


# --- shrinking ------------------------------------------------------------------------------------------


def test_a_household_of_four_shrinks_to_two_and_reads_who_is_off_the_list(client: Client) -> None:
    rsvp = household()
    sent = form(seats="2", **{"guests-0-name": "Wei", "guests-1-name": "Ana", "guests-2-name": "Li Na"})
    answer = client.post(manage_page(rsvp), sent)
    assert answer.status_code == 303
    assert (fresh(rsvp).seats_confirmed, names_of(rsvp)) == (2, ["Mei Chen", "Wei"])
    assert "No longer on your list: Ana · Li Na" in words(client.get(answer.url))


def test_whose_name_is_cleared_is_the_one_who_stays_at_home(client: Client) -> None:
    rsvp = household()
    sent = form(seats="3", **{"guests-0-name": "Wei", "guests-1-name": "", "guests-2-name": "Li Na"})
    client.post(manage_page(rsvp), sent)
    assert names_of(rsvp) == ["Mei Chen", "Wei", "Li Na"]


@pytest.mark.parametrize(
    "faults",
    [
        {"guests-0-name": "🎉"},
        {"name": ""},
        {"name": "x" * 10_000},
        {"message": "x" * 5000},
        {"guests-9-name": "https://spam.example"},
    ],
)
@pytest.mark.parametrize("closed", [False, True])
def test_fewer_seats_are_never_refused_whatever_else_is_wrong(
    client: Client, faults: dict[str, str], closed: bool
) -> None:
    rsvp = household()
    if closed:
        RsvpPolicy.objects.update(closes_at=timezone.now() - PAST, names_by=timezone.now() - PAST)
    answer = client.post(manage_page(rsvp), form(seats="2", **{"guests-0-name": "Wei", **faults}))
    assert answer.status_code == 303
    assert (fresh(rsvp).seats_confirmed, fresh(rsvp).name, names_of(rsvp)) == (
        2,
        "Mei Chen",
        ["Mei Chen", "Wei"],
    )
    assert "left as it was" in words(client.get(answer.url))


@pytest.mark.parametrize("faults", [{}, {"seats": "many"}, {"name": ""}, {"guests-0-name": "🎉"}])
@pytest.mark.parametrize("closed", [False, True])
def test_a_no_is_never_refused_whatever_else_is_wrong(
    client: Client, faults: dict[str, str], closed: bool
) -> None:
    rsvp = household()
    if closed:
        RsvpPolicy.objects.update(closes_at=timezone.now() - PAST)
    answer = client.post(manage_page(rsvp), form(answer="declined", **faults))
    assert (answer.status_code, fresh(rsvp).status) == (303, "cancelled")


# --- growing, and names ---------------------------------------------------------------------------------


def test_more_seats_after_the_close_are_refused_and_what_was_typed_stays(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 1, "Mei Chen")
    RsvpPolicy.objects.update(closes_at=timezone.now() - PAST)
    page = client.post(
        manage_page(rsvp), form(seats="2", message="With my aunt.", **{"guests-0-name": "Aunt Li"})
    )
    assert (page.status_code, fresh(rsvp).seats_wanted) == (422, 1)
    assert "With my aunt." in words(page)
    assert 'value="Aunt Li"' in page.content.decode()
    assert "The time for answers is over" in words(page)


@LANGUAGES
def test_after_the_day_for_names_a_larger_party_needs_them_beside_the_fields(
    client: Client, language: str
) -> None:
    rsvp = factories.rsvp(factories.reception(), 1, "Mei Chen")
    RsvpPolicy.objects.update(names_by=timezone.now() - PAST)
    page = client.post(manage_page(rsvp, language), form(seats="3", **{"guests-1-name": "Wei"}))
    text = page.content.decode()
    assert page.status_code == 422
    assert 'id="id_guests-0-name_error"' in text
    assert 'id="id_guests-1-name_error"' not in text
    assert ("请填写此位来宾的姓名" if language == "zh-hans" else "Please name this guest") in text
    sent = form(seats="3", **{"guests-0-name": "Ana", "guests-1-name": "Wei"})
    assert client.post(manage_page(rsvp, language), sent).status_code == 303


def test_after_the_day_for_names_a_first_yes_needs_them(client: Client) -> None:
    event = factories.reception(names_by=timezone.now() - PAST)
    blank = words(client.get(f"/en/events/{event.slug}/rsvp/"))
    assert "Please name everybody who comes with you now" in blank
    assert "Name of companion 1 (optional)" not in blank
    page = client.post(f"/en/events/{event.slug}/rsvp/", form(seats="2"))
    assert page.status_code == 422
    assert 'id="id_guests-0-name_error"' in page.content.decode()
    assert not Rsvp.objects.exists()


def test_before_the_day_for_names_they_may_follow_and_the_page_says_until_when(client: Client) -> None:
    event = factories.reception(names_by=timezone.now() + timedelta(days=3))
    answer = client.post(f"/en/events/{event.slug}/rsvp/", form(seats="2"))
    assert answer.status_code == 303
    assert "Please add the missing ones by" in words(client.get(answer.url))


def test_a_name_alone_can_be_corrected_after_the_day_for_names(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 3, "Mei Chen")
    RsvpPolicy.objects.update(names_by=timezone.now() - PAST)
    assert client.post(manage_page(rsvp), form(seats="3", **{"guests-0-name": "Wei"})).status_code == 303
    assert names_of(rsvp) == ["Mei Chen", "Wei", ""]
