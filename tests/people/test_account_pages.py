"""The pages of one's own account: in our words, for its owner only, and what they do."""

import html
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from people import account_letters, passwords
from people.devices import device_of, forget_sessions
from people.models import Member
from sistercities.mail.models import Message
from tests import factories
from tests.people.entering import ask, enter, is_signed_in, letters, newest_code, passkey_of

pytestmark = pytest.mark.django_db
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"
)
PASSWORD = "a password of a test"


def come_in(member: Member, language: str = "en", **browser: str) -> Client:
    client = Client(**{f"HTTP_{name.upper()}": value for name, value in browser.items()})
    ask(client, member.email, language)
    assert enter(client, newest_code(), language).status_code == 302
    return client


# --- in both languages ----------------------------------------------------------------------------------

OPEN = ["login/", "login/password/", "password/reset/", "password/reset/done/", "inactive/", "signup/"]
OWN = [
    "email/",
    "password/set/",
    "logout/",
    "devices/",
    "security/",
    "security/webauthn/add/",
    "security/totp/activate/",
    "security/totp/deactivate/",
    "security/recovery-codes/",
    "security/recovery-codes/generate/",
    "reauthenticate/",
]
LATIN = re.compile(r"[A-Za-z]{3,}")
KNOWN = {
    "mei",
    "Mei",
    "Chen",
    "example",
    "org",
    "com",
    "Telephone",
    "iPhone",
    "Safari",
    "UTC",
    "Los",
    "Angeles",
}


def own_part(page: str) -> str:
    return re.sub(r"^[^>]*>", "", page.partition("<main")[2].partition("</main>")[0])


def english_in(page: str) -> list[str]:
    """Words of another language in the part of a page that is its own."""
    main = re.sub(r"(?s)<(script|style|svg|code)\b.*?</\1>", " ", own_part(page))
    told = re.findall(r'(?:alt|title|aria-label|placeholder)="([^"]*)"', main)
    shown = [*told, re.sub(r"<[^>]+>", " ", main)]
    return sorted(set(LATIN.findall(html.unescape(" ".join(shown)))) - KNOWN)


@pytest.mark.parametrize("place", OPEN)
def test_chinese_pages_of_signing_in_have_no_english_word(client: Client, place: str) -> None:
    answer = client.get(f"/zh-hans/members/{place}")
    assert (answer.status_code, english_in(answer.content.decode())) == (200, [])


def test_chinese_pages_of_the_own_account_have_no_english_word(member: Member) -> None:
    member.set_unusable_password()
    member.save()
    client = come_in(member, "zh-hans", user_agent=IPHONE)
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(member)
    key = passkey_of(member).pk
    found = {}
    for place in [*OWN, f"security/webauthn/keys/{key}/edit/", f"security/webauthn/keys/{key}/remove/"]:
        answer = client.get(f"/zh-hans/members/{place}", follow=True)
        found[place] = (answer.status_code, english_in(answer.content.decode()))
    assert {place: told for place, told in found.items() if told != (200, [])} == {}


def test_page_of_the_second_factor_has_no_english_word(client: Client, member: Member) -> None:
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    ask(client, member.email, "zh-hans")
    page = client.get(enter(client, newest_code(), "zh-hans")["Location"])
    assert (page.status_code, english_in(page.content.decode())) == (200, [])
    refused = client.post("/zh-hans/members/security/authenticate/", {"code": "000000"})
    assert english_in(refused.content.decode()) == []


COSTS = [("devices/", 5), ("security/", 5), ("security/webauthn/add/", 11), ("email/", 5)]


@pytest.mark.parametrize(("place", "statements"), COSTS)
def test_pages_of_the_own_account_cost_the_same_with_many_devices_and_passkeys(
    member: Member, django_assert_num_queries: Any, place: str, statements: int
) -> None:
    client = come_in(member)
    for known in (0, 5):
        for number in range(known):
            passkey_of(member, f"Telephone {number}")
            other = Client()
            other.force_login(member)
            session = other.session.session_key
            UserSession.objects.create(user=member, session_key=session, ip="192.0.2.1", user_agent=IPHONE)
        with django_assert_num_queries(statements):
            assert client.get(f"/en/members/{place}").status_code == 200


# --- devices --------------------------------------------------------------------------------------------


def test_member_sees_the_devices_and_signs_out_on_one_of_them(member: Member) -> None:
    here, there = come_in(member), come_in(member, user_agent=IPHONE)
    page = here.get("/en/members/devices/").content.decode()
    assert "Safari on iPhone" in page
    assert page.count("this device") == 1
    number = UserSession.objects.get(user_agent=IPHONE).pk
    assert here.post("/en/members/devices/", {"device": number}).status_code == 303
    assert there.get("/en/members/devices/").status_code == 302
    assert here.get("/en/members/devices/").status_code == 200


def test_signing_out_everywhere_ends_sessions_that_no_list_knows_too(member: Member) -> None:
    here, there, unlisted = come_in(member), come_in(member), Client()
    unlisted.force_login(member)
    here.post("/en/members/devices/", {"everywhere": "but here"})
    assert [is_open(client) for client in (here, there, unlisted)] == [True, False, False]
    here.post("/en/members/devices/", {"everywhere": "here too"})
    assert not is_open(here)
    assert not UserSession.objects.exists()


def is_open(client: Client) -> bool:
    return client.get("/en/members/devices/").status_code == 200


@pytest.mark.parametrize("number", ["", "x", "٣", "9" * 30, "-1"])
def test_nobody_signs_out_others_and_nonsense_is_harmless(member: Member, number: str) -> None:
    other = come_in(factories.member("other@example.org"))
    here = come_in(member)
    theirs = UserSession.objects.exclude(user=member).get().pk
    for told in (number, theirs):
        assert here.post("/en/members/devices/", {"device": told}).status_code == 303
    assert is_open(other)


def test_new_password_signs_out_elsewhere(member: Member) -> None:
    here, there = come_in(member), come_in(member)
    words = {
        "oldpassword": PASSWORD,
        "password1": "Two shores, one thread",
        "password2": "Two shores, one thread",
    }
    assert here.post("/en/members/password/change/", words).status_code == 302
    assert [is_open(here), is_open(there)] == [True, False]
    assert here.get("/en/members/devices/").content.decode().count('<li class="panel">') == 1


def test_sessions_that_are_over_are_forgotten_with_their_devices(member: Member) -> None:
    come_in(member)
    kept = come_in(member)
    Session.objects.exclude(session_key=kept.session.session_key).update(expire_date="2020-01-01T00:00:00Z")
    forget_sessions()
    assert [each.session_key for each in UserSession.objects.all()] == [kept.session.session_key]
    assert Session.objects.count() == 1


DEVICES = [
    (IPHONE, "Safari on iPhone"),
    (
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile MicroMessenger/8.0",
        "WeChat on Android",
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
        "Edge on Windows",
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
        "Firefox on Mac",
    ),
    ("curl/8.0", "Unknown device"),
    ("", "Unknown device"),
]


@pytest.mark.parametrize(("said", "name"), DEVICES)
def test_devices_are_called_what_people_call_them(said: str, name: str) -> None:
    assert device_of(said) == name


# --- passkeys and second factors ------------------------------------------------------------------------


def test_member_who_has_lost_the_passkey_comes_in_by_mail_and_takes_it_out(member: Member) -> None:
    lost = passkey_of(member)
    client = come_in(member)
    assert client.post(f"/en/members/security/webauthn/keys/{lost.pk}/remove/").status_code == 302
    assert not Authenticator.objects.exists()
    assert letters()[-1].subject == "A passkey was taken out of your account"


def test_passkey_is_renamed_by_its_owner_and_by_nobody_else(member: Member) -> None:
    mine, theirs = passkey_of(member), passkey_of(factories.member("other@example.org"))
    client = come_in(member)
    for key, status in ((mine, 302), (theirs, 404)):
        path = f"/en/members/security/webauthn/keys/{key.pk}/edit/"
        assert client.post(path, {"name": "My telephone"}).status_code == status
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert [mine.wrap().name, theirs.wrap().name] == ["My telephone", "Telephone"]


def test_curator_with_a_passkey_needs_it_after_a_code_by_mail(client: Client, curator: Member) -> None:
    passkey_of(curator)
    ask(client, curator.email)
    assert enter(client, newest_code())["Location"] == "/en/members/security/authenticate/"
    assert not is_signed_in(client)


def test_recovery_code_opens_in_place_of_a_lost_passkey_and_once(curator: Member) -> None:
    passkey_of(curator)
    [first, *_] = RecoveryCodes.activate(curator).get_unused_codes()
    for opens in (True, False):
        client = Client()
        ask(client, curator.email)
        enter(client, newest_code())
        client.post("/en/members/security/authenticate/", {"code": first})
        assert is_signed_in(client) is opens


def test_looking_at_recovery_codes_and_keeping_them_changes_nothing(curator: Member) -> None:
    client = come_in(curator)
    codes = RecoveryCodes.activate(curator).get_unused_codes()
    before = list(Authenticator.objects.values())
    assert codes[0] in client.get("/en/members/security/recovery-codes/").content.decode()
    kept = client.get("/en/members/security/recovery-codes/download/")
    assert kept.content.decode().split() == codes
    assert "no-store" in kept["Cache-Control"]
    assert list(Authenticator.objects.values()) == before


HOSTILE = [
    "",
    "{}",
    "[]",
    "null",
    "7",
    '"x"',
    '{"id": 5}',
    '{"response": []}',
    "{" * 900,
    '{"id":"AA","rawId":"A"}',
]
WHOLE = '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"AAAA",%s}}'
HOSTILE += [WHOLE % '"authenticatorData":"AAAA","signature":"AAAA","userHandle":"MQ"']
HOSTILE += [
    WHOLE % '"attestationObject":"AAAA"',
    WHOLE % '"authenticatorData":"!!","signature":4,"userHandle":[]',
]


def test_whatever_is_sent_in_place_of_a_passkey_opens_nothing_and_breaks_nothing(member: Member) -> None:
    passkey_of(member)
    inside, outside = come_in(member), Client()
    for said in HOSTILE:
        outside.get("/en/members/security/webauthn/login/", headers={"Accept": "application/json"})
        inside.get("/en/members/security/webauthn/add/")
        for client, place, data in [
            (outside, "webauthn/login/", {"credential": said}),
            (inside, "webauthn/add/", {"credential": said, "name": "x"}),
            (inside, "webauthn/reauthenticate/", {"credential": said}),
        ]:
            assert client.post(f"/en/members/security/{place}", data).status_code in (200, 302, 429), (
                place,
                said,
            )
    assert not is_signed_in(outside)
    assert Authenticator.objects.count() == 1


# --- addresses, and letters about the account -----------------------------------------------------------


def test_another_address_is_confirmed_by_a_code_and_the_main_address_is_told(member: Member) -> None:
    client = come_in(member)
    client.post("/en/members/email/", {"action_add": "", "email": "mei@example.com"})
    letter = letters()[-1]
    assert (letter.to, letter.subject) == (["mei@example.com"], "Please confirm your address")
    assert Message.objects.get(kind="account_address_code").snapshot == {}
    client.post("/en/members/confirm-email/", {"code": newest_code()})
    assert EmailAddress.objects.get(email="mei@example.com").verified
    assert [(each.to, each.subject) for each in letters()[-1:]] == [
        (["Mei Chen <mei@example.org>"], "An address was added to your account")
    ] or letters()[-1].to == ["mei@example.org"]


def test_letters_about_the_account_are_in_the_language_of_its_owner(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(language="zh-hans")
    lost = passkey_of(member)
    come_in(member).post(f"/en/members/security/webauthn/keys/{lost.pk}/remove/")
    letter = letters()[-1]
    assert letter.subject == "您账户的一个通行密钥已移除"
    body = re.sub(r"http\S+", "", letter.body)
    assert english_in(f"<main>{body}</main>") == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_letter_about_an_account_is_written_in_full(member: Member, language: str) -> None:
    told = {
        "name": "陈梅",
        "address": "a@example.org",
        "to_email": "b@example.org",
        "from_email": "c@example.org",
    }
    told |= {"deleted_email": "d@example.org", "code": "12345678", "device": "Safari"}
    for library_name in account_letters.KINDS:
        account_letters.ask(f"account/email/{library_name}", member.email, told, language)
    written = letters()
    assert len({letter.subject for letter in written}) == len(set(account_letters.KINDS.values()))
    for letter in written:
        whole = [letter.subject, letter.body, str(letter.alternatives[0].content)]
        assert not [text for text in whole if "%(" in text or "{{" in text]
        if language == "zh-hans":
            assert english_in(f"<main>{re.sub(r'http.+', '', letter.subject + letter.body)}</main>") == []


# --- passwords ------------------------------------------------------------------------------------------


def try_password(client: Client, email: str, password: str) -> Any:
    return client.post("/en/members/login/password/", {"login": email, "password": password})


def test_password_still_opens_for_those_who_have_one(client: Client, member: Member) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    assert try_password(client, "MEI@example.org", "not this one").status_code == 422
    assert try_password(client, "MEI@example.org", PASSWORD).status_code == 302
    assert is_signed_in(client)


def test_owner_is_told_of_a_password_used_on_a_new_device_and_not_on_a_known_one(member: Member) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    for device in (IPHONE, IPHONE, "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/127.0"):
        try_password(Client(HTTP_USER_AGENT=device), member.email, PASSWORD)
    told = [letter for letter in letters() if "new device" in letter.subject]
    assert ["Safari on iPhone" in letter.body for letter in told] == [True, False]


def test_after_too_many_wrong_passwords_the_right_one_opens_nothing_and_a_code_still_does(
    member: Member,
) -> None:
    client = Client()
    pages = [try_password(client, member.email, f"wrong {number}") for number in range(12)]
    refused = try_password(client, member.email, PASSWORD)
    assert {page.status_code for page in pages} == {refused.status_code} == {422}
    assert passwords.FOR_ADDRESS_BY_NETWORK.most == 10
    ask(client, member.email)
    assert enter(client, newest_code()).status_code == 302


def test_stranger_who_tries_passwords_locks_nobody_out(client: Client, member: Member) -> None:
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    for number in range(15):
        try_password(stranger, member.email, f"wrong {number}")
    assert try_password(client, member.email, PASSWORD).status_code == 302


def test_programs_that_keep_passwords_find_where_to_change_one(client: Client) -> None:
    assert client.get("/.well-known/change-password")["Location"] == "/en/members/password/change/"


def test_staff_enter_the_admin_by_the_same_door_as_members(client: Client, curator: Member) -> None:
    there = client.get("/admin/mail/message/", follow=True)
    assert there.redirect_chain[-1][0] == "/en/members/login/?next=/admin/mail/message/"
    passkey_of(curator)
    EmailAddress.objects.create(user=curator, email=curator.email, verified=True, primary=True)
    refused = client.post("/admin/login/", {"username": curator.email, "password": PASSWORD})
    assert (refused.status_code, is_signed_in(client)) == (302, False)
    assert try_password(client, curator.email, PASSWORD)["Location"] == "/en/members/security/authenticate/"
    assert not is_signed_in(client)


def test_member_who_is_no_staff_is_told_so_at_the_door_of_the_admin(client: Client, member: Member) -> None:
    client.force_login(member)
    assert client.get("/admin/login/?next=/admin/").status_code == 403


def test_curator_is_led_on_into_the_admin_and_nowhere_else(client: Client, curator: Member) -> None:
    client.force_login(curator)
    assert client.get("/admin/login/?next=/admin/people/")["Location"] == "/admin/people/"
    assert client.get("/admin/login/?next=//evil.example/")["Location"] == "/admin/"


def test_staff_see_that_there_is_a_passkey_and_never_the_key_of_an_app(
    client: Client, curator: Member
) -> None:
    TOTP.activate(curator, "JBSWY3DPEHPK3PXP")
    client.force_login(curator)
    for place in ("", "?q=curator", f"{Authenticator.objects.get().pk}/change/"):
        page = client.get(f"/admin/mfa/authenticator/{place}")
        assert (page.status_code, "JBSWY3DPEHPK3PXP" in page.content.decode()) == (200, False)
    assert client.get("/admin/usersessions/usersession/").status_code == 404
