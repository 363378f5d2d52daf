"""The edges of time, on page, in admin, in calendar: leap days, other eras, summer time come and gone."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from events.admin.clock import instant_of
from events.calendar import event_calendar
from events.models import Event
from people.models import Member, Person
from relationships.models import Relationship
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
LOS_ANGELES, SHANGHAI, AUCKLAND = "America/Los_Angeles", "Asia/Shanghai", "Pacific/Auckland"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).split())


def pages(obj: Any) -> tuple[str, str]:
    """The page of something in English and in Chinese, in words."""
    path = obj.get_absolute_url().removeprefix("/en")
    return words(Client(), f"/en{path}"), words(Client(), f"/zh-hans{path}")


def save(staff: Client, obj: Any, language: str = "en", **changes: Any) -> Any:
    """Open the form of something in the admin, change some fields, and send it."""
    address = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    spoken = {"HTTP_ACCEPT_LANGUAGE": language}
    return staff.post(address, sent(staff.get(address, **spoken), **changes), **spoken)


def errors(answer: Any, field: str) -> str:
    return str(answer.context["adminform"].form.errors[field][0])


def between(starts: tuple[int, ...], ends: tuple[int, ...], zone: str, *, fold: int = 0) -> Event:
    """An event on the clocks of a zone; ``fold`` 1 ends it in the second of two like hours."""
    clocks = ZoneInfo(zone)
    first, last = datetime(*starts, tzinfo=clocks), datetime(*ends, tzinfo=clocks, fold=fold)
    return factories.event(
        "night", starts_at=first.astimezone(UTC), ends_at=last.astimezone(UTC), timezone=zone
    )


def read_back(event: Event) -> tuple[datetime, datetime]:
    """Start and end as a program finds them that knows no zone but those of the file."""
    text = event_calendar(event, "en").decode()
    (entry,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    zones = tzical(StringIO(text))
    found = []
    for name in ("DTSTART", "DTEND"):
        moment = entry[name].dt
        if "TZID" in entry[name].params:
            moment = moment.replace(tzinfo=zones.get(entry[name].params["TZID"]))
        found.append(moment.astimezone(UTC))
    return found[0], found[1]


# --- founded on 29 February --------------------------------------------------------------------------------------


def test_bond_founded_on_a_leap_day_is_dated_so_everywhere(staff: Client) -> None:
    bond = factories.relationship(established="1996-02-29")
    english, chinese = pages(bond)
    assert "29 February 1996" in english
    assert "1996年2月29日" in chinese
    assert "31 years" in words(Client(), "/en/events/calendar/2027/02/")
    assert save(staff, bond).status_code == 302
    assert str(Relationship.objects.get().established) == "1996-02-29"


@pytest.mark.parametrize(
    ("language", "told"), [("en", "That month has no such day."), ("zh-hans", "该月没有这一天。")]
)
def test_leap_day_of_a_common_year_is_refused_in_words(staff: Client, language: str, told: str) -> None:
    answer = save(staff, factories.relationship(), language, established="29 February 1997")
    assert told in errors(answer, "established")


# --- died in 479 BCE ---------------------------------------------------------------------------------------------


@pytest.fixture
def confucius() -> Person:
    return factories.person(
        "confucius", "Confucius", born=factories.parse("551 BCE"), died=factories.parse("479 BCE")
    )


def test_life_before_the_common_era_is_told_in_both_languages(confucius: Person) -> None:
    english, chinese = pages(confucius)
    assert "551–479 BCE" in english
    assert "公元前551年—前479年" in chinese


@pytest.mark.parametrize("typed", ["479 BCE", "479 BC", "前479年", "公元前479年", "-0478"])
def test_year_before_the_common_era_is_typed_as_people_write_it(
    staff: Client, confucius: Person, typed: str
) -> None:
    assert save(staff, confucius, died=typed).status_code == 302
    confucius.refresh_from_db()
    assert str(confucius.died) == "-0478"


def test_admin_shows_the_era_and_keeps_it(staff: Client, confucius: Person) -> None:
    address = reverse("admin:people_person_change", args=[confucius.pk])
    assert 'value="479 BCE"' in staff.get(address).content.decode()
    assert 'value="公元前479年"' in staff.get(address, HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert save(staff, confucius).status_code == 302
    confucius.refresh_from_db()
    assert (str(confucius.born), str(confucius.died)) == ("-0550", "-0478")
    assert "551 BCE" in strip_tags(staff.get(reverse("admin:people_person_changelist")).content.decode())


def test_nobody_dies_before_being_born_in_either_era(staff: Client, confucius: Person) -> None:
    answer = save(staff, confucius, died="600 BCE")
    assert "Nobody dies before being born." in errors(answer, "died")


# --- about 1890 ---------------------------------------------------------------------------------------------------


def test_vague_date_is_told_as_vaguely_as_it_is_known(staff: Client) -> None:
    event = factories.past_event(held="about 1890")
    english, chinese = pages(event)
    assert "about 1890" in english
    assert "约1890年" in chinese
    assert "Some time in 1890" in words(Client(), "/en/events/calendar/1890/")
    assert icalendar.Calendar.from_ical(event_calendar(event, "en")).walk("VEVENT") == []
    assert save(staff, event, held="约1890年").status_code == 302
    event.refresh_from_db()
    assert str(event.held) == "1890~"


def test_season_is_refused_and_a_way_out_shown(staff: Client) -> None:
    answer = save(staff, factories.past_event(held="1988"), held="1988年夏")
    assert "A season is no date." in errors(answer, "held")


# --- Shanghai in the summer of 1988 ---------------------------------------------------------------------------------


def test_chinese_summer_time_of_1988_is_kept(staff: Client) -> None:
    """China put its clocks forward from 1986 to 1991; six in the evening was nine hours ahead of Greenwich."""
    event = between((1988, 7, 2, 18), (1988, 7, 2, 21), SHANGHAI)
    assert event.starts_at.hour == 9
    english, chinese = pages(event)
    assert "2 July 1988" in english
    event.refresh_from_db()
    assert event.local_start.strftime("%H:%M %z") == "18:00 +0900"
    assert "18:00" in words(Client(), "/zh-hans/events/calendar/1988/07/")
    assert "1988年7月2日" in chinese
    address = reverse("admin:events_event_change", args=[event.pk])
    assert 'value="18:00"' in staff.get(address).content.decode()
    assert save(staff, event).status_code == 302
    event.refresh_from_db()
    assert event.starts_at == datetime(1988, 7, 2, 9, tzinfo=UTC)


def test_chinese_summer_time_of_1988_is_in_the_calendar_file() -> None:
    event = between((1988, 7, 2, 18), (1988, 7, 2, 21), SHANGHAI)
    text = event_calendar(event, "en").decode()
    assert "DTSTART;TZID=Asia/Shanghai:19880702T180000" in text
    assert "TZOFFSETTO:+0900" in text
    assert read_back(event) == (event.starts_at, event.ends_at)


def test_winter_of_1988_is_eight_hours_ahead_as_today() -> None:
    event = between((1988, 12, 8, 18), (1988, 12, 8, 21), SHANGHAI)
    assert event.starts_at.hour == 10
    assert read_back(event) == (event.starts_at, event.ends_at)


# --- from 22:00 to 02:00 ----------------------------------------------------------------------------------------------


def test_evening_past_midnight_stands_on_its_first_day_everywhere(staff: Client) -> None:
    event = between((2027, 6, 12, 22), (2027, 6, 13, 2), LOS_ANGELES)
    assert (str(event.held), event.held_until) == ("2027-06-12", None)
    english, chinese = pages(event)
    assert "10:00 pm – 2:00 am on Sunday" in english
    assert "22:00至次日2:00" in chinese
    assert read_back(event)[1] - read_back(event)[0] == timedelta(hours=4)
    times = {
        "starts_at_0": "2027-06-12",
        "starts_at_1": "22:00",
        "ends_at_0": "2027-06-13",
        "ends_at_1": "02:00",
    }
    assert save(staff, event, **times).status_code == 302


# --- the nights on which clocks jump ------------------------------------------------------------------------------

# Los Angeles springs forward on 14 March 2027 at 2:00, and falls back on 7 November at 2:00; Auckland falls back on
# 4 April 2027 at 3:00, and springs forward on 26 September at 2:00.
NIGHTS = [
    (LOS_ANGELES, "2027-03-14", "forward", ("02:00", "02:30", "02:59"), ("01:59", "03:00")),
    (LOS_ANGELES, "2027-11-07", "back", ("01:00", "01:30", "01:59"), ("00:59", "02:00")),
    (AUCKLAND, "2027-09-26", "forward", ("02:00", "02:30", "02:59"), ("01:59", "03:00")),
    (AUCKLAND, "2027-04-04", "back", ("02:00", "02:30", "02:59"), ("01:59", "03:00")),
]
TOLD = {
    ("forward", "en"): "put forward that night and never show this time",
    ("back", "en"): "put back that night and show this time twice",
    ("forward", "zh-hans"): "当晚当地时钟拨快",
    ("back", "zh-hans"): "当晚当地时钟拨慢",
}


@pytest.mark.parametrize(("zone", "night", "way", "wrong", "right"), NIGHTS)
def test_hours_are_refused_that_clocks_skip_or_show_twice_and_no_minute_more(
    zone: str, night: str, way: str, wrong: tuple[str, ...], right: tuple[str, ...]
) -> None:
    clocks = ZoneInfo(zone)
    for hour in right:
        wall = datetime.fromisoformat(f"{night}T{hour}")
        assert instant_of(wall, clocks).astimezone(clocks).replace(tzinfo=None) == wall
    for hour in wrong:
        with pytest.raises(ValidationError, match=TOLD[way, "en"]):
            instant_of(datetime.fromisoformat(f"{night}T{hour}"), clocks)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("zone", "night", "way", "wrong", "right"), NIGHTS)
def test_admin_refuses_such_an_hour_in_words_beside_its_field(
    staff: Client,
    zone: str,
    night: str,
    way: str,
    wrong: tuple[str, ...],
    right: tuple[str, ...],
    language: str,
) -> None:
    event = factories.event(timezone=zone)
    later = (date.fromisoformat(night) + timedelta(days=1)).isoformat()
    times = {"starts_at_0": night, "starts_at_1": wrong[1], "ends_at_0": later, "ends_at_1": "12:00"}
    answer = save(staff, event, language, **times)
    assert TOLD[way, language] in errors(answer, "starts_at")
    assert save(staff, event, language, **{**times, "starts_at_1": right[1]}).status_code == 302


@pytest.mark.parametrize(
    ("zone", "starts", "ends", "hours", "english", "chinese"),
    [
        (
            LOS_ANGELES,
            (2027, 3, 13, 22),
            (2027, 3, 14, 3, 30),
            4.5,
            "10:00 pm – 3:30 am on Sunday",
            "22:00至次日3:30",
        ),
        (
            LOS_ANGELES,
            (2027, 11, 6, 22),
            (2027, 11, 7, 2, 30),
            5.5,
            "10:00 pm – 2:30 am on Sunday",
            "22:00至次日2:30",
        ),
        (
            AUCKLAND,
            (2027, 9, 25, 22),
            (2027, 9, 26, 3, 30),
            4.5,
            "10:00 pm – 3:30 am on Sunday",
            "22:00至次日3:30",
        ),
        (
            AUCKLAND,
            (2027, 4, 3, 22),
            (2027, 4, 4, 3, 30),
            6.5,
            "10:00 pm – 3:30 am on Sunday",
            "22:00至次日3:30",
        ),
    ],
)
def test_event_over_the_jump_lasts_as_long_as_it_does(
    zone: str, starts: tuple[int, ...], ends: tuple[int, ...], hours: float, english: str, chinese: str
) -> None:
    event = between(starts, ends, zone)
    assert event.ends_at - event.starts_at == timedelta(hours=hours)
    assert event.held_until is None
    in_english, in_chinese = pages(event)
    assert english in in_english
    assert chinese in in_chinese
    assert read_back(event) == (event.starts_at, event.ends_at)


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize(
    ("zone", "starts", "ends", "offsets"),
    [
        (LOS_ANGELES, (2027, 11, 6, 22), (2027, 11, 7, 1, 30), ("UTC−7", "UTC−8")),
        (AUCKLAND, (2027, 4, 3, 22), (2027, 4, 4, 2, 30), ("UTC+13", "UTC+12")),
    ],
)
def test_end_in_an_hour_that_comes_twice_says_which_on_page_and_in_file(
    zone: str, starts: tuple[int, ...], ends: tuple[int, ...], offsets: tuple[str, str], fold: int
) -> None:
    event = between(starts, ends, zone, fold=fold)
    assert all(offsets[fold] in page for page in pages(event))
    assert read_back(event) == (event.starts_at, event.ends_at)


@pytest.mark.parametrize("zone", [LOS_ANGELES, AUCKLAND])
@pytest.mark.parametrize("month", range(1, 13))
def test_rules_in_the_file_are_those_of_the_place_the_whole_year(zone: str, month: int) -> None:
    """Summer lies around New Year in Auckland."""
    event = between((2027, month, 15, 18), (2027, month, 15, 21), zone)
    assert read_back(event) == (event.starts_at, event.ends_at)
