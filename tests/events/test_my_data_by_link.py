"""My data without an account, by the link of an answer or an invitation; and at the hands of staff."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from events.links import invitation_path, token_for
from events.models import (
    DeskNote,
    Guest,
    Invitation,
    Rsvp,
    RsvpPolicy,
    RsvpTransition,
)
from people.models import Member
from people.my_data import whoever_has, whose_account
from sistercities.audit import violations
from sistercities.mail.models import Message
from sistercities.my_data import Fate, Hand, erase, everything, in_words
from tests import factories
from tests.somebody import COMPANION, EMAIL, NAME, OTHER_EMAIL, STAFF, Somebody, plant

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])
ERASE = {"understood": "on"}


@pytest.fixture
def somebody(db: None) -> Somebody:
    return plant()


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
    found = whoever_has(OTHER_EMAIL.upper().replace("@", "＠"))
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


def test_accounts_of_staff_are_erased_only_by_who_administers_the_site(
    client: Client, curator: Member
) -> None:
    helper = factories.member("helper@example.org", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["delete_member", "change_rsvp"]))
    Member.objects.create_superuser("boss@example.org")
    client.force_login(helper)
    asked = {"email": curator.email, "name": "", "erase": "1", "reason": "asked by letter"}
    refused = client.post(DESK, asked)
    assert (refused.status_code, "one of the staff" in refused.content.decode()) == (422, True)
    assert Member.objects.filter(pk=curator.pk).exists()


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


def test_page_of_an_answers_data_asks_the_database_little(
    client: Client, party: Rsvp, django_assert_num_queries: Any
) -> None:
    page = f"/en/rsvp/{token_for(party)}/data/"
    client.get(page)
    with django_assert_num_queries(5):
        client.get(page)
