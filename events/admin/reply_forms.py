"""The form in which staff write down what a guest said on the telephone to the questions of the hosts."""

from dataclasses import replace
from typing import Any

from django.utils.html import format_html

from events.admin.party_forms import HeardForm
from events.answers import Answer, Reply
from events.models import Guest, Question, Rsvp
from events.question_fields import person_at, recorded
from events.question_forms import AskingForm
from events.questionnaire import Questionnaire, in_words
from events.recording import said
from events.replies import replies_of


class RepliesForm(HeardForm, AskingForm):
    """All that a party is asked, guest by guest. Nothing has to be answered: staff write down what they heard.

    What is sensitive is left as it is by whoever may not see it.
    """

    language = None  # type: ignore[assignment]  # stands in the form of the answer itself

    def __init__(self, data: Any = None, *, rsvp: Rsvp, asked: Questionnaire) -> None:
        self.rsvp = rsvp
        self.guests = {person_at(guest.position): guest for guest in rsvp.guests.all()}
        self.kept = replies_of(rsvp)
        lead: Guest = rsvp.guests.get(is_lead=True)
        known: dict[str, Any] = {
            "title": lead.title,
            "organisation": lead.organisation,
            "interpretation": rsvp.interpretation,
        }
        known |= {"shows_in_list": rsvp.shows_in_list, **recorded(self.kept, asked)}
        super().__init__(data, initial=known)
        self.ask(asked)
        self.order_fields([name for name in self.fields if "question-" in name])
        self.order_fields([name for name in self.fields if name not in self.last] + [*self.last])

    @property
    def numbers(self) -> list[int]:
        return list(range(len(self.guests) - 1))

    def _companions_asked(self) -> list[int]:
        return self.numbers

    def _label(self, question: Question, person: str) -> str:
        words = in_words(question.label)
        return format_html("{} · {}", words, self.guests[person].name or "…") if person else words

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.check_replies(["", *self.guests], [])
        return values

    def said(self) -> Answer:
        """The answer as it stands, with what was written down now."""
        unseen: list[Reply] = [reply for reply in self.kept if reply.question not in self.asked.by_number]
        told: dict[str, Any] = {
            name: self.cleaned_data.get(name) for name in ("title", "organisation", "interpretation")
        }
        return replace(
            said(self.rsvp),
            **told,
            shows_in_list=self.cleaned_data.get("shows_in_list"),
            replies=(*self.replies([*self.guests]), *unseen),
        )
