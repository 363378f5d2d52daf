"""The calendar by month and by year, as a visitor meets it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from events.models import Event
from relationships.models import Sector
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
NOVEMBER = time_machine.travel("2026-11-21T20:00:00+00:00", tick=False)


def read(client: Client, path: str, language: str = "en", status: int = 200) -> str:
    answer = client.get(f"/{language}/events/{path}")
    assert answer.status_code == status, path
    return answer.content.decode()


def words(page: str) -> str:
    return " ".join(strip_tags(page.partition("<main")[2].partition("</main>")[0]).split())


def cell(page: str, day: int) -> str:
    """What stands in the cell of a day of the month's table."""
    start = page.index(f'<span class="calendar-number">{day}</span>')
    return " ".join(strip_tags(page[start : page.index("</td>", start)]).split())


def evening(*when: int, hours: float = 4, slug: str = "", **fields: Any) -> Event:
    starts_at = datetime(*when, tzinfo=LOS_ANGELES)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours)}
    return factories.event(slug, **times, **fields)


# --- a month ------------------------------------------------------------------------------------------------


@LANGUAGES
def test_month_is_a_table_with_a_caption_heads_and_weeks(stranger: Client, language: str) -> None:
    factories.past_event(held="2014-11-16")
    page = read(stranger, "calendar/2014/11/", language)
    table = page.partition("<table")[2].partition("</table>")[0]
    assert ("November 2014" if language == "en" else "2014年11月") in table
    assert table.count('<th scope="col">') == 7
    assert table.count("<tr>") == 1 + (6 if language == "en" else 5)
    assert table.index("Sunday" if language == "en" else "星期一") < table.index(
        "Monday" if language == "en" else "星期日"
    )


@pytest.mark.parametrize(
    "path",
    [
        "2026/13/",
        "2026/00/",
        "2026/1/",
        "0000/",
        "0000/01/",
        "10000/",
        "10000/01/",
        "26/",
        "may/",
        "2026/may/",
    ],
)
@LANGUAGES
def test_month_that_cannot_be_is_not_found(stranger: Client, path: str, language: str) -> None:
    page = read(stranger, f"calendar/{path}", language, 404)
    assert ("leads nowhere" if language == "en" else "此线不通") in page or "<h1" in page


@pytest.mark.parametrize("path", ["0001/", "0001/01/", "9999/", "9999/12/"])
def test_calendar_has_its_ends(stranger: Client, path: str) -> None:
    read(stranger, f"calendar/{path}")


@NOVEMBER
def test_calendar_leads_to_the_present_month_with_the_same_choice(stranger: Client) -> None:
    answer = stranger.get("/en/events/calendar/?kind=summit")
    assert (answer.status_code, answer.url) == (302, "/en/events/calendar/2026/11/?kind=summit")


def test_evening_past_midnight_belongs_to_the_day_it_began(stranger: Client) -> None:
    evening(2026, 6, 13, 22, title_en="Night of Lanterns")
    page = read(stranger, "calendar/2026/06/")
    assert cell(page, 13) == "13 10:00 pm Night of Lanterns"
    assert cell(page, 14) == "14"
    assert "10:00 pm – 2:00 am on Sunday" in words(page)


def test_event_of_several_days_stands_on_each(stranger: Client) -> None:
    Event.objects.create(
        **factories._page("summit", "Summit", "峰会"), held="2016-05-30", held_until="2016-06-01"
    )
    may, june = read(stranger, "calendar/2016/05/"), read(stranger, "calendar/2016/06/")
    assert (cell(may, 30), cell(may, 31)) == ("30 Summit", "31 Continued: Summit")
    assert (cell(june, 1), cell(june, 2)) == ("1 Continued: Summit", "2")
    assert "30 May – 1 June 2016" in words(june)


@LANGUAGES
def test_event_known_by_its_month_has_no_day(stranger: Client, language: str) -> None:
    factories.past_event(held="2015-06", title_en="A visit", title_zh_hans="访问")
    page = read(stranger, "calendar/2015/06/", language)
    heading = "Some time in June 2015" if language == "en" else "2015年6月（日期不详）"
    assert heading in words(page)
    assert all(cell(page, day) == str(day) for day in range(1, 31))


def test_event_known_by_its_year_stands_in_the_year_alone(stranger: Client) -> None:
    factories.past_event(held="2015", title_en="A visit")
    assert "Some time in 2015" in words(read(stranger, "calendar/2015/"))
    assert "A visit" not in read(stranger, "calendar/2015/06/")


@pytest.mark.parametrize("held", ["before 2015", "after 2015", "479 BCE"])
def test_what_lies_open_or_long_ago_is_in_the_list_alone(stranger: Client, held: str) -> None:
    factories.past_event(held=held, title_en="A beginning")
    assert "A beginning" not in read(stranger, "calendar/2015/")
    assert "A beginning" in read(stranger, "")


def test_anniversary_stands_on_its_day(stranger: Client) -> None:
    factories.relationship()
    assert cell(read(stranger, "calendar/2026/12/"), 8) == "8 45 years Guangzhou–Los Angeles"
    assert "45周年" in cell(read(stranger, "calendar/2026/12/", "zh-hans"), 8)
    assert (
        "Guangzhou–"
        not in read(stranger, "calendar/1981/12/").partition("<table")[2].partition("</table>")[0]
    )


def test_anniversary_of_a_leap_day_is_marked_on_the_28th_of_common_years(stranger: Client) -> None:
    factories.relationship(established="1996-02-29")
    assert "31 years" in cell(read(stranger, "calendar/2027/02/"), 28)
    assert "32 years" in cell(read(stranger, "calendar/2028/02/"), 29)


def test_postponed_event_is_struck_with_the_word_on_its_old_day(stranger: Client) -> None:
    event = evening(2027, 3, 12, 18, slug="gala", title_en="Gala", state="postponed", notice_en="Later.")
    event.planned_for = factories.parse("2027-03-05")
    event.save()
    page = read(stranger, "calendar/2027/03/")
    assert "<s>Gala</s>" in page
    assert cell(page, 5) == "5 Gala Postponed"
    assert "was planned for this day" in words(page)
    assert cell(page, 12).startswith("12 6:00 pm Gala")


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_event_called_off_is_struck_with_the_word(stranger: Client, state: str) -> None:
    evening(2027, 3, 12, 18, title_en="Gala", state=state, notice_en="The hall is flooded.")
    page = read(stranger, "calendar/2027/03/")
    assert "<s>Gala</s>" in page
    assert cell(page, 12) == f"12 6:00 pm Gala {state.capitalize()}"


@pytest.mark.parametrize(
    "fields", [{"visibility": "unlisted"}, {"status": "draft"}, {"publish_at": "2999-01-01T00:00Z"}]
)
def test_calendar_names_nothing_hidden(stranger: Client, fields: dict[str, str]) -> None:
    evening(2027, 3, 12, 18, title_en="Hidden", **fields)
    factories.relationship(established="1990-03-05", status="draft", title_en="Hidden bond")
    for path in ("calendar/2027/03/", "calendar/2027/", "calendar.ics", "calendar/2027/04/"):
        page = read(stranger, path)
        assert "Hidden" not in page
        assert "The nearest with an event" not in page


# --- empty months, and those beyond all events -----------------------------------------------------------------


@NOVEMBER
def test_empty_month_leads_to_the_nearest_with_an_event(stranger: Client) -> None:
    factories.past_event(held="2014-11-16")
    factories.past_event(held="2021-12-08")
    page = read(stranger, "calendar/2019/05/")
    assert "Nothing is on record for this month." in words(page)
    assert "/en/events/calendar/2014/11/" in page
    assert "/en/events/calendar/2021/12/" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "本月没有记录。" in read(stranger, "calendar/2019/05/", "zh-hans")


@NOVEMBER
def test_nobody_is_led_beyond_the_events(stranger: Client) -> None:
    """From the year before the first event until two years after the last; today is within."""
    factories.past_event(held="2014-11-16")
    factories.past_event(held="2021-12-08")
    for path, before, after in (
        ("2013/01/", False, True),
        ("2014/01/", True, True),
        ("2028/12/", True, False),
        ("1066/10/", False, False),
        ("2013/", False, True),
        ("2028/", True, False),
        ("9999/12/", False, False),
    ):
        page = read(stranger, f"calendar/{path}")
        assert ('rel="prev"' in page, 'rel="next"' in page) == (before, after), path
    assert "noindex" in read(stranger, "calendar/2040/01/")


def test_month_with_an_event_is_for_search_engines(stranger: Client) -> None:
    factories.past_event(held="2014-11-16")
    assert "noindex" not in read(stranger, "calendar/2014/11/")
    assert "noindex" not in read(stranger, "calendar/2014/")


# --- the year ---------------------------------------------------------------------------------------------------


@LANGUAGES
def test_year_is_twelve_sheets_and_a_list(stranger: Client, language: str) -> None:
    factories.past_event("summit", held="2014-11-16")
    factories.past_event("visit", held="2014-06")
    page = read(stranger, "calendar/2014/", language)
    assert page.count("<table") == page.count("<caption>") == 12
    assert 'href="11/#day-16"' in page
    assert page.index("/events/visit/") < page.index("/events/summit/")


def test_year_lists_what_goes_on_from_the_year_before(stranger: Client) -> None:
    Event.objects.create(
        **factories._page("new-year", "New Year", "新年"), held="2015-12-30", held_until="2016-01-02"
    )
    factories.past_event("early", "2016-01-01")
    page = read(stranger, "calendar/2016/")
    assert page.count('id="chapter-') == 1
    assert "/events/new-year/" in page
    assert page.count('href="01/#day-') == 2


# --- narrowing ----------------------------------------------------------------------------------------------------


@pytest.fixture
def summit() -> Event:
    bond = factories.relationship()
    made = factories.past_event("summit", "2014-11-16", kind="summit")
    made.relationships.add(bond)
    made.sectors.add(Sector.objects.create(slug="trade", name_en="trade", name_zh_hans="贸易"))
    factories.past_event("other", "2014-11-16", kind="visit")
    return made


@pytest.mark.parametrize(
    "query", ["kind=summit", "relationship=guangzhou-los-angeles", "sector=trade", "city=guangzhou"]
)
@pytest.mark.parametrize("path", ["", "calendar/2014/11/", "calendar/2014/", "calendar.ics"])
@pytest.mark.usefixtures("summit")
def test_calendar_and_list_are_narrowed_by_the_same_address(stranger: Client, path: str, query: str) -> None:
    page = read(stranger, f"{path}?{query}").replace("\r\n ", "")
    assert "/en/events/summit/" in page
    assert "/en/events/other/" not in page


@pytest.mark.usefixtures("summit")
def test_choice_is_kept_from_list_to_month_to_year(stranger: Client) -> None:
    page = read(stranger, "?sector=trade&year=2014")
    assert 'href="/en/events/calendar/2014/?sector=trade"' in page
    year = read(stranger, "calendar/2014/?sector=trade")
    assert 'href="11/?sector=trade#day-16"' in year
    assert 'href="/en/events/?sector=trade"' in year
    assert 'href="/en/events/calendar/2013/?sector=trade"' in year


@pytest.mark.usefixtures("summit")
def test_choices_say_how_many_events_they_leave(stranger: Client) -> None:
    page = words(read(stranger, "?kind=summit"))
    assert "Guangzhou–Los Angeles 1" in page
    assert "Trade 1" in page or "trade 1" in page
    assert "Guangzhou 1" in page
    assert "Visit 1" in page


@pytest.mark.parametrize("query", ["sector=none", "city=nowhere", "sector=%E5%8F%8B", "year=0000"])
@pytest.mark.parametrize("path", ["", "calendar/2014/11/", "calendar/2014/", "calendar/", "calendar.ics"])
def test_choice_that_there_is_not_is_not_found(stranger: Client, path: str, query: str) -> None:
    read(stranger, f"{path}?{query}", status=404)


def test_hidden_city_is_no_choice(stranger: Client) -> None:
    factories.city("hidden", "Hidden", "隐", status="draft")
    read(stranger, "?city=hidden", status=404)


def test_city_finds_what_took_place_there_or_served_its_bonds(stranger: Client) -> None:
    here = factories.venue(city=factories.city("auckland", "Auckland", "奥克兰"))
    factories.past_event("there", "2016-05-16", venue=here)
    page = read(stranger, "?city=auckland")
    assert "/en/events/there/" in page
    assert "Auckland 1" in words(page)


def test_subscribed_choice_bears_the_name_of_its_bond(stranger: Client) -> None:
    bond = factories.relationship()
    event = evening(2027, 3, 12, 18)
    event.relationships.add(bond)
    evening(2027, 3, 13, 18)
    answer = stranger.get(f"/zh-hans/events/calendar.ics?relationship={bond.slug}")
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar["X-WR-CALNAME"] == "广州—洛杉矶 · 洛杉矶—广州友好城市协会"
    assert [entry["UID"] for entry in calendar.walk("VEVENT")] == [event.ics_uid]


# --- what it costs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "queries"), [("calendar/2025/06/", 10), ("calendar/2025/", 12), ("?year=2025", 7)]
)
@pytest.mark.parametrize("rows", [1, 365])
def test_calendar_of_a_year_costs_the_same_with_one_event_and_one_a_day(
    stranger: Client, django_assert_num_queries: Any, rows: int, path: str, queries: int
) -> None:
    bond, where = factories.relationship(), factories.venue()
    first = datetime(2025, 6, 1, 18, tzinfo=LOS_ANGELES)
    for number in range(rows):
        day = (first + timedelta(days=number - rows // 2)).replace(year=2025)
        event = factories.event(starts_at=day, ends_at=day + timedelta(hours=3), venue=where)
        event.relationships.add(bond)
    with django_assert_num_queries(queries):
        assert len(read(stranger, path).encode()) < 100_000
    with django_assert_num_queries(1):
        read(stranger, path)


def test_month_with_five_hundred_events_stays_light(stranger: Client) -> None:
    at = factories._page
    Event.objects.bulk_create(
        Event(
            **at(f"fair-{number}", "A fair with a long name of its own", "一场名字很长的展览会"),
            held="2025-06-14",
        )
        for number in range(500)
    )
    Event.objects.update(
        held_first=factories.parse("2025-06-14").first_day, held_last=factories.parse("2025-06-14").last_day
    )
    page = read(stranger, "calendar/2025/06/")
    assert len(page.encode()) < 100_000
    assert "and 496 more" in cell(page, 14)
    assert "Page 1 of 11" in words(page)
