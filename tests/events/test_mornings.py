"""At which moment a morning begins somewhere, and how staff write the days of reminders."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from events.admin.days import DaysField
from events.mornings import is_time_for_thanks, morning, mornings


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        (date(2026, 10, 25), "America/Los_Angeles", "2026-10-25T16:00"),
        (date(2026, 11, 1), "America/Los_Angeles", "2026-11-01T17:00"),
        (date(2027, 3, 13), "America/Los_Angeles", "2027-03-13T17:00"),
        (date(2027, 3, 14), "America/Los_Angeles", "2027-03-14T16:00"),
        (date(2026, 11, 5), "Asia/Shanghai", "2026-11-05T01:00"),
        (date(2026, 9, 26), "Pacific/Auckland", "2026-09-25T21:00"),
        (date(2026, 9, 27), "Pacific/Auckland", "2026-09-26T20:00"),
    ],
)
def test_nine_o_clock_is_nine_o_clock_across_a_change_of_the_clocks(
    day: date, zone: str, expected: str
) -> None:
    assert f"{morning(day, ZoneInfo(zone)):%Y-%m-%dT%H:%M}" == expected
    begins = morning(day, ZoneInfo(zone))
    assert mornings(day, begins - timedelta(seconds=1), [zone]) == {}
    assert mornings(day, begins, [zone]) == {zone: begins}
    assert mornings(day, begins + timedelta(hours=12), [zone]) == {}


def test_no_zone_of_the_earth_is_left_out() -> None:
    for zone, hour in (("Pacific/Kiritimati", "2026-11-04T19:00"), ("Etc/GMT+12", "2026-11-05T21:00")):
        assert zone in mornings(date(2026, 11, 5), datetime.fromisoformat(hour).replace(tzinfo=UTC))


def test_thanks_come_at_ten_on_the_day_after_and_within_a_week() -> None:
    zone, day = ZoneInfo("America/Los_Angeles"), date(2026, 10, 31)
    ten = datetime(2026, 11, 1, 18, tzinfo=UTC)
    assert not is_time_for_thanks(day, zone, ten - timedelta(seconds=1))
    assert is_time_for_thanks(day, zone, ten)
    assert is_time_for_thanks(day, zone, ten + timedelta(days=7, seconds=-1))
    assert not is_time_for_thanks(day, zone, ten + timedelta(days=7))


@pytest.mark.parametrize(
    ("typed", "days"),
    [("14, 3, 1", [14, 3, 1]), ("1、3，14 3", [14, 3, 1]), ("７", [7]), ("", []), (" , ", [])],
)
def test_days_are_read_however_they_are_written(typed: str, days: list[int]) -> None:
    assert DaysField().clean(typed) == days


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("soon", "“soon” is no number of days"),
        ("-3", "“-3” is no number of days"),
        ("2.5", "“2.5” is no number of days"),
        ("1_0", "“1_0” is no number of days"),
        ("0", "1 to 60 days before the event, not 0"),
        ("61", "1 to 60 days before the event, not 61"),
        ("9" * 30, "no number of days"),
        ("1 2 3 4 5 6", "At most five"),
    ],
)
def test_nonsense_in_place_of_days_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        DaysField().clean(typed)
