"""How tests ask the guests of an event, and answer."""

from typing import Any

from django.test import Client

from events.models import Event, Question, QuestionAnswer, QuestionChoice, Rsvp
from tests.events.rsvp_pages import form


def ask(event: Event, label: str = "What do you eat?", *choices: str, **fields: Any) -> Question:
    """A question of the hosts, with these choices, behind all others."""
    kind = Question.Kind.ONE if choices else Question.Kind.TEXT
    place = event.questions.count() + 1
    values = {"kind": kind, "position": place, "label_en": label, "label_zh_hans": f"{label}（中）", **fields}
    question = Question.objects.create(event=event, **values)
    for position, words in enumerate(choices):
        QuestionChoice.objects.create(
            question=question, position=position, label_en=words, label_zh_hans=f"{words}（中）"
        )
    return question


def choice(question: Question, label: str) -> str:
    """What the browser sends for a choice."""
    return str(question.choices.get(label_en=label).pk)


def answers(rsvp: Rsvp) -> list[tuple[str, str, str]]:
    """Who answered what to which question; the party itself is nobody."""
    rows = QuestionAnswer.objects.filter(rsvp=rsvp).select_related("guest", "question", "choice")
    found = [(row.guest.name if row.guest else "", row.question.label_en, _said(row)) for row in rows]
    return sorted(found)


def _said(row: QuestionAnswer) -> str:
    if row.yes is not None:
        return "yes" if row.yes else "no"
    return row.choice.label_en if row.choice else row.text


def send(client: Client, event: Event, language: str = "en", **fields: Any) -> Any:
    """A first answer by the open form."""
    return client.post(f"/{language}/events/{event.slug}/rsvp/", form(**fields))


def party(event: Event) -> Rsvp:
    """The only answer to an event."""
    return Rsvp.objects.get(event=event)
