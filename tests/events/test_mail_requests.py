"""The letters about answers that do not count yet: requests to the hosts, and addresses to be verified."""

from typing import Any

import pytest

from events import rsvp as verbs
from events.links import find_unverified, verify_url
from events.models import Event, Rsvp
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import (
    STAFF,
    body,
    delivered,
    lantern_reception,
    link_of,
    method,
    subject,
)
from tests.post import Post

pytestmark = pytest.mark.django_db
KINDS = ["plain", "html"]


def asked(seats: int = 2, **fields: Any) -> tuple[Event, Rsvp]:
    """A request to an event whose hosts decide."""
    event = lantern_reception(mode="approval")
    return event, factories.rsvp(event, seats, "Mei Chen", **fields)


def unverified(**fields: Any) -> tuple[Event, Rsvp]:
    event = lantern_reception(verify_email=True)
    outcome = verbs.respond(event, factories.answer(2, "Mei Chen", companions=("Bo Li",), **fields))
    assert outcome.recorded is verbs.Recorded.UNVERIFIED
    return event, outcome.rsvp


def test_request_is_acknowledged_and_holds_no_seat(post: Post) -> None:
    _event, rsvp = asked()
    mail = delivered(post)
    assert subject(mail) == "We have your request: Lantern Reception · 元宵招待会"
    for kind in KINDS:
        text = body(mail, kind)
        assert "You ask for 2 seats." in text
        assert "A request holds no seat: the hosts decide whom they can admit" in text
        assert link_of(rsvp) in text
        assert "Mei Chen" not in text
        assert "Seats confirmed" not in text
    assert "Seats asked for: 2" in body(mail)
    assert method(mail) == ""


def test_request_is_acknowledged_in_chinese(post: Post) -> None:
    asked(language="zh-hans")
    mail = delivered(post)
    assert subject(mail) == "您的申请已收悉：元宵招待会 · Lantern Reception"
    for kind in KINDS:
        assert "感谢您的申请。您申请2个名额。" in body(mail, kind)
        assert "申请期间不保留名额，由主办方决定" in body(mail, kind)
    assert "申请名额：2" in body(mail)


def test_admitted_party_gets_its_seats_the_hosts_words_and_an_entry(post: Post) -> None:
    _event, rsvp = asked()
    outbox.send_due()
    verbs.approve(rsvp, STAFF, "Please come <early> & well.")
    mail = delivered(post)
    assert subject(mail).startswith("Your seats are confirmed: ")
    assert "The hosts are glad to have you: your 2 seats are confirmed" in body(mail)
    assert "The hosts write:\n\nPlease come <early> & well." in body(mail)
    assert "Please come &lt;early&gt; &amp; well." in body(mail, "html")
    assert method(mail) == "REQUEST"


def test_admitted_party_without_free_seats_learns_its_place(post: Post) -> None:
    event, rsvp = asked()
    factories.rsvp(event, 4)
    outbox.send_due()
    verbs.approve(Rsvp.objects.exclude(pk=rsvp.pk).get(), STAFF)
    outbox.send_due()
    verbs.approve(rsvp, STAFF)
    mail = delivered(post)
    assert "The hosts would be glad to have you." in body(mail)
    assert "You are waiting for 2 seats.\nYour place on the waiting list: 1." in body(mail)
    assert method(mail) == ""


@pytest.mark.parametrize(
    ("language", "head", "words"),
    [
        ("en", "About your request: ", "We are very sorry that the hosts cannot admit you to this event."),
        ("zh-hans", "关于您的申请：", "十分抱歉，主办方此次未能安排您参加本活动，敬请谅解。"),
    ],
)
def test_refusal_is_courteous_and_brings_the_hosts_words_as_text(
    post: Post, language: str, head: str, words: str
) -> None:
    _event, rsvp = asked(language=language)
    outbox.send_due()
    verbs.reject(rsvp, STAFF, "The hall is small.\n<b>Next</b> year & 再会")
    mail = delivered(post)
    assert subject(mail).startswith(head)
    for kind in KINDS:
        assert words in body(mail, kind)
        assert link_of(rsvp) not in body(mail, kind)
    assert "The hall is small.\n<b>Next</b> year & 再会" in body(mail)
    assert "The hall is small.<br>&lt;b&gt;Next&lt;/b&gt; year &amp; 再会" in body(mail, "html")
    assert method(mail) == ""


def test_acknowledgement_that_the_decision_overtook_is_never_sent(post: Post) -> None:
    _event, rsvp = asked()
    verbs.reject(rsvp, STAFF)
    assert subject(delivered(post)).startswith("About your request")
    assert Message.objects.get(kind="rsvp_requested").state == Message.State.OVERTAKEN


@pytest.mark.parametrize("kind", KINDS)
def test_letter_to_verify_an_address_names_nobody_and_repeats_nothing(post: Post, kind: str) -> None:
    _event, rsvp = unverified(message="Buy my watches")
    mail = delivered(post)
    text = body(mail, kind)
    assert subject(mail) == "Please confirm your answer: Lantern Reception · 元宵招待会"
    assert "Please confirm it within 24 hours" in text
    assert "no seat is held" in text
    assert "If it was not you, do nothing" in text
    assert verify_url(rsvp.link_handle, rsvp.link_version, "en") in text
    assert link_of(rsvp) not in text
    for typed in ("Mei", "Bo Li", "watches"):
        assert typed not in text
        assert typed not in str(mail["To"])
    assert method(mail) == ""


def test_letter_to_verify_an_address_speaks_chinese(post: Post) -> None:
    unverified(language="zh-hans")
    mail = delivered(post)
    assert subject(mail) == "请确认您的回复：元宵招待会 · Lantern Reception"
    for kind in KINDS:
        assert "请在24小时内打开下方链接，按页面上的按钮确认。" in body(mail, kind)
        assert "确认之前，回复尚未生效，也不保留名额。" in body(mail, kind)
        assert "若非您本人所为，无需理会" in body(mail, kind)


def test_link_that_verifies_opens_its_answer_and_is_stored_nowhere(post: Post) -> None:
    _event, rsvp = unverified()
    token = verify_url(rsvp.link_handle, rsvp.link_version, "en").rstrip("/").rpartition("/")[2]
    assert token in body(delivered(post))
    assert find_unverified(token) == rsvp
    assert token not in str(Message.objects.get().snapshot)


def test_verified_answer_is_confirmed_by_name(post: Post) -> None:
    _event, rsvp = unverified()
    outbox.send_due()
    verbs.verify(rsvp)
    mail = delivered(post)
    assert subject(mail).startswith("Your seats are confirmed: ")
    assert "Dear Mei Chen," in body(mail)
    assert "Your party: Mei Chen, Bo Li" in body(mail)
    assert method(mail) == "REQUEST"


@pytest.mark.parametrize("overtaken_by", ["verification", "a day", "cancellation"])
def test_letter_to_verify_is_never_sent_too_late(post: Post, overtaken_by: str) -> None:
    event, rsvp = unverified()
    if overtaken_by == "verification":
        verbs.verify(rsvp)
    elif overtaken_by == "a day":
        Rsvp.objects.filter(pk=rsvp.pk).update(answered_at=factories.PAST)
        verbs.settle(event)
        assert not Rsvp.objects.exists()
    else:
        verbs.call_off(event, "The hall is closed.", "场馆因故关闭。", verbs.SYSTEM)
    outbox.send_due()
    assert Message.objects.get(kind="rsvp_verify").state == Message.State.OVERTAKEN
    assert all("Please confirm" not in subject(mail) for mail in post.mails)
