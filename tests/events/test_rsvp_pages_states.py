"""What guests read of their own answer: how it stands, when they can do what, and what others must not know."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events import rsvp as verbs
from events.models import Event, Rsvp, RsvpPolicy
from people.models import Member
from tests import factories
from tests.events.rsvp_pages import (
    STAFF,
    an_offer,
    form,
    fresh,
    let_lapse,
    manage_page,
    status_on,
    verify_page,
    words,
)

pytestmark = pytest.mark.django_db
LATE = timedelta(hours=2)


def requested() -> Rsvp:
    return factories.rsvp(factories.reception(mode="approval"), 2, "Mei Chen")


def rejected() -> Rsvp:
    rsvp = requested()
    verbs.reject(rsvp, STAFF, "The hall holds forty.")
    return rsvp


def waiting() -> Rsvp:
    event = factories.reception(seats=1, promotion="offer")
    factories.rsvp(event)
    factories.rsvp(event, 1, "Somebody Else")
    return factories.rsvp(event, 1, "Mei Chen")


def partly() -> Rsvp:
    """Two seats confirmed, one more offered, and one to wait for."""
    event = factories.reception(seats=4, promotion="offer")
    other = factories.rsvp(event, 2)
    rsvp = factories.rsvp(event, 2, "Mei Chen")
    verbs.change(rsvp, factories.answer(4, "Mei Chen", email=rsvp.email))
    verbs.change(other, factories.answer(1, other.name, email=other.email))
    return rsvp


def growing() -> Rsvp:
    event = factories.reception(seats=4, promotion="offer")
    factories.rsvp(event)
    rsvp = factories.rsvp(event, 3, "Mei Chen")
    return verbs.change(rsvp, factories.answer(4, "Mei Chen", email=rsvp.email))


def withdrawn() -> Rsvp:
    return verbs.withdraw(factories.rsvp(factories.reception(), 2, "Mei Chen"))


def called_off() -> Rsvp:
    rsvp = factories.rsvp(factories.reception(), 2, "Mei Chen")
    verbs.call_off(rsvp.event, "The hall is closed.", "场地关闭。", STAFF)
    return rsvp


def lapsed() -> Rsvp:
    rsvp = let_lapse(an_offer())
    verbs.settle(rsvp.event)
    return rsvp


STATES: list[tuple[Callable[[], Rsvp], str, str, str]] = [
    (requested, "requested", "You have asked to come as a party of 2", "您已申请出席，共2人"),
    (rejected, "rejected", "The hall holds forty.", "The hall holds forty."),
    (waiting, "waitlisted", "Your party is 2nd in line", "您一行在候补名单中排第二位"),
    (an_offer, "offered", "2 seats are offered to you", "现为您提供2个名额"),
    (
        partly,
        "confirmed",
        "2 seats are confirmed, 1 offered to you, 1 more on the waiting list",
        "2个名额已确认，1个待您接受，另1个候补",
    ),
    (growing, "confirmed", "3 seats are confirmed, 1 more on the waiting list", "另候补1个"),
    (withdrawn, "cancelled", "You have withdrawn", "您已撤回"),
    (called_off, "cancelled", "The event has been cancelled", "活动已取消"),
    (lapsed, "lapsed", "2 seats were offered to you until", "曾为您提供2个名额"),
]


@pytest.mark.parametrize(("made", "status", "english", "chinese"), STATES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_state_is_told_in_words_of_the_readers_language(
    client: Client, made: Callable[[], Rsvp], status: str, english: str, chinese: str, language: str
) -> None:
    page = client.get(manage_page(made(), language))
    assert (page.status_code, status_on(page)) == (200, status)
    assert (chinese if language == "zh-hans" else english) in words(page)
    assert len(page.content) < 60_000


def test_a_no_is_told_and_can_be_taken_back(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(), 0, "Mei Chen")
    page = client.get(manage_page(rsvp))
    assert (status_on(page), "answer again below" in words(page)) == ("declined", True)


def test_nobody_reads_the_names_of_those_who_wait_before_them(client: Client) -> None:
    assert "Somebody Else" not in client.get(manage_page(waiting())).content.decode()


def test_members_first_is_said_beside_the_place_in_line(client: Client) -> None:
    event = factories.reception(seats=1, promotion="offer", members_first=True)
    factories.rsvp(event)
    rsvp = factories.rsvp(event)
    factories.rsvp(event, member=factories.member("m@example.org"))
    page = words(client.get(manage_page(rsvp)))
    assert "Your party is 2nd in line" in page
    assert "Members are served first here; your place counts that." in page


@pytest.mark.parametrize(
    ("promotion", "rule"),
    [("offer", "are offered to the party in front"), ("seat", "until there are enough for all of it")],
)
def test_the_rule_on_the_page_is_that_of_the_event(client: Client, promotion: str, rule: str) -> None:
    event = factories.reception(seats=1, promotion=promotion)
    factories.rsvp(event)
    assert rule in words(client.get(manage_page(factories.rsvp(event))))
    assert rule in words(client.get(f"/en/events/{event.slug}/rsvp/"))


def test_what_the_hosts_took_down_says_how_it_reached_them(client: Client) -> None:
    by = verbs.By("staff", source="phone")
    rsvp = verbs.respond(factories.reception(), factories.answer(2, message="No nuts, please."), by).rsvp
    page = words(client.get(manage_page(rsvp)))
    assert "Taken down for you by the hosts: by phone." in page
    assert "No nuts, please." in page


# --- until when -----------------------------------------------------------------------------------------


def test_a_deadline_stands_in_the_zone_of_the_event_to_the_second(client: Client) -> None:
    closes_at = datetime(2099, 3, 2, 2, 0, 5, tzinfo=UTC)
    rsvp = factories.rsvp(factories.reception(days_ahead=365 * 80, closes_at=closes_at))
    page = client.get(manage_page(rsvp))
    assert "You can change everything until Sunday 1 March 2099, 6:00:05 pm in Los Angeles." in words(page)
    assert 'datetime="2099-03-02T02:00:05+00:00" data-zone="America/Los_Angeles"' in page.content.decode()


def test_a_member_reads_a_deadline_on_the_members_own_clocks_too(client: Client) -> None:
    closes_at = datetime(2099, 3, 2, 2, 0, 5, tzinfo=UTC)
    event = factories.reception(days_ahead=365 * 80, closes_at=closes_at)
    abroad = factories.member("abroad@example.org", timezone="Asia/Shanghai")
    page = words(client.get(manage_page(factories.rsvp(event, member=abroad))))
    assert "6:00:05 pm in Los Angeles (10:00:05 am on 2 March in Shanghai)" in page


def test_an_offer_shows_the_second_at_which_it_ends(client: Client) -> None:
    rsvp = an_offer()
    offer = rsvp.offers.get()
    page = client.get(manage_page(rsvp)).content.decode()
    assert f'<time datetime="{offer.expires_at.isoformat()}"' in page


def test_an_offer_past_its_end_is_called_over_before_the_desk_has_noted_it(client: Client) -> None:
    rsvp = let_lapse(an_offer())
    page = client.get(manage_page(rsvp))
    assert (status_on(page), fresh(rsvp).status) == ("lapsed", "offered")
    assert "Answer again" in words(page)
    assert "data-offer" not in page.content.decode()


def test_a_party_that_lets_an_offer_lapse_keeps_and_is_told_what_it_has(client: Client) -> None:
    rsvp = let_lapse(partly())
    for settled in (False, True):
        if settled:
            verbs.settle(rsvp.event)
        page = client.get(manage_page(rsvp))
        assert status_on(page) == "confirmed"
        assert "Your 2 seats are confirmed" in words(page)
        assert "One more seat was offered to you until" in words(page)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"closes_at": timezone.now() - LATE}, "More seats could be asked for until"),
        ({"mode": "approval"}, "The hosts have admitted your party as it is."),
    ],
)
def test_what_can_still_be_changed_is_said(client: Client, change: dict[str, Any], said: str) -> None:
    rsvp = factories.rsvp(factories.reception(), 2, "Mei Chen")
    RsvpPolicy.objects.update(**change)
    page = words(client.get(manage_page(rsvp)))
    assert said in page
    assert "withdraw" in page


def test_while_it_is_postponed_the_page_says_that_nobody_is_asked(client: Client) -> None:
    rsvp = waiting()
    Event.objects.update(state="postponed", notice_en="The mayor is ill.")
    page = words(client.get(manage_page(rsvp)))
    assert "New date to be announced (originally " in page
    assert "The mayor is ill." in page
    assert "nobody is seated or asked until the new date is known" in page
    assert "While the event is postponed you can come with fewer, or withdraw." in page


def test_a_refused_request_has_no_form_to_ask_again(client: Client) -> None:
    page = client.get(manage_page(rejected())).content.decode()
    assert "Whoever has the address of this page" not in page
    assert 'name="seats"' not in page


@pytest.mark.parametrize(
    ("made", "queries"), [(lambda: factories.rsvp(factories.reception(), 2), 8), (waiting, 9), (an_offer, 11)]
)
def test_a_personal_page_costs_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, made: Callable[[], Rsvp], queries: int
) -> None:
    address = manage_page(made())
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


# --- verified addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_unverified_answer_counts_only_once_the_button_is_pressed(client: Client, language: str) -> None:
    rsvp = factories.rsvp(factories.reception(verify_email=True), 2, "Mei Chen")
    address = verify_page(rsvp, language)
    page = client.get(address)
    assert (status_on(page), fresh(rsvp).status) == ("unverified", "unverified")
    assert ("您的回复尚未生效" if language == "zh-hans" else "Your answer does not count yet") in words(page)
    answer = client.post(address)
    assert (answer.status_code, fresh(rsvp).status) == (303, "confirmed")
    assert status_on(client.get(answer.url)) == "confirmed"
    assert client.get(address).url == manage_page(rsvp, language)


def test_a_link_for_verifying_is_no_link_to_the_answer_nor_the_other_way_round(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(verify_email=True), 1)
    assert client.get(verify_page(rsvp).replace("/verify", "")).status_code == 404
    assert client.get(manage_page(rsvp).replace("/rsvp/", "/rsvp/verify/")).status_code == 404


def test_an_unverified_answer_that_is_gone_says_why(client: Client) -> None:
    rsvp = factories.rsvp(factories.reception(verify_email=True), 1)
    Rsvp.objects.update(answered_at=timezone.now() - timedelta(hours=25))
    address = verify_page(rsvp)
    for page in (client.get(address), client.post(address)):
        assert page.status_code == 404
        assert "not confirmed within 24 hours is deleted" in words(page)
    verbs.settle(rsvp.event)
    assert client.get(address).status_code == 404
    assert not Rsvp.objects.exists()


def test_where_addresses_are_verified_known_and_new_ones_read_the_same(
    client: Client, member: Member
) -> None:
    event = factories.reception(verify_email=True)
    factories.rsvp(event, member=member, email=member.email)
    pages = []
    for email in (member.email, "new@example.org"):
        sent = form(nonce=email[0] * 24, name="A Guest", email=email)
        answer = client.post(f"/en/events/{event.slug}/rsvp/", sent)
        pages.append((answer.status_code, answer.url, client.get(answer.url).content))
    assert pages[0] == pages[1]


def test_a_form_sent_again_leads_not_past_the_proof_of_the_address(client: Client) -> None:
    event = factories.reception(verify_email=True)
    sent = form(name="A Guest", email="new@example.org")
    address = f"/en/events/{event.slug}/rsvp/"
    client.post(address, sent)
    for _again in range(2):
        answer = client.post(address, sent)
        assert answer.url == f"/en/events/{event.slug}/rsvp/sent/"
        verbs.verify(Rsvp.objects.get())
