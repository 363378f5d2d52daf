"""The letters about seats that are offered, and about what became of an offer."""

from typing import Any

import pytest

from events import rsvp as verbs
from events.models import Event, Rsvp
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import (
    STAFF,
    all_delivered,
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


def letter_to(post: Post, rsvp: Rsvp) -> Any:
    return all_delivered(post)[rsvp.email]


def test_offer_tells_how_many_until_when_and_what_happens_otherwise(post: Post, event: Event) -> None:
    rsvp = offered(event)
    mail = letter_to(post, rsvp)
    assert subject(mail) == "Seats are offered to you: Lantern Reception · 元宵招待会"
    for kind in KINDS:
        text = body(mail, kind)
        assert f"Seats have come free, and we keep 2 for you and your party until {until(event)}." in text
        assert "you take all of them, or a part; what you leave goes to others" in text
        assert "If we hear nothing by then, the seats go to those who wait behind you" in text
        assert link_of(rsvp) in text
        assert "Not now" not in text
        assert "Mei" not in text
    assert f"Seats offered: 2\nPlease answer by: {until(event)}" in body(mail)
    assert method(mail) == ""


def test_offer_speaks_chinese(post: Post, event: Event) -> None:
    mail = letter_to(post, offered(event, language="zh-hans"))
    assert subject(mail) == "名额已为您空出，敬请回复：元宵招待会 · Lantern Reception"
    for kind in KINDS:
        assert f"现有名额空出，已为您保留2个，至{until(event, 'zh-hans')}为止。" in body(mail, kind)
        assert "可接受全部或部分名额" in body(mail, kind)
        assert "逾期未复，名额将转给其后的候补来宾" in body(mail, kind)
    assert "洛杉矶时间" in body(mail)
    assert "广州时间" in body(mail)


def test_offer_leads_with_the_clocks_of_a_member_elsewhere(post: Post, event: Event) -> None:
    member = factories.member("mei@example.org", timezone="America/New_York")
    rsvp = offered(event, email=member.email, member=member)
    text = body(letter_to(post, rsvp))
    assert " in New York (" in text
    assert " in Los Angeles" in text
    assert "Dear Mei Chen," in text


def test_a_seat_that_is_offered_is_not_told_a_second_time_as_one_to_wait_for(
    post: Post, event: Event
) -> None:
    rsvp = verbs.accept(offered(event, free=2, wants=3), 1)
    assert "Seats confirmed: 1\nSeats offered: 1\n" in body(letter_to(post, rsvp))


@pytest.mark.parametrize("kind", KINDS)
def test_offer_of_a_part_says_that_the_place_for_the_rest_is_kept(
    post: Post, event: Event, kind: str
) -> None:
    rsvp = offered(event, free=2, wants=3)
    assert "You keep your place in line for the one seat that is not free yet." in body(
        letter_to(post, rsvp), kind
    )


@pytest.mark.parametrize("kind", KINDS)
def test_offer_tells_of_not_now_only_where_somebody_stands_behind(
    post: Post, event: Event, kind: str
) -> None:
    full, rsvp = factories.rsvp(event, 5), factories.rsvp(event, 2)
    factories.rsvp(event, 1)
    outbox.send_due()
    verbs.change(full, factories.answer(3, full.name, email=full.email))
    assert "choose “Not now”: the next in line goes first" in body(letter_to(post, rsvp), kind)


def test_offer_that_grew_is_told_anew_with_the_same_end(post: Post, event: Event) -> None:
    rsvp = offered(event, free=1, wants=3)
    outbox.send_due()
    end = until(event)
    verbs.set_limit(event, 6, STAFF)
    mail = delivered(post)
    for kind in KINDS:
        words = f"More seats have come free: 2 are now kept for you and your party, until {end} as before."
        assert words in body(mail, kind)
    assert link_of(rsvp) in body(mail)


def test_offer_that_grew_before_its_letter_went_out_is_told_once(post: Post, event: Event) -> None:
    offered(event, free=1, wants=3)
    verbs.set_limit(event, 6, STAFF)
    post.mails.clear()
    outbox.send_due()
    assert sum("offered to you" in subject(mail) for mail in post.mails) == 1
    states = Message.objects.filter(kind="rsvp_offered").order_by("pk")
    assert [message.state for message in states] == [Message.State.OVERTAKEN, Message.State.SENT]


def test_offer_taken_in_full_is_confirmed_with_an_entry(post: Post, event: Event) -> None:
    rsvp = offered(event)
    outbox.send_due()
    verbs.accept(rsvp, 2)
    mail = delivered(post)
    assert subject(mail).startswith("From the waiting list: your seats are confirmed")
    for kind in KINDS:
        assert "Thank you: the seats are yours. 2 seats are confirmed for you and your party" in body(
            mail, kind
        )
        assert "in line" not in body(mail, kind)
    assert "Seats confirmed: 2\n" in body(mail)
    assert method(mail) == "REQUEST"


@pytest.mark.parametrize("kind", KINDS)
def test_offer_taken_in_part_keeps_the_place_for_what_was_not_offered(
    post: Post, event: Event, kind: str
) -> None:
    rsvp = offered(event, free=2, wants=4)
    outbox.send_due()
    verbs.accept(rsvp, 2)
    mail = delivered(post)
    assert "You keep your place in line for 2 more seats." in body(mail, kind)
    assert "Your place on the waiting list: 1." in body(mail, kind)
    assert "2 (2 more on the waiting list)" in body(mail, kind)
    assert method(mail) == "REQUEST"


def test_who_takes_any_seat_is_seated_without_being_asked(post: Post, event: Event) -> None:
    full = factories.rsvp(event, 5)
    outbox.send_due()
    rsvp = factories.rsvp(event, 3, takes_any=True)
    mail = delivered(post)
    assert "You take any seat: as soon as one is free it is yours" in body(mail)
    assert "You take any seat: as soon as one is free it is yours" in body(mail, "html")
    verbs.change(full, factories.answer(4, full.name, email=full.email))
    mail = letter_to(post, rsvp)
    assert subject(mail).startswith("From the waiting list: your seat is confirmed")
    assert "Good news: a seat has come free, and it is yours." in body(mail)
    assert "You keep your place in line for 2 more seats." in body(mail)
    assert method(mail) == "REQUEST"


@pytest.mark.parametrize(
    ("language", "head", "words"),
    [
        (
            "en",
            "The seats kept for you have gone on: ",
            [
                "The time to take the 2 seats that we kept for you is over",
                "You are no longer on the waiting list.",
                "answer again by the link below: you then stand in line like everybody else",
            ],
        ),
        (
            "zh-hans",
            "为您保留的名额已转出：",
            [
                "此前为您保留的2个名额，因逾期未获回复，已转给其他来宾。",
                "您已不在候补名单上。",
                "可通过下方链接重新回复",
            ],
        ),
    ],
)
def test_lapsed_offer_is_told_with_the_way_back(
    post: Post, event: Event, language: str, head: str, words: list[str]
) -> None:
    rsvp = offered(event, language=language)
    outbox.send_due()
    its_time_is_over(rsvp)
    verbs.settle(event)
    mail = delivered(post)
    assert subject(mail).startswith(head)
    for kind in KINDS:
        assert all(each in body(mail, kind) for each in words)
        assert link_of(rsvp) in body(mail, kind)
    assert method(mail) == ""


def test_lapsed_offer_leaves_confirmed_seats_alone(post: Post, event: Event) -> None:
    full, rsvp = factories.rsvp(event, 3), factories.rsvp(event, 2)
    verbs.change(rsvp, factories.answer(4, rsvp.name, email=rsvp.email))
    verbs.change(full, factories.answer(1, full.name, email=full.email))
    outbox.send_due()
    its_time_is_over(rsvp)
    verbs.settle(event)
    mail = delivered(post)
    assert "Your 2 confirmed seats remain yours; you wait for no others." in body(mail)
    assert "no longer on the waiting list" not in body(mail)
    assert "Seats confirmed: 2\n" in body(mail)


def test_not_now_keeps_the_place_behind_the_next(post: Post, event: Event) -> None:
    full, rsvp = factories.rsvp(event, 5), factories.rsvp(event, 2)
    behind = factories.rsvp(event, 2)
    verbs.change(full, factories.answer(3, full.name, email=full.email))
    outbox.send_due()
    verbs.not_now(rsvp)
    mails = all_delivered(post)
    mail = mails[rsvp.email]
    assert subject(mail).startswith("You keep your place on the waiting list: ")
    for kind in KINDS:
        assert "The next in line goes first, and you keep the place behind." in body(mail, kind)
        assert "this can be done once" in body(mail, kind)
    assert "You are waiting for 2 seats.\nYour place on the waiting list: 2." in body(mail)
    assert method(mail) == ""
    assert subject(mails[behind.email]).startswith("Seats are offered to you")


def test_not_now_speaks_chinese(post: Post, event: Event) -> None:
    full, rsvp = factories.rsvp(event, 5), factories.rsvp(event, 2, language="zh-hans")
    factories.rsvp(event, 2)
    verbs.change(full, factories.answer(3, full.name, email=full.email))
    outbox.send_due()
    verbs.not_now(rsvp)
    mail = letter_to(post, rsvp)
    assert subject(mail).startswith("您的候补次序已保留：")
    assert "您暂不接受，已为您记录。由下一组来宾先行，您紧随其后。" in body(mail)


def test_change_while_seats_are_offered_tells_of_the_offer(post: Post, event: Event) -> None:
    rsvp = offered(event, free=2, wants=3)
    outbox.send_due()
    verbs.change(rsvp, factories.answer(4, rsvp.name, email=rsvp.email))
    mail = delivered(post)
    assert subject(mail).startswith("Your request on the waiting list has been changed")
    assert f"Of these, 2 are offered to you until {until(event)}." in body(mail)
    assert f"Of these, 2 are offered to you until {until(event)}." in body(mail, "html")


def test_waiting_party_is_told_that_it_will_be_asked(post: Post, event: Event) -> None:
    factories.rsvp(event, 5)
    outbox.send_due()
    factories.rsvp(event, 2)
    mail = delivered(post)
    for kind in KINDS:
        assert "Seats that become free are offered to those who wait" in body(mail, kind)
        assert "We write to you as soon as seats are offered to you" in body(mail, kind)
        assert "Members" not in body(mail, kind)


def test_entry_is_not_lost_where_the_confirmation_was_overtaken(post: Post, event: Event) -> None:
    """Confirmed and, before the worker came by, waiting for more: the letter that goes out brings the entry."""
    rsvp = factories.rsvp(event, 3)
    verbs.change(rsvp, factories.answer(5, rsvp.name, email=rsvp.email))
    factories.rsvp(event, 0)
    rsvp.refresh_from_db()
    assert rsvp.seats_confirmed == 5
    assert method(letter_to(post, rsvp)) == "REQUEST"
