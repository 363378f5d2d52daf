"""The form with which staff write a question to guests, and its possible answers."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.models import Event, Question, QuestionChoice
from events.scoping import within
from sistercities.pages.beside import ErrorsBeside
from sistercities.pages.curating import PartFormSet

CIRCLE = _("These questions would wait for each other.")


class ChoiceOfQuestion(forms.ModelChoiceField):
    """A possible answer, named with its question."""

    def label_from_instance(self, choice: Any) -> str:
        return f"{choice.question.label}: {choice.label}"


class QuestionForm(ErrorsBeside):
    """A question; what it waits for is asked of the same guests, at the same event."""

    depends_on = forms.ModelChoiceField(
        Question.objects.none(),
        label=capfirst(_("asked only after")),
        required=False,
        empty_label=_("always asked"),
        help_text=_("Another question of this event; empty: always asked."),
    )
    depends_on_choice = ChoiceOfQuestion(
        QuestionChoice.objects.none(),
        label=capfirst(_("if this was chosen")),
        required=False,
        empty_label=_("if the answer was yes, or anything was said"),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.event = event
        others = event.questions.asked().exclude(pk=self.instance.pk)
        # What it waits for already is shown also once it is asked no longer.
        others |= event.questions.filter(pk=self.instance.depends_on_id).exclude(pk=self.instance.pk)
        if "depends_on" in self.fields:
            self.fields["depends_on"].queryset = others  # type: ignore[attr-defined]
            choices = QuestionChoice.objects.filter(question__in=others).select_related("question")
            in_order = choices.order_by("question__position", "position", "pk")
            self.fields["depends_on_choice"].queryset = in_order  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, choice = values.get("depends_on"), values.get("depends_on_choice")
        if choice and first is None and "depends_on" not in self.errors:
            values["depends_on"] = first = choice.question
        if choice and first and choice.question_id != first.pk:
            self.add_error("depends_on_choice", _("This is no answer to that question."))
        if first and self._waits_for_itself(first):
            self.add_error("depends_on", CIRCLE)
        self._check_scopes(values.get("scope") or self.instance.scope, first)
        return values

    def _waits_for_itself(self, first: Question) -> bool:
        seen: set[int] = set()
        each: Question | None = first
        while each is not None and each.pk not in seen:
            if each.pk == self.instance.pk:
                return True
            seen.add(each.pk)
            each = each.depends_on
        return False

    def _check_scopes(self, scope: str, first: Question | None) -> None:
        """One answer decides: of several guests nobody could say whose."""
        if first and scope == Question.Scope.PARTY and first.scope == Question.Scope.GUEST:
            self.add_error(
                "depends_on", _("What is asked once for the party cannot wait for an answer of each guest.")
            )
        waiting = self.instance.followed_by.filter(scope=Question.Scope.PARTY) if self.instance.pk else None
        if scope == Question.Scope.GUEST and waiting and waiting.exists():
            self.add_error(
                "scope", _("A question to the party waits for this one: ask it once for the party.")
            )


class ChoiceFormSet(PartFormSet):
    """The possible answers: where one is to be chosen, there are two at least."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if self._is_kept(form)]
        if self.instance.kind in Question.CHOOSING and len(kept) < 2:
            raise forms.ValidationError(_("Write at least two possible answers."))
        if self.instance.kind not in Question.CHOOSING and kept:
            raise forms.ValidationError(
                _("Only where guests choose are there possible answers. Take these out.")
            )

    def _is_kept(self, form: forms.BaseForm) -> bool:
        values = getattr(form, "cleaned_data", {})
        return bool(values) and not values.get("DELETE")


class CopyForm(forms.Form):
    """From which event questions are taken over."""

    source = forms.ModelChoiceField(
        Event.objects.none(),
        label=_("Event"),
        empty_label=None,
        error_messages={"required": _("Please choose an event.")},
    )

    def __init__(self, data: Any = None, *, event: Event, reader: Any) -> None:
        super().__init__(data)
        others = within(reader, "events.view_question", Event.objects.exclude(pk=event.pk))
        asking = others.filter(questions__retired_at=None, questions__isnull=False)
        self.sources = asking.distinct().order_by("-starts_at", "pk")
        self.fields["source"].queryset = self.sources  # type: ignore[attr-defined]
