"""An evening in Los Angeles, told so that nobody in Guangzhou or Auckland calls at the wrong hour."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from events.when import (
    Clock,
    spell_day,
    spell_deadline,
    spell_elsewhere,
    spell_instant,
    spell_span,
    spell_time,
)

LOS_ANGELES, GUANGZHOU, AUCKLAND = (
    ZoneInfo(name) for name in ("America/Los_Angeles", "Asia/Shanghai", "Pacific/Auckland")
)
EVENING = datetime(2026, 12, 9, 2, 30, tzinfo=UTC)


def local(*parts: int, zone: ZoneInfo = LOS_ANGELES, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=zone, fold=fold)


def test_instant_is_spelt_in_english_and_chinese() -> None:
    assert spell_instant(EVENING, LOS_ANGELES, "en") == "Tuesday 8 December 2026, 6:30 pm"
    assert spell_instant(EVENING, LOS_ANGELES, "zh-hans") == "2026年12月8日（星期二）18:30"


def test_instant_is_another_day_on_the_other_shore() -> None:
    assert spell_instant(EVENING, GUANGZHOU, "en") == "Wednesday 9 December 2026, 10:30 am"


def test_day_stands_alone() -> None:
    assert spell_day(date(2026, 2, 1), "en") == "Sunday 1 February 2026"
    assert spell_day(date(2026, 2, 1), "zh-hans") == "2026年2月1日（星期日）"


@pytest.mark.parametrize(
    ("clock", "english", "chinese"),
    [
        (time(0, 0), "midnight", "0:00"),
        (time(0, 5), "12:05 am", "0:05"),
        (time(9, 0), "9:00 am", "9:00"),
        (time(12, 0), "noon", "12:00"),
        (time(12, 1), "12:01 pm", "12:01"),
        (time(23, 59), "11:59 pm", "23:59"),
    ],
)
def test_time_of_day_is_never_ambiguous(clock: time, english: str, chinese: str) -> None:
    assert (spell_time(clock, "en"), spell_time(clock, "zh-hans")) == (english, chinese)


def test_span_within_a_day_names_the_day_once() -> None:
    ends = local(2026, 12, 8, 21, 0)
    assert spell_span(EVENING, ends, LOS_ANGELES, "en") == "Tuesday 8 December 2026, 6:30 pm – 9:00 pm"
    assert spell_span(EVENING, ends, LOS_ANGELES, "zh-hans") == "2026年12月8日（星期二）18:30至21:00"


def test_span_past_midnight_says_so() -> None:
    ends = local(2026, 12, 9, 1, 0)
    assert (
        spell_span(EVENING, ends, LOS_ANGELES, "en")
        == "Tuesday 8 December 2026, 6:30 pm – 1:00 am on Wednesday"
    )
    assert spell_span(EVENING, ends, LOS_ANGELES, "zh-hans") == "2026年12月8日（星期二）18:30至次日1:00"


def test_span_until_midnight_stays_on_its_day() -> None:
    ends = local(2026, 12, 9, 0, 0)
    assert spell_span(EVENING, ends, LOS_ANGELES, "en").endswith("6:30 pm – midnight")
    assert spell_span(EVENING, ends, LOS_ANGELES, "zh-hans").endswith("18:30至24:00")


def test_span_of_several_days_names_both() -> None:
    starts, ends = local(2016, 5, 16, 9, zone=AUCKLAND), local(2016, 5, 17, 17, zone=AUCKLAND)
    assert (
        spell_span(starts, ends, AUCKLAND, "en")
        == "Monday 16 May 2016, 9:00 am – Tuesday 17 May 2016, 5:00 pm"
    )
    assert (
        spell_span(starts, ends, AUCKLAND, "zh-hans")
        == "2016年5月16日（星期一）9:00至2016年5月17日（星期二）17:00"
    )


def test_elsewhere_gives_the_other_shore_with_its_date() -> None:
    words = spell_elsewhere(EVENING, Clock("Los Angeles", LOS_ANGELES), [Clock("Guangzhou", GUANGZHOU)], "en")
    assert words == "6:30 pm in Los Angeles · 10:30 am on 9 December in Guangzhou"
    words = spell_elsewhere(EVENING, Clock("洛杉矶", LOS_ANGELES), [Clock("广州", GUANGZHOU)], "zh-hans")
    assert words == "洛杉矶时间12月8日18:30，广州时间12月9日10:30"


def test_elsewhere_is_empty_where_all_clocks_agree() -> None:
    assert (
        spell_elsewhere(
            EVENING, Clock("Guangzhou", GUANGZHOU), [Clock("Beijing", ZoneInfo("Asia/Chongqing"))], "en"
        )
        == ""
    )


def test_elsewhere_joins_cities_with_one_time() -> None:
    others = [
        Clock("Guangzhou", GUANGZHOU),
        Clock("Perth", ZoneInfo("Australia/Perth")),
        Clock("Los Angeles", LOS_ANGELES),
    ]
    words = spell_elsewhere(EVENING, Clock("Los Angeles", LOS_ANGELES), others, "en")
    assert words.endswith("10:30 am on 9 December in Guangzhou and Perth")


def test_elsewhere_names_the_year_across_new_year() -> None:
    words = spell_elsewhere(
        local(2026, 12, 31, 18), Clock("Los Angeles", LOS_ANGELES), [Clock("Guangzhou", GUANGZHOU)], "en"
    )
    assert words == "6:00 pm in Los Angeles · 10:00 am on 1 January 2027 in Guangzhou"


def test_the_other_shore_moves_with_summer_time() -> None:
    """Los Angeles is 16 hours behind Guangzhou in winter, 15 in summer."""
    home, others = Clock("Los Angeles", LOS_ANGELES), [Clock("Guangzhou", GUANGZHOU)]
    assert "9:30 am on 2 July" in spell_elsewhere(local(2026, 7, 1, 18, 30), home, others, "en")
    assert "10:30 am on 2 December" in spell_elsewhere(local(2026, 12, 1, 18, 30), home, others, "en")


def test_hour_that_comes_twice_says_which() -> None:
    first, second = local(2026, 11, 1, 1, 30), local(2026, 11, 1, 1, 30, fold=1)
    assert spell_instant(first, LOS_ANGELES, "en") == "Sunday 1 November 2026, 1:30 am (UTC−7)"
    assert spell_instant(second, LOS_ANGELES, "en") == "Sunday 1 November 2026, 1:30 am (UTC−8)"
    assert spell_instant(second, LOS_ANGELES, "zh-hans") == "2026年11月1日（星期日）1:30（UTC−8）"


def test_span_over_the_end_of_summer_time_keeps_the_clock_readings() -> None:
    starts, ends = datetime(2026, 11, 1, 7, 0, tzinfo=UTC), datetime(2026, 11, 1, 11, 0, tzinfo=UTC)
    assert spell_span(starts, ends, LOS_ANGELES, "en") == "Sunday 1 November 2026, midnight – 3:00 am"


def test_deadline_names_the_place_of_every_clock_once() -> None:
    """The guest's own clocks lead; those of the event follow, unless they show the same."""
    home, guest = Clock("Los Angeles", LOS_ANGELES), Clock("Guangzhou", GUANGZHOU)
    words = "Wednesday 9 December 2026, 10:30 am in Guangzhou (6:30 pm on 8 December in Los Angeles)"
    assert spell_deadline(EVENING, guest, [home], "en") == words
    chinese = Clock("洛杉矶", LOS_ANGELES), [Clock("广州", GUANGZHOU)]
    words = "洛杉矶时间2026年12月8日（星期二）18:30（广州时间12月9日10:30）"
    assert spell_deadline(EVENING, *chinese, "zh-hans") == words
    assert spell_deadline(EVENING, home, [home], "en") == "Tuesday 8 December 2026, 6:30 pm in Los Angeles"


def test_deadline_is_true_to_the_second() -> None:
    home, guest = Clock("Los Angeles", LOS_ANGELES), Clock("Guangzhou", GUANGZHOU)
    late = EVENING.replace(second=7)
    words = "Tuesday 8 December 2026, 6:30:07 pm in Los Angeles (10:30:07 am on 9 December in Guangzhou)"
    assert spell_deadline(late, home, [guest], "en") == words
    noon = datetime(2026, 12, 8, 20, 0, 5, tzinfo=UTC)
    assert spell_deadline(noon, home, [], "en") == "Tuesday 8 December 2026, 12:00:05 pm in Los Angeles"
    words = "洛杉矶时间2026年12月8日（星期二）18:30:07"
    assert spell_deadline(late, Clock("洛杉矶", LOS_ANGELES), [], "zh-hans") == words
