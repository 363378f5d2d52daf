"""An answer by telephone in two steps: who it is, and what they say."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event, Rsvp
from people.models import Member
from tests import factories
from tests.forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _found(staff: Client, event: Event, words: str) -> Any:
    return staff.get(reverse("admin:events_event_caller", args=[event.pk]), {"q": words}).context["found"]


def test_whoever_calls_is_found_by_answer_invitation_or_membership(staff: Client) -> None:
    event = factories.reception()
    factories.rsvp(event, name="梁灵光")
    factories.invitation(event, "梁永贤", email="liang@example.org")
    factories.member("l@example.org", name="Liang Wei")
    found = _found(staff, event, "liang")
    assert [line.name for line in found.answers] == ["梁灵光"]
    assert [row.name for row in found.invited] == ["梁永贤"]
    assert [row.name for row in found.members] == ["Liang Wei"]
    assert not _found(staff, event, "nobody of that name")


def test_who_has_answered_is_not_offered_twice(staff: Client) -> None:
    event = factories.reception()
    factories.member("ana@example.org", name="Ana")
    invited = factories.invitation(event, "Ana", email="ana@example.org")
    Rsvp.objects.filter(pk=factories.rsvp(event, name="Ana", email="ana@example.org").pk).update(
        invitation=invited
    )
    found = _found(staff, event, "ana")
    assert (len(found.answers), found.invited, found.members) == (1, [], [])


def test_the_answer_to_an_invitation_is_taken_with_what_is_known(staff: Client) -> None:
    event = factories.reception(mode="invitation", largest_party=1)
    invited = factories.invitation(
        event, "Consul Karl", email="karl@example.org", language="zh-hans", largest_party=3
    )
    add = f"{reverse('admin:events_event_answer', args=[event.pk])}?invitation={invited.pk}"
    form = filled(staff.get(add))
    assert (form["name"], form["email"], form["language"]) == ("Consul Karl", "karl@example.org", "zh-hans")
    too_many = staff.post(add, {**form, "seats": "4"}).content.decode()
    assert "The invitation of this guest is for 3." in too_many, "not the rules of the event, which say 1"
    assert staff.post(add, {**form, "seats": "3"}).status_code == 302
    rsvp = Rsvp.objects.get()
    assert (rsvp.invitation, rsvp.seats_confirmed, rsvp.source) == (invited, 3, "phone")
    again = staff.post(add, {**form, "nonce": "another", "seats": "1"}, follow=True)
    assert "has answered already" in again.content.decode()
    assert Rsvp.objects.get().seats_confirmed == 3


def test_a_member_is_filled_in_for_those_only_who_may_see_members(staff: Client, curator: Member) -> None:
    event = factories.reception()
    mei = factories.member("mei@example.org", name="Mei", language="zh-hans")
    add = f"{reverse('admin:events_event_answer', args=[event.pk])}?member={mei.pk}"
    assert filled(staff.get(add))["email"] == "mei@example.org"


@pytest.mark.parametrize("asked", ["invitation=999999", "member=999999"])
def test_somebody_who_is_gone_is_not_found(asked: str, staff: Client) -> None:
    add = reverse("admin:events_event_answer", args=[factories.reception().pk])
    assert staff.get(f"{add}?{asked}").status_code == 404
