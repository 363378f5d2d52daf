"""The letters about an answer, and about what became of the event."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import invitations
from events import rsvp as verbs
from events.links import find_rsvp
from events.models import Event
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import (
    LANGUAGES,
    body,
    calendar,
    delivered,
    lantern_reception,
    link_of,
    subject,
    taken_down,
)
from tests.post import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return lantern_reception()


@pytest.mark.parametrize("language", LANGUAGES)
def test_confirmation_tells_all_a_guest_needs(post: Post, event: Event, language: str) -> None:
    rsvp = taken_down(event, 2, "梁文", companions=("Zoë O’Hara",), language=language)
    mail = delivered(post)
    assert mail["To"].addresses[0].display_name == "梁文"
    assert mail["To"].addresses[0].addr_spec == rsvp.email
    assert "元宵招待会" in subject(mail)
    assert "Lantern Reception" in subject(mail)
    for kind in ("plain", "html"):
        text = body(mail, kind)
        for fact in ("元宵招待会", "Lantern Reception", "梁文", "Zoë O’Hara", link_of(rsvp)):
            assert fact in text
        assert ("正装" if language == "zh-hans" else "Business") in text
        assert ("北春街200号" if language == "zh-hans" else "200 N Spring Street") in text
        assert ("广州时间" if language == "zh-hans" else "in Guangzhou") in text
    assert f"/{language}/rsvp/" in body(mail)


def test_confirmation_brings_a_calendar_entry(post: Post, event: Event) -> None:
    factories.rsvp(event, 2)
    entry = calendar(delivered(post))
    assert entry is not None
    assert entry["METHOD"] == "REQUEST"
    assert entry.walk("VEVENT")[0]["UID"] == event.ics_uid
    assert entry.walk("VEVENT")[0].start == event.starts_at.replace(microsecond=0)  # type: ignore[union-attr]


def test_link_in_the_mail_opens_the_answer_and_is_stored_nowhere(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event)
    token = link_of(rsvp).rstrip("/").rpartition("/")[2]
    assert token in body(delivered(post))
    assert find_rsvp(token) == rsvp
    assert token not in str(Message.objects.get().snapshot)


def test_letter_speaks_of_one_seat_or_of_many(post: Post, event: Event) -> None:
    factories.rsvp(event, 1)
    assert subject(delivered(post)).startswith("Your seat is confirmed")
    factories.rsvp(event, 2)
    assert subject(delivered(post)).startswith("Your seats are confirmed")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Mei Chen, Bo Li (2 more names to follow)"), ("zh-hans", "Mei Chen、Bo Li（另2位姓名待补）")],
)
def test_companions_without_a_name_are_counted(post: Post, event: Event, language: str, words: str) -> None:
    taken_down(event, 4, "Mei Chen", companions=("Bo Li",), language=language)
    mail = delivered(post)
    assert words in body(mail)
    assert words in body(mail, "html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_about_a_made_up_event_begins_by_saying_so(
    post: Post, event: Event, language: str
) -> None:
    Event.objects.filter(pk=event.pk).update(is_illustration=True)
    label = "【示范】" if language == "zh-hans" else "[Example] "
    factories.rsvp(event, language=language)
    mail = delivered(post)
    assert subject(mail).startswith(label)
    assert body(mail).startswith(label)
    entry = calendar(mail)
    assert entry is not None
    assert entry.walk("VEVENT")[0]["SUMMARY"].startswith(label)
    invitations.send(factories.invitation(event, language=language))
    for text in (body(letter := delivered(post)), body(letter, "html")):
        assert label in text


def test_place_is_named_with_its_city(post: Post, event: Event) -> None:
    factories.rsvp(event)
    assert "Where: City Hall\n200 N Spring Street, Los Angeles\n" in body(delivered(post))
    factories.rsvp(event, language="zh-hans")
    assert "地点：洛杉矶市政厅\n北春街200号\n" in body(delivered(post))


def test_every_entry_replaces_the_one_before(post: Post, event: Event) -> None:
    """Confirmed, withdrawn, confirmed again: calendars take a later entry only if its number is higher."""
    rsvp = factories.rsvp(event)
    found = [calendar(delivered(post))]
    verbs.withdraw(rsvp)
    found.append(calendar(delivered(post)))
    verbs.change(rsvp, factories.answer(1, rsvp.name, email=rsvp.email))
    found.append(calendar(delivered(post)))
    assert [entry and str(entry["METHOD"]) for entry in found] == ["REQUEST", "CANCEL", "REQUEST"]
    assert [entry and entry.walk("VEVENT")[0]["SEQUENCE"] for entry in found] == [0, 1, 2]


def test_other_names_and_more_seats_are_no_news_to_a_calendar(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 2)
    first = calendar(delivered(post))
    verbs.change(rsvp, factories.answer(3, rsvp.name, email=rsvp.email))
    second = calendar(delivered(post))
    assert [entry and entry.walk("VEVENT")[0]["SEQUENCE"] for entry in (first, second)] == [0, 0]


def test_change_is_confirmed_with_an_entry(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 2)
    outbox.send_due()
    verbs.change(rsvp, factories.answer(3, rsvp.name, email=rsvp.email))
    mail = delivered(post)
    assert "changed" in subject(mail)
    assert "3 seats are confirmed" in body(mail)
    assert calendar(mail) is not None


def test_no_is_thanked_for(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 0)
    mail = delivered(post)
    assert "Thank you" in subject(mail)
    assert link_of(rsvp) in body(mail)
    assert calendar(mail) is None


def test_second_form_for_an_address_tells_its_owner_and_changes_nothing(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 2, "Mei Chen")
    outbox.send_due()
    verbs.respond(event, factories.answer(4, "Somebody Else", email=rsvp.email))
    mail = delivered(post)
    assert "You have answered already" in subject(mail)
    assert "nothing you need to do" in body(mail)
    assert "reply to this mail" not in body(mail)
    assert "Somebody Else" not in body(mail)
    assert link_of(rsvp) in body(mail)
    assert calendar(mail) is None


def test_renewed_link_goes_to_the_answers_owner(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 2)
    outbox.send_due()
    before = link_of(rsvp)
    verbs.renew_link(rsvp, verbs.SYSTEM)
    mail = delivered(post)
    rsvp.refresh_from_db()
    assert subject(mail).startswith("A new link to your answer")
    assert link_of(rsvp) in body(mail)
    assert before not in body(mail)
    assert "filled in the form" not in body(mail)


def test_confirmation_that_a_withdrawal_overtook_is_never_sent(post: Post, event: Event) -> None:
    """Whoever is unconfirmed by now gets no calendar entry, however late the mail goes out."""
    rsvp = factories.rsvp(event, 2)
    verbs.withdraw(rsvp)
    mail = delivered(post)
    assert "withdrawn" in subject(mail)
    states = {message.kind: message.state for message in Message.objects.all()}
    assert states["rsvp_confirmed"] == Message.State.OVERTAKEN


def test_same_mail_has_one_message_id_however_often_it_is_tried(post: Post, event: Event) -> None:
    factories.rsvp(event)
    first = delivered(post)
    Message.objects.update(
        sent_at=None, send_after=timezone.now() - timedelta(minutes=1), handed_over_at=None
    )
    assert delivered(post)["Message-ID"] == first["Message-ID"]


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_letter_to_an_address_that_anybody_may_have_typed_names_nobody(
    post: Post, event: Event, kind: str
) -> None:
    factories.rsvp(event, 2, "Mei Chen", companions=("Bo Li",))
    mail = delivered(post)
    assert "Your 2 seats are confirmed" in body(mail, kind)
    assert "Dear guest," in body(mail, kind)
    assert "Your party" not in body(mail, kind)
    for name in ("Mei", "Chen", "Bo Li"):
        assert name not in body(mail, kind)
        assert name not in str(mail["To"])


def test_letter_to_a_member_and_to_who_was_invited_by_mail_names_them(post: Post, event: Event) -> None:
    member = factories.member("mei@example.org")
    factories.rsvp(event, 1, "Mei Chen", email=member.email, member=member)
    assert "Dear Mei Chen," in body(delivered(post))
    invited = factories.invitation(event, "Bo Li")
    invitations.send(invited)
    delivered(post)
    invited.refresh_from_db()
    verbs.respond(event, factories.answer(1, "Bo Li", email=invited.email), invitation=invited)
    assert "Dear Bo Li," in body(delivered(post))


def test_invitation_passed_on_to_another_address_is_answered_without_a_name(post: Post, event: Event) -> None:
    invited = factories.invitation(event, "Bo Li", sent_at=timezone.now())
    verbs.respond(event, factories.answer(1, "Bo Li", email="other@example.org"), invitation=invited)
    assert "Dear guest," in body(delivered(post))


def test_names_are_text_and_never_markup(post: Post, event: Event) -> None:
    taken_down(event, 1, "<b>Mei</b> & Co")
    mail = delivered(post)
    assert "<b>Mei</b> & Co" in body(mail)
    assert "&lt;b&gt;Mei&lt;/b&gt; &amp; Co" in body(mail, "html")


def test_plain_letter_has_no_gaps_and_no_markup(post: Post, event: Event) -> None:
    factories.rsvp(event)
    text = body(delivered(post))
    assert "\n\n\n" not in text
    assert "<" not in text
    assert "Guangzhou" in text
    assert "&#" not in text


def test_html_letter_fetches_nothing(post: Post, event: Event) -> None:
    factories.rsvp(event)
    html = body(delivered(post), "html")
    for fetching in ("<img", "<script", "<link", "url(", "@import"):
        assert fetching not in html
