"""The letters that tell guests what became of an event: moved, postponed, cancelled."""

from datetime import timedelta

import pytest

from events import rsvp as verbs
from events.models import Event, SeatOffer
from events.when import spell_instant
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import (
    LANGUAGES,
    all_delivered,
    body,
    calendar,
    delivered,
    lantern_reception,
    method,
    subject,
)
from tests.post import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return lantern_reception()


@pytest.mark.parametrize("language", LANGUAGES)
def test_cancelled_event_says_why_and_takes_its_entry_away(post: Post, event: Event, language: str) -> None:
    factories.rsvp(event, 2, language=language)
    outbox.send_due()
    verbs.call_off(event, "The hall is closed.", "场馆因故关闭。", verbs.SYSTEM)
    mail = delivered(post)
    notice = "场馆因故关闭。" if language == "zh-hans" else "The hall is closed."
    assert notice in body(mail)
    assert notice in body(mail, "html")
    entry = calendar(mail)
    assert entry is not None
    assert (entry["METHOD"], entry.walk("VEVENT")[0]["SEQUENCE"]) == ("CANCEL", 2)


def test_moved_event_brings_the_entry_up_to_date(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 2)
    outbox.send_due()
    snapshot = Message.objects.get().snapshot
    Event.objects.filter(pk=event.pk).update(ics_sequence=1, notice_en="It begins an hour later.")
    asked = {"kind": "event_changed", "to_email": rsvp.email, "language": "en", "snapshot": snapshot}
    outbox.queue(key="changed", **asked)
    mail = delivered(post)
    assert subject(mail).startswith("Changed")
    assert "It begins an hour later." in body(mail)
    entry = calendar(mail)
    assert entry is not None
    assert entry.walk("VEVENT")[0]["SEQUENCE"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_announced_change_brings_the_notice_and_a_renewed_entry(
    post: Post, event: Event, language: str
) -> None:
    factories.rsvp(event, 2, language=language)
    outbox.send_due()
    Event.objects.filter(pk=event.pk).update(
        state="postponed", notice_en="We meet in spring.", notice_zh_hans="改至春天举行。"
    )
    assert verbs.announce_change(event, verbs.SYSTEM) == 1
    mail = delivered(post)
    assert subject(mail).startswith("活动延期" if language == "zh-hans" else "Postponed")
    for kind in ("plain", "html"):
        assert ("改至春天举行。" if language == "zh-hans" else "We meet in spring.") in body(mail, kind)
        assert ("，原定20" if language == "zh-hans" else "(originally ") in body(mail, kind)
        assert ("广州时间" if language == "zh-hans" else "in Guangzhou") not in body(mail, kind)
    entry = calendar(mail)
    assert entry is not None
    shown = entry.walk("VEVENT")[0]
    assert (entry["METHOD"], shown["SEQUENCE"], shown["STATUS"]) == ("REQUEST", 1, "TENTATIVE")


def test_party_that_waits_is_told_of_a_change_without_an_entry(post: Post, event: Event) -> None:
    factories.rsvp(event, 5)
    outbox.send_due()
    waiting = factories.rsvp(event, 2)
    outbox.send_due()
    post.mails.clear()
    verbs.announce_change(event, verbs.SYSTEM)
    outbox.send_due()
    found = {str(mail["To"].addresses[0].addr_spec): calendar(mail) for mail in post.mails}
    assert len(found) == 2
    assert found[waiting.email] is None


def moved_by_a_week(event: Event) -> tuple[str, str]:
    """Staff move the event by a week and tell its guests; when it was to begin, and when it does, in English."""
    old = event.starts_at
    assert old
    assert event.ends_at
    new = old + timedelta(days=7)
    Event.objects.filter(pk=event.pk).update(starts_at=new, ends_at=event.ends_at + timedelta(days=7))
    verbs.announce_change(event, verbs.SYSTEM, before=f"{old.isoformat()} · City Hall", after=new.isoformat())
    return spell_instant(old, event.zone, "en"), spell_instant(new, event.zone, "en")


def test_event_moved_by_a_week_names_the_old_date_and_the_new_one(post: Post, event: Event) -> None:
    factories.rsvp(event, 2)
    outbox.send_due()
    old, new = moved_by_a_week(event)
    mail = delivered(post)
    assert subject(mail).startswith("Changed: ")
    for kind in ("plain", "html"):
        assert f"It was to begin: {old}." in body(mail, kind)
        assert f"It now takes place: {new}" in body(mail, kind)
    entry = calendar(mail)
    assert entry is not None
    shown = entry.walk("VEVENT")[0]
    event.refresh_from_db()
    assert (entry["METHOD"], shown["SEQUENCE"]) == ("REQUEST", 1)
    assert shown.start == event.starts_at.replace(microsecond=0)  # type: ignore[union-attr]


def test_event_moved_by_a_week_names_both_dates_in_chinese(post: Post, event: Event) -> None:
    factories.rsvp(event, 2, language="zh-hans")
    outbox.send_due()
    old = spell_instant(event.starts_at, event.zone, "zh-hans")  # type: ignore[arg-type]
    moved_by_a_week(event)
    mail = delivered(post)
    for kind in ("plain", "html"):
        assert f"原定时间：{old}。" in body(mail, kind)
        assert "现改为：" in body(mail, kind)


def test_event_that_changed_its_place_alone_names_no_old_date(post: Post, event: Event) -> None:
    factories.rsvp(event, 2)
    outbox.send_due()
    verbs.announce_change(event, verbs.SYSTEM, before="City Hall", after="Library")
    assert "It was to begin" not in body(delivered(post))


def test_postponed_event_tells_who_held_an_offer_that_it_is_recalled(post: Post) -> None:
    event = lantern_reception(promotion="offer")
    first, second = factories.rsvp(event, 5), factories.rsvp(event, 2)
    verbs.change(first, factories.answer(3, first.name, email=first.email))
    outbox.send_due()
    assert SeatOffer.objects.live().get().rsvp == second
    Event.objects.filter(pk=event.pk).update(state="postponed")
    verbs.announce_change(event, verbs.SYSTEM)
    mails = all_delivered(post)
    words = "The 2 seats that were offered to you are not kept while the event is postponed"
    assert words in body(mails[second.email])
    assert words in body(mails[second.email], "html")
    assert "not kept" not in body(mails[first.email])
    assert [method(mails[each.email]) for each in (first, second)] == ["REQUEST", ""]


def test_event_moved_nearer_tells_the_new_end_of_an_offer(post: Post) -> None:
    event = lantern_reception(promotion="offer")
    first, second = factories.rsvp(event, 5), factories.rsvp(event, 2)
    verbs.withdraw(first)
    outbox.send_due()
    offer = SeatOffer.objects.live().get()
    starts_at = offer.made_at + timedelta(hours=2)
    Event.objects.filter(pk=event.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
    verbs.announce_change(event, verbs.SYSTEM)
    until = spell_instant(starts_at, event.zone, "en", exactly=True)
    assert f"Please answer by: {until} in Los Angeles" in body(all_delivered(post)[second.email])


def test_cancelled_event_takes_an_entry_only_from_those_who_had_one(post: Post) -> None:
    event = lantern_reception()
    seated, waiting = factories.rsvp(event, 5), factories.rsvp(event, 2)
    outbox.send_due()
    verbs.call_off(event, "The hall is closed.", "场馆因故关闭。", verbs.SYSTEM)
    mails = all_delivered(post)
    assert [method(mails[each.email]) for each in (seated, waiting)] == ["CANCEL", ""]
    assert Message.objects.filter(kind="event_cancelled").count() == 2
