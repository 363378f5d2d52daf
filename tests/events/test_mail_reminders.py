"""The one reminder of an offer: at half its time, and only while the offer stands as it was told."""

import pytest
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, SeatOffer
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import (
    STAFF,
    body,
    delivered,
    its_time_is_over,
    lantern_reception,
    link_of,
    method,
    offered,
    subject,
    until,
)
from tests.post import Post

pytestmark = pytest.mark.django_db
KINDS = ["plain", "html"]


@pytest.fixture
def event() -> Event:
    return lantern_reception(promotion="offer")


def half_time_has_come() -> None:
    reminders = Message.objects.filter(kind="rsvp_offer_reminder", sent_at=None, failed_at=None)
    assert reminders.update(send_after=timezone.now())


def test_reminder_waits_for_half_time(post: Post, event: Event) -> None:
    offered(event)
    outbox.send_due()
    offer = SeatOffer.objects.live().get()
    reminder = Message.objects.get(kind="rsvp_offer_reminder")
    assert reminder.send_after == offer.remind_at
    assert reminder.state == Message.State.WAITING


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_reminder_says_that_the_seats_are_still_kept(post: Post, event: Event, language: str) -> None:
    rsvp = offered(event, language=language)
    outbox.send_due()
    half_time_has_come()
    mail = delivered(post)
    chinese = language == "zh-hans"
    end = until(event, language)
    words = (
        f"为您保留的2个名额，期限已过半，至{end}为止，敬请回复。"
        if chinese
        else f"We still keep 2 seats for you and your party, until {end}. Half of the time has passed."
    )
    assert subject(mail).startswith("名额仍为您保留" if chinese else "Seats are still kept for you")
    for kind in KINDS:
        assert words in body(mail, kind)
        assert link_of(rsvp) in body(mail, kind)
    assert method(mail) == ""


@pytest.mark.parametrize(
    "overtaken_by",
    [
        "taken",
        "taken in part",
        "not now",
        "withdrawn",
        "shrunk",
        "grown",
        "lapsed",
        "late",
        "postponed",
        "cancelled",
    ],
)
def test_reminder_of_an_offer_that_is_over_or_another_one_is_never_sent(
    post: Post, event: Event, overtaken_by: str
) -> None:
    rsvp = offered(event, free=2, wants=3)
    factories.rsvp(event, 1)
    outbox.send_due()
    first = Message.objects.get(kind="rsvp_offer_reminder")
    if overtaken_by == "taken":
        verbs.accept(rsvp, 2)
    elif overtaken_by == "taken in part":
        verbs.accept(rsvp, 1)
    elif overtaken_by == "not now":
        verbs.not_now(rsvp)
    elif overtaken_by == "withdrawn":
        verbs.withdraw(rsvp)
    elif overtaken_by == "shrunk":
        verbs.change(rsvp, factories.answer(1, rsvp.name, email=rsvp.email))
    elif overtaken_by == "grown":
        verbs.set_limit(event, 6, STAFF)
    elif overtaken_by in ("lapsed", "late"):
        its_time_is_over(rsvp)
        if overtaken_by == "lapsed":
            verbs.settle(event)
    elif overtaken_by == "postponed":
        Event.objects.filter(pk=event.pk).update(state="postponed")
        verbs.announce_change(event, verbs.SYSTEM)
    else:
        verbs.call_off(event, "The hall is closed.", "场馆因故关闭。", verbs.SYSTEM)
    outbox.send_due()
    post.mails.clear()
    Message.objects.filter(pk=first.pk).update(send_after=timezone.now())
    outbox.send_due()
    first.refresh_from_db()
    assert first.state == Message.State.OVERTAKEN
    assert not post.mails


@pytest.mark.parametrize(("change", "words"), [("shrunk", "a seat for you"), ("grown", "3 seats for you")])
def test_offer_that_changed_has_a_reminder_of_its_own(
    post: Post, event: Event, change: str, words: str
) -> None:
    rsvp = offered(event, free=2, wants=3)
    if change == "shrunk":
        verbs.change(rsvp, factories.answer(1, rsvp.name, email=rsvp.email))
    else:
        verbs.set_limit(event, 6, STAFF)
    outbox.send_due()
    half_time_has_come()
    assert f"We still keep {words}" in body(delivered(post))
