"""My page: what a member is shown of answers and invitations, and what joins the account with a proven address."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import Client
from django.utils import timezone

from events import rsvp as verbs
from events.links import invitation_path, manage_path
from events.member_pages import MyPage
from events.models import Event, Rsvp, SeatOffer
from people.calendar_feed import feed_token
from people.models import Member
from people.proving import join_account
from people.signing_in import code_of
from sistercities.newsletter.models import Subscriber
from tests import factories

pytestmark = pytest.mark.django_db
WORK = "mei@work.example"


def prove(member: Member, *emails: str) -> Member:
    """The addresses of a member, each confirmed by a code."""
    for email in emails:
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=email == member.email)
    return member


def page_of(client: Client, member: Member, language: str = "en") -> str:
    client.force_login(member)
    return client.get(f"/{language}/members/").content.decode()


def link_to(rsvp: Rsvp) -> str:
    return manage_path(rsvp.link_handle, rsvp.link_version, "en")


def over(event: Event) -> Event:
    """The same event, two days after it was."""
    then = timezone.now() - timedelta(days=2)
    Event.objects.filter(pk=event.pk).update(
        starts_at=then, ends_at=then + timedelta(hours=3), held_first=None, held=None
    )
    return event


# --- who sees it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "preferences/", "companions/", "calendar/"])
def test_a_stranger_is_asked_to_sign_in(client: Client, place: str) -> None:
    answer = client.get(f"/en/members/{place}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/en/members/login/?next=/en/members/{place}"


@pytest.mark.parametrize("place", ["", "preferences/", "companions/", "calendar/"])
def test_nobody_keeps_or_names_the_pages_of_a_member(client: Client, member: Member, place: str) -> None:
    client.force_login(member)
    headers = client.get(f"/en/members/{place}").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "same-origin"


def sign_in(client: Client, member: Member, email: str) -> Any:
    """By the code that the worker would have sent to the address."""
    client.post("/en/members/login/", {"email": email})
    word = client.session["sign_in"]["word"]
    return client.post("/en/members/login/code/confirm/", {"code": code_of(member, email, word)}, follow=True)


def test_whoever_signs_in_comes_to_my_page(client: Client, member: Member) -> None:
    assert sign_in(client, member, member.email).redirect_chain[-1][0] == "/en/members/"


def test_the_head_of_a_page_leads_a_member_to_my_page(client: Client, member: Member) -> None:
    assert 'href="/en/members/"' not in client.get("/en/sources/").content.decode()
    client.force_login(member)
    assert 'href="/en/members/"' in client.get("/en/sources/").content.decode()


# --- answers --------------------------------------------------------------------------------------------


def test_an_answer_is_told_with_its_seats_and_the_way_to_change_it(client: Client, member: Member) -> None:
    rsvp = factories.rsvp(factories.reception(), 3, member=member, email=member.email)
    page = page_of(client, member)
    assert "3 seats confirmed" in page
    assert link_to(rsvp) in page


def test_a_party_that_waits_is_told_what_it_has_and_what_it_waits_for(member: Member) -> None:
    event = factories.reception(3)
    factories.rsvp(event, 2)
    rsvp = factories.rsvp(event, 1, member=member, email=member.email)
    verbs.change(rsvp, factories.answer(3, rsvp.name, email=rsvp.email, member=member))
    (line,) = MyPage(member).coming
    assert line.state == ["1 seat confirmed", "on the waiting list for 2 seats"]


def offered(member: Member) -> Rsvp:
    """A seat became free and is offered to the member."""
    event = factories.reception(1, promotion="offer")
    first = factories.rsvp(event, 1)
    rsvp = factories.rsvp(event, 1, member=member, email=member.email)
    verbs.withdraw(first)
    return rsvp


def test_an_offer_is_told_with_its_last_moment(member: Member) -> None:
    offered(member)
    (line,) = MyPage(member).coming
    assert line.is_urgent
    assert line.state[0].startswith("1 seat offered to you until ")


def test_an_offer_whose_time_is_over_is_told_as_over_before_anybody_wrote_it_down(member: Member) -> None:
    offered(member)
    later = SeatOffer.objects.get().expires_at + timedelta(seconds=1)
    (line,) = MyPage(member, later).coming
    assert line.state == ["The time of the offer is over"]


def test_a_no_stays_on_the_page_for_minds_change(member: Member) -> None:
    factories.rsvp(factories.reception(), 0, member=member, email=member.email)
    (line,) = MyPage(member).coming
    assert line.state == ["You are not coming"]


def test_answers_under_two_addresses_are_both_shown(member: Member) -> None:
    prove(member, member.email, WORK)
    first, second = (factories.reception(days_ahead=days) for days in (10, 20))
    factories.rsvp(first, 1, member=member, email=member.email)
    factories.rsvp(second, 2, email=WORK)
    lines = MyPage(member).coming
    assert [(line.event, line.under) for line in lines] == [(first, ""), (second, WORK)]


def test_an_address_that_is_not_confirmed_shows_nothing(member: Member) -> None:
    EmailAddress.objects.create(user=member, email=WORK, verified=False)
    factories.rsvp(factories.reception(), 1, email=WORK)
    assert MyPage(member).coming == []


def test_an_answer_that_was_not_verified_is_not_shown(member: Member) -> None:
    prove(member, WORK)
    factories.rsvp(factories.reception(verify_email=True), 1, email=WORK)
    assert MyPage(member).answers == []


def test_an_answer_of_another_account_is_not_shown_even_at_my_address(member: Member) -> None:
    prove(member, member.email, WORK)
    other = factories.member("other@example.org")
    rsvp = factories.rsvp(factories.reception(), 1, email=WORK)
    Rsvp.objects.filter(pk=rsvp.pk).update(member=other)
    assert MyPage(member).coming == []


def test_where_a_member_was_leads_to_the_record(client: Client, member: Member) -> None:
    came, declined = factories.reception(), factories.reception()
    factories.rsvp(came, 2, member=member, email=member.email)
    factories.rsvp(declined, 0, member=member, email=member.email)
    page = MyPage(member, timezone.now() + timedelta(days=40))
    assert [line.url for line in page.past] == [came.get_absolute_url()]
    assert page.coming == []


# --- invitations, and events for members ----------------------------------------------------------------


def sent(event: Event, **fields: Any) -> Any:
    return factories.invitation(event, "Mei Chen", sent_at=timezone.now(), **fields)


def test_invitations_wait_at_every_proven_address_and_under_the_name_of_the_member(
    client: Client, member: Member
) -> None:
    prove(member, member.email, WORK)
    known = [
        sent(factories.reception(mode="invitation", days_ahead=5), email=WORK),
        sent(factories.reception(mode="invitation", days_ahead=6), email="", member=member),
    ]
    sent(factories.reception(mode="invitation"), email="somebody@example.org")
    assert [line.url for line in MyPage(member).invitations] == [
        invitation_path(each, "en") for each in known
    ]
    assert invitation_path(known[0], "zh-hans") in page_of(client, member, "zh-hans")


def test_an_invitation_that_was_answered_revoked_or_not_sent_waits_no_more(member: Member) -> None:
    prove(member, member.email)
    sent(factories.reception(), email=member.email, revoked_at=timezone.now())
    factories.invitation(factories.reception(), email=member.email)
    answered = factories.reception()
    factories.rsvp(answered, 1, member=member, email=member.email)
    sent(answered, email=member.email)
    assert MyPage(member).invitations == []


OUT_OF_REACH: list[dict[str, Any]] = [
    {"status": "draft"},
    {"state": "cancelled", "notice_en": "Because of the storm."},
    {"starts_at": timezone.now() - timedelta(days=2), "ends_at": timezone.now() - timedelta(days=1)},
]


@pytest.mark.parametrize("changes", OUT_OF_REACH)
def test_an_event_that_nobody_can_answer_is_not_offered(member: Member, changes: dict[str, Any]) -> None:
    event = factories.reception(mode="members")
    sent(event, email="", member=member)
    assert len(MyPage(member).invitations) == 1
    Event.objects.filter(pk=event.pk).update(**changes)
    assert (MyPage(member).invitations, MyPage(member).for_members) == ([], [])


def test_an_event_to_which_a_member_is_invited_stands_on_the_page_once(member: Member) -> None:
    sent(factories.reception(mode="members"), email="", member=member)
    assert (len(MyPage(member).invitations), MyPage(member).for_members) == (1, [])


def test_an_event_for_members_without_a_free_seat_or_a_waiting_list_is_not_offered(member: Member) -> None:
    factories.rsvp(factories.reception(2, mode="members", waiting_list=False), 2, member=factories.member())
    assert MyPage(member).for_members == []


def test_an_unlisted_event_for_members_is_not_given_away(member: Member) -> None:
    event = factories.reception(mode="members")
    Event.objects.filter(pk=event.pk).update(visibility="unlisted")
    assert MyPage(member).for_members == []


def test_an_invitation_with_a_deadline_of_its_own_waits_until_then(member: Member) -> None:
    yesterday, tomorrow = (timezone.now() + timedelta(days=days) for days in (-1, 1))
    early = factories.reception(closes_at=yesterday)
    sent(early, email="", member=member, answer_by=tomorrow)
    sent(factories.reception(), email="", member=member, answer_by=yesterday)
    assert [line.event for line in MyPage(member).invitations] == [early]


def test_a_member_sees_the_events_for_members_that_take_answers(member: Member) -> None:
    ours = factories.reception(mode="members", days_ahead=4)
    first = factories.reception(members_first=True, days_ahead=5)
    factories.reception()
    factories.reception(mode="members", closes_at=timezone.now() - timedelta(hours=1))
    answered = factories.reception(mode="members")
    factories.rsvp(answered, 1, member=member, email=member.email)
    assert [line.event for line in MyPage(member).for_members] == [ours, first]


def test_whose_membership_is_over_is_offered_no_event_for_members() -> None:
    factories.reception(mode="members")
    was = factories.member(member_until=date(2020, 1, 1))
    assert MyPage(was).for_members == []


def test_who_is_covered_by_a_household_sees_the_events_for_members() -> None:
    factories.reception(mode="members")
    head = factories.member(membership="household")
    covered = factories.member(member_since=None, covered_by=head)
    assert len(MyPage(covered).for_members) == 1


# --- what joins the account -----------------------------------------------------------------------------


def test_earlier_answers_join_the_account_once_the_address_is_proven(member: Member) -> None:
    rsvp = factories.rsvp(factories.reception(), 2, email="MEI@work.example")
    invitation = factories.invitation(factories.reception(), email=WORK)
    assert join_account(prove(member, WORK)) == [
        "1 answer that you gave with your address is now on your page."
    ]
    rsvp.refresh_from_db()
    invitation.refresh_from_db()
    assert (rsvp.member, invitation.member) == (member, member)
    assert join_account(member) == []


def test_an_answer_that_was_never_verified_joins_no_account(member: Member) -> None:
    rsvp = factories.rsvp(factories.reception(verify_email=True), 1, email=WORK)
    join_account(prove(member, WORK))
    rsvp.refresh_from_db()
    assert (rsvp.status, rsvp.member) == ("unverified", None)


def test_nothing_joins_by_an_address_that_is_not_proven(member: Member) -> None:
    EmailAddress.objects.create(user=member, email=WORK, verified=False)
    rsvp = factories.rsvp(factories.reception(), 1, email=WORK)
    assert join_account(member) == []
    rsvp.refresh_from_db()
    assert rsvp.member is None


def test_an_answer_and_an_invitation_of_another_account_are_never_taken(member: Member) -> None:
    other = factories.member("other@example.org")
    event = factories.reception()
    rsvp = factories.rsvp(event, 1, email=WORK)
    invitation = factories.invitation(event, email=WORK, member=other)
    Rsvp.objects.filter(pk=rsvp.pk).update(member=other)
    join_account(prove(member, WORK))
    rsvp.refresh_from_db()
    invitation.refresh_from_db()
    assert (rsvp.member, invitation.member) == (other, other)


def test_of_two_answers_to_one_event_the_first_stays_the_members_and_both_are_told(
    client: Client, member: Member
) -> None:
    event = factories.reception()
    first = factories.rsvp(event, 1, member=member, email=member.email)
    second = factories.rsvp(event, 1, email=WORK)
    join_account(prove(member, member.email, WORK))
    assert set(Rsvp.objects.filter(member=member)) == {first}
    assert [line.url for line in MyPage(member).coming] == [link_to(first), link_to(second)]
    assert "You have answered twice for" in page_of(client, member)


def test_who_has_withdrawn_one_of_two_answers_is_not_told_of_two(member: Member) -> None:
    event = factories.reception()
    prove(member, WORK)
    factories.rsvp(event, 1, member=member, email=member.email)
    verbs.withdraw(factories.rsvp(event, 1, email=WORK))
    page = MyPage(member)
    assert (len(page.coming), page.answered_twice) == (2, [])


def test_of_two_guests_answers_under_proven_addresses_the_older_joins(member: Member) -> None:
    event = factories.reception()
    older, _younger = (factories.rsvp(event, 1, email=email) for email in (WORK, member.email))
    join_account(prove(member, member.email, WORK))
    assert set(Rsvp.objects.filter(member=member)) == {older}


def test_answers_join_when_the_member_signs_in_with_a_code(client: Client, member: Member) -> None:
    rsvp = factories.rsvp(factories.reception(), 1, email=member.email)
    page = sign_in(client, member, member.email).content.decode()
    rsvp.refresh_from_db()
    assert rsvp.member == member
    assert "1 answer that you gave with your address is now on your page." in page


def test_answers_given_since_join_when_the_member_comes_in_by_a_password(
    client: Client, member: Member
) -> None:
    prove(member, member.email)
    rsvp = factories.rsvp(factories.reception(), 1, email=member.email)
    said = {"login": member.email, "password": "a password of a test"}
    client.post("/en/members/login/password/", said, follow=True)
    rsvp.refresh_from_db()
    assert rsvp.member == member


def test_answers_join_when_a_further_address_is_confirmed(rf: Any, member: Member) -> None:
    prove(member, member.email)
    further = EmailAddress.objects.create(user=member, email=WORK)
    rsvp = factories.rsvp(factories.reception(), 1, email=WORK)
    request = rf.post("/en/members/email/")
    request.user, request.session = member, {}
    request._messages = FallbackStorage(request)
    get_adapter(request).confirm_email(request, further)
    rsvp.refresh_from_db()
    assert rsvp.member == member


# --- the rest of the page -------------------------------------------------------------------------------


def test_the_newsletter_is_told_by_address_with_the_way_to_change_it(client: Client, member: Member) -> None:
    prove(member, member.email, WORK)
    Subscriber.objects.create(email=WORK, state="active", confirmed_at=timezone.now())
    page = page_of(client, member)
    assert f"It goes to {WORK}." in page
    assert "/en/newsletter/manage/" in page


def test_my_page_costs_the_same_with_one_answer_and_with_many(
    client: Client, member: Member, django_assert_num_queries: Any
) -> None:
    prove(member, member.email, WORK)
    client.force_login(member)
    client.get("/en/members/")
    for count in (1, 8):
        for at in range(count):
            factories.rsvp(factories.reception(days_ahead=10 + at), 1, member=member, email=member.email)
            sent(factories.reception(), email="", member=member)
            factories.reception(mode="members")
        with django_assert_num_queries(10):
            client.get("/en/members/")


def test_a_look_at_my_page_changes_no_row(client: Client, member: Member) -> None:
    prove(member, member.email, WORK)
    rsvp = factories.rsvp(factories.reception(), 1, email=WORK)
    client.force_login(member)
    client.get("/en/members/")
    client.head("/en/members/")
    rsvp.refresh_from_db()
    assert rsvp.member is None


# --- my calendar ----------------------------------------------------------------------------------------


def test_the_page_of_my_calendar_has_its_address_and_looking_changes_nothing(
    client: Client, member: Member
) -> None:
    client.force_login(member)
    page = client.get("/en/members/calendar/").content.decode()
    client.head("/en/members/calendar/")
    assert f"/en/members/calendar/{feed_token(member)}.ics" in page
    member.refresh_from_db()
    assert member.feed_version == 1


def test_a_new_address_of_my_calendar_makes_the_old_one_worthless(client: Client, member: Member) -> None:
    client.force_login(member)
    old = feed_token(member)
    assert client.post("/en/members/calendar/").headers["Location"] == "/en/members/calendar/"
    assert client.get(f"/en/members/calendar/{old}.ics").status_code == 404
    member.refresh_from_db()
    assert client.get(f"/en/members/calendar/{feed_token(member)}.ics").status_code == 200
