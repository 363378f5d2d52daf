"""My data: what is told of somebody, what goes when they ask for it, and what stays."""

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client

from events.links import token_for
from events.models import (
    Guest,
    InvitationList,
    Rsvp,
    RsvpPolicy,
    SeatHold,
)
from people.models import Member, Person
from people.my_data import whose_account
from sistercities.audit import violations
from sistercities.embedded.server import program
from sistercities.mail.models import Message
from sistercities.my_data import Hand, erase, everything, in_words, parts
from sistercities.newsletter.models import AskedFor, Subscriber
from tests import factories
from tests.somebody import COMPANION, EMAIL, NAME, OTHER_EMAIL, Somebody, plant, traces_in

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])
ERASE = {"understood": "on"}


@pytest.fixture
def somebody(db: None) -> Somebody:
    return plant()


def sign_in(client: Client, member: Member, seconds_ago: float = 0) -> None:
    """By a code that came by mail."""
    client.force_login(member)
    session = client.session
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(member.pk)
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "code", "at": time.time() - seconds_ago, "email": member.email}
    ]
    session.save()


# --- told -----------------------------------------------------------------------------------------------


def test_file_holds_everything(client: Client, somebody: Somebody) -> None:
    sign_in(client, somebody.member)
    answer = client.get("/en/members/data/download/")
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    text = answer.content.decode()
    told = json.loads(text)
    for word in (
        NAME,
        EMAIL,
        OTHER_EMAIL,
        COMPANION,
        "By tram",
        "Bureau Zwölfbrunn",
        "No peanuts, please",
        "Choir",
    ):
        assert word in text, word
    assert {key for key, value in told.items() if not value} == {
        "pages_saved",
        "administration",
        "events_looked_after",
        "handed_in",
    }
    assert told["account"]["member_since"] == "2000-01-01"
    here = told["answers"][0]
    assert here["event"]["title"]["en"]
    assert {reply["reply"] for reply in here["replies"]} == {"peanuts", True, "By tram"}


def test_file_holds_no_secret(somebody: Somebody) -> None:
    text = json.dumps(everything(whose_account(somebody.member)), ensure_ascii=False)
    member = Member.objects.get(pk=somebody.member.pk)
    for secret in (
        somebody.party.link_handle,
        somebody.invitation.link_handle,
        member.feed_handle,
        member.password,
    ):
        assert secret not in text
    assert token_for(somebody.party) not in text


@LANGUAGES
def test_page_says_in_words_what_is_kept_in_few_questions(
    client: Client, somebody: Somebody, language: str
) -> None:
    sign_in(client, somebody.member)
    page = client.get(f"/{language}/members/data/").content.decode()
    for word in (COMPANION, OTHER_EMAIL, "Choir", "Consular corps"):
        assert word in page, word


def test_an_address_that_is_not_confirmed_tells_nothing_of_whose_it_is(somebody: Somebody) -> None:
    curious = factories.member("curious@example.org")
    curious.emailaddress_set.create(email=EMAIL, verified=False)
    told = everything(whose_account(curious))
    assert (told["answers"], told["invitations"], told["newsletter"], told["letters"]) == ([], [], [], [])


def test_nobody_sees_my_data_without_signing_in(client: Client) -> None:
    for place in ("", "download/", "erase/"):
        answer = client.get(f"/en/members/data/{place}")
        assert answer.status_code == 302, place
        assert answer["Location"].startswith("/en/members/login/"), place


# --- erased ---------------------------------------------------------------------------------------------


def dump() -> str:
    """All data of the test database, as a backup holds it."""
    known = connection.settings_dict
    given = {
        "PGHOST": known["HOST"],
        "PGPORT": known["PORT"],
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
    }
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    command = [str(program("pg_dump")), "--data-only", "--no-owner", known["NAME"]]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def media() -> list[str]:
    """Names and contents of all files that are served or kept."""
    places = [Path(settings.MEDIA_ROOT), Path(settings.STORAGES["private"]["OPTIONS"]["location"])]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [f"{path} {path.read_bytes().decode('latin-1')}" for path in files]


@pytest.mark.django_db(transaction=True)
def test_after_the_erasure_a_backup_holds_nothing_that_the_page_did_not_announce(client: Client) -> None:
    somebody = plant()
    before = dump()
    assert before.count("Zwölfbrunn") > 30
    sign_in(client, somebody.member)
    page = client.get("/en/members/data/erase/").content.decode()
    assert "The page “Quirina Archivist” in the archive" in page
    answer = client.post("/en/members/data/erase/", ERASE)
    assert (answer.status_code, answer["Location"]) == (303, "/en/my-data/erased/")
    after = dump()
    assert traces_in(after) == []
    assert [found for text in media() for found in traces_in(text)] == []
    assert "Quirina Archivist" in after
    assert list(violations()) == []


def test_erasure_frees_the_seats_and_the_next_in_line_gets_them(somebody: Somebody) -> None:
    assert somebody.waiting.status == Rsvp.Status.WAITLISTED
    erase(whose_account(somebody.member), Hand())
    somebody.waiting.refresh_from_db()
    assert (somebody.waiting.status, somebody.waiting.seats_confirmed) == (Rsvp.Status.CONFIRMED, 2)
    assert RsvpPolicy.objects.get(event=somebody.coming).seats_committed == 2
    banquet = RsvpPolicy.objects.get(event=somebody.invitation.event_id)
    assert banquet.seats_committed == 0, "the seats kept for the invitation are free"


def test_erasure_leaves_the_numbers_of_what_is_over_and_the_guests_of_others(somebody: Somebody) -> None:
    erase(whose_account(somebody.member), Hand())
    was_there = Rsvp.objects.get(pk=somebody.was_there.pk)
    assert (was_there.name, was_there.status, was_there.seats_confirmed) == ("—", Rsvp.Status.CONFIRMED, 1)
    block = SeatHold.objects.get(pk=somebody.block.pk)
    assert (block.name, block.owner_name, block.owner_email, block.seats) == ("Choir", "", "", 3)
    assert {"Anna Alto", "Bela Bass"} <= set(Guest.objects.values_list("name", flat=True))
    assert InvitationList.objects.get().rows == [{"name": "Somebody Else", "email": "else@example.org"}]
    assert Person.objects.filter(slug="quirina").exists()
    assert not Member.objects.filter(pk=somebody.member.pk).exists()
    assert (Subscriber.objects.count(), AskedFor.objects.count()) == (0, 0)
    assert not Message.objects.filter(to_email__in=[EMAIL, OTHER_EMAIL]).exists()


def test_erasure_may_be_repeated(somebody: Somebody) -> None:
    whose = whose_account(somebody.member)
    erase(whose, Hand())
    assert set(erase(whose, Hand()).values()) == {0}
    assert list(violations()) == []


def test_everything_that_goes_is_announced_and_nothing_else(somebody: Somebody) -> None:
    announced = {str(title) for title, _kept in in_words(whose_account(somebody.member))}
    whose = whose_account(somebody.member)
    titles = {part.key: str(part.title) for part in parts()}
    gone = {titles[key] for key, count in erase(whose, Hand()).items() if count}
    assert gone <= announced
    assert announced - gone == set()


@LANGUAGES
def test_who_signed_in_long_ago_shows_first_that_it_is_them(
    client: Client, somebody: Somebody, language: str
) -> None:
    sign_in(client, somebody.member, seconds_ago=3600)
    page = client.get(f"/{language}/members/data/erase/")
    assert 'name="understood"' not in page.content.decode()
    assert client.post(f"/{language}/members/data/erase/", ERASE).status_code == 422
    assert Member.objects.filter(pk=somebody.member.pk).exists()
    way = client.post(f"/{language}/members/data/proof/", follow=True)
    assert way.status_code == 200
    assert way.redirect_chain[0][0].endswith(f"next=%2F{language}%2Fmembers%2Fdata%2Ferase%2F")


def test_who_has_no_key_and_no_password_signs_in_anew_by_mail(client: Client, somebody: Somebody) -> None:
    Authenticator.objects.all().delete()
    Member.objects.filter(pk=somebody.member.pk).update(password="!")
    somebody.member.refresh_from_db()
    sign_in(client, somebody.member, seconds_ago=3600)
    way = client.post("/en/members/data/proof/")
    assert way["Location"] == "/en/members/login/?next=%2Fen%2Fmembers%2Fdata%2Ferase%2F"
    assert client.get("/en/members/data/").status_code == 302, "signed out"


def test_erasure_wants_a_tick(client: Client, somebody: Somebody) -> None:
    sign_in(client, somebody.member)
    answer = client.post("/en/members/data/erase/", {})
    assert answer.status_code == 422
    assert "Please tick this first" in answer.content.decode()
    assert Member.objects.filter(pk=somebody.member.pk).exists()


def test_the_only_administrator_stays(client: Client, curator: Member) -> None:
    sign_in(client, curator)
    assert client.post("/en/members/data/erase/", ERASE).status_code == 422
    assert "You are the only one" in client.get("/en/members/data/erase/").content.decode()
    assert Member.objects.filter(pk=curator.pk).exists()


@pytest.mark.parametrize("more", [0, 3])
def test_page_of_my_data_asks_no_more_the_more_there_is(
    client: Client, somebody: Somebody, more: int, django_assert_num_queries: Any
) -> None:
    """It looks into every corner of the site, once each."""
    sign_in(client, somebody.member)
    client.get("/en/members/data/")
    for _number in range(more):
        factories.rsvp(factories.reception(5), 2, NAME, email=EMAIL, member=somebody.member, companions=("",))
    with django_assert_num_queries(30):
        client.get("/en/members/data/")
