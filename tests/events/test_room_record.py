"""What the record of an event has, and what it lacks."""

from typing import Any

import pytest
from django.test import Client

from people.models import Member
from tests import factories
from tests.events.rooms import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _lacking(page: Any) -> list[str]:
    return [line.words for line in page.context["lines"] if line.state == "incomplete"]


def test_the_record_names_what_it_lacks(staff: Client) -> None:
    assert _lacking(enter(staff, factories.past_event(), "record")) == [
        "Nothing is written yet of how it was.",
        "How many came is not on record.",
        "Nobody is named as having been there.",
        "There are no pictures.",
        "No remarks are on record.",
        "No source is cited.",
    ]


def test_what_is_entered_is_wanting_no_longer(staff: Client) -> None:
    event = factories.past_event(
        body_en="It was", body_zh_hans="当时", attendance_en="700", attendance_zh_hans="七百"
    )
    for claim in ("held", "attendance"):
        factories.cite(event, claim=claim)
    event.gallery.create(picture=factories.picture(alt_en="A hall", alt_zh_hans="大厅"))
    event.gallery.create(position=1, picture=factories.picture(alt_en="", alt_zh_hans=""))
    event.participants.create(person=factories.person())
    factories.remark(event)
    assert _lacking(enter(staff, event, "record")) == [
        "1 picture is not described in both languages, so readers do not see it."
    ]


def test_what_was_signed_on_its_days_is_asked_about(staff: Client) -> None:
    bond = factories.relationship()
    event = factories.past_event()
    event.relationships.add(bond)
    signed = factories.agreement(bond)
    words = f"Signed on these days, and not on its record: {signed}. Was it here?"
    assert words in _lacking(enter(staff, event, "record"))


def test_the_record_costs_the_same_with_1_and_with_30_of_everything(
    staff: Client, django_assert_num_queries: Any
) -> None:
    event = factories.past_event()
    for number in range(30):
        event.gallery.create(position=number, picture=factories.picture())
        factories.remark(event)
        factories.cite(event)
        if number in (0, 29):
            enter(staff, event, "record")
            with django_assert_num_queries(5):
                enter(staff, event, "record")
