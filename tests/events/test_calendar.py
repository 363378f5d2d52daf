"""Calendar entries, read back by a program that is not ours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from events.calendar import Copy, event_calendar, events_calendar
from events.models import Event
from tests import factories
from tests.standards.ics import ics_faults

pytestmark = pytest.mark.django_db
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def entries(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def entry_of(event: Event, language: str = "en", copy: Copy | None = None) -> icalendar.Event:
    (entry,) = entries(event_calendar(event, language, copy))
    return entry


def evening(**fields: object) -> Event:
    starts_at = datetime(2027, 3, 12, 18, 30, tzinfo=LOS_ANGELES)
    return factories.event(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), **fields)


def test_entry_carries_both_titles_the_readers_first() -> None:
    event = evening(title_en="Lantern reception", title_zh_hans="元宵招待会")
    assert entry_of(event)["SUMMARY"] == "Lantern reception · 元宵招待会"
    assert entry_of(event, "zh-hans")["SUMMARY"] == "元宵招待会 · Lantern reception"


def test_entry_is_known_by_the_events_own_identity() -> None:
    event = evening(ics_sequence=3)
    entry = entry_of(event)
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (event.ics_uid, 3, "CONFIRMED")
    assert entry["LAST-MODIFIED"].dt == event.updated_at.replace(microsecond=0)
    assert entry["URL"].endswith(f"/en/events/{event.slug}/")


def test_place_and_address_are_in_the_readers_language() -> None:
    venue = factories.venue(address_en="200 N Spring Street", address_zh_hans="北春街200号")
    event = evening(venue=venue)
    assert entry_of(event)["LOCATION"] == "City Hall, 200 N Spring Street, Los Angeles"
    assert entry_of(event, "zh-hans")["LOCATION"] == "洛杉矶市政厅，北春街200号"


def test_city_that_the_address_names_is_not_named_twice() -> None:
    venue = factories.venue(
        address_en="200 N Spring Street, Los Angeles, CA 90012", address_zh_hans="洛杉矶北春街200号"
    )
    event = evening(venue=venue)
    assert entry_of(event)["LOCATION"] == "City Hall, 200 N Spring Street, Los Angeles, CA 90012"
    assert entry_of(event, "zh-hans")["LOCATION"] == "市政厅，洛杉矶北春街200号"


def test_venue_without_a_chinese_name_has_its_city_in_english_too() -> None:
    event = evening(venue=factories.venue(name_en="The Huntington", name_zh_hans=""))
    assert entry_of(event, "zh-hans")["LOCATION"] == "The Huntington, Los Angeles"


def test_entry_of_a_made_up_event_says_so() -> None:
    event = evening(title_en="Dinner", title_zh_hans="晚宴", is_illustration=True)
    assert entry_of(event)["SUMMARY"] == "[Example] Dinner · 晚宴"
    assert entry_of(event, "zh-hans")["SUMMARY"] == "【示范】晚宴 · Dinner"


def test_time_is_local_with_the_rules_of_its_zone() -> None:
    event = evening()
    text = event_calendar(event, "en").decode()
    assert "DTSTART;TZID=America/Los_Angeles:20270312T183000" in text
    assert "TZID:America/Los_Angeles" in text
    assert entry_of(event).start == event.starts_at


@pytest.mark.parametrize(("month", "offset"), [(1, -8), (7, -7)])
def test_zone_rules_know_summer_time_of_that_year(month: int, offset: int) -> None:
    """Read with the rules in the file alone, the instant is the one we meant."""
    starts_at = datetime(2027, month, 10, 18, 0, tzinfo=LOS_ANGELES)
    event = factories.event(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    (zone,) = icalendar.Calendar.from_ical(event_calendar(event, "en")).walk("VTIMEZONE")
    rules = zone.to_tz(lookup_tzid=False)
    assert datetime(2027, month, 10, 18, 0, tzinfo=rules).utcoffset() == timedelta(hours=offset)


def test_zone_without_summer_time_is_named_too() -> None:
    starts_at = datetime(2027, 5, 1, 1, 0, tzinfo=UTC)
    event = factories.event(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), timezone="Asia/Shanghai"
    )
    assert "DTSTART;TZID=Asia/Shanghai:20270501T090000" in event_calendar(event, "en").decode()
    assert entry_of(event).start == starts_at


def test_event_of_the_archive_fills_whole_days() -> None:
    signing = entry_of(factories.past_event(held="1981-12-08"))
    assert (signing.start, signing.end) == (date(1981, 12, 8), date(1981, 12, 9))
    assert "VALUE=DATE" in event_calendar(Event.objects.get(), "en").decode()


def test_journey_of_several_days_ends_after_the_last() -> None:
    event = factories.past_event(held="2016-05-16")
    event.held_until = factories.parse("2016-05-17")
    event.save()
    assert entry_of(event).end == date(2016, 5, 18)


@pytest.mark.parametrize("held", ["1981", "1981-12", "about 1890"])
def test_event_without_a_full_date_is_left_out(held: str) -> None:
    assert entries(event_calendar(factories.past_event(held=held), "en")) == []


def test_cancelled_event_is_cancelled_in_every_calendar() -> None:
    event = evening(state=Event.State.CANCELLED, notice_en="The hall is closed.", notice_zh_hans="场馆关闭。")
    entry = entry_of(event, "zh-hans")
    assert entry["STATUS"] == "CANCELLED"
    assert "场馆关闭。" in entry["DESCRIPTION"]


def test_postponed_event_is_tentative_and_called_postponed() -> None:
    """Its old date is the only one we have, and many calendars do not show that it is tentative."""
    event = evening(state=Event.State.POSTPONED, notice_en="A new date follows.")
    assert entry_of(event)["STATUS"] == "TENTATIVE"
    assert entry_of(event)["SUMMARY"].startswith("Postponed: ")


# --- a guest's own copy ---------------------------------------------------------------------------------

MEI = Copy("mei@example.org", "Mei Chen")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_guests_own_copy_asks_nothing_of_somebody_who_has_accepted(language: str) -> None:
    event = evening()
    content = event_calendar(event, language, MEI)
    assert ics_faults(content) == []
    assert icalendar.Calendar.from_ical(content)["METHOD"] == "REQUEST"
    entry = entry_of(event, language, MEI)
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (event.ics_uid, 0, "CONFIRMED")
    assert str(entry["ORGANIZER"]) == "mailto:receptions@sistercities.example"
    assert str(entry["ATTENDEE"]) == "mailto:mei@example.org"
    assert dict(entry["ATTENDEE"].params) == {
        "CN": "Mei Chen",
        "CUTYPE": "INDIVIDUAL",
        "PARTSTAT": "ACCEPTED",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "FALSE",
    }


def test_two_programs_read_the_same_guest_in_an_own_copy() -> None:
    name = "陈梅; CN=all, of us:\r\n of Guangzhou"
    content = event_calendar(evening(), "zh-hans", Copy("mei@example.org", name))
    assert ics_faults(content) == []
    (entry,) = entries(content)
    other = vobject.readOne(content.decode()).vevent
    assert other.attendee.value == str(entry["ATTENDEE"]) == "mailto:mei@example.org"
    assert other.attendee.params["CN"] == ["陈梅; CN=all, of us: of Guangzhou"]
    assert entry["ATTENDEE"].params["CN"] == "陈梅; CN=all, of us: of Guangzhou"


def test_an_own_copy_names_nobody_where_the_address_may_be_anothers() -> None:
    assert "CN" not in entry_of(evening(), "en", Copy("mei@example.org"))["ATTENDEE"].params


def test_withdrawn_guest_gets_an_entry_that_takes_itself_away() -> None:
    event = evening()
    content = event_calendar(event, "en", Copy("mei@example.org", sequence=1, is_cancelled=True))
    assert ics_faults(content) == []
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar["METHOD"] == "CANCEL"
    (entry,) = calendar.walk("VEVENT")
    assert (entry["STATUS"], entry["UID"], entry["SEQUENCE"]) == ("CANCELLED", event.ics_uid, 1)
    assert str(entry["ATTENDEE"]) == "mailto:mei@example.org"


def test_what_anybody_may_fetch_is_published() -> None:
    assert icalendar.Calendar.from_ical(event_calendar(evening(), "en"))["METHOD"] == "PUBLISH"


def test_long_chinese_lines_are_folded_between_characters() -> None:
    event = evening(title_zh_hans="洛杉矶" * 40, summary_zh_hans="友好城市，" * 200 + "\n新的一行")
    content = event_calendar(event, "zh-hans")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() is not None for line in content.split(b"\r\n"))
    entry = entry_of(event, "zh-hans")
    assert entry["SUMMARY"].startswith("洛杉矶" * 40)
    assert "友好城市，" * 200 + "\n新的一行" in entry["DESCRIPTION"]


def test_calendar_of_many_events_names_each_zone_once() -> None:
    evening()
    evening()
    starts_at = datetime(2027, 5, 1, 1, 0, tzinfo=UTC)
    factories.event(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), timezone="Asia/Shanghai")
    factories.past_event()
    content = events_calendar(Event.objects.for_lists(), "zh-hans")
    calendar = icalendar.Calendar.from_ical(content)
    zones = sorted(str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE"))
    assert zones == ["America/Los_Angeles", "Asia/Shanghai"]
    assert len(calendar.walk("VEVENT")) == 4
    assert calendar["X-WR-CALNAME"] == "洛杉矶—广州友好城市协会"


def test_no_entry_names_a_guest() -> None:
    """A subscribed calendar travels far: it tells of events, never of those who come."""
    event = factories.reception()
    rsvp = factories.rsvp(event, 2, "Mei Chen")
    text = event_calendar(event, "en").decode()
    assert rsvp.name not in text
    assert rsvp.email not in text
    assert "ATTENDEE" not in text
