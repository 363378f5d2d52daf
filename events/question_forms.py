"""What an RSVP form asks beside name and seats: the hosts' own questions, and some things about who comes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.answers import Reply
from events.models import Question
from events.question_fields import LanguageSelect, field_for, reply
from events.questionnaire import LEAD, Questionnaire, companion, field_name, in_words, only_if
from sistercities.pages.bilingual import language_name
from sistercities.pages.fields import no_address, single_line
from sistercities.pages.forms_for_strangers import TOO_LONG

# Questions to companions that stand on a page before anybody has said how many come: it is to stay short.
FIELDS_AT_FIRST = 24
ANSWER_THIS = _("Please answer this.")
DETAILS = ("title", "organisation", "language", "interpretation", "shows_in_list")


@dataclass(frozen=True)
class Line:
    """One question as its template shows it; ``after`` is the field that it waits for, ``value`` the choice."""

    field: forms.BoundField
    after: str
    value: str


@dataclass(frozen=True)
class Companion:
    """One companion's part of the form."""

    name: forms.BoundField
    lines: list[Line]


class AskingForm(forms.Form):
    """Its questions are fields called ``question-<id>``, ``lead-question-<id>`` and ``guests-<i>-question-<id>``."""

    title = forms.CharField(
        label=_("Title or form of address"),
        required=False,
        max_length=80,
        validators=[single_line, no_address],
        help_text=_("Such as Prof. or Consul General."),
        widget=forms.TextInput(attrs={"autocomplete": "honorific-prefix"}),
        error_messages={"max_length": TOO_LONG},
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=150,
        validators=[single_line],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"max_length": TOO_LONG},
    )
    language = forms.ChoiceField(
        label=_("We write to you in"), required=False, choices=settings.LANGUAGES, widget=LanguageSelect
    )
    interpretation = forms.ChoiceField(label=_("Interpretation"), required=False)
    shows_in_list = forms.BooleanField(
        label=_("Other guests may see our names in the list of those who come"), required=False
    )

    def ask(self, asked: Questionnaire) -> None:
        """Add what the hosts ask, and take out what they do not."""
        self.asked = asked
        if asked.interpretation:
            languages = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
            self.fields["interpretation"].choices = [("", _("Not needed")), *languages]  # type: ignore[attr-defined]
        else:
            del self.fields["interpretation"]
        if not asked.guest_list:
            del self.fields["shows_in_list"]
        if "language" in self.fields:
            self.fields["language"].is_wanted = True  # type: ignore[attr-defined]  # there always is one
        if asked.questions and "message" in self.fields:
            self.fields["message"].help_text = ""  # what it names as an example is asked for
        self._ask_person("", asked.of_party)
        self._ask_person(LEAD, asked.of_guests)
        for number in self._companions_asked():
            self._ask_person(companion(number), asked.of_guests)

    def _ask_person(self, person: str, questions: Iterable[Question]) -> None:
        for question in questions:
            field = field_for(question, self._label(question, person), self._help(question, person))
            self.fields[field_name(question.pk, person)] = field

    def _label(self, question: Question, person: str) -> str:
        words = in_words(question.label)
        if person == LEAD and self.numbers:
            return format_html(gettext("{question} (yourself)"), question=words)
        if person.startswith("guests-"):
            number = int(person.split("-")[1]) + 1
            return format_html(gettext("{question} (companion {number})"), question=words, number=number)
        return words

    def _help(self, question: Question, person: str) -> str:
        parts = [only_if(question, self.asked), in_words(question.help)]
        if question.is_sensitive and not person.startswith("guests-"):
            days = self.asked.sensitive_days
            words = ngettext(
                "Seen only by those who need it; removed %(count)d day after the event.",
                "Seen only by those who need it; removed %(count)d days after the event.",
                days,
            )
            parts.append(words % {"count": days})
        return format_html_join(" ", "{}", ((part,) for part in parts if part))

    @property
    def numbers(self) -> list[int]:
        """The companions that have a field for their name."""
        raise NotImplementedError

    def _companions_asked(self) -> list[int]:
        """Companions who are asked at once: all that were said to come, and of more no more than fit on a page."""
        if not (count := len(self.asked.of_guests)):
            return []
        said = unicodedata.normalize("NFKC", str(self.data.get("seats") or self.initial.get("seats") or ""))
        coming = int(said) - 1 if re.fullmatch("[0-9]{1,3}", said.strip()) else 0
        named = {number for number in self.numbers if self.data.get(f"{companion(number)}name")}
        at_once = max(coming, FIELDS_AT_FIRST // count)
        return [number for number in self.numbers if number < at_once or number in named]

    # --- for the template ---------------------------------------------------------------------------------

    @property
    def questions_of_party(self) -> list[Line]:
        return self._lines("", self.asked.of_party)

    @property
    def questions_of_lead(self) -> list[Line]:
        return self._lines(LEAD, self.asked.of_guests)

    @cached_property
    def companions(self) -> list[Companion]:
        """Each companion's name, and what the hosts ask of that guest."""
        names = ((companion(number), self[f"{companion(number)}name"]) for number in self.numbers)
        return [Companion(name, self._lines(person, self.asked.of_guests)) for person, name in names]

    @property
    def asks_more_later(self) -> bool:
        """Whether there are companions of whom is asked only once it is known that they come."""
        return bool(self.asked.of_guests) and len(self._companions_asked()) < len(self.numbers)

    def _lines(self, person: str, questions: Iterable[Question]) -> list[Line]:
        return [
            Line(
                self[field_name(question.pk, person)],
                self.asked.waits_for(question, person),
                str(question.depends_on_choice_id or ""),
            )
            for question in questions
            if field_name(question.pk, person) in self.fields
        ]

    @property
    def details(self) -> list[forms.BoundField]:
        """What may be told beside, and stands out of the way."""
        return [self[name] for name in DETAILS if name in self.fields]

    @property
    def shows_details(self) -> bool:
        """Whether they are unfolded: where something is wrong there, or was just told."""
        told = ("title", "organisation", "interpretation")
        is_told = self.is_bound and any(self[name].value() for name in told if name in self.fields)
        return is_told or any(name in self.errors for name in DETAILS)

    # --- what is wrong ------------------------------------------------------------------------------------

    def check_replies(self, people: Sequence[str], demanding: Sequence[str]) -> None:
        """Forget the faults of what concerns none of these people; of those demanding, ask for what must be answered.

        The party itself is one of them: the nameless.
        """
        concerned = {name for person in people for name in self._applying(person)}
        self.forget_faults([name for name in self.errors if "question-" in name and name not in concerned])
        for person in demanding:
            for name, question in self._applying(person).items():
                if question.is_required and name not in self.errors and not self.cleaned_data.get(name):
                    self.add_error(name, ANSWER_THIS)

    def forget_faults(self, names: Iterable[str]) -> None:
        """Let what is not needed be wrong."""
        for name in names:
            self.errors.pop(name, None)

    def _applying(self, person: str) -> dict[str, Question]:
        """The questions that are asked of a person, or of the party, after what was said, by their fields."""
        questions = self.asked.of_guests if person else self.asked.of_party
        return {
            name: question
            for question in questions
            if (name := field_name(question.pk, person)) in self.fields
            and self.asked.applies(question, person, self.cleaned_data)
        }

    # --- what is said -------------------------------------------------------------------------------------

    def has_replied(self, person: str) -> bool:
        return any(self.cleaned_data.get(name) for name in self._applying(person))

    def replies(self, people: Sequence[str]) -> tuple[Reply, ...]:
        """The answers to what applies: the party's, and those of these people in the order of their seats."""
        given = [(None, ""), *enumerate(people)]
        return tuple(
            reply(question, place, value)
            for place, person in given
            for name, question in self._applying(person).items()
            if (value := self.cleaned_data.get(name))
        )

    def show_instead(self, **values: str) -> None:
        """Send the form back with these values in place of what was sent; all else stays as it was typed."""
        sent: Any = self.data
        shown = sent.copy()
        for name, value in values.items():
            shown[name] = value
        self.data = shown

    def sent(self, name: str) -> str | None:
        """What stands in a field, or None where the form that was sent had none."""
        return self.cleaned_data.get(name) if name in self.fields and name in self.data else None
