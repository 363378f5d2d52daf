"""Answers to the hosts' questions are changed by their guests, and never keep anybody from coming with fewer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Question, RsvpPolicy
from tests import factories
from tests.events.asking import answers, ask, choice, party, send
from tests.events.rsvp_pages import form, fresh, household, manage_page, words

pytestmark = pytest.mark.django_db


def test_the_page_of_an_answer_shows_what_was_said_and_lets_it_be_changed(client: Client) -> None:
    event = factories.reception()
    food = ask(event, "Food?", "Everything", "Vegetarian", scope="guest")
    sent = {"seats": "2", "guests-0-name": "Wei", f"guests-0-question-{food.pk}": choice(food, "Vegetarian")}
    send(client, event, **sent)
    address = manage_page(party(event))
    page = client.get(address)
    assert "Food?Wei: Vegetarian" in words(page)
    kept = {field.html_name: field.value() for field in page.context["form"] if field.value()}
    assert kept[f"guests-0-question-{food.pk}"] == choice(food, "Vegetarian")
    changed = {**kept, f"guests-0-question-{food.pk}": choice(food, "Everything")}
    assert client.post(address, changed).status_code == 303
    assert answers(party(event)) == [("Wei", "Food?", "Everything")]


def test_a_question_that_came_later_is_asked_of_who_changes_but_not_of_who_comes_with_fewer(
    client: Client,
) -> None:
    rsvp = household()
    food = ask(rsvp.event, "Food?", is_required=True)
    names = {"guests-0-name": "Wei", "guests-1-name": "Ana", "guests-2-name": "Li Na"}
    page = client.post(manage_page(rsvp), form(seats="4", message="New", **names))
    assert page.status_code == 422
    assert f'id="id_question-{food.pk}_error"' in page.content.decode()
    smaller: Any = client.post(manage_page(rsvp), form(seats="3", **{**names, "guests-2-name": ""}))
    assert (smaller.status_code, fresh(rsvp).seats_confirmed) == (303, 3)
    assert "Your change is recorded." in words(client.get(smaller.url))


@pytest.mark.parametrize("closed", [False, True])
def test_an_answer_that_cannot_be_read_never_keeps_anybody_from_coming_with_fewer(
    client: Client, closed: bool
) -> None:
    event = factories.reception()
    food = ask(event, "Food?", "Everything", "Vegetarian")
    send(client, event, seats="2", **{f"question-{food.pk}": choice(food, "Vegetarian")})
    if closed:
        RsvpPolicy.objects.update(closes_at=timezone.now() - timedelta(hours=2))
    sent = form(seats="1", **{f"question-{food.pk}": "nonsense"})
    assert client.post(manage_page(party(event)), sent).status_code == 303
    assert party(event).seats_confirmed == 1
    assert answers(party(event)) == [("", "Food?", "Vegetarian")]


def test_a_withdrawal_is_never_refused_because_of_a_question(client: Client) -> None:
    rsvp = household()
    ask(rsvp.event, "Food?", is_required=True)
    assert client.post(manage_page(rsvp), {"answer": "declined"}).status_code == 303
    assert fresh(rsvp).status == "cancelled"


def test_what_is_asked_no_longer_is_not_shown_and_its_answers_stay(client: Client) -> None:
    event = factories.reception()
    food, hotel = ask(event, "Food?"), ask(event, "Hotel?", depends_on=None)
    send(client, event, **{f"question-{food.pk}": "Rice", f"question-{hotel.pk}": "Ritz"})
    Question.objects.filter(pk=hotel.pk).update(retired_at=timezone.now())
    address = manage_page(party(event))
    assert "Hotel?" not in words(client.get(address))
    client.post(address, form(**{f"question-{food.pk}": "Noodles"}))
    assert answers(party(event)) == [("", "Food?", "Noodles"), ("", "Hotel?", "Ritz")]
