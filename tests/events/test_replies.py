"""Answers to the hosts' questions, and what is known of a guest: they stay with the guest."""

import pytest

from events import rsvp as verbs
from events.answers import Reply
from events.models import Event, Question, QuestionAnswer, Rsvp
from events.replies import replies_of
from tests import factories

pytestmark = pytest.mark.django_db


def question(event: Event, **fields: object) -> Question:
    values = {"label_en": "What can you not eat?", "label_zh_hans": "您有什么忌口？", **fields}
    return Question.objects.create(event=event, **values)


def party(event: Event, *names: str, replies: tuple[Reply, ...] = ()) -> Rsvp:
    lead, *others = names
    return factories.rsvp(event, len(names), lead, companions=tuple(others), replies=replies)


def changed(rsvp: Rsvp, *names: str, **fields: object) -> Rsvp:
    lead, *others = names
    return verbs.change(rsvp, factories.answer(len(names), lead, companions=tuple(others), **fields))


def said_by(rsvp: Rsvp) -> dict[str, str]:
    rows = QuestionAnswer.objects.filter(rsvp=rsvp, guest__isnull=False)
    return {row.guest.name: row.text for row in rows.select_related("guest")}


def test_what_a_party_and_its_guests_answer_is_kept() -> None:
    event = factories.reception()
    food, song = question(event, scope="guest"), question(event, kind="yes-no")
    said = (Reply(food.pk, 0, text="nuts"), Reply(food.pk, 1, text="pork"), Reply(song.pk, yes=False))
    mine = party(event, "Mei", "Bao", replies=said)
    assert set(replies_of(mine)) == set(said)


def test_several_choices_are_one_answer() -> None:
    asked = question(factories.reception(), kind="some")
    first, second = (asked.choices.create(label_en=words) for words in ("bus", "train"))
    mine = party(asked.event, "Mei", replies=(Reply(asked.pk, choices=(first.pk, second.pk, first.pk)),))
    assert replies_of(mine) == (Reply(asked.pk, choices=(first.pk, second.pk)),)


def test_an_answer_stays_with_its_guest_when_another_leaves_the_party() -> None:
    asked = question(factories.reception(), scope="guest")
    said = tuple(Reply(asked.pk, place, text=words) for place, words in enumerate(("a", "b", "c")))
    mine = party(asked.event, "Mei", "Bao", "Lin", replies=said)
    changed(mine, "Mei", "Lin")
    assert said_by(mine) == {"Mei": "a", "Lin": "c"}


def test_whoever_takes_the_place_of_a_guest_takes_no_answer_along() -> None:
    asked = question(factories.reception(), scope="guest")
    mine = party(asked.event, "Mei", "Bao", replies=(Reply(asked.pk, 1, text="no fish"),))
    changed(mine, "Mei", "Hua")
    assert said_by(mine) == {}


def test_a_name_that_is_only_spelled_better_keeps_what_is_known() -> None:
    mine = party(factories.reception(), "Mei", "jose nunez")
    mine.guests.filter(position=1).update(title="Consul", organisation="City of Auckland")
    changed(mine, "Mei", "José Núñez")
    guest = mine.guests.get(name="José Núñez")
    assert (guest.title, guest.organisation) == ("Consul", "City of Auckland")


def test_what_a_form_did_not_ask_stays_as_it_was() -> None:
    asked = question(factories.reception())
    mine = factories.rsvp(
        asked.event,
        1,
        "Mei",
        title="Prof.",
        organisation="Harbour Department",
        interpretation="zh-hans",
        shows_in_list=True,
        replies=(Reply(asked.pk, text="nuts"),),
    )
    mine = changed(mine, "Mei", "Bao")
    lead = mine.guests.get(is_lead=True)
    assert (lead.title, lead.organisation) == ("Prof.", "Harbour Department")
    assert (mine.interpretation, mine.shows_in_list) == ("zh-hans", True)
    assert replies_of(mine) == (Reply(asked.pk, text="nuts"),)


def test_another_answer_to_a_question_alone_is_a_change() -> None:
    asked = question(factories.reception())
    mine = party(asked.event, "Mei", replies=(Reply(asked.pk, text="nuts"),))
    mine = changed(mine, "Mei", replies=(Reply(asked.pk, text="nothing"),))
    assert replies_of(mine) == (Reply(asked.pk, text="nothing"),)
    assert mine.transitions.count() == 2


def test_the_same_answers_once_more_are_no_change() -> None:
    asked = question(factories.reception())
    said = (Reply(asked.pk, text="nuts"),)
    mine = party(asked.event, "Mei", replies=said)
    before = factories.answer(1, "Mei", title="", replies=said, message=mine.message, language=mine.language)
    verbs.change(mine, before)
    assert mine.transitions.count() == 1


def test_a_party_that_takes_a_part_of_an_offer_keeps_what_its_guests_said() -> None:
    event = factories.reception(3, promotion="offer")
    asked = question(event, scope="guest")
    first = party(event, "Ana", "Ben", "Cai")
    waiting = party(event, "Mei", "", "Lin", replies=(Reply(asked.pk, 2, text="nuts"),))
    verbs.withdraw(first)
    verbs.accept(waiting, 2)
    assert said_by(waiting) == {"Lin": "nuts"}


def test_answers_go_with_whoever_withdraws_and_are_there_on_return() -> None:
    asked = question(factories.reception())
    said = (Reply(asked.pk, text="nuts"),)
    mine = party(asked.event, "Mei", replies=said)
    verbs.withdraw(mine)
    assert replies_of(changed(mine, "Mei")) == said
