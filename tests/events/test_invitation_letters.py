"""Letters that invite and remind: who gets one, how often, and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events import invitations
from events import rsvp as verbs
from events.invitation_letters import Sending, Why
from events.invitation_overview import numbers
from events.models import Event, Invitation, InvitationList, RsvpPolicy
from events.rsvp import Refused
from sistercities.mail import outbox
from sistercities.mail.models import Message
from tests import factories
from tests.events.postbox import LANGUAGES, body, delivered, lantern_reception, subject
from tests.post import Post

pytestmark = pytest.mark.django_db


def sent_days_ago(event: Event, days: float = 2, **fields: Any) -> Invitation:
    """An invitation that went out some days ago."""
    long_ago = timezone.now() - timedelta(days=days)
    return factories.invitation(event, sent_at=long_ago, letter="sent", **fields)


def all_of(event: Event) -> Any:
    return Invitation.objects.filter(event=event)


# --- many at once ---------------------------------------------------------------------------------------


def test_2000_are_sent_in_batches_after_all_other_mail_and_nobody_twice(
    django_assert_max_num_queries: Any,
) -> None:
    event = factories.reception(3000)
    batch = InvitationList.objects.create(event=event, name="All")
    guests = [invitations.Invitee(f"Guest {number}", f"guest{number}@example.org") for number in range(2000)]
    assert len(invitations.invite(event, guests, batch)) == 2000
    with django_assert_max_num_queries(50):
        assert len(invitations.send_all(batch)) == 2000
    assert Message.objects.filter(kind="invitation", priority=Message.Priority.BULK).count() == 2000
    assert all_of(event).filter(letter="waiting").count() == 2000
    again = invitations.send_all(batch)
    assert (len(again), again.left) == (0, {Why.SENT: 2000})
    batch.refresh_from_db()
    assert batch.sending_at


class Picky(Post):
    """A mail server that knows nobody whose address begins with “lost”."""

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address.startswith("lost"):
            return "550 5.1.1 No such user here"
        return await super().handle_RCPT(server, session, envelope, address, options)


@pytest.mark.thorough
def test_of_500_letters_480_arrive_and_20_come_back_marked_with_the_reason(settings: Any) -> None:
    event = factories.reception(600)
    guests = [invitations.Invitee(f"Guest {number}", f"guest{number}@example.org") for number in range(480)]
    lost = [invitations.Invitee(f"Lost {number}", f"lost{number}@example.org") for number in range(20)]
    invitations.invite(event, [*guests, *lost])
    invitations.send_all(all_of(event))
    with Picky() as picky:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = picky.host, picky.port
        assert outbox.send_due(1000) == 500
    assert len({mail["To"] for mail in picky.mails}) == len(picky.mails) == 480
    count = numbers(event)
    assert (count.sent, count.returned, count.waiting, count.none) == (480, 20, 0, 500)
    assert set(all_of(event).filter(letter="returned").values_list("returned_why", flat=True)) == {
        "550 5.1.1 No such user here"
    }


def test_a_few_go_out_at_once() -> None:
    event = factories.reception()
    factories.invitation(event)
    invitations.send_all(all_of(event))
    assert Message.objects.get().priority == Message.Priority.PERSONAL


def test_who_gets_no_letter_is_counted_under_the_reason() -> None:
    event = factories.reception()
    fields: list[dict[str, Any]] = [
        {"revoked_at": timezone.now()},
        {"email": ""},
        {"answer_by": timezone.now() - timedelta(hours=1)},
        {"sent_at": timezone.now()},
        {},
    ]
    for each in fields:
        factories.invitation(event, **each)
    answered = factories.invitation(event)
    verbs.respond(event, factories.answer(), invitation=answered)
    found = invitations.sort_out(all_of(event), Sending.FIRST)
    reasons = dict.fromkeys([Why.REVOKED, Why.NO_ADDRESS, Why.CLOSED, Why.SENT, Why.ANSWERED], 1)
    assert (len(found), found.left) == (1, reasons)
    assert not Message.objects.filter(kind="invitation").exists()


def test_an_invitation_with_a_deadline_of_its_own_is_sent_after_the_event_has_closed() -> None:
    event = factories.reception(closes_at=timezone.now() - timedelta(hours=1))
    late = factories.invitation(event, answer_by=timezone.now() + timedelta(days=1))
    assert invitations.send(late)
    with pytest.raises(Refused):
        invitations.send(factories.invitation(event))


# --- reminding ------------------------------------------------------------------------------------------


def test_who_has_not_answered_is_reminded_and_once_a_day_only() -> None:
    event = factories.reception()
    silent, answered, elsewhere = (sent_days_ago(event) for _ in range(3))
    verbs.respond(event, factories.answer(0), invitation=answered)
    factories.rsvp(event, email=elsewhere.email)
    assert invitations.remind(all_of(event)).sent == [silent.pk]
    Invitation.objects.update(letter="sent")
    assert invitations.remind(all_of(event)).left == {Why.ANSWERED: 2, Why.LATELY: 1}
    a_day_later = timezone.now() - timedelta(hours=25)
    Invitation.objects.filter(pk=silent.pk).update(reminded_at=a_day_later)
    assert invitations.remind(all_of(event)).sent == [silent.pk]
    silent.refresh_from_db()
    assert silent.reminders == 2
    assert Message.objects.filter(kind="invitation_reminder").count() == 2


def test_nobody_is_reminded_of_what_came_today_never_went_out_or_came_back() -> None:
    event = factories.reception()
    sent_days_ago(event, 0.5)
    factories.invitation(event)
    sent_days_ago(event)
    Invitation.objects.filter(pk=Invitation.objects.latest("pk").pk).update(letter="returned")
    assert invitations.remind(all_of(event)).left == {Why.LATELY: 1, Why.UNSENT: 1, Why.RETURNED: 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reminder_says_when_the_invitation_went_out_and_leads_to_the_same_page(
    post: Post, language: str
) -> None:
    event = lantern_reception()
    closes = event.starts_at - timedelta(days=7)  # type: ignore[operator]
    RsvpPolicy.objects.filter(event=event).update(closes_at=closes)
    fields = (
        {"name": "梁文", "title": "教授"} if language == "zh-hans" else {"name": "Mei Chen", "title": "Prof."}
    )
    sent_days_ago(event, language=language, **fields)
    invitations.remind(all_of(event))
    mail = delivered(post)
    assert subject(mail).startswith("May we hear from you?" if language == "en" else "盼复")
    for kind in ("plain", "html"):
        text = body(mail, kind)
        assert ("Dear Prof. Mei Chen," if language == "en" else "尊敬的梁文教授：") in text
        assert f"/{language}/invitation/" in text


def test_a_reminder_that_an_answer_overtook_is_not_sent(post: Post) -> None:
    event = factories.reception()
    invited = sent_days_ago(event)
    invitations.remind(all_of(event))
    verbs.respond(event, factories.answer(0, email=""), invitation=invited)
    outbox.send_due()
    assert Message.objects.get(kind="invitation_reminder").state == Message.State.OVERTAKEN
    assert not [mail for mail in post.mails if "May we hear" in subject(mail)]


# --- what becomes of them -------------------------------------------------------------------------------


def test_an_invitation_knows_that_its_letter_has_gone_out(post: Post) -> None:
    invited = factories.invitation(factories.reception())
    invitations.send(invited)
    delivered(post)
    invited.refresh_from_db()
    assert (invited.letter, invited.returned_at) == ("sent", None)


def test_an_address_that_bounces_is_noted_with_the_reason_until_it_is_mended(post: Post) -> None:
    event = factories.reception()
    invited = factories.invitation(event)
    invitations.send(invited)
    post.answers["RCPT"] = "550 5.1.1 No such user here"
    outbox.send_due()
    post.answers.clear()
    invited.refresh_from_db()
    assert invited.letter == "returned"
    assert "No such user here" in invited.returned_why
    mended = invitations.amend(invited, email="right@example.org")
    assert (mended.letter, mended.returned_why, mended.sent_at) == ("", "", None)
    assert invitations.send(mended)
    outbox.send_due()
    assert [mail["To"].addresses[0].addr_spec for mail in post.mails] == ["right@example.org"]


def test_a_report_that_comes_days_later_is_noted_on_the_invitation(post: Post) -> None:
    invited = factories.invitation(factories.reception())
    invitations.send(invited)
    delivered(post)
    assert outbox.note_return(Message.objects.get(), "5.2.2 mailbox full")
    invited.refresh_from_db()
    assert (invited.letter, invited.returned_why) == ("returned", "5.2.2 mailbox full")


def test_a_report_about_an_earlier_address_says_nothing_of_the_new_one(post: Post) -> None:
    invited = factories.invitation(factories.reception())
    invitations.send(invited)
    delivered(post)
    invitations.amend(invited, email="new@example.org")
    outbox.note_return(Message.objects.get(), "5.1.1 unknown")
    invited.refresh_from_db()
    assert (invited.letter, invited.returned_at) == ("", None)


def test_what_was_held_back_while_the_event_was_postponed_can_be_sent_once_it_is_on(post: Post) -> None:
    event = factories.reception()
    invited = factories.invitation(event)
    invitations.send(invited)
    Event.objects.update(state="postponed")
    outbox.send_due()
    Event.objects.update(state="on")
    assert invitations.send(invited)
    assert delivered(post)["To"].addresses[0].addr_spec == invited.email


# --- changing and reserving -----------------------------------------------------------------------------


def test_another_address_makes_an_invitation_that_was_reminded_of_new_again() -> None:
    event = factories.reception()
    invited = sent_days_ago(event)
    invitations.remind(all_of(event))
    changed = invitations.amend(invited, email="new@example.org")
    assert (changed.sent_at, changed.reminders, changed.link_version) == (None, 0, 2)


def test_the_same_address_in_other_letters_leaves_the_link_as_it_is() -> None:
    invited = factories.invitation(factories.reception(), email="mei@example.org")
    assert invitations.amend(invited, email="Mei@example.org").link_version == 1


def test_an_address_that_is_invited_already_is_refused_beside_the_field() -> None:
    event = factories.reception()
    factories.invitation(event, email="mei@example.org")
    with pytest.raises(Refused) as refused:
        invitations.amend(factories.invitation(event), email="MEI@example.org")
    assert refused.value.field == "email"


def test_seats_are_reserved_beyond_the_limit_by_raising_it_in_the_same_step() -> None:
    event = factories.reception(2)
    factories.rsvp(event, 2)
    waiting = factories.rsvp(event, 1)
    invited = factories.invitation(event)
    block = verbs.Block(name=invited.name, seats=2, invitation=invited)
    staff = verbs.By("staff", reason="the Consul General")
    with pytest.raises(Refused):
        verbs.hold_seats(event, block, staff)
    verbs.hold_seats(event, block, staff, raises_limit=True)
    policy = RsvpPolicy.objects.get(event=event)
    assert (policy.seat_limit, policy.seats_committed) == (4, 4)
    waiting.refresh_from_db()
    assert waiting.status == "waitlisted"
    came = verbs.respond(event, factories.answer(2, email=invited.email), invitation=invited)
    assert came.rsvp.seats_confirmed == 2


def test_inviting_the_same_people_again_invites_nobody_twice() -> None:
    event = factories.reception()
    guests = [invitations.Invitee("Mei", "mei@example.org"), invitations.Invitee("Mei", "MEI@example.org")]
    assert len(invitations.invite(event, guests)) == 1
    assert invitations.invite(event, guests) == []
