"""What hosts do with the questions of an event: order them, retire them, take them over from another event.

What guests answered stays whatever is done.
"""

from django.db import transaction
from django.utils import timezone

from events.models import Event, Question, QuestionChoice
from sistercities.pages.bilingual import columns

RULES = ("kind", "scope", "is_required", "is_sensitive")


@transaction.atomic
def move(question: Question, steps: int) -> None:
    """Ask it so many places later, or earlier; what is asked no longer has no place in between."""
    order = list(Question.objects.select_for_update().filter(event=question.event_id).asked())
    order += Question.objects.filter(event=question.event_id).exclude(retired_at=None)
    place = order.index(question)
    order.insert(min(max(place + steps, 0), len(order) - 1), order.pop(place))
    for position, each in enumerate(order, start=1):
        Question.objects.filter(pk=each.pk).exclude(position=position).update(position=position)


def last_place(event: Event) -> int:
    """The place behind all questions of an event."""
    last = event.questions.order_by("-position").first()
    return last.position + 1 if last else 1


@transaction.atomic
def retire(question: Question) -> int:
    """Ask it no longer, nor what waits for its answer. Returns how many questions those are."""
    count = sum(retire(each) for each in question.followed_by.asked())
    return count + Question.objects.filter(pk=question.pk).asked().update(retired_at=timezone.now())


@transaction.atomic
def ask_again(question: Question) -> int:
    """Ask it as before, and that for whose answer it waits. Returns how many questions those are."""
    count = ask_again(question.depends_on) if question.depends_on else 0
    again = Question.objects.filter(pk=question.pk).exclude(retired_at=None)
    return count + again.update(retired_at=None, position=last_place(question.event))


@transaction.atomic
def copy(source: Event, target: Event) -> int:
    """Ask what was asked at another event, behind what is asked already; what has the same words is asked once.

    Returns how many questions came.
    """
    known = {_words(each): each for each in target.questions.asked()}
    twins: dict[int, Question] = {}
    first = place = last_place(target)
    for old in source.questions.asked():
        if _words(old) in known:
            twins[old.pk] = known[_words(old)]
        else:
            twins[old.pk] = _copy_question(old, target, place)
            place += 1
    for old in source.questions.asked().filter(depends_on__in=twins):
        new = twins[old.pk]
        if new.position >= first and old.depends_on_id:
            new.depends_on = twins[old.depends_on_id]
            new.depends_on_choice = _same_choice(old.depends_on_choice, new.depends_on)
            new.save(update_fields=["depends_on", "depends_on_choice"])
    return place - first


def _words(row: Question | QuestionChoice) -> tuple[str, ...]:
    return tuple(getattr(row, column) for column in columns("label"))


def _same_choice(old: QuestionChoice | None, question: Question) -> QuestionChoice | None:
    return next((each for each in question.choices.all() if old and _words(each) == _words(old)), None)


def _copy_question(old: Question, event: Event, position: int) -> Question:
    new = Question(event=event, position=position, **{name: getattr(old, name) for name in RULES})
    _copy_words(old, new, "label", "help")
    new.save()
    for choice in old.choices.all():
        _copy_choice(choice, new)
    return new


def _copy_choice(old: QuestionChoice, question: Question) -> None:
    new = QuestionChoice(question=question, position=old.position)
    _copy_words(old, new, "label")
    new.save()


def _copy_words(old: Question | QuestionChoice, new: Question | QuestionChoice, *names: str) -> None:
    """In every language."""
    for name in names:
        for column in columns(name):
            setattr(new, column, getattr(old, column))
