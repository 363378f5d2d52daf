"""The open form keeps robots away, and costs no guest an answer."""

from typing import Any

import pytest
from django.test import Client

from events.models import Event, Rsvp
from people.models import Member
from sistercities.pages.forms_for_strangers import new_nonce
from tests import factories
from tests.events.rsvp_pages import form, invitation_page, words

pytestmark = pytest.mark.django_db
OFFICE = 24  # more than an open form takes from one address in an hour


def opened(client: Client, event: Event) -> dict[str, Any]:
    """What the form carries unseen, as it has just been shown."""
    shown = client.get(f"/en/events/{event.slug}/rsvp/").context["form"]
    return {field.html_name: field.value() for field in shown.hidden_fields()}


def send(client: Client, event: Event, language: str = "en", **fields: Any) -> Any:
    return client.post(f"/{language}/events/{event.slug}/rsvp/", form(**fields))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_whoever_advertises_quickly_gets_all_back_and_may_send_it_again(
    client: Client, language: str
) -> None:
    event = factories.reception()
    back = send(client, event, language, **opened(client, event), message="See https://spam.example")
    assert back.status_code == 422
    told = {"en": "That was very quick", "zh-hans": "提交得太快了"}[language]
    assert told in words(back)
    assert "See https://spam.example" in words(back)
    assert not Rsvp.objects.exists()
    shown = back.context["form"]
    again = {field.html_name: field.value() or "" for field in shown}
    assert client.post(f"/{language}/events/{event.slug}/rsvp/", again).status_code == 303
    assert Rsvp.objects.get().message == "See https://spam.example"


def test_whoever_mends_a_fault_quickly_is_not_asked_once_more(client: Client) -> None:
    event = factories.reception()
    back = send(client, event, **opened(client, event), name="")
    mended = {field.html_name: field.value() or "" for field in back.context["form"]} | {"name": "Mei Chen"}
    assert client.post(f"/en/events/{event.slug}/rsvp/", mended).status_code == 303


@pytest.mark.parametrize("shown", ["", "forged", "a:b:c"])
def test_links_in_a_form_that_was_never_shown_are_not_taken_at_once(client: Client, shown: str) -> None:
    event = factories.reception()
    assert send(client, event, shown=shown, name="www.spam.example").status_code == 422
    assert not Rsvp.objects.exists()


def test_a_browser_that_fills_in_everything_may_be_as_quick_as_a_robot(client: Client) -> None:
    event = factories.reception()
    assert send(client, event, **opened(client, event), message="My browser typed this").status_code == 303


def test_the_fields_that_are_promised_to_programs_are_enough(client: Client) -> None:
    promised = ("nonce", "answer", "name", "email", "seats", "guests-0-name", "message")
    said = {name: words for name, words in form(message="Until soon").items() if name in promised}
    event = factories.reception()
    assert client.post(f"/en/events/{event.slug}/rsvp/", said).status_code == 303


def test_a_form_may_lie_open_for_days(client: Client) -> None:
    assert send(client, factories.reception(), shown=new_nonce(86_400 * 9)).status_code == 303


def test_what_fills_in_the_field_that_nobody_sees_is_not_recorded(client: Client) -> None:
    event = factories.reception()
    back = send(client, event, website="https://spam.example", message="Kept")
    assert back.status_code == 422
    assert not Rsvp.objects.exists()
    assert back.context["form"]["website"].value() == ""
    assert "Kept" in words(back)
    again = {field.html_name: field.value() or "" for field in back.context["form"]}
    assert client.post(f"/en/events/{event.slug}/rsvp/", again).status_code == 303


def test_a_whole_office_answers_from_one_address(client: Client) -> None:
    event = factories.reception(seats=OFFICE)
    for number in range(OFFICE):
        said = {"nonce": f"{number:024}", "name": "A Guest", "email": f"guest{number}@example.org"}
        assert send(client, event, **said).status_code == 303
    assert Rsvp.objects.count() == OFFICE


def test_a_member_and_an_invited_guest_meet_no_trap(client: Client, member: Member) -> None:
    event = factories.reception()
    invited = factories.invitation(event, "Ana")
    said = form(shown="", name="Ana", email=invited.email)
    assert client.post(invitation_page(invited), said).status_code == 303
    client.force_login(member)
    assert send(client, event, shown="", nonce="m" * 24).status_code == 303
