"""The letter that invites somebody personally."""

from datetime import timedelta

import pytest

from events import invitations
from events import rsvp as verbs
from events.forms_of_address import full_name, salutation
from events.links import find_invitation, invitation_url
from events.models import Event, Invitation, RsvpPolicy
from events.when import spell_instant
from relationships.models import Organisation
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import LANGUAGES, body, calendar, delivered, lantern_reception, subject
from tests.post import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return lantern_reception()


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


@pytest.mark.parametrize(
    ("fields", "named", "begins"),
    [
        ({"name": "Mei Chen"}, "Mei Chen", "Dear Mei Chen,"),
        ({"name": "Mei Chen", "title": "Prof."}, "Prof. Mei Chen", "Dear Prof. Mei Chen,"),
        ({"name": "Mei Chen", "salutation": "Your Excellency, "}, "Mei Chen", "Your Excellency,"),
        ({"name": "欧阳志强", "language": "zh-hans"}, "欧阳志强", "尊敬的欧阳志强："),
        (
            {"name": "欧阳志强", "title": "总领事", "language": "zh-hans"},
            "欧阳志强总领事",
            "尊敬的欧阳志强总领事：",
        ),
        (
            {"name": "John Smith", "title": "教授", "language": "zh-hans"},
            "John Smith教授",
            "尊敬的John Smith教授：",
        ),
        ({"name": "李梅", "salutation": "亲爱的李老师：", "language": "zh-hans"}, "李梅", "亲爱的李老师："),
    ],
)
def test_everybody_is_named_and_addressed_as_their_language_does(
    fields: dict[str, str], named: str, begins: str
) -> None:
    invited = Invitation(**fields)
    assert (full_name(invited), salutation(invited)) == (named, begins)


def test_a_page_in_another_language_does_without_the_hosts_own_salutation() -> None:
    invited = Invitation(name="李梅", salutation="亲爱的李老师", language="zh-hans")
    assert salutation(invited, "en") == "Dear 李梅,"


@pytest.mark.parametrize("language", LANGUAGES)
def test_invitation_tells_what_is_the_guests_own(post: Post, event: Event, language: str) -> None:
    own = event.starts_at - timedelta(days=3)  # type: ignore[operator]
    closes = event.starts_at - timedelta(days=7)  # type: ignore[operator]
    RsvpPolicy.objects.filter(event=event).update(closes_at=closes)
    fields = {"organisation": "Port of Los Angeles", "answer_by": own, "largest_party": 3}
    invited = factories.invitation(event, "Mei Chen", language=language, **fields)
    block = verbs.Block(name=invited.name, seats=2, invitation=invited)
    verbs.hold_seats(event, block, verbs.By("staff"))
    invitations.send(invited)
    text = body(delivered(post))
    assert "Mei Chen\nPort of Los Angeles" in text
    assert spell_instant(own, event.zone, language) in text
    told = ("Invited: you and up to 2 more", "Seats kept for you: 2")
    if language == "zh-hans":
        told = ("受邀人数：您本人及最多2位同行者", "为您预留的名额：2")
    for words in told:
        assert words in text


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
