"""What an invitation grants to its guest alone: the name, a deadline, a size of the party, a membership."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events import rsvp as verbs
from events.links import find_rsvp, invitation_path, invitation_url, token_for
from events.models import Event, Invitation, Rsvp, RsvpPolicy
from events.rsvp import By, Outcome, Recorded, Refused
from people.models import Member
from sistercities.mail.models import Message
from tests import factories
from tests.events.rsvp_pages import form

pytestmark = pytest.mark.django_db
Mode, Status = RsvpPolicy.Mode, Rsvp.Status
STAFF = By("staff")


def by_invitation(**policy: object) -> Event:
    return factories.reception(mode=Mode.INVITATION, **policy)


def bound(to: Event, **fields: object) -> Invitation:
    values = {"email": "tom@example.org", "title": "Mayor", "is_bound": True, **fields}
    return factories.invitation(to, "Tom Bradley", **values)


def answer_of(invited: Invitation, name: str, seats: int = 1, **fields: object) -> Outcome:
    return verbs.respond(invited.event, factories.answer(seats, name, **fields), invitation=invited)


# --- for one guest only ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Tom Bradley", "Mayor Tom Bradley", "BRADLEY Tom"])
def test_the_invited_guest_is_let_in_however_the_name_is_written(name: str) -> None:
    outcome = answer_of(bound(by_invitation()), name, 2)
    assert (outcome.rsvp.status, outcome.rsvp.seats_confirmed) == (Status.CONFIRMED, 2)


def test_whoever_comes_by_a_forwarded_link_may_only_ask() -> None:
    invited = bound(by_invitation())
    outcome = answer_of(invited, "Somebody Else", 2, email="else@example.org")
    assert outcome.rsvp.status == Status.REQUESTED
    assert outcome.rsvp.event.rsvp_policy.seats_committed == 0
    assert (outcome.rsvp.invitation, outcome.rsvp.forwarded) == (None, invited)


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("Somebody Else", ("Mayor", "City Hall"), ("", "")),
        ("Somebody Else", ("Dr", "City Hall"), ("Dr", "")),
        ("Tom Bradley", ("Mayor", "City Hall"), ("Mayor", "City Hall")),
    ],
)
def test_a_forwarded_form_lends_nobody_the_title_that_stood_in_it(
    name: str, sent: tuple[str, str], kept: tuple[str, str]
) -> None:
    invited = bound(by_invitation(), organisation="City Hall")
    email = "tom@example.org" if name == invited.name else "else@example.org"
    said = form(name=name, email=email, title=sent[0], organisation=sent[1])
    assert Client().post(invitation_url(invited), said).status_code in (302, 303)
    lead = Rsvp.objects.get().guests.get()
    assert (lead.title, lead.organisation) == kept


def test_the_invited_guest_still_answers_after_the_link_was_forwarded() -> None:
    invited = bound(by_invitation())
    answer_of(invited, "Somebody Else", email="else@example.org")
    outcome = answer_of(invited, "Tom Bradley", email="tom@example.org")
    assert (outcome.recorded, outcome.rsvp.status) == (Recorded.NEW, Status.CONFIRMED)


def test_the_hosts_admit_or_refuse_whoever_asked_by_a_forwarded_link() -> None:
    event = by_invitation()
    first = answer_of(bound(event), "Somebody Else", 2, email="else@example.org").rsvp
    assert verbs.approve(first, STAFF).seats_confirmed == 2
    with pytest.raises(Refused, match="by invitation only"):
        verbs.change(first, factories.answer(3, "Somebody Else", email="else@example.org"))
    assert verbs.change(first, factories.answer(1, "Somebody Else")).seats_confirmed == 1


def test_a_forwarded_link_gives_away_no_seat_that_is_reserved() -> None:
    invited = bound(by_invitation(seats=2))
    verbs.hold_seats(invited.event, verbs.Block("Tom Bradley", 2, invitation=invited), STAFF)
    answer_of(invited, "Somebody Else", 2, email="else@example.org")
    assert answer_of(invited, "Tom Bradley", 2).rsvp.seats_confirmed == 2


def test_nobody_takes_the_place_of_the_invited_guest_with_that_address() -> None:
    with pytest.raises(Refused, match="address of Tom Bradley") as refused:
        answer_of(bound(by_invitation()), "Somebody Else", email="TOM@example.org")
    assert refused.value.field == "email"


def test_the_name_that_was_invited_stays_when_the_answer_is_changed() -> None:
    mine = answer_of(bound(by_invitation()), "Tom Bradley", 3).rsvp
    with pytest.raises(Refused, match="for Tom Bradley only") as refused:
        verbs.change(mine, factories.answer(3, "Somebody Else"))
    assert refused.value.field == "name"
    fewer = verbs.change(mine, factories.answer(1, "Somebody Else"))
    assert (fewer.seats_confirmed, fewer.name) == (1, "Tom Bradley")


def test_where_everybody_may_come_a_forwarded_link_is_no_hindrance() -> None:
    outcome = answer_of(bound(factories.reception()), "Somebody Else", email="else@example.org")
    assert (outcome.rsvp.status, outcome.rsvp.invitation) == (Status.CONFIRMED, None)


def test_an_invitation_that_names_nobody_in_particular_is_for_whoever_holds_it() -> None:
    outcome = answer_of(bound(by_invitation(), is_bound=False), "Somebody Else", email="else@example.org")
    assert outcome.rsvp.status == Status.CONFIRMED


def test_staff_answer_for_whomever_the_invited_guest_sends() -> None:
    invited = bound(by_invitation())
    outcome = verbs.respond(invited.event, factories.answer(1, "The Deputy"), STAFF, invited)
    assert outcome.rsvp.status == Status.CONFIRMED


def test_a_forwarded_request_still_proves_its_address_where_that_is_asked() -> None:
    invited = bound(by_invitation(verify_email=True))
    outcome = answer_of(invited, "Somebody Else", email="else@example.org")
    assert outcome.recorded is Recorded.UNVERIFIED
    assert verbs.verify(outcome.rsvp).rsvp.status == Status.REQUESTED


# --- a deadline and a size of its own -------------------------------------------------------------------


def closed() -> Event:
    event = by_invitation(seats=20)
    past = {"closes_at": timezone.now() - timedelta(hours=1)}
    RsvpPolicy.objects.filter(event=event).update(**past)
    return Event.objects.get(pk=event.pk)


def test_a_guest_with_a_deadline_of_their_own_answers_after_the_others() -> None:
    event = closed()
    later = bound(event, answer_by=timezone.now() + timedelta(hours=1))
    assert answer_of(later, "Tom Bradley").rsvp.status == Status.CONFIRMED
    with pytest.raises(Refused, match="time for answers is over"):
        answer_of(factories.invitation(event, "Robert Wang"), "Robert Wang")


def test_a_guest_with_an_earlier_deadline_is_too_late_before_the_others() -> None:
    invited = bound(by_invitation(), answer_by=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="time for answers is over"):
        answer_of(invited, "Tom Bradley")


def test_no_deadline_lasts_longer_than_the_event_waits() -> None:
    invited = bound(factories.reception(days_ahead=-0.01), answer_by=timezone.now() + timedelta(hours=1))
    with pytest.raises(Refused, match="has begun"):
        answer_of(invited, "Tom Bradley")


def test_a_guest_may_be_allowed_a_larger_party_than_others() -> None:
    event = by_invitation(seats=20, largest_party=2)
    assert answer_of(bound(event, largest_party=6), "Tom Bradley", 6).rsvp.seats_confirmed == 6
    with pytest.raises(Refused, match="at most 2"):
        answer_of(factories.invitation(event, "Robert Wang"), "Robert Wang", 3)


def test_a_guest_may_be_invited_alone_and_stays_so() -> None:
    alone = bound(by_invitation(seats=20, largest_party=4), largest_party=1)
    with pytest.raises(Refused, match="at most 1"):
        answer_of(alone, "Tom Bradley", 2)
    mine = answer_of(alone, "Tom Bradley").rsvp
    with pytest.raises(Refused, match="at most 1"):
        verbs.change(mine, factories.answer(2, "Tom Bradley"))


# --- a membership ---------------------------------------------------------------------------------------


def test_the_link_that_went_to_a_member_opens_what_is_for_members_first(member: Member) -> None:
    event = factories.reception(1, mode=Mode.MEMBERS)
    invited = factories.invitation(event, member.name, email=member.email.upper(), member=member)
    outcome = answer_of(invited, member.name, email=member.email)
    assert outcome.rsvp.member == member


def test_a_link_that_went_elsewhere_proves_no_membership(member: Member) -> None:
    event = by_invitation()
    invited = factories.invitation(event, member.name, email="office@example.org", member=member)
    assert answer_of(invited, member.name, email="office@example.org").rsvp.member is None


def test_whoever_else_answers_by_a_members_link_is_no_member_by_it(member: Member) -> None:
    invited = factories.invitation(by_invitation(), member.name, email=member.email, member=member)
    assert answer_of(invited, "Somebody Else", email="else@example.org").rsvp.member is None


def test_an_answer_that_anybody_may_have_typed_is_from_then_on_its_guests_alone() -> None:
    invited = factories.invitation(factories.reception(), "Tom Bradley", email="tom@example.org")
    stranger = factories.rsvp(invited.event, 1, "Ana Ruiz", email="tom@example.org")
    assert invited.own_answer is None
    outcome = answer_of(invited, "Tom Bradley", email="tom@example.org")
    assert (outcome.recorded, outcome.rsvp.invitation) == (Recorded.KNOWN_GUEST, invited)
    with pytest.raises(Rsvp.DoesNotExist):
        find_rsvp(token_for(stranger))


# --- the link of a guest who has answered ---------------------------------------------------------------


def link_of(invited: Invitation, language: str = "en") -> str:
    return invitation_path(invited, language)


@pytest.mark.parametrize(("language", "words"), [("en", "has been answered"), ("zh-hans", "已经回复")])
def test_a_link_passed_on_after_the_answer_shows_nothing_of_it(
    client: Client, language: str, words: str
) -> None:
    invited = bound(by_invitation())
    mine = answer_of(invited, "Tom Bradley", 2, email="tom@example.org", companions=("Ethel Bradley",)).rsvp
    page = client.get(link_of(invited, language))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "Ethel" not in page.content.decode()
    assert token_for(mine) not in page.content.decode()


def test_the_link_to_the_answer_goes_to_the_invited_guest(client: Client) -> None:
    invited = bound(by_invitation())
    answer_of(invited, "Tom Bradley", email="tom@example.org")
    sent = client.post(link_of(invited), {"link": "1"})
    assert (sent.status_code, sent.url) == (303, f"/en/events/{invited.event.slug}/rsvp/sent/")
    assert Message.objects.get(kind="rsvp_already").to_email == "tom@example.org"


def test_whoever_copies_the_name_of_a_guest_who_has_answered_is_not_led_there(client: Client) -> None:
    invited = bound(by_invitation())
    mine = answer_of(invited, "Tom Bradley", email="tom@example.org").rsvp
    said = {"answer": "going", "name": "Tom Bradley", "email": "else@example.org", "seats": "1"}
    back = client.post(link_of(invited), {**said, "nonce": "n" * 24, "message": ""})
    assert (back.status_code, back.url) == (303, link_of(invited))
    assert token_for(mine) not in back.url


def test_a_link_for_one_guest_only_shows_nobody_what_is_kept_of_that_guest(client: Client) -> None:
    invited = bound(by_invitation())
    assert f"{link_of(invited)}data/" not in client.get(link_of(invited)).content.decode()
    assert client.get(f"{link_of(invited)}data/").status_code == 404
    assert client.post(f"{link_of(invited)}data/", {"erase": "1"}).status_code == 404
    assert Invitation.objects.filter(pk=invited.pk).exists()


# --- an answer that joins an account --------------------------------------------------------------------


def test_an_answer_of_nobody_knows_whom_opens_by_no_former_link_once_it_is_a_members(member: Member) -> None:
    typed = factories.rsvp(factories.reception(), 1, "Ana Ruiz", email=member.email)
    assert verbs.adopt(typed, member)
    with pytest.raises(Rsvp.DoesNotExist):
        find_rsvp(token_for(typed))
    assert Message.objects.get(kind="rsvp_new_link").to_email == member.email


def test_an_answer_known_to_be_theirs_keeps_its_link_when_it_joins(member: Member) -> None:
    invited = factories.invitation(by_invitation(), member.name, email=member.email)
    Invitation.objects.update(sent_at=timezone.now())
    mine = answer_of(invited, "Somebody", email=member.email).rsvp
    assert verbs.adopt(mine, member)
    assert find_rsvp(token_for(mine)).member == member


def test_an_answer_of_one_member_never_joins_another(member: Member) -> None:
    mine = factories.rsvp(factories.reception(), 1, member.name, email=member.email, member=member)
    assert not verbs.adopt(mine, factories.member("other@example.org"))
    mine.refresh_from_db()
    assert mine.member == member
