"""The letters to whoever names the people of a delegation."""

from datetime import timedelta
from typing import Any

import pytest

from events import rsvp as verbs
from events.links import find_hold, hold_url
from events.models import Event, SeatHold
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import STAFF, body, deadline, delivered, lantern_reception, method, subject
from tests.post import Post

pytestmark = pytest.mark.django_db
KINDS = ["plain", "html"]
NAME = "Guangzhou <Foreign Affairs> Office"


@pytest.fixture
def event() -> Event:
    return lantern_reception(12)


def block(event: Event, **fields: Any) -> SeatHold:
    """Four seats for a delegation, its names fixed a week before the event."""
    assert event.starts_at
    known = {"name": NAME, "seats": 4, "owner_name": "梁文", "owner_email": "liang@example.org"}
    known["freezes_at"] = event.starts_at - timedelta(days=7)
    return verbs.hold_seats(event, verbs.Block(**{**known, **fields}), STAFF)


def freeze(hold: SeatHold, language: str = "en") -> str:
    assert hold.freezes_at
    return deadline(hold.event, hold.freezes_at, language)


def link_of(hold: SeatHold) -> str:
    return hold_url(hold.link_handle, hold.link_version, hold.language)


def test_block_is_told_to_its_owner_with_the_link_and_the_last_moment(post: Post, event: Event) -> None:
    hold = block(event)
    mail = delivered(post)
    assert mail["To"].addresses[0].addr_spec == "liang@example.org"
    assert subject(mail) == "Seats for your delegation: Lantern Reception · 元宵招待会"
    for kind in KINDS:
        text = body(mail, kind)
        assert "Dear 梁文," in text
        assert f"The names are fixed from {freeze(hold)}." in text
        assert "Seats that nobody is named for by then go to those who wait." in text
        assert link_of(hold) in text
        assert "new link" not in text
    assert f"It is our pleasure to keep 4 seats at this event for “{NAME}”." in body(mail)
    assert "“Guangzhou &lt;Foreign Affairs&gt; Office”" in body(mail, "html")
    assert f"Delegation: {NAME}\nSeats of the delegation: 4\nGuests named: 0\n" in body(mail)
    assert "an answer to this event was given with your address" not in body(mail)
    assert method(mail) == ""


def test_block_is_told_in_chinese(post: Post, event: Event) -> None:
    hold = block(event, name="广州市外事办公室", language="zh-hans", keeps_unnamed=True)
    mail = delivered(post)
    assert subject(mail) == "代表团名额：元宵招待会 · Lantern Reception"
    for kind in KINDS:
        text = body(mail, kind)
        assert "谨为“广州市外事办公室”在本活动中预留4个名额。" in text
        assert f"名单截止时间：{freeze(hold, 'zh-hans')}。" in text
        assert "届时未填报姓名的名额，仍为贵方保留。" in text
        assert "/zh-hans/delegation/" in text


def test_block_without_a_last_moment_can_be_named_until_the_event_begins(post: Post, event: Event) -> None:
    hold = block(event, freezes_at=None)
    hold.freezes_at = event.starts_at
    assert f"The names are fixed from {freeze(hold)}." in body(delivered(post))


def test_link_of_a_delegation_opens_it_and_is_stored_nowhere(post: Post, event: Event) -> None:
    hold = block(event)
    token = link_of(hold).rstrip("/").rpartition("/")[2]
    assert token in body(delivered(post))
    assert find_hold(token) == hold
    assert token not in str(Message.objects.get().snapshot)


def test_names_are_acknowledged_to_the_owner_alone(post: Post, event: Event) -> None:
    hold = block(event)
    outbox.send_due()
    verbs.name_delegates(hold, ["Mei Chen", "Bo Li"])
    mail = delivered(post)
    assert subject(mail).startswith("The list of your delegation was changed: ")
    for kind in KINDS:
        assert "it has 4 seats." in body(mail, kind)
        assert "2 of your guests are named." in body(mail, kind)
    assert "Guests named: 2" in body(mail)
    assert method(mail) == ""


def test_another_number_of_seats_is_told(post: Post, event: Event) -> None:
    hold = block(event, language="zh-hans", name="代表团")
    outbox.send_due()
    verbs.resize_hold(hold, 6, STAFF)
    mail = delivered(post)
    assert subject(mail).startswith("代表团名单有变动：")
    assert "“代表团”的名单有变动：现有6个名额。" in body(mail)
    assert "“代表团”的名单有变动：现有6个名额。" in body(mail, "html")


def test_letter_of_a_block_that_changed_before_it_went_out_is_never_sent(post: Post, event: Event) -> None:
    hold = block(event)
    verbs.resize_hold(hold, 6, STAFF)
    assert "it has 6 seats." in body(delivered(post))
    assert Message.objects.get(kind="hold_made").state == Message.State.OVERTAKEN


def test_new_link_of_a_delegation_says_that_earlier_ones_are_dead(post: Post, event: Event) -> None:
    hold = block(event)
    outbox.send_due()
    before = link_of(hold)
    verbs.renew_hold_link(hold, STAFF)
    hold.refresh_from_db()
    mail = delivered(post)
    assert "Here is a new link to the page of your delegation; earlier ones no longer work." in body(mail)
    assert link_of(hold) in body(mail)
    assert before not in body(mail)


def test_who_is_taken_off_a_released_block_is_counted_right(post: Post, event: Event) -> None:
    hold = block(event)
    verbs.name_delegates(hold, ["Mei Chen", "Bo Li"])
    verbs.release_hold(hold, STAFF)
    outbox.send_due()
    verbs.name_delegates(hold, ["Bo Li"], STAFF)
    text = body(delivered(post))
    assert "no longer kept beyond the guests who are named" in text
    assert "One of your guests is named." in text
    assert "Guests named: 1" in text


def test_owner_is_told_once_that_the_hosts_released_the_block(post: Post, event: Event) -> None:
    hold = block(event)
    outbox.send_due()
    verbs.release_hold(hold, STAFF)
    verbs.release_hold(hold, STAFF)
    mail = delivered(post)
    assert subject(mail).startswith("The list of your delegation was changed: ")
    assert "no longer kept beyond the guests who are named" in body(mail, "html")


def test_seats_for_an_invitation_ask_for_no_letter(post: Post, event: Event) -> None:
    hold = block(event, invitation=factories.invitation(event))
    verbs.resize_hold(hold, 3, STAFF)
    verbs.call_off(event, "The hall is closed.", "场馆因故关闭。", STAFF)
    outbox.send_due()
    assert not post.mails


def test_owner_is_told_of_a_moved_event(post: Post, event: Event) -> None:
    hold = block(event)
    outbox.send_due()
    old = event.starts_at
    assert old
    assert event.ends_at
    week = timedelta(days=7)
    Event.objects.filter(pk=event.pk).update(starts_at=old + week, ends_at=event.ends_at + week)
    verbs.announce_change(event, STAFF, before=old.isoformat())
    mail = delivered(post)
    assert subject(mail).startswith("Changed: ")
    for kind in KINDS:
        assert "The seats are kept, and the guests whom you named are expected." in body(mail, kind)
        assert "It was to begin: " in body(mail, kind)
        assert link_of(hold) in body(mail, kind)


def test_owner_is_told_of_a_postponed_event(post: Post, event: Event) -> None:
    block(event)
    outbox.send_due()
    Event.objects.filter(pk=event.pk).update(state="postponed", notice_en="We meet in spring.")
    verbs.announce_change(event, STAFF)
    mail = delivered(post)
    assert subject(mail).startswith("Postponed: ")
    assert "has been postponed. The seats are kept until we write again." in body(mail)
    assert "We meet in spring." in body(mail)
    assert "Names by" not in body(mail)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_owner_is_told_of_a_cancelled_event(post: Post, event: Event, language: str) -> None:
    hold = block(event, language=language)
    verbs.name_delegates(hold, ["Mei Chen"])
    outbox.send_due()
    verbs.call_off(event, "The hall is closed.", "场馆因故关闭。", STAFF)
    mail = delivered(post)
    chinese = language == "zh-hans"
    assert subject(mail).startswith("活动取消" if chinese else "Cancelled: ")
    assert ("敬请转告各位来宾" if chinese else "Please tell your guests; we write only to you.") in body(mail)
    assert ("场馆因故关闭。" if chinese else "The hall is closed.") in body(mail, "html")
    assert link_of(hold) not in body(mail)
    assert "Guests named" not in body(mail)


def test_block_without_an_owner_asks_for_no_letter(post: Post, event: Event) -> None:
    block(event, owner_email="")
    assert not Message.objects.exists()


def test_giving_back_a_seat_right_after_naming_sends_one_letter_with_both(post: Post, event: Event) -> None:
    """The letter about the names is overtaken by the other number of seats, so that has to have one of its own."""
    hold = block(event)
    outbox.send_due()
    post.mails.clear()
    verbs.name_delegates(hold, ["王伟", "李娜"])
    verbs.release_seats(hold, 1)
    mail = delivered(post)
    assert "Seats of the delegation: 3\nGuests named: 2\n" in body(mail)
