"""What the hosts ask the guests of one event, and which of it applies to whom. Changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.models import Event, Question
from sistercities.pages.bilingual import LocalText
from sistercities.pages.templatetags.bilingual import marked

Kind, Scope = Question.Kind, Question.Scope
# In whose name a field is: that of the party has none, that of whoever leads it, those of the companions from 0.
LEAD = "lead-"
Said = Mapping[str, object]


def companion(number: int) -> str:
    return f"guests-{number}-"


def field_name(question: int, person: str = "") -> str:
    """The name of the field in which one person, or the party, answers a question."""
    return f"{person}question-{question}"


@dataclass(frozen=True)
class Questionnaire:
    """The questions in their order; whether guests may ask for interpretation, and agree to be named to others.

    ``sensitive_days`` after the event the answers to sensitive ones are removed.
    """

    questions: Sequence[Question] = ()
    interpretation: bool = False
    guest_list: bool = False
    sensitive_days: int = 0

    @cached_property
    def by_number(self) -> dict[int, Question]:
        return {question.pk: question for question in self.questions}

    @property
    def of_party(self) -> list[Question]:
        return [question for question in self.questions if question.scope == Scope.PARTY]

    @property
    def of_guests(self) -> list[Question]:
        return [question for question in self.questions if question.scope == Scope.GUEST]

    @property
    def has_conditions(self) -> bool:
        """Whether anything is asked only after a certain other answer."""
        return any(question.depends_on_id for question in self.questions)

    def waits_for(self, question: Question, person: str) -> str:
        """The name of the field whose answer decides whether a question is asked; empty: it always is."""
        if question.depends_on_id is None:
            return ""
        first = self.by_number[question.depends_on_id]
        return field_name(first.pk, person if first.scope == Scope.GUEST else "")

    def applies(self, question: Question, person: str, said: Said) -> bool:
        """Whether a question is asked of this person, or of the party, after what else was said."""
        if question.depends_on_id is None:
            return True
        first = self.by_number[question.depends_on_id]
        if not self.applies(first, person, said):
            return False
        answer = said.get(self.waits_for(question, person))
        if question.depends_on_choice_id is None:
            return bool(answer) and answer != "no"
        chosen = answer if isinstance(answer, list) else [answer]
        return str(question.depends_on_choice_id) in chosen


def questionnaire(event: Event, *, sensitive: bool = True) -> Questionnaire:
    """What is asked now. What waits for a question that is not asked is not asked either."""
    policy = event.rsvp_policy
    asked = event.questions.asked().select_related("depends_on_choice").order_by("position", "pk")
    if not sensitive:
        asked = asked.filter(is_sensitive=False)
    return Questionnaire(
        _followed(_with_choices(asked)),
        policy.asks_interpretation,
        policy.guest_list,
        policy.sensitive_days,
    )


def _with_choices(asked: Iterable[Question]) -> list[Question]:
    known = list(asked)
    prefetch_related_objects([each for each in known if each.kind in Question.CHOOSING], "choices")
    return known


def _followed(questions: list[Question]) -> list[Question]:
    known = {question.pk for question in questions}
    kept = [each for each in questions if each.depends_on_id is None or each.depends_on_id in known]
    return kept if len(kept) == len(questions) else _followed(kept)


# --- in words -------------------------------------------------------------------------------------------


def in_words(text: LocalText) -> SafeString:
    """A text of the hosts, with its language on it where that is not the page's."""
    return marked(text)


def only_if(question: Question, known: Questionnaire) -> SafeString | str:
    """After which answer a question is to be answered."""
    if question.depends_on_id is None:
        return ""
    first = known.by_number[question.depends_on_id]
    if question.depends_on_choice:
        words = _("Only if you chose “{answer}” under “{question}”.")
        return format_html(
            words, answer=in_words(question.depends_on_choice.label), question=in_words(first.label)
        )
    words = _("Only if you answered “{question}”.")
    if first.kind == Kind.YES_NO:
        words = _("Only after a yes to “{question}”.")
    return format_html(words, question=in_words(first.label))
