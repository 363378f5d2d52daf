"""Staff need a passkey or an app before any page of the admin, and nobody is locked out by that."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from people.granting import grant, take_back
from people.models import Member, RoleName
from tests import factories
from tests.people.entering import PASSWORD, ask, come_in, enter, newest_code, passkey_of

pytestmark = pytest.mark.django_db
SET_UP = "/en/members/security/staff/?next=%2Fadmin%2Fpeople%2Fperson%2F"
PEOPLE = "/admin/people/person/"
KEY = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _asked_for(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


def code_of_app(key: str = KEY) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(key, counter)))


def test_staff_without_one_are_led_to_set_it_up_before_any_page(curator: Member) -> None:
    client = come_in(curator)
    assert client.get(PEOPLE)["Location"] == SET_UP
    for place in ("/admin/", "/admin/people/member/add/", "/admin/nothing/at/all/", "/admin/autocomplete/"):
        assert client.get(place)["Location"].startswith("/en/members/security/staff/")
    refused = client.post("/admin/people/member/add/", {"email": "new@example.org"})
    assert (refused.status_code, Member.objects.count()) == (302, 1)
    page = client.get(SET_UP).content.decode()
    assert "A passkey for your work" in page
    assert "/en/members/security/webauthn/add/" in page


def test_password_and_code_by_mail_together_are_no_second_factor(curator: Member) -> None:
    client = come_in(curator)
    client.post("/en/members/login/password/", {"login": curator.email, "password": PASSWORD})
    assert client.get(PEOPLE)["Location"] == SET_UP


def test_recovery_codes_alone_are_no_second_factor(curator: Member) -> None:
    RecoveryCodes.activate(curator)
    assert come_in(curator).get(PEOPLE)["Location"] == SET_UP


def test_whoever_adds_an_app_goes_on_to_the_page_that_was_asked_for(curator: Member) -> None:
    client = come_in(curator)
    place = "/en/members/security/totp/activate/"
    key = client.get(place).context["form"].secret
    assert client.post(place, {"code": code_of_app(key)})["Location"].endswith("/recovery-codes/")
    assert client.get(SET_UP)["Location"] == PEOPLE
    assert client.get(PEOPLE).status_code == 200


def test_session_without_the_factor_that_there_is_has_to_show_it(curator: Member) -> None:
    client = come_in(curator)
    TOTP.activate(curator, KEY)
    assert client.get(PEOPLE)["Location"] == SET_UP
    assert "Is it still you?" in client.get(SET_UP).content.decode()
    shown = client.post(
        "/en/members/security/reauthenticate/", {"code": code_of_app(), "next": "/admin/people/person/"}
    )
    assert (shown["Location"], client.get(PEOPLE).status_code) == (PEOPLE, 200)


def test_staff_who_came_in_with_both_see_nothing_of_this(client: Client, curator: Member) -> None:
    TOTP.activate(curator, KEY)
    ask(client, curator.email)
    enter(client, newest_code())
    client.post("/en/members/security/authenticate/", {"code": code_of_app()})
    assert client.get(PEOPLE).status_code == 200


def test_members_are_not_asked(member: Member) -> None:
    client = come_in(member)
    assert client.get("/en/members/").status_code == 200
    assert client.get("/en/members/security/staff/")["Location"] == "/en/members/security/"


def test_administrator_takes_out_what_is_lost_and_the_other_sets_up_anew(
    curator: Member, member: Member
) -> None:
    grant(member, RoleName.CURATOR, by=curator)
    lost = passkey_of(member)
    boss = come_in(curator)
    key = boss.get("/en/members/security/totp/activate/").context["form"].secret
    boss.post("/en/members/security/totp/activate/", {"code": code_of_app(key)})
    assert boss.post(f"/admin/mfa/authenticator/{lost.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.filter(user=member).exists()
    assert "A passkey for your work" in come_in(member).get("/admin/", follow=True).content.decode()


def test_it_can_be_switched_off(settings: Any, curator: Member) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert come_in(curator).get(PEOPLE).status_code == 200


def test_next_leads_nowhere_but_into_the_admin(settings: Any, curator: Member) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client = come_in(curator)
    assert client.get("/en/members/security/staff/?next=//evil.example/")["Location"] == "/admin/"


def test_whoever_loses_the_role_is_asked_no_more(curator: Member, member: Member) -> None:
    given = grant(member, RoleName.READER, by=curator)
    take_back(given, by=curator)
    assert come_in(member).get("/admin/").status_code == 302


def test_until_then_drafts_and_the_files_of_staff_are_closed_outside_the_admin_too(curator: Member) -> None:
    draft, kept = factories.person(status="draft"), factories.picture()
    client = come_in(curator)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(kept.file.url).status_code == 404
    assert client.get("/en/members/").status_code == 200
    place = "/en/members/security/totp/activate/"
    key = client.get(place).context["form"].secret
    client.post(place, {"code": code_of_app(key)})
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(kept.file.url).status_code == 200
