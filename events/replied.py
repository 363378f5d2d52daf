"""What guests answered to the questions of their hosts, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.answers import Reply
from events.models import Guest, Question, Rsvp
from events.questionnaire import Questionnaire, in_words
from events.replies import replies_of
from events.when import is_chinese
from sistercities.pages.bilingual import current_language


@dataclass(frozen=True)
class Replied:
    """One answer: of whom, where it was not the party's, to which question, and what."""

    who: str
    question: Question
    words: SafeString | str


def replied(replies: Iterable[Reply], asked: Questionnaire, guests: Sequence[Guest]) -> list[Replied]:
    """What a party answered to what is asked now, in the order of the questions; of several guests each by name."""
    names = {guest.position: guest.name for guest in guests} if len(guests) > 1 else {}
    order = {question.pk: place for place, question in enumerate(asked.questions)}
    known = sorted(
        (said for said in replies if said.question in order),
        key=lambda said: (order[said.question], -1 if said.guest is None else said.guest),
    )
    found = [(said, asked.by_number[said.question]) for said in known]
    return [
        Replied("" if said.guest is None else names.get(said.guest, ""), question, words_of(said, question))
        for said, question in found
    ]


def told_to_staff(rsvp: Rsvp, *, sensitive: bool) -> list[Replied]:
    """All that a party answered, also to what is asked no longer; what is sensitive only to those who may see it."""
    every = rsvp.event.questions.prefetch_related("choices")
    shown = Questionnaire([question for question in every if sensitive or not question.is_sensitive])
    return replied(replies_of(rsvp), shown, list(rsvp.guests.all())) if shown.questions else []


def words_of(said: Reply, question: Question) -> SafeString | str:
    """An answer as somebody reads it."""
    if said.yes is not None:
        return _("Yes") if said.yes else _("No")
    if said.choices:
        return in_a_row(choice.label for choice in question.choices.all() if choice.pk in said.choices)
    return said.text


def in_a_row(labels: Iterable[object]) -> SafeString:
    """Several choices, in the reader's way, each in its own language."""
    between = "、" if is_chinese(current_language()) else ", "
    return format_html_join(between, "{}", ((in_words(label),) for label in labels))  # type: ignore[arg-type]
