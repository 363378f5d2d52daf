"""What a party answers to the questions of its hosts, as it is written down at the desk."""

from collections.abc import Iterable

from events.answers import Reply
from events.models import Guest, QuestionAnswer, Rsvp


def write_replies(rsvp: Rsvp, replies: Iterable[Reply]) -> None:
    """Let these stand in place of all that the party answered before to what is still asked.

    What is said of nobody who comes is left out.
    """
    guests = {guest.position: guest for guest in Guest.objects.filter(rsvp=rsvp)}
    QuestionAnswer.objects.filter(rsvp=rsvp, question__retired_at=None).delete()
    QuestionAnswer.objects.bulk_create(
        row
        for reply in replies
        if reply.guest is None or reply.guest in guests
        for row in _rows(rsvp, guests.get(-1 if reply.guest is None else reply.guest), reply)
    )


def _rows(rsvp: Rsvp, guest: Guest | None, reply: Reply) -> list[QuestionAnswer]:
    of = {"rsvp": rsvp, "guest": guest, "question_id": reply.question}
    if reply.choices:
        return [QuestionAnswer(choice_id=choice, **of) for choice in dict.fromkeys(reply.choices)]
    if reply.yes is not None:
        return [QuestionAnswer(yes=reply.yes, **of)]
    return [QuestionAnswer(text=reply.text, **of)] if reply.text else []


def replies_of(rsvp: Rsvp) -> tuple[Reply, ...]:
    """What the party has answered, question by question, the party before its guests."""
    found: dict[tuple[int, int | None], Reply] = {}
    rows = QuestionAnswer.objects.filter(rsvp=rsvp).order_by(
        "question__position", "question", "guest__position", "pk"
    )
    for question, guest, choice, yes, text in rows.values_list(
        "question", "guest__position", "choice", "yes", "text"
    ):
        before = found.get((question, guest))
        choices = (*(before.choices if before else ()), *([choice] if choice else []))
        found[question, guest] = Reply(question, guest, choices, yes, text)
    return tuple(found.values())


def says_so_already(rsvp: Rsvp, replies: tuple[Reply, ...] | None) -> bool:
    """Whether these answers would change nothing."""
    if replies is None:
        return True
    said = {_key(reply) for reply in replies if reply.choices or reply.yes is not None or reply.text}
    retired = set(rsvp.event.questions.exclude(retired_at=None).values_list("pk", flat=True))
    return said == {_key(reply) for reply in replies_of(rsvp) if reply.question not in retired}


def _key(reply: Reply) -> tuple[object, ...]:
    return reply.question, reply.guest, frozenset(reply.choices), reply.yes, reply.text
