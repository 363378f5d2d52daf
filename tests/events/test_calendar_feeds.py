"""Calendars to subscribe to, held against RFC 5545 by two programs that are not ours."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from relationships.models import Relationship
from sistercities.pages.dates import parse
from tests import factories
from tests.standards.ics import ics_faults

pytestmark = pytest.mark.django_db


def calendar(client: Client, path: str) -> icalendar.Calendar:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert ics_faults(answer.content) == []
    return icalendar.Calendar.from_ical(answer.content)


def furnished() -> Relationship:
    """A bond with an event of each sort."""
    bond = factories.relationship()
    events = [
        *(factories.reception(), factories.past_event(), factories.past_event(held="2014")),
        factories.event(state="cancelled", notice_en="Storm"),
        factories.past_event("secret", visibility=Event.Visibility.UNLISTED),
    ]
    for event in events:
        event.relationships.add(bond)
    factories.past_event("elsewhere")
    return bond


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_calendar_of_a_bond_has_its_events_and_anniversaries(client: Client, language: str) -> None:
    bond = furnished()
    found = calendar(client, f"/{language}/relationships/{bond.slug}/calendar.ics")
    kinds = ["anniversary" if "anniversary" in entry["UID"] else "event" for entry in found.walk("VEVENT")]
    # Neither the event known by its year alone, nor the one that is unlisted, nor the one of others.
    assert sorted(kinds) == ["anniversary", "anniversary", "event", "event", "event"]
    assert str(bond.title_en if language == "en" else bond.title_zh_hans) in found["X-WR-CALNAME"]
    assert {str(entry["STATUS"]) for entry in found.walk("VEVENT")} == {"CONFIRMED", "CANCELLED"}


@pytest.mark.parametrize(
    "path", ["events/calendar.ics", "relationships/anniversaries.ics", "relationships/{slug}/calendar.ics"]
)
def test_calendar_stays_the_same_until_something_changes(client: Client, path: str) -> None:
    bond = furnished()
    url = f"/en/{path.format(slug=bond.slug)}"
    first = client.get(url)
    assert client.get(url, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    factories.person()  # another stamp, and yet nothing new in the calendar
    assert client.get(url, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_entry_keeps_its_identity_and_counts_its_changes(client: Client) -> None:
    event = factories.event()
    before = calendar(client, "/en/events/calendar.ics").walk("VEVENT")[0]
    Event.objects.filter(pk=event.pk).update(
        slug="moved",
        starts_at=timezone.now() + timedelta(days=40),
        ends_at=timezone.now() + timedelta(days=41),
    )
    Event.objects.filter(pk=event.pk).update(ics_sequence=1)
    after = calendar(client, "/en/events/calendar.ics").walk("VEVENT")[0]
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_bond_that_ended_or_has_no_known_date_has_events_alone(client: Client) -> None:
    bond = furnished()
    Relationship.objects.filter(pk=bond.pk).update(
        established=None, established_first=None, established_last=None
    )
    assert len(calendar(client, f"/en/relationships/{bond.slug}/calendar.ics").walk("VEVENT")) == 3
    ended = factories.relationship(factories.city("a"), factories.city("b"), ended=parse("2001"))
    assert calendar(client, f"/en/relationships/{ended.slug}/calendar.ics").walk("VEVENT") == []


def test_calendar_of_a_hidden_bond_is_not_found(client: Client) -> None:
    bond = factories.relationship(status="draft")
    assert client.get(f"/en/relationships/{bond.slug}/calendar.ics").status_code == 404


def test_old_address_of_a_bond_leads_to_its_calendar(client: Client) -> None:
    bond = factories.relationship(slug="old")
    Relationship.objects.filter(pk=bond.pk).update(slug="new")
    answer = client.get("/en/relationships/old/calendar.ics")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/relationships/new/calendar.ics")


def test_page_of_a_bond_leads_to_its_calendar(client: Client) -> None:
    bond = factories.relationship()
    assert (
        f'href="/en/relationships/{bond.slug}/calendar.ics"'
        in client.get(bond.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("number", [1, 30])
def test_calendar_of_a_bond_costs_the_same_with_many_events(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    bond = factories.relationship()
    for _ in range(number):
        factories.event().relationships.add(bond)
    with django_assert_num_queries(5):
        client.get(f"/en/relationships/{bond.slug}/calendar.ics")
