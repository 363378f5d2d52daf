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

from events.links import invitation_path, token_for
from events.models import (
    DeskNote,
    Guest,
    Invitation,
    InvitationList,
    Rsvp,
    RsvpPolicy,
    RsvpTransition,
    SeatHold,
)
from people.models import Member, Person
from people.my_data import whoever_has, whose_account
from sistercities.audit import violations
from sistercities.embedded.server import program
from sistercities.mail.models import Message
from sistercities.my_data import Fate, Hand, erase, everything, in_words, parts
from sistercities.newsletter.models import AskedFor, Subscriber
from tests import factories
from tests.somebody import COMPANION, EMAIL, NAME, OTHER_EMAIL, STAFF, Somebody, plant, traces_in

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
    assert {key for key, value in told.items() if not value} == {"pages_saved", "administration"}
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


# --- without an account ---------------------------------------------------------------------------------


@pytest.fixture
def party(db: None) -> Rsvp:
    event = factories.reception(2, promotion="seat")
    party = factories.rsvp(event, 2, NAME, email=EMAIL, companions=(COMPANION,), message="peanuts")
    factories.rsvp(event, 1, "Next In Line")
    return party


def test_guest_takes_the_answer_home_as_a_file(client: Client, party: Rsvp) -> None:
    answer = client.get(f"/en/rsvp/{token_for(party)}/data/download/")
    told = json.loads(answer.content)
    assert told["answer"]["name"] == NAME
    assert [guest["name"] for guest in told["answer"]["guests"]] == [NAME, COMPANION]
    assert [letter["kind"] for letter in told["letters"]] == ["rsvp_confirmed"]
    assert party.link_handle not in answer.content.decode()


def test_guest_erases_the_answer_and_its_seats_go_to_the_next(client: Client, party: Rsvp) -> None:
    secret = token_for(party)
    page = f"/en/rsvp/{secret}/data/"
    assert "2 seats are given back" in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 422
    assert client.post(page, ERASE).status_code == 303
    party.refresh_from_db()
    assert (party.name, party.email, party.seats_confirmed) == ("—", "", 0)
    assert Rsvp.objects.get(name="Next In Line").seats_confirmed == 1
    assert client.get(page).status_code == 404
    assert client.get(f"/en/rsvp/{secret}/").status_code == 404
    assert list(violations()) == []


def test_guest_erases_an_answer_after_the_event_too(client: Client, somebody: Somebody) -> None:
    page = f"/en/rsvp/{token_for(somebody.was_there)}/data/"
    assert client.get(page).status_code == 200
    assert client.post(page, ERASE).status_code == 303
    row = Rsvp.objects.get(pk=somebody.was_there.pk)
    assert (row.name, row.seats_confirmed) == ("—", 1)
    note = DeskNote.objects.get(event=somebody.past, kind=DeskNote.Kind.FORGOTTEN)
    assert "answers=1" in note.after


def test_link_of_a_delegation_erases_nobody(client: Client, somebody: Somebody) -> None:
    named = Rsvp.objects.get(hold=somebody.block)
    assert client.get(f"/en/rsvp/{token_for(named)}/data/").status_code == 404


def test_somebody_invited_erases_the_invitation_without_answering(client: Client, somebody: Somebody) -> None:
    invited = somebody.invitation
    link = invitation_path(invited, "en")
    assert f"{link}data/" in client.get(link).content.decode()
    told = json.loads(client.get(f"{link}data/download/").content)
    assert (told["invitation"]["name"], "note" in told["invitation"]) == (NAME, False)
    assert client.post(f"{link}data/", {}).status_code == 422
    assert client.post(f"{link}data/", ERASE).status_code == 303
    invited.refresh_from_db()
    assert (invited.name, invited.email, invited.is_live) == ("—", "", False)
    assert RsvpPolicy.objects.get(event=invited.event_id).seats_committed == 0
    assert client.get(f"{link}data/").status_code == 404
    assert Member.objects.filter(pk=somebody.member.pk).exists()


def test_page_of_the_answer_leads_to_its_data(client: Client, party: Rsvp) -> None:
    page = client.get(f"/en/rsvp/{token_for(party)}/").content.decode()
    assert f"/en/rsvp/{token_for(party)}/data/" in page


def test_page_of_what_is_over_leads_to_its_data_too(client: Client, somebody: Somebody) -> None:
    page = client.get(f"/en/rsvp/{token_for(somebody.was_there)}/").content.decode()
    assert f"/en/rsvp/{token_for(somebody.was_there)}/data/" in page


def test_staff_find_whoever_has_an_address_and_only_on_request_a_name(somebody: Somebody) -> None:
    other = factories.rsvp(factories.reception(5), 2, "A Host", companions=(NAME,))
    found = whoever_has(OTHER_EMAIL.upper())
    assert found.account == somebody.member
    assert {EMAIL, OTHER_EMAIL} == found.addresses
    staff = Member.objects.create_superuser("staff@example.org", name="Staff")
    erase(found, Hand(staff, "asked by telephone"))
    assert Guest.objects.filter(rsvp=other, name=NAME).exists()
    named = whoever_has("", (NAME,))
    assert [kept.fate for _title, kepts in in_words(named) for kept in kepts] == [Fate.BLANKED]
    erase(named, Hand(staff, "asked by telephone"))
    assert not Guest.objects.filter(name=NAME).exists()
    assert Rsvp.objects.get(pk=other.pk).seats_confirmed == 2


def test_answer_to_nobody_in_particular_is_not_found_by_an_empty_address(db: None) -> None:
    factories.rsvp(factories.reception(5), email="")
    told = everything(whoever_has(""))
    assert (told["answers"], told["invitations"], told["delegations"]) == ([], [], [])


def test_staff_who_leave_are_told_what_goes_of_their_work(admin_client: Client, somebody: Somebody) -> None:
    staff = Member.objects.get(email=STAFF)
    whose = whose_account(staff)
    assert "3 entries on what was done in the administration" in str(in_words(whose))
    assert len(everything(whose)["administration"]) == 3
    assert NAME not in str(everything(whose)["administration"])
    erase(whose, Hand())
    assert not Member.objects.filter(email=STAFF).exists()
    assert list(violations()) == []


def test_an_answer_not_confirmed_yet_goes_as_a_whole(db: None) -> None:
    event = factories.reception(5, verify_email=True)
    factories.rsvp(event, 1, NAME, email=EMAIL)
    erase(whoever_has(EMAIL), Hand())
    assert (Rsvp.objects.count(), RsvpTransition.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_revoked_and_blanked_invitation_lets_nobody_in(somebody: Somebody) -> None:
    erase(whose_account(somebody.member), Hand())
    invitation = Invitation.objects.get(pk=somebody.invitation.pk)
    assert (invitation.name, invitation.email, invitation.is_live) == ("—", "", False)
    assert invitation.sent_at is not None
    assert invitation.revoked_at is not None


# --- staff ----------------------------------------------------------------------------------------------

DESK = "/admin/erase-person/"


def test_staff_see_first_what_would_go_and_nothing_goes_by_looking(
    admin_client: Client, somebody: Somebody
) -> None:
    before = dict(Rsvp.objects.values_list("pk", "name"))
    page = admin_client.post(DESK, {"email": EMAIL, "name": ""})
    told = page.content.decode()
    for words in (
        "Account",
        "Answers",
        "Newsletter",
        "Invitation to “Banquet”",
        "stays without a name",
        OTHER_EMAIL,
    ):
        assert words in told, words
    assert 'name="erase"' in told
    assert dict(Rsvp.objects.values_list("pk", "name")) == before
    assert Member.objects.filter(pk=somebody.member.pk).exists()


def test_staff_erase_with_a_reason_that_names_nobody(admin_client: Client, somebody: Somebody) -> None:
    asked = {"email": EMAIL, "name": "", "erase": "1"}
    for reason, words in (("", "say why"), (f"asked by {EMAIL}", "name nobody")):
        answer = admin_client.post(DESK, {**asked, "reason": reason})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Member.objects.filter(pk=somebody.member.pk).exists()
    answer = admin_client.post(DESK, {**asked, "reason": "asked by letter of 3 May"}, follow=True)
    assert answer.status_code == 200
    assert not Member.objects.filter(pk=somebody.member.pk).exists()
    assert (
        RsvpTransition.objects.get(rsvp=somebody.party, deed="removed").reason == "asked by letter of 3 May"
    )


def test_who_may_not_delete_members_erases_nobody(client: Client, somebody: Somebody) -> None:
    helper = factories.member("helper@example.org", is_staff=True)
    client.force_login(helper)
    assert client.get(DESK).status_code == 403
    assert client.post(DESK, {"email": EMAIL, "name": "", "erase": "1", "reason": "x"}).status_code == 403
    assert DESK not in client.get("/admin/").content.decode()


def test_looking_for_nobody_is_said_beside_the_field(admin_client: Client) -> None:
    answer = admin_client.post(DESK, {"email": " ", "name": ""})
    assert answer.status_code == 422
    assert "Please give an address or a name." in answer.content.decode()


@LANGUAGES
def test_staff_see_when_data_goes_and_what_went(
    admin_client: Client, somebody: Somebody, language: str
) -> None:
    erase(whose_account(somebody.member), Hand())
    admin_client.cookies["django_language"] = language
    for place in ("/admin/personal-data/", "/admin/"):
        page = admin_client.get(place)
        assert page.status_code == 200
        assert {"en": "erased what was kept about a person", "zh-hans": "个人"}[
            language
        ] in page.content.decode()


# --- what it costs --------------------------------------------------------------------------------------


def test_page_of_an_answers_data_asks_the_database_little(
    client: Client, party: Rsvp, django_assert_num_queries: Any
) -> None:
    page = f"/en/rsvp/{token_for(party)}/data/"
    client.get(page)
    with django_assert_num_queries(5):
        client.get(page)


@pytest.mark.parametrize("more", [0, 3])
def test_page_of_my_data_asks_no_more_the_more_there_is(
    client: Client, somebody: Somebody, more: int, django_assert_num_queries: Any
) -> None:
    """It looks into every corner of the site, once each."""
    sign_in(client, somebody.member)
    client.get("/en/members/data/")
    for _number in range(more):
        factories.rsvp(factories.reception(5), 2, NAME, email=EMAIL, member=somebody.member, companions=("",))
    with django_assert_num_queries(27):
        client.get("/en/members/data/")
