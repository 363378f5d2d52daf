"""What the pages of cities, bonds and people show of the floor above them."""

import pytest
from django.template import Context, Template

from events.models import ProgrammeItem
from tests import factories

pytestmark = pytest.mark.django_db


def shown(tag: str, subject: object) -> str:
    return Template(f"{{% load event_tags %}}{{% {tag} subject %}}").render(Context({"subject": subject}))


def test_nothing_is_shown_where_there_are_no_events() -> None:
    assert shown("events_of_person", factories.person()).strip() == ""
    assert shown("remarks_of", factories.person()).strip() == ""


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
