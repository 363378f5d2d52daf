"""Signing in with a code: it is one's own, good for a while, guessed by nobody, and refused to nobody by others."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.utils.timezone import now

from people import signing_in
from people.models import Member
from sistercities.mail.models import Message
from tests import factories
from tests.people.entering import ask, enter, is_signed_in, letters, newest_code, wrong

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}{1}", " {0}-{1} ", "full width"])
def test_member_signs_in_with_the_code_of_the_letter_however_it_is_typed(
    client: Client, member: Member, typed: str
) -> None:
    ask(client, member.email)
    first, last = newest_code().split()
    wide = "".join(chr(ord(figure) + 0xFEE0) for figure in first + last)
    answer = enter(client, wide if typed == "full width" else typed.format(first, last))
    assert (answer.status_code, answer["Location"]) == (302, "/en/members/")
    assert is_signed_in(client)


def test_address_is_taken_for_the_members_however_it_is_typed(client: Client, member: Member) -> None:
    ask(client, "ＭＥＩ＠ｅｘａｍｐｌｅ．ｏｒｇ ")
    enter(client, newest_code())
    assert is_signed_in(client)


def test_code_shows_that_the_address_is_the_members_own(client: Client, member: Member) -> None:
    ask(client, member.email)
    enter(client, newest_code())
    [address] = EmailAddress.objects.filter(user=member)
    assert (address.email, address.verified, address.primary) == (member.email, True, True)


def test_confirmed_second_address_opens_the_account_and_an_unconfirmed_one_does_not(
    client: Client, member: Member
) -> None:
    EmailAddress.objects.create(user=member, email="mei@example.com", verified=True)
    EmailAddress.objects.create(user=member, email="mei@example.net", verified=False)
    assert signing_in.member_at("Mei@example.com") == member
    assert signing_in.member_at("mei@example.net") is None


def test_third_wrong_code_ends_the_sign_in_and_the_right_one_opens_nothing_any_more(
    client: Client, member: Member
) -> None:
    ask(client, member.email)
    code = newest_code()
    assert [enter(client, wrong(code)).status_code for _ in range(3)] == [422, 422, 303]
    assert enter(client, code)["Location"] == "/en/members/login/"
    ask(client, member.email)
    assert enter(client, code).status_code == 422
    assert not is_signed_in(client)


def test_new_code_makes_the_one_before_worthless(client: Client, member: Member) -> None:
    ask(client, member.email)
    first = newest_code()
    client.post("/en/members/login/code/confirm/", {"action": "resend"})
    second = newest_code()
    assert enter(client, first).status_code == 422
    assert enter(client, second).status_code == 302


def test_code_opens_once(client: Client, member: Member) -> None:
    other = Client()
    for each in (client, other):
        ask(each, member.email)
    code = newest_code()
    assert enter(other, code).status_code == 302
    ask(client, member.email)
    assert enter(client, code).status_code == 422


def test_code_of_one_browser_opens_no_other(client: Client, member: Member) -> None:
    ask(client, member.email)
    code = newest_code()
    other = Client()
    ask(other, member.email)
    assert enter(other, code).status_code == 422


def test_code_is_good_for_a_quarter_of_an_hour(client: Client, member: Member) -> None:
    ask(client, member.email)
    code = newest_code()
    with time_machine.travel(now() + timedelta(minutes=14)):
        assert client.get("/en/members/login/code/confirm/").status_code == 200
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert enter(client, code)["Location"] == "/en/members/login/"
    assert not is_signed_in(client)


def test_who_enters_a_code_too_late_is_told_so_and_still_gets_where_they_were_going(
    client: Client, member: Member
) -> None:
    client.post("/en/members/login/", {"email": member.email, "next": "/en/members/calendar/"})
    with time_machine.travel(now() + timedelta(minutes=16)):
        page = client.post("/en/members/login/code/confirm/", {"code": "12345678"}, follow=True)
        text = page.content.decode()
        assert "This code cannot be used any more. Please ask for a new one." in text
        assert '<input type="hidden" name="next" value="/en/members/calendar/">' in text
        again = client.get("/en/members/login/code/confirm/", follow=True)
        assert "cannot be used" not in again.content.decode()


def test_code_that_is_too_late_is_not_sent(client: Client, member: Member) -> None:
    ask(client, member.email)
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert letters() == []
    assert Message.objects.get().state == Message.State.OVERTAKEN


def test_no_code_lies_in_the_outbox_or_in_a_session(client: Client, member: Member) -> None:
    ask(client, member.email)
    code = newest_code().replace(" ", "")
    assert code not in str(Message.objects.values_list())
    assert code not in str([session.get_decoded() for session in Session.objects.all()])


def test_letters_stop_and_the_page_says_the_same(client: Client, member: Member) -> None:
    pages = []
    for _ in range(7):
        ask(client, member.email)
        page = client.get("/en/members/login/code/confirm/")
        pages.append(page.content.decode().replace(str(page.context["csrf_token"]), "…"))
    assert len(set(pages)) == 1
    assert len(letters()) == signing_in.ASKED_FOR_ADDRESS_BY_NETWORK.most == 5


def test_who_asks_in_vain_for_others_takes_no_letter_from_them(client: Client, member: Member) -> None:
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    for _ in range(9):
        ask(stranger, member.email)
    ask(client, member.email)
    assert len(letters()) == 6
    assert enter(client, newest_code()).status_code == 302


def test_where_many_networks_have_used_up_the_letters_a_code_that_was_sent_lets_its_reader_in(
    client: Client, member: Member
) -> None:
    for number in range(4):
        stranger = Client(REMOTE_ADDR=f"192.0.2.{number}")
        for _ in range(5):
            ask(stranger, member.email)
    codes = [newest_code()]
    assert len(letters()) == signing_in.ASKED_FOR_ADDRESS.most == 8
    ask(client, member.email)
    assert len(letters()) == 8
    assert enter(client, wrong(codes[0])).status_code == 422
    assert enter(client, codes[0]).status_code == 302


def test_at_no_moment_has_a_member_neither_a_letter_nor_a_code_that_is_good(
    client: Client, member: Member
) -> None:
    start = now()
    for minute in range(0, 61, 7):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            for number in range(3):
                stranger = Client(REMOTE_ADDR=f"192.0.2.{number}")
                for _ in range(5):
                    ask(stranger, member.email)
            ask(client, member.email)
            assert signing_in.words_sent_to(member.email), minute


def test_tries_of_one_network_leave_others_theirs_where_all_letters_are_used_up(
    client: Client, member: Member
) -> None:
    for number in range(2):
        stranger = Client(REMOTE_ADDR=f"192.0.2.{number}")
        for _ in range(5):
            ask(stranger, member.email)
    code = newest_code()
    for _ in range(40):
        ask(stranger, member.email)
        for _ in range(3):
            enter(stranger, wrong(code))
    ask(client, member.email)
    assert enter(client, code).status_code == 302


def test_code_waits_for_no_earlier_letter_that_a_mail_server_has_put_off(
    client: Client, member: Member
) -> None:
    ask(client, member.email)
    later = now() + timedelta(hours=2)
    Message.objects.update(kind="account_notice", attempts=7, fault=Message.Fault.PUT_OFF, send_after=later)
    ask(client, member.email)
    assert enter(client, newest_code()).status_code == 302


def test_wrong_codes_of_a_stranger_do_not_end_the_sign_in_of_the_member(
    client: Client, member: Member
) -> None:
    ask(client, member.email)
    code = newest_code()
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    for _ in range(2):
        ask(stranger, member.email)
        for _ in range(3):
            enter(stranger, wrong(code))
    assert enter(client, code).status_code == 302


def test_who_is_put_to_rest_gets_in_with_no_code(client: Client, member: Member) -> None:
    ask(client, member.email)
    code = newest_code()
    Member.objects.update(is_active=False)
    assert enter(client, code).status_code == 422


NEXT = [
    ("/en/events/", "/en/events/"),
    ("https://evil.example/", "/en/members/"),
    ("//evil.example/", "/en/members/"),
    ("/\\evil.example/", "/en/members/"),
    ("https://testserver/en/events/", "/en/members/"),
    ("javascript:alert(1)", "/en/members/"),
]


@pytest.mark.parametrize(("wished", "reached"), NEXT)
def test_sign_in_leads_on_to_pages_of_our_own_only(
    client: Client, member: Member, wished: str, reached: str
) -> None:
    ask(client, member.email, next=wished)
    assert enter(client, newest_code())["Location"] == reached


def test_member_who_signs_in_from_an_rsvp_page_comes_back_to_it(client: Client, member: Member) -> None:
    path = f"/en/events/{factories.reception(mode='members').slug}/rsvp/"
    page = client.get(path).content.decode()
    assert f'href="/en/members/login/?next={path}"' in page
    shown = client.get("/en/members/login/", {"next": path}).content.decode()
    assert f'name="next" value="{path}"' in shown
    ask(client, member.email, next=path)
    assert enter(client, newest_code())["Location"] == path


def test_session_gets_a_new_name_when_somebody_signs_in(client: Client, member: Member) -> None:
    ask(client, member.email)
    before = client.session.session_key
    enter(client, newest_code())
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signed_in_member_is_led_on_from_the_entrance(client: Client, member: Member) -> None:
    client.force_login(member)
    assert client.get("/en/members/login/?next=/en/events/")["Location"] == "/en/events/"
    assert client.get("/en/members/login/code/confirm/").status_code == 303


@pytest.mark.parametrize("typed", ["", "x" * 400, "mei", "mei@example.org\0"])
def test_what_is_no_address_is_refused_beside_the_field(client: Client, typed: str) -> None:
    answer = client.post("/en/members/login/", {"email": typed})
    assert answer.status_code == 422
    assert 'class="field field-error"' in answer.content.decode()
    assert not Message.objects.exists()


def test_looking_at_the_pages_changes_no_row_and_sets_no_session(client: Client) -> None:
    for place in ("login/", "login/password/", "login/code/confirm/", "password/reset/"):
        client.get(f"/en/members/{place}")
        client.head(f"/en/members/{place}")
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_forty_codes_that_come_together_three_are_looked_at(member: Member) -> None:
    pending = signing_in.begin(member.email, "192.0.2.1", "en")

    def come(number: int) -> str:
        try:
            signing_in.enter(pending, f"{number:08d}", "192.0.2.1")
        except (signing_in.WrongCode, signing_in.Ended) as refused:
            return type(refused).__name__
        finally:
            connections.close_all()
        return "opened"

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(come, range(40))) == {"WrongCode": 2, "Ended": 38}
