"""One question of the hosts as a field of a form: how it is answered there, and what is recorded of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.answers import Reply
from events.models import Question
from events.questionnaire import LEAD, Questionnaire, companion, field_name, in_words
from sistercities.pages.bilingual import html_language
from sistercities.pages.fields import single_line
from sistercities.pages.forms_for_strangers import TOO_LONG, RunningText

Kind = Question.Kind
LONGEST = {Kind.TEXT: 200, Kind.LONG: 1000}
# A choice among few that has to be made is seen at a glance; any other is one line, and can be taken back.
SEEN_AT_ONCE = 4


class LanguageSelect(forms.Select):
    """Languages by their own names, each marked as in that language."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["lang"] = html_language(str(value))
        return option


def field_for(question: Question, label: str, help_text: str) -> forms.Field:
    """The field in which a question is answered; whether it has to be depends on what else is said."""
    told: dict[str, Any] = {"label": label, "help_text": help_text, "required": False}
    if question.kind in (Kind.TEXT, Kind.LONG):
        field = _words_for(question, told)
    elif question.kind == Kind.SOME:
        field = forms.MultipleChoiceField(
            choices=choices_of(question), widget=forms.CheckboxSelectMultiple, **told
        )
    else:
        choices = choices_of(question)
        is_short = question.is_required and len(choices) <= SEEN_AT_ONCE
        widget = forms.RadioSelect if is_short else forms.Select
        field = forms.ChoiceField(
            choices=choices if is_short else [("", "–"), *choices], widget=widget, **told
        )
    field.is_wanted = question.is_required  # type: ignore[attr-defined]  # is not called optional
    return field


def _words_for(question: Question, told: dict[str, Any]) -> forms.Field:
    told = {**told, "max_length": LONGEST[Kind(question.kind)], "error_messages": {"max_length": TOO_LONG}}
    if question.kind == Kind.TEXT:
        return forms.CharField(validators=[single_line], **told)
    return RunningText(widget=forms.Textarea(attrs={"rows": 3}), **told)


def choices_of(question: Question) -> list[tuple[str, Any]]:
    if question.kind == Kind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(str(choice.pk), in_words(choice.label)) for choice in question.choices.all()]


def reply(question: Question, place: int | None, value: Any) -> Reply:
    """What was said in the field of a question, as it is recorded."""
    if question.kind == Kind.YES_NO:
        return Reply(question.pk, place, yes=value == "yes")
    if question.kind in Question.CHOOSING:
        chosen = value if isinstance(value, list) else [value]
        return Reply(question.pk, place, choices=tuple(int(each) for each in chosen))
    return Reply(question.pk, place, text=value)


def recorded(replies: Iterable[Reply], asked: Questionnaire) -> dict[str, Any]:
    """What was answered before to what is asked now, by the fields that show it."""
    return {
        field_name(said.question, person_at(said.guest)): shown(said, asked.by_number[said.question])
        for said in replies
        if said.question in asked.by_number
    }


def person_at(place: int | None) -> str:
    """In whose name the fields are of whoever has this place in the party; None: of the party itself."""
    if place is None:
        return ""
    return companion(place - 1) if place else LEAD


def shown(said: Reply, question: Question) -> Any:
    if question.kind == Kind.SOME:
        return [str(choice) for choice in said.choices]
    if question.kind == Kind.ONE:
        return next((str(choice) for choice in said.choices), "")
    return said.text if said.yes is None else "yes" if said.yes else "no"
