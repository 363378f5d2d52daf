"""The letters to guests, sent through a real mail server and read back."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from django.utils import timezone

from events import invitations
from events import rsvp as verbs
from events.links import find_invitation, find_rsvp, invitation_url, manage_url
from events.models import Event, Rsvp, RsvpPolicy, RsvpTransition
from events.when import spell_instant
from relationships.models import Organisation
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.post import Post

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans"]


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with Post() as server:
        yield server


@pytest.fixture(autouse=True)
def _sent_for_real(post: Post, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = post.host, post.port
    post.mails.clear()


@pytest.fixture
def event() -> Event:
    """A reception at City Hall with five seats, for the bond of two cities."""
    made = factories.reception(5, largest_party=5)
    bond = factories.relationship()
    made.relationships.add(bond)
    Event.objects.filter(pk=made.pk).update(
        title_en="Lantern Reception",
        title_zh_hans="元宵招待会",
        venue=factories.venue(
            city=bond.cities[1], address_en="200 N Spring Street", address_zh_hans="北春街200号"
        ),
        dress_code_en="Business",
        dress_code_zh_hans="正装",
    )
    return Event.objects.get(pk=made.pk)


def delivered(post: Post) -> EmailMessage:
    """Send what waits; the one mail that came of it."""
    post.mails.clear()
    outbox.send_due()
    assert [message.error for message in Message.objects.in_trouble()] == []
    (mail,) = post.mails
    return mail


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def subject(mail: EmailMessage) -> str:
    return str(mail["Subject"]).strip()


def calendar(mail: EmailMessage) -> icalendar.Calendar | None:
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return icalendar.Calendar.from_ical(parts[0].get_payload(decode=True)) if parts else None


def taken_down(event: Event, *args: Any, **fields: Any) -> Rsvp:
    """An answer that staff took down for somebody whom they know; only such letters may name names."""
    return verbs.respond(event, factories.answer(*args, **fields), verbs.By(RsvpTransition.Actor.STAFF)).rsvp


def link_of(rsvp: Rsvp) -> str:
    return manage_url(rsvp.link_handle, rsvp.link_version, rsvp.language)


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
    assert entry["METHOD"] == "PUBLISH"
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


def test_waiting_party_learns_its_place_and_the_rule_and_gets_no_entry(post: Post, event: Event) -> None:
    factories.rsvp(event, 5)
    factories.rsvp(event, 1)
    outbox.send_due()
    factories.rsvp(event, 3)
    mail = delivered(post)
    assert "waiting list" in subject(mail)
    assert "Nothing is confirmed yet" in body(mail)
    assert "You are waiting for 3 seats.\nYour place on the waiting list: 2." in body(mail)
    assert "72 hours" in body(mail)
    assert calendar(mail) is None


def test_party_that_waits_for_more_learns_that_it_keeps_its_seats(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 2)
    factories.rsvp(event, 3)
    outbox.send_due()
    verbs.change(rsvp, factories.answer(4, rsvp.name, email=rsvp.email))
    mail = delivered(post)
    assert "You keep your seats" in subject(mail)
    assert "Your 2 seats are confirmed and remain yours" in body(mail)
    assert "You are waiting for 2 seats" in body(mail)
    assert "Seats confirmed: 2 (2 more on the waiting list)" in body(mail)
    assert "Your party" not in body(mail)
    assert calendar(mail) is not None


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_waiting_party_that_wants_more_learns_that_its_request_was_changed(
    post: Post, event: Event, kind: str
) -> None:
    factories.rsvp(event, 5)
    rsvp = factories.rsvp(event, 2)
    outbox.send_due()
    verbs.change(rsvp, factories.answer(4, rsvp.name, email=rsvp.email))
    mail = delivered(post)
    assert subject(mail).startswith("Your request on the waiting list has been changed")
    assert "You are now waiting for 4 seats, as number 1 on the waiting list." in body(mail, kind)
    assert "Thank you for your answer" not in body(mail, kind)


@pytest.mark.parametrize(
    ("seats", "words"), [(1, "There is no free seat"), (3, "not enough free seats for your whole party")]
)
def test_waiting_party_is_told_what_is_lacking(post: Post, event: Event, seats: int, words: str) -> None:
    factories.rsvp(event, 5 if seats == 1 else 3)
    outbox.send_due()
    factories.rsvp(event, seats)
    assert words in body(delivered(post))


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
    assert [entry and str(entry["METHOD"]) for entry in found] == ["PUBLISH", "CANCEL", "PUBLISH"]
    assert [entry and entry.walk("VEVENT")[0]["SEQUENCE"] for entry in found] == [1, 2, 3]


def test_change_is_confirmed_with_an_entry(post: Post, event: Event) -> None:
    rsvp = factories.rsvp(event, 2)
    outbox.send_due()
    verbs.change(rsvp, factories.answer(3, rsvp.name, email=rsvp.email))
    mail = delivered(post)
    assert "changed" in subject(mail)
    assert "3 seats are confirmed" in body(mail)
    assert calendar(mail) is not None


def test_party_from_the_waiting_list_gets_its_seats_and_its_entry(post: Post, event: Event) -> None:
    first = factories.rsvp(event, 5)
    second = factories.rsvp(event, 2)
    outbox.send_due()
    post.mails.clear()
    verbs.withdraw(first)
    outbox.send_due()
    by_address = {str(mail["To"].addresses[0].addr_spec): mail for mail in post.mails}
    assert "From the waiting list" in subject(by_address[second.email])
    entry = calendar(by_address[second.email])
    assert entry is not None
    assert entry["METHOD"] == "PUBLISH"
    taken_away = calendar(by_address[first.email])
    assert taken_away is not None
    assert taken_away["METHOD"] == "CANCEL"


def test_party_that_only_waited_has_no_entry_to_take_away(post: Post, event: Event) -> None:
    factories.rsvp(event, 5)
    waiting = factories.rsvp(event, 2)
    outbox.send_due()
    verbs.withdraw(waiting)
    mail = delivered(post)
    assert "withdrawn" in subject(mail)
    assert calendar(mail) is None


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
    assert (entry["METHOD"], entry.walk("VEVENT")[0]["SEQUENCE"]) == ("CANCEL", 3)


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
    assert entry.walk("VEVENT")[0]["SEQUENCE"] == 2


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
    assert (entry["METHOD"], shown["SEQUENCE"], shown["STATUS"]) == ("PUBLISH", 3, "TENTATIVE")


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_invitation_reads_like_a_printed_one(post: Post, event: Event, language: str) -> None:
    closes = event.starts_at - timedelta(days=7)  # type: ignore[operator]
    RsvpPolicy.objects.filter(event=event).update(closes_at=closes)
    invited = factories.invitation(event, "梁文", language=language, greeting="Come early,\n<b>please</b>.")
    assert invitations.send(invited)
    mail = delivered(post)
    assert mail["To"].addresses[0].addr_spec == invited.email
    assert subject(mail).endswith(
        "元宵招待会 · Lantern Reception" if language == "zh-hans" else "Lantern Reception · 元宵招待会"
    )
    for kind in ("plain", "html"):
        text = body(mail, kind)
        for fact in ("元宵招待会", "Lantern Reception", "梁文", "Come early,", invitation_url(invited)):
            assert fact in text
        assert ("正装" if language == "zh-hans" else "Business") in text
        assert f"/{language}/invitation/" in text
    assert "&lt;b&gt;please&lt;/b&gt;" in body(mail, "html")
    assert calendar(mail) is None


def test_invitation_names_its_hosts_and_the_last_day_for_an_answer(post: Post, event: Event) -> None:
    event.hosts.add(
        *(Organisation.objects.create(slug=name, name_en=name.title()) for name in ("one", "two"))
    )
    closes = event.starts_at - timedelta(days=7)  # type: ignore[operator]
    RsvpPolicy.objects.filter(event=event).update(closes_at=closes)
    invitations.send(factories.invitation(event, "Mei Chen"))
    text = body(delivered(post))
    assert "One\nTwo\nrequest the pleasure of the company of\n\nMei Chen" in text
    assert f"Kindly answer by {spell_instant(closes, event.zone, 'en')}" in text


def test_link_in_the_invitation_opens_it_and_is_stored_nowhere(post: Post, event: Event) -> None:
    invited = factories.invitation(event)
    invitations.send(invited)
    token = invitation_url(invited).rstrip("/").rpartition("/")[2]
    assert token in body(delivered(post))
    assert find_invitation(token) == invited
    assert token not in str(Message.objects.get().snapshot)


@pytest.mark.parametrize("overtaken_by", ["answer", "revocation", "cancellation", "deletion"])
def test_invitation_that_something_overtook_is_never_sent(
    post: Post, event: Event, overtaken_by: str
) -> None:
    invited = factories.invitation(event)
    invitations.send(invited)
    if overtaken_by == "answer":
        verbs.respond(event, factories.answer(0, email=""), invitation=invited)
    elif overtaken_by == "revocation":
        invitations.revoke(invited)
    elif overtaken_by == "deletion":
        invited.delete()
    else:
        verbs.call_off(event, "The hall is closed.", "场馆因故关闭。", verbs.SYSTEM)
    outbox.send_due()
    assert Message.objects.get(kind="invitation").state == Message.State.OVERTAKEN
    assert not post.mails


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
