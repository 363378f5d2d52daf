"""First answers: what is read, what is refused beside its field, and what stays when nothing can be recorded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from events import rsvp as verbs
from events.models import Rsvp, RsvpPolicy
from sistercities.busy import Busy
from tests import factories
from tests.events.rsvp_pages import (
    STAFF,
    an_offer,
    form,
    fresh,
    household,
    invitation_page,
    manage_page,
    status_on,
    words,
)

pytestmark = pytest.mark.django_db
PAST = timedelta(hours=2)
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


# --- what is typed --------------------------------------------------------------------------------------


@LANGUAGES
@pytest.mark.parametrize("key", ["seats", "answer", "name", "email"])
def test_two_values_for_one_question_are_refused_beside_it(client: Client, key: str, language: str) -> None:
    event = factories.reception()
    data = QueryDict(mutable=True)
    data.update(form(seats="2"))
    data.appendlist(key, {"seats": "3", "answer": "declined", "name": "Wei", "email": "w@example.org"}[key])
    page = client.post(
        f"/{language}/events/{event.slug}/rsvp/",
        data.urlencode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert page.status_code == 422
    assert f'id="id_{key}_error"' in page.content.decode()
    assert not Rsvp.objects.exists()


def test_the_same_value_twice_is_one_answer(client: Client) -> None:
    event = factories.reception()
    data = QueryDict(mutable=True)
    data.update(form(seats="2"))
    data.appendlist("seats", "2")
    address = f"/en/events/{event.slug}/rsvp/"
    client.post(address, data.urlencode(), content_type="application/x-www-form-urlencoded")
    assert Rsvp.objects.get().seats_confirmed == 2


def test_yes_and_no_in_one_form_withdraw_nobody(client: Client) -> None:
    rsvp = household()
    data = QueryDict("answer=going&answer=declined&name=Mei+Chen&seats=4")
    page = client.post(manage_page(rsvp), data.urlencode(), content_type="application/x-www-form-urlencoded")
    assert (page.status_code, fresh(rsvp).status) == (422, "confirmed")


@pytest.mark.parametrize(
    ("seats", "status"),
    [
        ("３", 303),
        (" 3 ", 303),
        ("１２", 422),
        (str(2**63), 422),
        ("9" * 400, 422),
        ("-" + "9" * 400, 422),
        ("+3", 303),
    ],
)
def test_a_number_of_guests_is_read_or_refused_in_words(client: Client, seats: str, status: int) -> None:
    event = factories.reception()
    page = client.post(f"/en/events/{event.slug}/rsvp/", form(seats=seats))
    assert page.status_code == status
    if status == 303:
        assert Rsvp.objects.get().seats_confirmed == 3
    else:
        assert ("at least one guest" if seats[0] == "-" else "at most 4 guests") in words(page)


@LANGUAGES
def test_a_form_that_comes_too_late_keeps_what_was_typed_and_says_when_it_closed(
    client: Client, language: str
) -> None:
    event = factories.reception(closes_at=timezone.now() - PAST)
    sent = form(name="梁小姐", seats="3", message="By train.", **{"guests-0-name": "Wei"})
    page = client.post(f"/{language}/events/{event.slug}/rsvp/", sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert event.rsvp_policy.closes_at.isoformat() in text
    assert ("保留在下方" if language == "zh-hans" else "What you wrote is kept below.") in words(page)
    assert all(typed in text for typed in ('value="梁小姐"', 'value="3"', 'value="Wei"', "By train."))
    assert not Rsvp.objects.exists()
    no = client.post(f"/{language}/events/{event.slug}/rsvp/", {**sent, "answer": "declined"})
    assert (no.status_code, Rsvp.objects.get().status) == (303, "declined")


@pytest.mark.parametrize("fields", [{"state": "cancelled"}, {"starts_at": timezone.now() - PAST}])
def test_a_form_for_what_is_gone_still_shows_what_was_typed(client: Client, fields: dict[str, Any]) -> None:
    event = factories.reception()
    type(event).objects.update(**fields)
    page = client.post(f"/en/events/{event.slug}/rsvp/", form(name="梁小姐"))
    assert page.status_code == 410
    assert 'value="梁小姐"' in page.content.decode()


@LANGUAGES
def test_where_the_hosts_decide_the_button_asks(client: Client, language: str) -> None:
    event = factories.reception(mode="approval")
    address = f"/{language}/events/{event.slug}/rsvp/"
    page = client.get(address)
    assert ("提交申请" if language == "zh-hans" else "Send my request") in words(page)
    answer = client.post(address, form(seats="2"))
    assert status_on(client.get(answer.url)) == "requested"


def test_where_there_is_no_limit_no_number_of_free_seats_is_told(client: Client) -> None:
    event = factories.reception()
    RsvpPolicy.objects.update(seat_limit=None)
    for address in (f"/en/events/{event.slug}/rsvp/", f"/en/events/{event.slug}/", "/en/"):
        page = words(client.get(address))
        assert "free" not in page
        assert "waiting list" not in page
    assert client.post(f"/en/events/{event.slug}/rsvp/", form(seats="4")).status_code == 303


@LANGUAGES
def test_an_invitation_says_how_many_seats_are_reserved(client: Client, language: str) -> None:
    event = factories.reception(seats=4, promotion="offer")
    invited = factories.invitation(event)
    verbs.hold_seats(event, verbs.Block("For a guest", 3, invitation=invited), STAFF)
    factories.rsvp(event, 1)
    factories.rsvp(event, 1)
    page = client.get(invitation_page(invited, language))
    assert ("已为您预留3个名额" if language == "zh-hans" else "3 seats are reserved for you") in words(page)
    client.post(invitation_page(invited, language), form(seats="2"))
    assert Rsvp.objects.get(invitation=invited).seats_confirmed == 2


def _busy(*_args: Any, **_fields: Any) -> None:
    raise Busy


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("change", {"seats": "3", "answer": "going", "name": "Mei Typed"}),
        ("withdraw", {"answer": "declined"}),
        ("accept", {"offer": "take", "offer_seats": "1"}),
        ("not_now", {"offer": "not-now"}),
        ("undo", {"undo": "1"}),
    ],
)
def test_a_busy_desk_asks_to_press_again_and_keeps_what_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch, verb: str, sent: dict[str, str]
) -> None:
    rsvp = an_offer()
    monkeypatch.setattr(verbs, verb, _busy)
    page = client.post(manage_page(rsvp), sent)
    assert page.status_code == 503
    assert "please press again in a moment" in words(page)
    assert sent.get("name", "") in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        lambda event, _invited: f"/en/events/{event.slug}/rsvp/",
        lambda _event, invited: invitation_page(invited),
    ],
)
def test_a_busy_desk_keeps_a_first_answer_in_the_form(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: Callable[[Any, Any], str]
) -> None:
    event = factories.reception()
    invited = factories.invitation(event)
    monkeypatch.setattr(verbs, "respond", _busy)
    page = client.post(address(event, invited), form(name="Mei Typed"))
    assert page.status_code == 503
    assert 'value="Mei Typed"' in page.content.decode()


@pytest.mark.parametrize(("parties", "queries"), [(1, 6), (12, 6)])
def test_the_form_costs_the_same_whoever_waits(
    client: Client, django_assert_num_queries: Any, parties: int, queries: int
) -> None:
    event = factories.reception(seats=4)
    for _party in range(parties):
        factories.rsvp(event, 4)
    address = f"/en/events/{event.slug}/rsvp/"
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
