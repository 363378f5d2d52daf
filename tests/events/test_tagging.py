"""Tags of guests: given, taken off, taken back; and gone with whoever is forgotten."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import erasing, retention, tagging
from events.models import Actor, Event, GuestTag, Rsvp
from events.my_data.answers import tell_answer
from events.rsvp import By, remove
from people.models import Member
from sistercities.my_data import Hand
from tests import factories
from tests.events.test_retention import ended
from tests.forms import sent

pytestmark = pytest.mark.django_db
STAFF = By(Actor.STAFF, reason="a prank")


@pytest.fixture
def press(db: None) -> GuestTag:
    return factories.guest_tag("Press")


def _invited(event: Event, press: GuestTag, name: str = "Ana") -> Rsvp:
    """A party whose invitation has the tag."""
    invited = factories.invitation(event, name)
    invited.tags.add(press)
    rsvp = factories.rsvp(event, name=name)
    Rsvp.objects.filter(pk=rsvp.pk).update(invitation=invited)
    return Rsvp.objects.get(pk=rsvp.pk)


def test_the_first_tags_are_laid_out_in_both_languages(db: None) -> None:
    GuestTag.objects.all().delete()
    import_module("events.migrations.0021_team_and_tags").lay_out_tags(apps, None)
    assert list(GuestTag.objects.values_list("name_en", "name_zh_hans")) == [
        ("VIP", "贵宾"),
        ("Press", "媒体"),
        ("Delegation", "代表团"),
    ]


def test_a_party_has_its_own_tags_and_those_of_its_invitation(press: GuestTag) -> None:
    event = factories.reception()
    invited, vip = _invited(event, press), factories.guest_tag("VIP")
    tagging.tag(event, [invited.pk], vip)
    other = factories.rsvp(event)
    assert tagging.tags_of(event) == {invited.pk: {press.pk, vip.pk}}
    assert other.pk not in tagging.tags_of(event)


def test_who_has_a_tag_already_is_not_tagged_again(press: GuestTag) -> None:
    event = factories.reception()
    invited, ana = _invited(event, press), factories.rsvp(event)
    assert tagging.tag(event, [invited.pk, ana.pk], press).parties == (ana.pk,)
    assert not tagging.tag(event, [invited.pk, ana.pk], press)


def test_a_tag_taken_off_goes_from_the_invitation_too_and_comes_back(press: GuestTag) -> None:
    event = factories.reception()
    invited, ana = _invited(event, press), factories.rsvp(event)
    tagging.tag(event, [ana.pk], press)
    done = tagging.untag(event, [invited.pk, ana.pk], press)
    assert tagging.tags_of(event) == {}
    assert (done.parties, done.invitations) == ((ana.pk,), (invited.invitation_id,))
    assert tagging.undo(event, tagging.Tagged.of(done.kept())) == 2
    assert tagging.tags_of(event) == {invited.pk: {press.pk}, ana.pk: {press.pk}}


def test_undoing_leaves_the_tags_of_others_alone(press: GuestTag) -> None:
    event = factories.reception()
    ana, ben = factories.rsvp(event), factories.rsvp(event)
    tagging.tag(event, [ana.pk], press)
    done = tagging.tag(event, [ana.pk, ben.pk], press)
    tagging.undo(event, done)
    assert tagging.tags_of(event) == {ana.pk: {press.pk}}


def test_no_party_of_another_event_is_tagged(press: GuestTag) -> None:
    event, other = factories.reception(), factories.reception()
    stranger = factories.rsvp(other)
    assert not tagging.tag(event, [stranger.pk], press)
    assert tagging.tags_of(other) == {}


def test_what_was_done_to_a_tag_that_is_gone_cannot_come_back(press: GuestTag) -> None:
    event = factories.reception()
    ana = factories.rsvp(event)
    tagging.tag(event, [ana.pk], press)
    done = tagging.untag(event, [ana.pk], press)
    press.delete()
    assert tagging.undo(event, done) == 0


def test_the_tags_of_a_removed_answer_go_with_it(press: GuestTag) -> None:
    event = factories.reception()
    ana = factories.rsvp(event)
    done = tagging.tag(event, [ana.pk], press)
    remove(ana, STAFF)
    assert tagging.tags_of(event) == {}
    assert tagging.undo(event, tagging.untag(event, done.parties, press)) == 0
    assert not tagging.tag(event, [ana.pk], press)


def test_tags_go_when_the_time_of_the_answers_is_over(press: GuestTag) -> None:
    event = factories.reception()
    tagging.tag(event, [factories.rsvp(event).pk], press)
    factories.invitation(event, "Ben").tags.add(press)
    ended(event, 365.1)
    retention.forget_due()
    assert not press.rsvps.exists()
    assert not press.invitations.exists()


def test_tags_go_with_an_invitation_that_is_erased(press: GuestTag) -> None:
    invited = factories.invitation(factories.reception(), "Ben", sent_at=timezone.now())
    invited.tags.add(press)
    erasing.erase_invitations([invited], Hand())
    assert not press.invitations.exists()


def test_a_member_is_told_the_tags_and_a_link_that_was_passed_on_is_not(press: GuestTag) -> None:
    rsvp = factories.rsvp(factories.reception())
    rsvp.tags.add(press)
    assert tell_answer(rsvp)["tags"] == ["Press"]
    assert "tags" not in tell_answer(rsvp, by_link=True)


def test_a_tag_is_given_to_an_invitation_in_its_form(
    client: Client, curator: Member, press: GuestTag
) -> None:
    client.force_login(curator)
    invited = factories.invitation(factories.reception(), "Ben")
    url = reverse("admin:events_invitation_change", args=[invited.pk])
    assert client.post(url, sent(client.get(url), tags=[press.pk])).status_code == 302
    assert list(invited.tags.all()) == [press]


def test_deleting_a_tag_says_how_many_lose_it_and_names_nobody(
    client: Client, curator: Member, press: GuestTag
) -> None:
    client.force_login(curator)
    event = factories.reception()
    tagging.tag(event, [factories.rsvp(event, name="Quirina").pk], press)
    url = reverse("admin:events_guesttag_delete", args=[press.pk])
    page = client.get(url).content.decode()
    assert "Press: on 1 answers and 0 invitations" in page
    assert "Quirina" not in page
    client.post(url, {"post": "yes"})
    assert tagging.tags_of(event) == {}
