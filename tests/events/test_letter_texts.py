"""The hosts' own words in the letters of an event: what they replace, what stays, and what may stand in them."""

from typing import Any

import pytest

from events import rsvp as verbs
from events.letter_previews import OwnWords, preview
from events.models import Event, LetterText, RsvpPolicy
from tests import factories
from tests.events.postbox import (
    LANGUAGES,
    STAFF,
    body,
    delivered,
    lantern_reception,
    link_of,
    subject,
    taken_down,
)
from tests.post import Post

pytestmark = pytest.mark.django_db
WORDS = {"subject_en": "", "subject_zh_hans": "", "body_en": "", "body_zh_hans": ""}


@pytest.fixture
def event() -> Event:
    return lantern_reception()


def own(event: Event, kind: str = "rsvp_confirmed", **words: str) -> LetterText:
    return LetterText.objects.create(event=event, kind=kind, **{**WORDS, **words})


# --- in the letter --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_words_stand_in_place_of_the_usual_ones_and_the_facts_stay(
    post: Post, event: Event, language: str
) -> None:
    words = {"subject_en": "At last: {event}", "subject_zh_hans": "终于等到：{event}"}
    own(event, **words, body_en="Come, {name}!\n\n{seats} seats.", body_zh_hans="{name}，\n\n{seats}席。")
    rsvp = taken_down(event, 2, "梁文", language=language)
    mail = delivered(post)
    chinese = language == "zh-hans"
    assert subject(mail) == ("终于等到：元宵招待会" if chinese else "At last: Lantern Reception")
    assert ("梁文，\n\n2席。" if chinese else "Come, 梁文!\n\n2 seats.") in body(mail)
    assert ("<p>梁文，</p>\n<p>2席。</p>" if chinese else "<p>Come, 梁文!</p>\n<p>2 seats.</p>") in body(
        mail, "html"
    )
    for kind in ("plain", "html"):
        assert ("感谢您的回复" if chinese else "Thank you for your answer") not in body(mail, kind)
        for fact in ("元宵招待会", "Lantern Reception", link_of(rsvp), "正装" if chinese else "Business"):
            assert fact in body(mail, kind)
    assert any(part.get_content_type() == "text/calendar" for part in mail.walk())


def test_language_left_empty_gets_the_usual_words(post: Post, event: Event) -> None:
    own(event, subject_en="At last", body_en="Come!")
    taken_down(event, 1, "梁文", language="zh-hans")
    mail = delivered(post)
    assert subject(mail).startswith("您的名额已确认")
    assert "感谢您的回复" in body(mail)


def test_words_of_one_event_stand_in_no_other(post: Post, event: Event) -> None:
    own(event, body_en="Come!")
    taken_down(factories.reception(), 1, "Mei Chen")
    assert "Thank you for your answer" in body(delivered(post))


def test_name_that_looks_like_a_placeholder_or_like_markup_stays_text(post: Post, event: Event) -> None:
    """Replaced in one pass: what came in by one placeholder is never looked at again."""
    own(event, subject_en="For {name}", body_en="Dear {name}, at {place}.")
    taken_down(event, 1, "{link} <b>{seats}</b> %(x)s")
    mail = delivered(post)
    assert subject(mail) == "For {link} <b>{seats}</b> %(x)s"
    assert "Dear {link} <b>{seats}</b> %(x)s, at City Hall, 200 N Spring Street, Los Angeles." in body(mail)
    assert "Dear {link} &lt;b&gt;{seats}&lt;/b&gt; %(x)s, at" in body(mail, "html")


def test_longest_words_arrive_whole_in_lines_that_mail_servers_carry(post: Post, event: Event) -> None:
    words = "元宵佳节，" * 800
    own(event, body_zh_hans=words)
    post.raw.clear()
    taken_down(event, 1, "梁文", language="zh-hans")
    mail = delivered(post)
    assert words in body(mail)
    assert words in body(mail, "html")
    assert max(len(line) for line in post.raw[-1].split(b"\r\n")) <= 998


def test_only_safe_addresses_and_our_own_become_links(post: Post, event: Event, settings: Any) -> None:
    words = (
        f"See https://example.org/a?b=1&c=2. Or {settings.SITE_URL}/en/, http://example.org/ <i>{{link}}</i>"
    )
    own(event, body_en=words)
    rsvp = factories.rsvp(event)
    html = body(delivered(post), "html")
    assert 'See <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>. Or' in html
    assert f'<a href="{settings.SITE_URL}/en/">' in html
    assert 'href="http://example.org' not in html
    assert f'&lt;i&gt;<a href="{link_of(rsvp)}">{link_of(rsvp)}</a>&lt;/i&gt;' in html


def test_name_with_an_address_in_it_becomes_no_link(post: Post, event: Event) -> None:
    own(event, body_en="Dear {name}!")
    taken_down(event, 1, "https://example.org/")
    assert "Dear https://example.org/!" in body(delivered(post), "html")


def test_letter_to_an_address_of_which_nothing_is_known_calls_its_reader_a_guest(
    post: Post, event: Event
) -> None:
    own(event, body_en="Dear {name}!", body_zh_hans="{name}：")
    factories.rsvp(event, 1, "Mei Chen")
    assert "Dear guest!" in body(delivered(post))
    factories.rsvp(event, 1, "Mei Chen", language="zh-hans")
    assert "来宾：" in body(delivered(post))


@pytest.mark.parametrize(
    ("kind", "stays"),
    [
        ("rsvp_requested", "A request holds no seat"),
        ("rsvp_verify", "Until then the answer does not count"),
        ("rsvp_waitlisted", "You are waiting for 2 seats.\nYour place on the waiting list: 3."),
        ("rsvp_queue_changed", "You are waiting for 2 seats.\nYour place on the waiting list: 3."),
        ("rsvp_deferred", "this can be done once"),
        ("rsvp_lapsed", "You are no longer on the waiting list."),
        ("event_cancelled", "Your answer has been withdrawn with it"),
        ("hold_event_cancelled", "are no longer kept. Please tell your guests"),
    ],
)
def test_what_a_guest_must_know_stays_whatever_the_hosts_write(event: Event, kind: str, stays: str) -> None:
    letter = preview(event, kind, "en", OwnWords("Ours", "Our words."), None)
    assert "Our words." in letter.text
    assert stays in letter.text
    for line in stays.split("\n"):
        assert line in letter.html


def test_what_the_hosts_wrote_with_their_decision_stays(post: Post) -> None:
    event = lantern_reception(mode="approval")
    own(event, "rsvp_rejected", body_en="Not this time.")
    verbs.reject(factories.rsvp(event), STAFF, "We are full, {name}.")
    post.mails.clear()
    text = body(delivered(post))
    assert "Not this time.\n\nThe hosts write:\n\nWe are full, {name}." in text


# --- who gets what guests write back --------------------------------------------------------------------


def test_guests_write_back_to_the_person_whom_the_rules_name(post: Post, event: Event) -> None:
    who = {"reply_to_name": "陈美 (外事办)", "reply_to_email": "mei@foreign-affairs.example"}
    RsvpPolicy.objects.filter(event=event).update(**who)
    post.raw.clear()
    factories.rsvp(event)
    mail = delivered(post)
    (found,) = mail["Reply-To"].addresses
    assert (found.display_name, found.addr_spec) == ("陈美 (外事办)", "mei@foreign-affairs.example")
    assert post.raw[-1].partition(b"\r\n\r\n")[0].isascii()


def test_without_a_person_the_association_gets_what_guests_write_back(post: Post, event: Event) -> None:
    factories.rsvp(event)
    assert delivered(post)["Reply-To"] == "receptions@sistercities.example"


def test_no_name_brings_another_header_into_a_letter(post: Post, event: Event) -> None:
    evil = "Mei\r\nBcc: all@example.net\r\n\r\nBuy!"
    RsvpPolicy.objects.filter(event=event).update(reply_to_name=evil)
    own(event, subject_en=f"For {evil}")
    factories.rsvp(event)
    mail = delivered(post)
    assert mail["Bcc"] is None
    assert subject(mail) == "For Mei Bcc: all@example.net Buy!"
    assert mail["Reply-To"].addresses[0].addr_spec == "receptions@sistercities.example"
