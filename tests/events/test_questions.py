"""What hosts ask their guests: of whom, on which condition, and what becomes of the answers."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from events.models import Event, Question, QuestionAnswer, Rsvp
from tests import factories
from tests.events.asking import answers, ask, choice, party, send
from tests.events.rsvp_pages import an_offer, form, manage_page, words

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])
MANY = 1000


# --- of whom --------------------------------------------------------------------------------------------


def test_each_guest_answers_for_themselves_and_the_party_once(client: Client) -> None:
    event = factories.reception()
    food = ask(event, "Food?", "Everything", "Vegetarian", scope="guest")
    bus = ask(event, "From where does the bus take you?")
    sent = {
        "seats": "3",
        "guests-0-name": "Wei",
        "guests-1-name": "Ana",
        f"question-{bus.pk}": "Union Station",
        f"lead-question-{food.pk}": choice(food, "Everything"),
        f"guests-0-question-{food.pk}": choice(food, "Vegetarian"),
    }
    assert send(client, event, **sent).status_code == 303
    assert answers(party(event)) == [
        ("", "From where does the bus take you?", "Union Station"),
        ("Mei Chen", "Food?", "Everything"),
        ("Wei", "Food?", "Vegetarian"),
    ]


def test_what_a_companion_eats_stays_with_the_name_when_a_field_before_it_is_empty(client: Client) -> None:
    event = factories.reception()
    food = ask(event, "Food?", "Everything", "Vegetarian", scope="guest")
    sent = {
        "seats": "3",
        "guests-0-name": "",
        f"guests-0-question-{food.pk}": choice(food, "Everything"),
        "guests-1-name": "Ana",
        f"guests-1-question-{food.pk}": choice(food, "Vegetarian"),
    }
    send(client, event, **sent)
    assert answers(party(event)) == [("", "Food?", "Everything"), ("Ana", "Food?", "Vegetarian")]
    assert [guest.name for guest in party(event).guests.all()] == ["Mei Chen", "Ana", ""]


def test_of_who_stays_at_home_no_answer_is_kept(client: Client) -> None:
    event = factories.reception()
    food = ask(event, "Food?", scope="guest")
    send(
        client,
        event,
        seats="1",
        **{f"guests-2-question-{food.pk}": "Nuts", f"lead-question-{food.pk}": "Rice"},
    )
    assert answers(party(event)) == [("Mei Chen", "Food?", "Rice")]


def test_any_of_several_choices_are_kept(client: Client) -> None:
    event = factories.reception()
    help_ = ask(event, "Can you help?", "Flowers", "Music", "Cake", kind="some")
    data = QueryDict(mutable=True)
    data.update(form())
    data.setlist(f"question-{help_.pk}", [choice(help_, "Flowers"), choice(help_, "Cake")])
    address = f"/en/events/{event.slug}/rsvp/"
    answer = client.post(address, data.urlencode(), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    assert [said for _who, _question, said in answers(party(event))] == ["Cake", "Flowers"]


# --- conditions -----------------------------------------------------------------------------------------


def dinner(event: Event) -> tuple[Question, Question, Question]:
    """Do you stay for dinner? Then: what do you eat? And after “Something else”: what?"""
    stays = ask(event, "Do you stay for dinner?", kind="yes-no")
    food = ask(event, "Food?", "Everything", "Something else", depends_on=stays, is_required=True)
    other = food.choices.get(label_en="Something else")
    what = ask(event, "What?", depends_on=food, depends_on_choice=other, is_required=True)
    return stays, food, what


@LANGUAGES
def test_without_a_script_all_questions_stand_there_and_say_when_they_apply(
    client: Client, language: str
) -> None:
    event = factories.reception()
    dinner(event)
    text = words(client.get(f"/{language}/events/{event.slug}/rsvp/"))
    if language == "en":
        assert "Only after a yes to “Do you stay for dinner?”." in text
        assert "Only if you chose “Something else” under “Food?”." in text
    else:
        assert "Do you stay for dinner?（中）" in text
        assert "Only" not in text


def test_what_does_not_apply_is_neither_asked_for_nor_kept(client: Client) -> None:
    event = factories.reception()
    stays, food, what = dinner(event)
    sent = {f"question-{stays.pk}": "no", f"question-{food.pk}": "x" * MANY, f"question-{what.pk}": "Rice"}
    assert send(client, event, **sent).status_code == 303
    assert answers(party(event)) == [("", "Do you stay for dinner?", "no")]


def test_what_applies_is_asked_for_beside_its_field(client: Client) -> None:
    event = factories.reception()
    stays, food, what = dinner(event)
    sent = {f"question-{stays.pk}": "yes", f"question-{food.pk}": choice(food, "Something else")}
    page = send(client, event, message="With joy", **sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert f'id="id_question-{what.pk}_error"' in text
    assert f'id="id_question-{food.pk}_error"' not in text
    assert "With joy" in text
    assert not Rsvp.objects.exists()


def test_a_guest_is_asked_after_the_answer_of_the_party_or_their_own(client: Client) -> None:
    event = factories.reception()
    stays = ask(event, "Do you stay?", kind="yes-no")
    food = ask(event, "Food?", scope="guest", depends_on=stays)
    nuts = ask(event, "Nuts?", kind="yes-no", scope="guest", depends_on=food)
    sent = {
        "seats": "2",
        "guests-0-name": "Wei",
        f"question-{stays.pk}": "yes",
        f"guests-0-question-{food.pk}": "Rice",
        f"guests-0-question-{nuts.pk}": "no",
        f"lead-question-{nuts.pk}": "yes",
    }
    send(client, event, **sent)
    assert answers(party(event)) == [
        ("", "Do you stay?", "yes"),
        ("Wei", "Food?", "Rice"),
        ("Wei", "Nuts?", "no"),
    ]


# --- what has to be answered ----------------------------------------------------------------------------


@LANGUAGES
def test_a_question_that_must_be_answered_is_asked_beside_its_field_of_all_who_are_named(
    client: Client, language: str
) -> None:
    event = factories.reception()
    food = ask(event, "Food?", "Everything", "Vegetarian", scope="guest", is_required=True)
    page = send(client, event, language, seats="3", **{"guests-0-name": "Wei"})
    text = page.content.decode()
    assert page.status_code == 422
    assert re.findall(rf'id="id_([\w-]*question-{food.pk})_error"', text) == [
        f"lead-question-{food.pk}",
        f"guests-0-question-{food.pk}",
    ]
    assert ("Please answer this." if language == "en" else "请回答此项。") in text
    sent = {f"{who}-question-{food.pk}": choice(food, "Vegetarian") for who in ("lead", "guests-0")}
    assert send(client, event, language, seats="3", **{"guests-0-name": "Wei"}, **sent).status_code == 303


def test_a_no_is_asked_nothing(client: Client) -> None:
    event = factories.reception()
    ask(event, "Food?", is_required=True)
    hotel = ask(event, "Hotel?")
    sent = {"answer": "declined", f"question-{hotel.pk}": "x" * MANY, "title": "x" * MANY}
    assert send(client, event, **sent).status_code == 303
    assert not QuestionAnswer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "x" * 201),
        ("text", "a\x00b"),
        ("text", "two\nlines"),
        ("long", "x" * 1001),
        ("one", "0"),
        ("one", "no"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field_and_kept(
    client: Client, kind: str, value: str
) -> None:
    event = factories.reception()
    question = ask(event, "Question?", *(["A", "B"] if kind == "one" else []), kind=kind)
    page = send(client, event, message="Kept", **{f"question-{question.pk}": value})
    assert page.status_code == 422
    assert f'id="id_question-{question.pk}_error"' in page.content.decode()
    assert "Kept" in page.content.decode()


def test_two_different_answers_to_one_question_are_refused(client: Client) -> None:
    event = factories.reception()
    food = ask(event, "Food?", "Everything", "Vegetarian")
    data = QueryDict(mutable=True)
    data.update(form())
    data.setlist(f"question-{food.pk}", [choice(food, "Everything"), choice(food, "Vegetarian")])
    address = f"/en/events/{event.slug}/rsvp/"
    page = client.post(address, data.urlencode(), content_type="application/x-www-form-urlencoded")
    assert page.status_code == 422
    assert not Rsvp.objects.exists()


def test_what_staff_and_guests_write_stays_text(client: Client) -> None:
    event = factories.reception()
    food = ask(event, "<b>Food</b>?", "<i>Rice</i>", help_en="<u>Please</u>")
    bus = ask(event, "Bus from?")
    send(
        client,
        event,
        **{f"question-{food.pk}": choice(food, "<i>Rice</i>"), f"question-{bus.pk}": "<s>Here</s>"},
    )
    for address in (f"/en/events/{event.slug}/rsvp/", manage_page(party(event))):
        page = client.get(address).content.decode()
        assert "&lt;b&gt;Food&lt;/b&gt;?" in page
        for mark in ("<b>", "<i>", "<u>", "<s>"):
            assert mark not in page


# --- the page -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("largest", [4, 40])
def test_the_page_stays_short_however_many_may_come_and_however_much_is_asked(
    client: Client, largest: int
) -> None:
    event = factories.reception(seats=200, largest_party=largest, asks_interpretation=True, guest_list=True)
    for number in range(3):
        ask(event, f"Question {number} to each guest?", "One", "Another", "A third", scope="guest")
        ask(event, f"Question {number} to the party?", "One", "Another", "A third", "A fourth")
    page = client.get(f"/zh-hans/events/{event.slug}/rsvp/")
    assert len(page.content) < 60_000
    assert page.context["form"].asks_more_later == (largest == 40)


@pytest.mark.parametrize("questions", [1, 6])
def test_the_form_costs_the_same_however_much_is_asked(
    client: Client, django_assert_num_queries: Any, questions: int
) -> None:
    event = factories.reception()
    for number in range(questions):
        ask(event, f"Question {number}?", "One", "Another", scope="guest")
    address = f"/en/events/{event.slug}/rsvp/"
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)


@pytest.mark.parametrize("questions", [1, 6])
def test_the_page_of_an_answer_costs_the_same_however_much_is_asked(
    client: Client, django_assert_num_queries: Any, questions: int
) -> None:
    event = factories.reception(guest_list=True)
    for number in range(questions):
        ask(event, f"Question {number}?", "One", "Another", scope="guest")
    rsvp = factories.rsvp(event, 2)
    address = manage_page(rsvp)
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)


def test_a_question_in_one_language_is_asked_in_it_and_says_so_to_readers_aloud(client: Client) -> None:
    event = factories.reception()
    ask(event, "", label_zh_hans="您吃什么？")
    assert (
        '<span lang="zh-Hans">您吃什么？</span>'
        in client.get(f"/en/events/{event.slug}/rsvp/").content.decode()
    )


def test_the_dearest_page_of_an_answer_stays_within_its_budget(
    client: Client, django_assert_num_queries: Any
) -> None:
    rsvp = an_offer()
    ask(rsvp.event)
    address = manage_page(rsvp)
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
