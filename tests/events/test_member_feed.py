"""A member's own calendar, as a calendar program fetches it: without cookies, by its secret address alone."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client

from events import rsvp as verbs
from events.member_feed import feed_url, subscribe_url
from events.models import Event, Rsvp
from people.calendar_feed import feed_token, renew_feed
from people.models import Member
from sistercities.logs import without_links
from tests import factories
from tests.standards.ics import ics_faults

pytestmark = pytest.mark.django_db


def path_of(member: Member, language: str = "en") -> str:
    return f"/{language}/members/calendar/{feed_token(member)}.ics"


def coming(member: Member, to: Event | None = None) -> Rsvp:
    """An answer of the member, signed in; to a reception of its own, unless another is named."""
    made = factories.rsvp(to or factories.reception(), 2, member.name, email=member.email)
    Rsvp.objects.filter(pk=made.pk).update(member=member)
    return made


def entries(client: Client, member: Member, language: str = "en") -> dict[str, icalendar.Event]:
    """What stands in the calendar, by the identity of the event."""
    answer = client.get(path_of(member, language))
    assert answer.status_code == 200
    assert ics_faults(answer.content) == []
    found = icalendar.Calendar.from_ical(answer.content)
    assert found["METHOD"] == "PUBLISH"
    return {str(entry["UID"]): entry for entry in found.walk("VEVENT")}


def test_the_calendar_has_the_events_that_a_member_comes_to_and_no_others(
    client: Client, member: Member
) -> None:
    full = factories.reception(2, largest_party=2)
    factories.rsvp(full, 2)
    going, waiting = coming(member), coming(member, full)
    assert (going.status, waiting.status) == ("confirmed", "waitlisted")
    factories.rsvp(factories.reception())
    assert list(entries(client, member)) == [going.event.ics_uid]


def test_what_is_called_off_stands_there_as_cancelled_and_what_the_member_withdrew_is_gone(
    client: Client, member: Member
) -> None:
    off, withdrawn = coming(member), coming(member)
    verbs.call_off(off.event, "The hall is closed.", "场馆因故关闭。", verbs.SYSTEM)
    verbs.withdraw(withdrawn)
    assert {uid: str(entry["STATUS"]) for uid, entry in entries(client, member).items()} == {
        off.event.ics_uid: "CANCELLED"
    }


def test_whoever_withdrew_before_it_was_called_off_reads_nothing_of_it(
    client: Client, member: Member
) -> None:
    withdrawn = coming(member)
    verbs.withdraw(withdrawn)
    verbs.call_off(withdrawn.event, "The hall is closed.", "场馆因故关闭。", verbs.SYSTEM)
    assert entries(client, member) == {}


def test_an_event_that_is_not_public_any_more_is_not_in_the_calendar(client: Client, member: Member) -> None:
    Event.objects.filter(pk=coming(member).event_id).update(status="draft")
    assert entries(client, member) == {}


def test_the_calendar_speaks_the_language_of_its_address(client: Client, member: Member) -> None:
    event = coming(member).event
    calendars = {
        language: icalendar.Calendar.from_ical(client.get(path_of(member, language)).content)
        for language in ("en", "zh-hans")
    }
    assert calendars["en"]["X-WR-CALNAME"].startswith("My events · ")
    assert calendars["zh-hans"].walk("VEVENT")[0]["SUMMARY"].startswith(event.title_zh_hans)


def test_the_calendar_is_kept_nowhere_needs_no_cookie_and_sets_none(client: Client, member: Member) -> None:
    coming(member)
    answer = client.get(path_of(member))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    assert client.head(path_of(member)).status_code == 200


def test_it_is_the_same_again_until_something_changes(client: Client, member: Member) -> None:
    coming(member)
    assert client.get(path_of(member)).content == client.get(path_of(member)).content


def test_a_new_address_makes_the_old_one_worthless(client: Client, member: Member) -> None:
    old = path_of(member)
    renew_feed(member)
    assert client.get(old).status_code == 404
    assert client.get(path_of(member)).status_code == 200


def test_no_other_link_opens_the_calendar_and_it_opens_nothing_else(client: Client, member: Member) -> None:
    rsvp = coming(member)
    Rsvp.objects.filter(pk=rsvp.pk).update(link_handle=member.feed_handle)
    assert client.get(f"/en/rsvp/{feed_token(member)}/").status_code == 404
    forged = feed_token(member)[:-1] + ("y" if feed_token(member).endswith("x") else "x")
    for token in ("x", "a" * 32, forged):
        assert client.get(f"/en/members/calendar/{token}.ics").status_code == 404


def test_an_account_that_is_closed_has_no_calendar(client: Client, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert client.get(path_of(member)).status_code == 404


def test_the_calendar_names_no_guest(client: Client, member: Member) -> None:
    rsvp = coming(member)
    content = client.get(path_of(member)).content.decode()
    assert "ATTENDEE" not in content
    assert rsvp.name not in content
    assert rsvp.email not in content


def test_addresses_for_programs_and_the_log_keeps_neither(member: Member) -> None:
    url = feed_url(member, "zh-hans")
    assert url.endswith(path_of(member, "zh-hans"))
    assert subscribe_url(member, "zh-hans") == "webcal://" + url.partition("://")[2]
    assert feed_token(member) not in without_links(f"Not Found: {path_of(member)}")


def test_many_events_cost_no_more_than_one(
    client: Client, member: Member, django_assert_num_queries: Any
) -> None:
    for _number in range(2):
        coming(member)
    client.get(path_of(member))
    with django_assert_num_queries(3):
        client.get(path_of(member))


def test_a_moved_event_has_its_new_time(client: Client, member: Member) -> None:
    event = coming(member).event
    assert event.starts_at
    assert event.ends_at
    week = timedelta(days=7)
    Event.objects.filter(pk=event.pk).update(starts_at=event.starts_at + week, ends_at=event.ends_at + week)
    verbs.announce_change(Event.objects.get(pk=event.pk), verbs.SYSTEM)
    entry = entries(client, member)[event.ics_uid]
    assert (entry["SEQUENCE"], entry.start) == (1, (event.starts_at + week).replace(microsecond=0))
