"""The companions that a member has us remember, on the form of an answer."""

import pytest
from django.test import Client

from events.links import manage_path
from people.companions import remember
from people.models import Member
from tests import factories
from tests.forms import shown_a_minute_ago

pytestmark = pytest.mark.django_db
TICK = "remember_companions"


def names(member: Member) -> list[str]:
    return [companion.name for companion in member.companions.all()]


def test_a_member_is_offered_the_names_on_the_form_also_without_a_script(
    client: Client, member: Member
) -> None:
    remember(member, ["Wei Chen", "梁文"])
    client.force_login(member)
    page = client.get(f"/en/events/{factories.reception().slug}/rsvp/").content.decode()
    assert '<option value="梁文"></option>' in page
    assert page.count('list="known-companions"') == 3
    assert '<button class="button" type="button" value="Wei Chen">' in page


def test_a_stranger_sees_neither_names_nor_a_tick(client: Client, member: Member) -> None:
    remember(member, ["Wei Chen"])
    page = client.get(f"/en/events/{factories.reception().slug}/rsvp/").content.decode()
    assert "Wei Chen" not in page
    assert TICK not in page


@pytest.mark.parametrize(("tick", "kept"), [({TICK: "on"}, ["Wei Chen", "Ann"]), ({}, [])])
def test_companions_are_remembered_by_a_tick_and_not_without(
    client: Client, member: Member, tick: dict[str, str], kept: list[str]
) -> None:
    client.force_login(member)
    url = f"/en/events/{factories.reception().slug}/rsvp/"
    said = {"answer": "going", "name": "Mei", "seats": "3"}
    named = {"guests-0-name": "Wei Chen", "guests-2-name": "Ann"}
    answer = client.post(url, said | named | tick)
    assert answer.status_code == 303
    assert names(member) == kept


def test_a_tick_of_somebody_who_is_not_signed_in_remembers_nothing(client: Client, member: Member) -> None:
    url = f"/en/events/{factories.reception().slug}/rsvp/"
    said = {"answer": "going", "name": "Mei", "email": member.email, "seats": "2", "guests-0-name": "Eve"}
    answer = client.post(url, {**said, "shown": shown_a_minute_ago(), TICK: "on"})
    assert answer.status_code == 303
    assert names(member) == []


def test_a_change_of_an_answer_can_remember_companions_too(client: Client, member: Member) -> None:
    rsvp = factories.rsvp(factories.reception(), 2, member=member, email=member.email)
    client.force_login(member)
    url = manage_path(rsvp.link_handle, rsvp.link_version, "en")
    said = {"answer": "going", "name": "Mei", "seats": "2", "guests-0-name": "Wei Chen", TICK: "on"}
    assert client.post(url, said).status_code == 303
    assert names(member) == ["Wei Chen"]
