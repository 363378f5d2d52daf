"""Personal invitations: what their links open, for whom, and what they never open."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from events import invitations
from events import rsvp as verbs
from events.links import Purpose, find_invitation, find_rsvp, invitation_url, token, token_for
from events.models import Event, Invitation, Rsvp, RsvpPolicy, RsvpTransition
from events.rsvp import Recorded, Refused
from people.models import Member
from sistercities.mail.models import Message
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])
CLOSED_MODES = pytest.mark.parametrize("mode", [RsvpPolicy.Mode.MEMBERS, RsvpPolicy.Mode.INVITATION])


def link_of(invitation: Invitation, language: str = "en") -> str:
    secret = token(invitation.link_handle, invitation.link_version, Purpose.INVITATION)
    return f"/{language}/invitation/{secret}/"


def said(**fields: Any) -> dict[str, Any]:
    whole = {
        "nonce": "n" * 24,
        "answer": "going",
        "name": "Mei Chen",
        "email": "mei@example.org",
        "seats": "1",
    }
    return {**whole, "message": "", **fields}


def mails(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


# --- the link -------------------------------------------------------------------------------------------


@LANGUAGES
def test_an_invitation_greets_its_guest_and_fills_in_what_is_known(client: Client, language: str) -> None:
    invited = factories.invitation(
        factories.reception(), "梁文", email="liang@example.org", language=language, greeting="盼与您相聚。"
    )
    assert invitation_url(invited).endswith(link_of(invited, language))
    page = client.get(link_of(invited, language))
    text = page.content.decode()
    assert page.status_code == 200
    assert ("尊敬的梁文：" if language == "zh-hans" else "Dear 梁文,") in text
    assert "盼与您相聚。" in text
    assert 'value="梁文"' in text
    assert 'value="liang@example.org"' in text


@LANGUAGES
def test_an_answered_invitation_leads_to_its_answer_from_then_on(client: Client, language: str) -> None:
    invited = factories.invitation(factories.reception())
    answer = client.post(link_of(invited, language), said(seats="2"))
    rsvp = Rsvp.objects.get()
    assert (answer.status_code, rsvp.invitation, rsvp.seats_confirmed) == (303, invited, 2)
    assert f"/{language}/rsvp/{token_for(rsvp)}/" in answer.url
    assert client.get(link_of(invited, language)).url == f"/{language}/rsvp/{token_for(rsvp)}/"


def test_a_no_to_an_invitation_is_an_answer_too(client: Client) -> None:
    invited = factories.invitation(factories.reception())
    client.post(link_of(invited), said(answer="declined"))
    assert Rsvp.objects.get().status == "declined"


def test_a_scanner_that_opens_everything_answers_nothing(client: Client) -> None:
    invited = factories.invitation(factories.reception())
    page = client.get(link_of(invited)).content.decode()
    for address in {*re.findall(r'href="(/[^"#]*)"', page), link_of(invited)}:
        client.get(address)
        client.head(address)
    assert not Rsvp.objects.exists()
    assert not Message.objects.exists()


def test_an_invitation_is_neither_stored_nor_indexed_nor_named_elsewhere(client: Client) -> None:
    response = client.get(link_of(factories.invitation(factories.reception())))
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"


@LANGUAGES
@pytest.mark.parametrize("wrong", ["x", "A" * 32, "A" * 500, "你好", token("0" * 16, 1, Purpose.INVITATION)])
def test_an_unknown_invitation_opens_nothing_and_says_so(client: Client, wrong: str, language: str) -> None:
    response = client.get(f"/{language}/invitation/{wrong}/")
    assert response.status_code == 404
    assert "<h1" in response.content.decode()


def test_every_letter_of_an_invitation_counts() -> None:
    invited = factories.invitation(factories.reception())
    right = token(invited.link_handle, invited.link_version, Purpose.INVITATION)
    assert find_invitation(right) == invited
    for place in range(len(right)):
        wrong = right[:place] + ("A" if right[place] != "A" else "B") + right[place + 1 :]
        with pytest.raises(Invitation.DoesNotExist):
            find_invitation(wrong)


def test_a_link_for_one_purpose_opens_no_other() -> None:
    event = factories.reception()
    rsvp, invited = factories.rsvp(event), factories.invitation(event)
    Rsvp.objects.filter(pk=rsvp.pk).update(link_handle=invited.link_handle)
    with pytest.raises(Invitation.DoesNotExist):
        find_invitation(token(invited.link_handle, 1))
    with pytest.raises(Rsvp.DoesNotExist):
        find_rsvp(token(invited.link_handle, 1, Purpose.INVITATION))


def test_a_revoked_invitation_opens_nothing(client: Client) -> None:
    invited = factories.invitation(factories.reception())
    assert invitations.revoke(invited)
    assert not invitations.revoke(invited)
    invited.refresh_from_db()
    for version in (1, invited.link_version):
        secret = token(invited.link_handle, version, Purpose.INVITATION)
        response = client.post(f"/en/invitation/{secret}/", said())
        assert response.status_code == 404
        assert "The hosts may have taken this invitation back" in response.content.decode()
    assert not Rsvp.objects.exists()


def test_an_invitation_to_a_draft_opens_nothing_yet(client: Client) -> None:
    invited = factories.invitation(factories.reception())
    Event.objects.update(status="draft")
    assert client.get(link_of(invited)).status_code == 404


def test_an_unlisted_event_opens_by_invitation(client: Client) -> None:
    event = factories.reception()
    Event.objects.filter(pk=event.pk).update(visibility="unlisted")
    assert client.post(link_of(factories.invitation(event)), said()).status_code == 303


# --- which doors it opens -------------------------------------------------------------------------------


@CLOSED_MODES
def test_an_invitation_opens_an_event_that_is_not_for_everybody(client: Client, mode: str) -> None:
    event = factories.reception(mode=mode)
    with pytest.raises(Refused):
        verbs.respond(event, factories.answer())
    assert client.post(link_of(factories.invitation(event)), said()).status_code == 303
    assert Rsvp.objects.get().status == "confirmed"


@LANGUAGES
def test_an_event_by_invitation_says_so_on_its_page(client: Client, language: str) -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.INVITATION)
    page = client.get(f"/{language}/events/{event.slug}/").content.decode()
    assert 'data-door="by-invitation"' in page
    assert f"/events/{event.slug}/rsvp/" not in page


def test_an_event_by_invitation_refuses_the_public_form_in_words(client: Client) -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.INVITATION)
    address = f"/en/events/{event.slug}/rsvp/"
    for response, status in ((client.get(address), 200), (client.post(address, said()), 422)):
        page = response.content.decode()
        assert response.status_code == status
        assert "by invitation only" in page
        assert 'class="rsvp-form"' not in page
    assert not Rsvp.objects.exists()


def test_typing_the_address_of_somebody_invited_opens_no_door() -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.INVITATION)
    invited = factories.invitation(event)
    with pytest.raises(Refused):
        verbs.respond(event, factories.answer(email=invited.email))


@CLOSED_MODES
def test_whoever_was_invited_may_come_with_more_and_return_after_a_no(mode: str) -> None:
    event = factories.reception(mode=mode)
    invited = factories.invitation(event)
    rsvp = verbs.respond(event, factories.answer(0, email=invited.email), invitation=invited).rsvp
    assert verbs.change(rsvp, factories.answer(3, rsvp.name)).seats_confirmed == 3


def test_a_revoked_invitation_leaves_the_answer_and_takes_no_more_seats() -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.INVITATION)
    invited = factories.invitation(event)
    rsvp = verbs.respond(event, factories.answer(2, email=invited.email), invitation=invited).rsvp
    invitations.revoke(invited)
    with pytest.raises(Refused):
        verbs.change(rsvp, factories.answer(3, rsvp.name))
    assert verbs.change(rsvp, factories.answer(1, rsvp.name)).seats_confirmed == 1


def test_a_member_may_bring_more_to_an_event_for_members(member: Member) -> None:
    event = factories.reception(mode=RsvpPolicy.Mode.MEMBERS)
    rsvp = factories.rsvp(event, 1, member=member)
    assert verbs.change(rsvp, factories.answer(2, rsvp.name)).seats_confirmed == 2


def test_an_invitation_holds_no_seat_and_stands_in_the_same_line() -> None:
    event = factories.reception(seats=1)
    invited = factories.invitation(event)
    factories.rsvp(event)
    assert verbs.respond(event, factories.answer(), invitation=invited).rsvp.status == "waitlisted"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"closes_at": timezone.now() - timedelta(hours=1)}, 422),
        ({"opens_at": timezone.now() + timedelta(hours=1)}, 422),
        ({"mode": RsvpPolicy.Mode.NONE}, 410),
        ({"days_ahead": -0.01}, 410),
        ({"days_ahead": -2}, 410),
    ],
)
def test_an_invitation_is_refused_in_words_when_answers_are_not_taken(
    client: Client, change: dict[str, Any], status: int
) -> None:
    invited = factories.invitation(factories.reception(**change))
    response = client.post(link_of(invited), said())
    assert response.status_code == status
    assert "<h1" in response.content.decode()
    assert not Rsvp.objects.exists()


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_an_invitation_to_what_is_called_off_says_so(client: Client, state: str) -> None:
    invited = factories.invitation(factories.reception())
    Event.objects.update(state=state, notice_en="The hall has no water.")
    page = client.get(link_of(invited)).content.decode()
    assert f"has been {state}" in page
    assert "The hall has no water." in page
    client.post(link_of(invited), said())
    assert not Rsvp.objects.exists()


# --- who is known ---------------------------------------------------------------------------------------


def test_whoever_holds_the_link_for_an_address_is_led_to_its_answer(client: Client) -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event, 2, email="Mei@Example.org")
    invited = factories.invitation(event, email="mei@example.org")
    assert client.get(link_of(invited)).url == f"/en/rsvp/{token_for(rsvp)}/"
    outcome = verbs.respond(event, factories.answer(4), invitation=invited)
    assert (outcome.recorded, outcome.rsvp) == (Recorded.KNOWN_GUEST, rsvp)
    rsvp.refresh_from_db()
    assert (rsvp.invitation, rsvp.seats_wanted) == (invited, 2)
    assert mails("rsvp_already") == 0


def test_the_page_says_when_an_answer_was_there_before(client: Client) -> None:
    event = factories.reception()
    invited = factories.invitation(event)
    client.post(link_of(invited), said())
    again = client.post(link_of(invited), said(nonce="m" * 24, seats="3"))
    assert "You have answered before" in client.get(again.url).content.decode()
    assert Rsvp.objects.get().seats_wanted == 1


def test_an_invitation_shows_nothing_of_another_address_that_has_answered(client: Client) -> None:
    event = factories.reception()
    other = factories.rsvp(event, 2, "Real Owner", email="owner@example.org")
    response = client.post(link_of(factories.invitation(event)), said(email="OWNER@example.org"))
    assert "/rsvp/sent/" in response.url
    assert "Real Owner" not in client.get(response.url).content.decode()
    other.refresh_from_db()
    assert (other.invitation, other.seats_wanted, mails("rsvp_already")) == (None, 2, 1)


def test_who_is_signed_in_does_not_answer_for_somebody_else(client: Client, member: Member) -> None:
    """Families share a computer, and each of them has an invitation."""
    event = factories.reception()
    client.force_login(member)
    factories.rsvp(event, member=member, email=member.email)
    client.post(link_of(factories.invitation(event)), said(email="husband@example.org"))
    assert [rsvp.member for rsvp in Rsvp.objects.order_by("pk")] == [member, None]


def test_an_invited_member_answers_as_a_member(client: Client, member: Member) -> None:
    client.force_login(member)
    invited = factories.invitation(factories.reception(), email=member.email.upper())
    client.post(link_of(invited), said(email=member.email))
    assert Rsvp.objects.get().member == member


def test_an_address_has_one_live_invitation_to_an_event() -> None:
    event = factories.reception()
    first = factories.invitation(event, email="mei@example.org")
    invitations.revoke(first)
    factories.invitation(event, email="mei@example.org")
    with pytest.raises(IntegrityError):
        factories.invitation(event, email=" MEI@example.org")


def test_invitations_that_are_handed_over_need_no_address() -> None:
    event = factories.reception()
    factories.rsvp(event, email="")
    first, second = (factories.invitation(event, email="") for _ in range(2))
    assert (first.answer, second.answer) == (None, None)


# --- sending --------------------------------------------------------------------------------------------


def test_an_invitation_is_sent_once_and_again_only_on_purpose() -> None:
    invited = factories.invitation(factories.reception())
    assert [invitations.send(invited) for _ in range(3)] == [True, False, False]
    invited.refresh_from_db()
    assert not invitations.send(invited)
    assert not invitations.send_again(invited)  # the first has not gone out yet
    Invitation.objects.update(letter="sent")
    assert [invitations.send_again(invited) for _ in range(2)] == [True, False]
    assert mails("invitation") == 2


def test_nobody_is_invited_who_has_answered_is_revoked_or_has_no_address() -> None:
    event = factories.reception()
    answered, revoked, silent = (
        factories.invitation(event, email=email) for email in ("a@b.org", "c@d.org", "")
    )
    verbs.respond(event, factories.answer(email=answered.email), invitation=answered)
    invitations.revoke(revoked)
    assert [invitations.send(each) for each in (answered, revoked, silent)] == [False, False, False]
    assert not mails("invitation")


def test_an_address_that_anybody_may_have_typed_does_not_keep_an_invitation_from_its_guest() -> None:
    invited = factories.invitation(factories.reception(), email="a@b.org")
    factories.rsvp(invited.event, email=invited.email)
    assert invitations.send(invited)


def test_the_answer_to_one_invitation_is_never_that_to_another() -> None:
    event = factories.reception(seats=10)
    mayor, deputy = (factories.invitation(event, email=email) for email in ("m@b.org", "d@b.org"))
    with pytest.raises(Refused) as refused:
        verbs.respond(event, factories.answer(email=deputy.email), invitation=mayor)
    assert refused.value.field == "email"
    own = verbs.respond(event, factories.answer(email="office@b.org"), invitation=mayor)
    late = factories.invitation(event, email="office@b.org")
    assert late.answer is None
    assert mayor.answer == own.rsvp


def test_an_invitation_revoked_while_its_form_was_open_opens_nothing() -> None:
    invited = factories.invitation(factories.reception())
    invitations.revoke(invited)
    with pytest.raises(Refused):
        verbs.respond(invited.event, factories.answer(email=""), invitation=invited)


@pytest.mark.parametrize(
    "change",
    [{"status": "draft"}, {"state": "cancelled"}, {"starts_at": timezone.now() - timedelta(hours=1)}],
)
def test_nobody_is_invited_to_a_closed_door(change: dict[str, Any]) -> None:
    invited = factories.invitation(factories.reception())
    Event.objects.update(**change)
    with pytest.raises(Refused):
        invitations.send(invited)


# --- telling of changes ---------------------------------------------------------------------------------

STAFF = verbs.By(RsvpTransition.Actor.STAFF, reason="a larger hall")


def test_everybody_who_comes_or_waits_is_told_of_a_change_once() -> None:
    event = factories.reception(seats=2)
    going, waiting = factories.rsvp(event, 2), factories.rsvp(event, 1)
    factories.rsvp(event, 0)
    verbs.withdraw(factories.rsvp(event, 1))
    assert verbs.announce_change(event, STAFF) == 2
    told = Message.objects.filter(kind="event_changed").values_list("to_email", flat=True)
    assert sorted(told) == sorted([going.email, waiting.email])
    event.refresh_from_db()
    assert event.ics_sequence == 1
    assert verbs.announce_change(event, STAFF) == 2
    assert mails("event_changed") == 4


def test_a_change_leaves_every_answer_and_the_queue_as_they_were() -> None:
    event = factories.reception(seats=2)
    for seats in (2, 2, 1):
        factories.rsvp(event, seats)
    shown = ("pk", "status", "seats_confirmed", "seats_wanted", "queue_number", "answered_at")
    before = list(Rsvp.objects.values_list(*shown))
    verbs.announce_change(event, STAFF)
    assert list(Rsvp.objects.values_list(*shown)) == before
    assert RsvpTransition.objects.last().reason == "a larger hall"


def test_nobody_is_told_when_the_record_of_an_event_changes() -> None:
    event = factories.reception()
    factories.rsvp(event)
    over = timezone.now() - timedelta(days=1)
    Event.objects.update(starts_at=over - timedelta(hours=3), ends_at=over)
    assert verbs.announce_change(event, STAFF) == 0
    assert not mails("event_changed")


def test_an_answer_to_what_is_postponed_stands_and_can_be_withdrawn_after_the_first_date(
    client: Client,
) -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event, 2)
    over = timezone.now() - timedelta(days=1)
    Event.objects.update(state="postponed", starts_at=over - timedelta(hours=3), ends_at=over)
    page = f"/en/rsvp/{token_for(rsvp)}/"
    assert client.get(page).status_code == 200
    client.post(page, {"answer": "declined"})
    rsvp.refresh_from_db()
    assert rsvp.status == "cancelled"


def test_an_event_set_on_again_leaves_withdrawn_what_was_called_off() -> None:
    event = factories.reception()
    rsvp = factories.rsvp(event)
    verbs.call_off(event, "The hall has no water.", "场馆停水。", STAFF)
    Event.objects.update(state="on")
    assert verbs.announce_change(event, STAFF) == 0
    rsvp.refresh_from_db()
    assert rsvp.status == "cancelled"
