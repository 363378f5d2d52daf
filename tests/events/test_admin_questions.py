"""How staff write the questions of an event, and read what guests answered."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from events.models import Event, Question, QuestionAnswer, Rsvp
from people.models import Member
from tests import factories
from tests.events.asking import answers, ask, choice
from tests.events.rsvp_pages import form, manage_page, words
from tests.forms import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def helper(*permissions: str) -> Client:
    """Somebody on the staff who may do so much and no more."""
    who = factories.member(is_staff=True)
    who.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(who)
    return client


def page_of(event: Event) -> str:
    return f"/admin/events/event/{event.pk}/questions/"


def labels(event: Event) -> list[str]:
    return list(event.questions.asked().values_list("label_en", flat=True))


def press(staff: Client, question: Question, deed: str) -> Any:
    return staff.post(page_of(question.event), {"question": question.pk, "deed": deed}, follow=True)


def choices_sent(*labels: str) -> dict[str, str]:
    whole = {"choices-TOTAL_FORMS": str(len(labels)), "choices-INITIAL_FORMS": "0"}
    for number, label in enumerate(labels):
        whole |= {f"choices-{number}-position": str(number), f"choices-{number}-label_en": label}
    return whole


def add(staff: Client, event: Event, *choices: str, **fields: Any) -> Any:
    said = {"label_en": "Food?", "kind": "text", "scope": "party", **fields}
    return staff.post(f"/admin/events/question/add/?event={event.pk}", {**said, **choices_sent(*choices)})


# --- writing --------------------------------------------------------------------------------------------


def test_a_question_with_its_choices_is_written_on_one_page_and_stands_last(staff: Client) -> None:
    event = factories.reception()
    ask(event, "First")
    saved = add(
        staff, event, "Rice", "Noodles", kind="one", scope="guest", is_sensitive="on", label_zh_hans="饮食？"
    )
    assert saved.url == page_of(event)
    question = event.questions.last()
    assert question is not None
    assert (question.label_zh_hans, question.is_sensitive, question.position) == ("饮食？", True, 2)
    assert [each.label_en for each in question.choices.all()] == ["Rice", "Noodles"]


@pytest.mark.parametrize(
    ("choices", "fields"),
    [
        ([], {"label_en": ""}),
        (["Rice"], {"kind": "one"}),
        ([], {"kind": "some"}),
        (["Rice", "Noodles"], {"kind": "yes-no"}),
    ],
)
def test_a_question_that_nobody_could_answer_is_not_saved(
    staff: Client, choices: list[str], fields: dict[str, str]
) -> None:
    event = factories.reception()
    assert add(staff, event, *choices, **fields).status_code == 200
    assert not event.questions.exists()


def test_a_question_waits_only_for_one_of_its_own_event_and_its_own_guests(staff: Client) -> None:
    event = factories.reception()
    elsewhere, of_each = ask(factories.reception(), "Elsewhere"), ask(event, "Of each", scope="guest")
    for first in (elsewhere, of_each):
        assert add(staff, event, depends_on=str(first.pk)).status_code == 200
    assert labels(event) == ["Of each"]
    assert add(staff, event, depends_on=str(of_each.pk), scope="guest").status_code == 302


def test_no_two_questions_wait_for_each_other(staff: Client) -> None:
    event = factories.reception()
    first = ask(event, "First")
    second = ask(event, "Second", depends_on=first)
    address = f"/admin/events/question/{first.pk}/change/"
    page = staff.post(address, sent(staff.get(address), depends_on=str(second.pk)))
    assert "These questions would wait for each other." in words(page)
    first.refresh_from_db()
    assert first.depends_on is None


def test_a_choice_that_is_waited_for_names_its_question_by_itself(staff: Client) -> None:
    event = factories.reception()
    food = ask(event, "Food?", "Everything", "Else")
    add(staff, event, label_en="What?", depends_on_choice=choice(food, "Else"))
    assert event.questions.get(label_en="What?").depends_on == food


def test_what_is_answered_keeps_its_kind_and_is_retired_instead_of_deleted(staff: Client) -> None:
    event = factories.reception()
    food = ask(event, "Food?", "Rice", "Noodles")
    Client().post(f"/en/events/{event.slug}/rsvp/", form(**{f"question-{food.pk}": choice(food, "Rice")}))
    address = f"/admin/events/question/{food.pk}/change/"
    page = staff.get(address)
    assert "kind" not in page.context["adminform"].form.fields
    assert staff.post(f"/admin/events/question/{food.pk}/delete/", {"post": "yes"}).status_code == 403
    gone = staff.post(address, sent(page, **{"choices-0-DELETE": "on"}))
    assert gone.status_code == 200
    assert food.choices.count() == 2
    press(staff, food, "retire")
    assert (labels(event), QuestionAnswer.objects.count()) == ([], 1)
    press(staff, food, "again")
    assert labels(event) == ["Food?"]


def test_what_waits_for_a_retired_question_is_retired_with_it(staff: Client) -> None:
    event = factories.reception()
    first = ask(event, "First")
    ask(event, "Second", depends_on=first)
    ask(event, "Third")
    assert "2 questions are asked no longer" in words(press(staff, first, "retire"))
    assert labels(event) == ["Third"]
    press(staff, event.questions.get(label_en="Second"), "again")
    assert sorted(labels(event)) == ["First", "Second", "Third"]


def test_a_question_in_one_language_alone_is_marked_as_such(staff: Client) -> None:
    event = factories.reception()
    ask(event, "Whole")
    assert "is missing" not in staff.get(page_of(event)).content.decode()
    ask(event, "Half", label_zh_hans="")
    assert "Chinese is missing" in staff.get(page_of(event)).content.decode()


def test_questions_are_put_in_order_by_buttons(staff: Client) -> None:
    event = factories.reception()
    for label in ("A", "B", "C"):
        ask(event, label, position=1)
    press(staff, event.questions.get(label_en="C"), "up")
    assert labels(event) == ["A", "C", "B"]
    press(staff, event.questions.get(label_en="A"), "down")
    assert labels(event) == ["C", "A", "B"]
    press(staff, event.questions.get(label_en="C"), "up")
    assert labels(event) == ["C", "A", "B"]


def test_the_questions_of_another_event_are_taken_over_once_with_what_they_wait_for(staff: Client) -> None:
    old, new = factories.reception(), factories.reception()
    stays = ask(old, "Do you stay?", "Yes, gladly", "No")
    ask(old, "Food?", depends_on=stays, depends_on_choice=stays.choices.first(), is_sensitive=True)
    ask(new, "Already here")
    for count in (2, 0):
        answer = staff.post(page_of(new), {"copy": "1", "source": old.pk}, follow=True)
        assert f"{count} questions were taken over." in words(answer)
    assert labels(new) == ["Already here", "Do you stay?", "Food?"]
    food = new.questions.get(label_en="Food?")
    assert food.depends_on_choice is not None
    assert (food.is_sensitive, food.depends_on, food.depends_on_choice.question) == (
        True,
        new.questions.get(label_en="Do you stay?"),
        food.depends_on,
    )
    assert labels(old) == ["Do you stay?", "Food?"]


def test_who_may_not_change_questions_has_no_button_for_it() -> None:
    event = factories.reception()
    question = ask(event)
    reader = helper("view_question", "view_event")
    assert 'name="deed"' not in reader.get(page_of(event)).content.decode()
    assert press(reader, question, "retire").status_code == 403
    assert helper("view_event").get(page_of(event)).status_code == 403


# --- reading --------------------------------------------------------------------------------------------


def dinner() -> Event:
    """Two parties of two: three eat everything, one is vegetarian, whose mail begins with a formula."""
    event = factories.reception()
    food = ask(event, "Food?", "Everything", "Vegetarian", scope="guest", is_sensitive=True)
    bus = ask(event, "Bus from?")
    for number, meal in enumerate(["Everything", "Vegetarian"]):
        said = {
            "seats": "2",
            "nonce": str(number) * 24,
            "email": f"guest{number}@example.org",
            "guests-0-name": "Wei",
            f"lead-question-{food.pk}": choice(food, meal),
            f"guests-0-question-{food.pk}": choice(food, "Everything"),
            f"question-{bus.pk}": "=1+1",
        }
        Client().post(f"/en/events/{event.slug}/rsvp/", form(**said))
    return event


def test_answers_are_counted_and_told_guest_by_guest(staff: Client) -> None:
    event = dinner()
    factories.rsvp(event, 1)
    page = staff.get(f"/admin/events/event/{event.pk}/replies/")
    tallies = {tally.question.label_en: tally for tally in page.context["table"].tallies}
    assert tallies["Food?"].counts == [("Everything", 3), ("Vegetarian", 1)]
    assert tallies["Food?"].silent == 1
    assert (tallies["Bus from?"].written, tallies["Bus from?"].silent) == (2, 1)
    assert len(page.context["table"].rows) == 5


def test_who_was_never_asked_is_not_counted_as_giving_no_answer(staff: Client) -> None:
    event = dinner()
    food = event.questions.get(label_en="Food?")
    cheese = ask(
        event,
        "Cheese?",
        scope=Question.Scope.GUEST,
        depends_on=food,
        depends_on_choice=food.choices.get(label_en="Vegetarian"),
    )
    shop = ask(event, "Which?", scope=Question.Scope.GUEST, depends_on=cheese)
    page = staff.get(f"/admin/events/event/{event.pk}/replies/")
    tallies = {tally.question.pk: tally for tally in page.context["table"].tallies}
    assert (tallies[cheese.pk].written, tallies[cheese.pk].silent) == (0, 1)
    assert (tallies[shop.pk].written, tallies[shop.pk].silent) == (0, 0)


def test_what_is_sensitive_is_shown_only_to_whom_it_is_entrusted() -> None:
    event = dinner()
    rsvp = Rsvp.objects.first()
    assert rsvp is not None
    pages = [f"/admin/events/event/{event.pk}/{name}" for name in ("replies/", "replies.csv")]
    pages.append(f"/admin/events/rsvp/{rsvp.pk}/change/")
    cook = helper("view_rsvp", "view_guest", "view_event", "view_questionanswer")
    other = helper("view_rsvp", "view_guest", "view_event")
    for page in pages:
        assert "Everything" in cook.get(page).content.decode()
        assert "Everything" not in other.get(page).content.decode()
        assert "1+1" in other.get(page).content.decode()


def test_the_answers_leave_as_a_table_in_which_nothing_is_a_formula(staff: Client) -> None:
    event = dinner()
    response = staff.get(f"/admin/events/event/{event.pk}/replies.csv")
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Food?"] for row in rows] == ["Everything", "Everything", "Vegetarian", "Everything"]
    assert {row["Bus from?"] for row in rows} == {"'=1+1", ""}
    assert "no-store" in response.headers["Cache-Control"]


def test_staff_write_down_what_was_said_on_the_telephone(staff: Client) -> None:
    event = dinner()
    food, bus = event.questions.order_by("position")
    rsvp = Rsvp.objects.get(email="guest1@example.org")
    address = f"/admin/events/event/guests/{rsvp.pk}/replies/"
    assert "Wei" in staff.get(address).content.decode()
    heard = {"source": "phone", "reason": "She called.", "title": "Prof.", f"question-{bus.pk}": "Pasadena"}
    assert staff.post(address, {**heard, f"lead-question-{food.pk}": "nonsense"}).status_code == 422
    heard |= {f"guests-0-question-{food.pk}": choice(food, "Vegetarian")}
    assert staff.post(address, heard).status_code == 302
    assert answers(rsvp) == [("", "Bus from?", "Pasadena"), ("Wei", "Food?", "Vegetarian")]
    assert rsvp.guests.get(is_lead=True).title == "Prof."
    assert rsvp.transitions.last().reason == "She called."  # type: ignore[union-attr]


def test_who_may_not_see_what_is_sensitive_leaves_it_as_it_is() -> None:
    event = dinner()
    bus = event.questions.get(label_en="Bus from?")
    rsvp = Rsvp.objects.get(email="guest1@example.org")
    address = f"/admin/events/event/guests/{rsvp.pk}/replies/"
    other = helper("view_rsvp", "change_rsvp", "view_event")
    assert "Food?" not in other.get(address).content.decode()
    assert other.post(address, {"source": "phone", f"question-{bus.pk}": "Pasadena"}).status_code == 302
    assert ("Mei Chen", "Food?", "Vegetarian") in answers(rsvp)
    assert ("", "Bus from?", "Pasadena") in answers(rsvp)


@pytest.mark.parametrize("parties", [1, 6])
def test_the_table_costs_the_same_however_many_answered(
    staff: Client, django_assert_num_queries: Any, parties: int
) -> None:
    event = factories.reception(seats=60)
    food = ask(event, "Food?", "Everything", "Vegetarian")
    for _party in range(parties):
        rsvp = factories.rsvp(event, 2)
        Client().post(
            manage_page(rsvp), form(seats="2", **{f"question-{food.pk}": choice(food, "Vegetarian")})
        )
        assert answers(rsvp)
    address = f"/admin/events/event/{event.pk}/replies/"
    staff.get(address)
    with django_assert_num_queries(8):
        staff.get(address)
