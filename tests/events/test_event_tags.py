"""What the pages of cities, bonds and people show of the floor above them."""

import pytest
from django.template import Context, Template

from events.models import ProgrammeItem
from tests import factories

pytestmark = pytest.mark.django_db


def shown(tag: str, subject: object) -> str:
    return Template(f"{{% load event_tags %}}{{% {tag} subject %}}").render(Context({"subject": subject}))


def test_events_of_a_bond_leave_out_those_of_others_and_drafts() -> None:
    bond = factories.relationship()
    for slug, fields in (
        ("ours", {}),
        ("draft", {"status": "draft"}),
        ("unlisted", {"visibility": "unlisted"}),
    ):
        factories.past_event(slug, **fields).relationships.add(bond)
    factories.past_event("theirs")
    words = shown("events_of", bond)
    assert "/events/ours/" in words
    assert not [slug for slug in ("draft", "unlisted", "theirs") if f"/events/{slug}/" in words]


def test_events_of_a_bond_lead_to_the_calendar_for_the_rest() -> None:
    bond = factories.relationship()
    for year in range(1982, 2012):
        factories.past_event(held=str(year)).relationships.add(bond)
    words = shown("events_of", bond)
    assert words.count("<li>") == 24
    assert f"/events/?relationship={bond.slug}" in words


def test_nothing_is_shown_where_there_are_no_events() -> None:
    assert shown("events_of", factories.relationship()).strip() == ""
    assert shown("remarks_of", factories.person()).strip() == ""


def test_events_of_a_city_are_those_held_there_and_those_of_its_bonds() -> None:
    bond = factories.relationship()
    factories.past_event("of-the-bond").relationships.add(bond)
    there = factories.city("auckland", "Auckland", "奥克兰")
    factories.past_event("in-town", venue=factories.venue(city=there))
    assert "/events/of-the-bond/" in shown("events_of_city", bond.cities[0])
    assert "/events/in-town/" in shown("events_of_city", there)
    assert "/events/of-the-bond/" not in shown("events_of_city", there)


def test_events_of_a_person_are_those_where_they_spoke_or_stood_on_the_programme() -> None:
    somebody = factories.person()
    factories.remark(factories.past_event("spoke"), somebody)
    factories.remark(factories.past_event("unsaid"), somebody, status="draft")
    factories.past_event("was-there").participants.create(person=somebody)
    ProgrammeItem.objects.create(event=factories.past_event("played"), title_en="Music", person=somebody)
    words = shown("events_of_person", somebody)
    assert "/events/spoke/" in words
    assert "/events/was-there/" in words
    assert "/events/played/" in words
    assert "/events/unsaid/" not in words


def test_remarks_of_a_person_are_the_public_ones() -> None:
    somebody = factories.person()
    factories.remark(None, somebody, "said")
    factories.remark(factories.past_event(visibility="unlisted"), somebody, "whispered")
    words = shown("remarks_of", somebody)
    assert "/remarks/said/" in words
    assert "/remarks/whispered/" not in words
