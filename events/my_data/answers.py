"""Answers to invitations, with all that hangs on them: guests, replies to questions, offers, changes."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.erasing import answers_of, companions_named, erase_answers, erase_companions
from events.models import Event, Guest, QuestionAnswer, Rsvp
from events.roster import in_a_row
from events.when import spell_instant
from sistercities.my_data import Fate, Hand, Kept, Whose, forgets, lists, row, tells
from sistercities.pages.bilingual import current_language, texts

ALL_ABOUT_IT = (
    "guests",
    "replies__question",
    "replies__choice",
    "replies__guest",
    "offers",
    "transitions__member",
    "tags",
)
# What staff wrote for themselves: told to whoever signed in, not to everybody whom a link was passed on to.
OF_STAFF = ("priority_reason",)


@tells("answers", gettext_lazy("Answers"), place=10)
def tell(whose: Whose) -> list[dict[str, Any]]:
    found = answers_of(whose)
    prefetch_related_objects(found, *ALL_ABOUT_IT)
    return [tell_answer(rsvp) for rsvp in found]


def tell_answer(rsvp: Rsvp, *, by_link: bool = False) -> dict[str, Any]:
    """One answer with all that hangs on it."""
    hidden = OF_STAFF if by_link else ()
    told = row(rsvp, without=("event", "invitation", "hold", "forwarded", "member", *hidden))
    of_change = ("rsvp", "member", *(("reason",) if by_link else ()))
    return {
        "event": event_of(rsvp.event),
        **told,
        **({} if by_link else {"tags": [str(tag) for tag in rsvp.tags.all()]}),
        "guests": [row(guest, without=("rsvp",)) for guest in rsvp.guests.all()],
        "replies": [tell_reply(reply) for reply in rsvp.replies.all()],
        "offers": [row(offer, without=("rsvp",)) for offer in rsvp.offers.all()],
        "changes": [row(change, without=of_change) for change in rsvp.transitions.all()],
    }


def event_of(event: Event) -> dict[str, Any]:
    """Of which event, in every language, when and where it is found."""
    return {
        "title": texts(event, "title"),
        "starts_at": event.starts_at.isoformat() if event.starts_at else None,
        "address": settings.SITE_URL + event.get_absolute_url(),
    }


def tell_reply(reply: QuestionAnswer) -> dict[str, Any]:
    guest: Guest | None = reply.guest
    said = reply.choice.label if reply.choice else reply.yes if reply.yes is not None else reply.text
    return {
        "question": str(reply.question.label),
        "guest": guest.name if guest else None,
        "reply": str(said) if isinstance(said, str) else said,
        "sensitive": reply.question.is_sensitive,
    }


@lists("answers")
def in_words(whose: Whose) -> Iterator[Kept]:
    found = answers_of(whose)
    prefetch_related_objects(found, "guests", "replies")
    for rsvp in found:
        yield describe(rsvp)
    for guest in companions_named(whose):
        words = _("The name “%(name)s” among the guests of another party, at “%(event)s”")
        values = {"name": guest.name, "event": guest.rsvp.event.title}
        yield Kept(words % values, Fate.BLANKED, _("The seat stays that of the party."))


def describe(rsvp: Rsvp) -> Kept:
    """One answer, and what becomes of it when it is erased."""
    event = rsvp.event
    begins = spell_instant(event.starts_at, event.zone, current_language()) if event.starts_at else ""
    values = {"event": event.title, "status": rsvp.get_status_display()}
    words = _("Answer to “%(event)s”: %(status)s") % values
    if begins:
        words = _("%(words)s (%(begins)s)") % {"words": words, "begins": begins}
    fate = Fate.GOES if rsvp.status == Rsvp.Status.UNVERIFIED else Fate.BLANKED
    return Kept(_("; ").join([words, *_what_hangs_on(rsvp)]), fate, _what_stays(rsvp))


def _what_hangs_on(rsvp: Rsvp) -> Iterator[str]:
    others = [guest.name for guest in rsvp.guests.all() if guest.name and not guest.is_lead]
    if others:
        yield _("with %(names)s") % {"names": in_a_row(others)}
    if replies := len(rsvp.replies.all()):
        yield ngettext("%(count)d reply to a question", "%(count)d replies to questions", replies) % {
            "count": replies
        }
    if rsvp.message:
        yield _("with a message to the hosts")


def _what_stays(rsvp: Rsvp) -> str:
    if rsvp.status == Rsvp.Status.UNVERIFIED:
        return _("It goes as a whole: its address was never confirmed.")
    seats = rsvp.seats_confirmed + rsvp.seats_offered
    if rsvp.event.is_over:
        return _("What stays is how many seats were taken and when, so that the numbers of the event hold.")
    if seats:
        words = ngettext(
            "%(count)d seat is given back and goes to those who wait. That there was an answer, with how many seats"
            " and when, stays without a name.",
            "%(count)d seats are given back and go to those who wait. That there was an answer, with how many seats"
            " and when, stays without a name.",
            seats,
        )
        return words % {"count": seats}
    return _("That there was an answer, with how many seats and when, stays without a name.")


@forgets("answers")
def forget(whose: Whose, hand: Hand) -> int:
    count = erase_answers(answers_of(whose), hand)
    return count + (erase_companions(whose.names) if whose.names and hand.staff is not None else 0)
