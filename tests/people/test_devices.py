"""Where members are signed in, and how they sign out there."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from people.devices import device_of, forget_sessions
from people.models import Member
from tests import factories
from tests.people.entering import (
    IPHONE,
    PASSWORD,
    come_in,
)

pytestmark = pytest.mark.django_db


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
