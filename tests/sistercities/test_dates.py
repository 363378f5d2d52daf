"""Dates as curators type them, as they are stored, sorted and printed, in both languages and both eras."""

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sistercities.pages.date_doubts import Doubt, NotADate
from sistercities.pages.dates import NEWEST, OLDEST, HistoricalDate, Sense, parse, spell, spell_span, written
from sistercities.pages.fields import DOUBTS, HistoricalDateFormField

DAY_28 = st.integers(1, 28)


@st.composite
def any_date(draw: st.DrawFn) -> HistoricalDate:
    month = draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | DAY_28) if month else None
    return HistoricalDate(draw(st.integers(OLDEST + 1, NEWEST)), month, day, draw(st.sampled_from(Sense)))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1981-12-08", "1981-12-08"),
        ("1981-12-8", "1981-12-08"),
        ("1981/12/08", "1981-12-08"),
        ("1981.12.8", "1981-12-08"),
        ("8 December 1981", "1981-12-08"),
        ("8 Dec. 1981", "1981-12-08"),
        ("8th of December 1981", "1981-12-08"),
        ("December 8, 1981", "1981-12-08"),
        ("Dec 8th, 1981", "1981-12-08"),
        ("Tuesday, 8 December 1981", "1981-12-08"),
        ("June 2014", "2014-06"),
        ("Sept. 2014", "2014-09"),
        ("2014-6", "2014-06"),
        ("1972", "1972"),
        ("about 1890", "1890~"),
        ("c. 1890", "1890~"),
        ("c.1890", "1890~"),
        ("c1890", "1890~"),
        ("ca. 1890", "1890~"),
        ("Circa 1890", "1890~"),
        ("~1890", "1890~"),
        ("about June 1890", "1890-06~"),
        ("before 1900", "../1900"),
        ("after 1900", "1900/.."),
        ("479 BCE", "-0478"),
        ("479 B.C.E.", "-0478"),
        ("479 BC", "-0478"),
        ("479 b.c.", "-0478"),
        ("September 479 BCE", "-0478-09"),
        ("4 September 479 BCE", "-0478-09-04"),
        ("about 551 BCE", "-0550~"),
        ("1 BCE", "0000"),
        ("81 CE", "0081"),
        ("AD 81", "0081"),
        ("618", "0618"),
    ],
)
def test_dates_are_read_as_they_are_typed_in_english(typed: str, stored: str) -> None:
    assert str(parse(typed)) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1981年12月8日", "1981-12-08"),
        ("1981年12月8号", "1981-12-08"),
        ("1981 年 12 月 8 日", "1981-12-08"),
        ("１９８１年１２月８日", "1981-12-08"),
        ("一九八一年十二月八日", "1981-12-08"),
        ("二〇一四年六月三十日", "2014-06-30"),
        ("1981年12月8日（星期二）", "1981-12-08"),
        ("2014年6月", "2014-06"),
        ("2014年6月份", "2014-06"),
        ("1972年", "1972"),
        ("约1890年", "1890~"),
        ("约 1890 年", "1890~"),
        ("大约1890年", "1890~"),
        ("1890年前后", "1890~"),
        ("1890年左右", "1890~"),
        ("1900年以前", "../1900"),
        ("1900年之前", "../1900"),
        ("1900年前", "../1900"),
        ("1900年以后", "1900/.."),
        ("1900年后", "1900/.."),
        ("前479年", "-0478"),
        ("公元前479年", "-0478"),
        ("公元前479", "-0478"),
        ("公元前479年9月", "-0478-09"),
        ("公元前四七九年", "-0478"),
        ("约公元前551年", "-0550~"),
        ("公元前551年前后", "-0550~"),
        ("公元前551年以前", "../-0550"),
        ("公元81年", "0081"),
    ],
)
def test_dates_are_read_as_they_are_typed_in_chinese(typed: str, stored: str) -> None:
    assert str(parse(typed)) == stored


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [
        ("1988年夏", Doubt.SEASON),
        ("summer 1988", Doubt.SEASON),
        ("Fall of 1988", Doubt.SEASON),
        ("1980s", Doubt.DECADE),
        ("20世纪80年代", Doubt.DECADE),
        ("1981年底", Doubt.PART),
        ("late 1981", Doubt.PART),
        ("12月上旬1981", Doubt.PART),
        ("农历正月初一", Doubt.LUNAR),
        ("1973–1993", Doubt.SPAN),
        ("1973年至1993年", Doubt.SPAN),
        ("16 to 17 May 2016", Doubt.SPAN),
        ("08/12/1981", Doubt.NUMBERS),
        ("8.12.81", Doubt.NUMBERS),
        ("12月8日", Doubt.NO_YEAR),
        ("8 December", Doubt.NO_YEAR),
        ("81", Doubt.SHORT_YEAR),
        ("8 December 81", Doubt.SHORT_YEAR),
        ("81年", Doubt.SHORT_YEAR),
        ("0", Doubt.YEAR_ZERO),
        ("0 BCE", Doubt.YEAR_ZERO),
        ("公元0年", Doubt.YEAR_ZERO),
        ("1981-13", Doubt.NO_SUCH_MONTH),
        ("1981年0月", Doubt.NO_SUCH_MONTH),
        ("29 February 1981", Doubt.NO_SUCH_DAY),
        ("1981年11月31日", Doubt.NO_SUCH_DAY),
        ("unknown", Doubt.UNKNOWN),
        ("不详", Doubt.UNKNOWN),
        ("10000", Doubt.NOT_A_DATE),
        ("../1890~", Doubt.NOT_A_DATE),
        ("yesterday evening", Doubt.NOT_A_DATE),
    ],
)
def test_what_is_no_date_is_refused_for_its_reason(typed: str, doubt: Doubt) -> None:
    with pytest.raises(NotADate) as refused:
        parse(typed)
    assert refused.value.doubt == doubt


def test_form_says_in_words_what_is_wrong_with_each_kind_of_date() -> None:
    for doubt in Doubt:
        assert DOUBTS[doubt]
    field = HistoricalDateFormField()
    with pytest.raises(Exception, match="A season is no date") as refused:
        field.clean("1988年夏")
    assert "1988年夏" in str(refused.value)


@pytest.mark.parametrize("day", [1, 28, 29])
def test_leap_day_is_a_day_of_leap_years_alone(day: int) -> None:
    assert parse(f"1996-02-{day:02d}").day == day
    # 5 BCE, the year −4, is a leap year of the calendar that goes on backwards.
    assert parse(f"{day} February 5 BCE").day == day


@given(any_date())
def test_what_is_stored_is_read_back(when: HistoricalDate) -> None:
    assert parse(str(when)) == when


@given(any_date(), st.sampled_from(["en", "zh-hans"]))
def test_what_is_printed_can_be_typed(when: HistoricalDate, language: str) -> None:
    assert parse(spell(when, language)) == when
    assert parse(written(when, language)) == when


@given(st.text(max_size=30))
def test_no_text_is_a_surprise(text: str) -> None:
    with suppress(NotADate):
        assert isinstance(parse(text), HistoricalDate)


@pytest.mark.parametrize(
    ("stored", "english", "chinese"),
    [
        ("1981-12-08", "8 December 1981", "1981年12月8日"),
        ("2014-06", "June 2014", "2014年6月"),
        ("1890~", "about 1890", "约1890年"),
        ("../1900", "before 1900", "1900年以前"),
        ("1900/..", "after 1900", "1900年以后"),
        ("-0478", "479 BCE", "公元前479年"),
        ("-0478-09", "September 479 BCE", "公元前479年9月"),
        ("0000", "1 BCE", "公元前1年"),
        ("0014", "14 CE", "公元14年"),
    ],
)
def test_dates_are_printed_in_both_languages(stored: str, english: str, chinese: str) -> None:
    assert (spell(parse(stored), "en"), spell(parse(stored), "zh-hans")) == (english, chinese)


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        ("-0550", "-0478", "551–479 BCE", "公元前551年—前479年"),
        ("-0026", "0014", "27 BCE – 14 CE", "公元前27年—公元14年"),
        ("1973", "1993", "1973–1993", "1973年—1993年"),
        ("-0550~", "-0478", "about 551 BCE – 479 BCE", "约公元前551年—前479年"),
        ("2016-05-16", "2016-05-17", "16–17 May 2016", "2016年5月16日至17日"),
        ("2016-05-30", "2016-06-02", "30 May – 2 June 2016", "2016年5月30日至6月2日"),
        (
            "2016-12-30",
            "2017-01-02",
            "30 December 2016 – 2 January 2017",
            "2016年12月30日—2017年1月2日",
        ),
        ("2016-05", "2016-06", "May–June 2016", "2016年5月至6月"),
        ("1980-09", "1983-07", "September 1980 – July 1983", "1980年9月—1983年7月"),
        ("1980", "1983-07", "1980 – July 1983", "1980年—1983年7月"),
        ("1916-11", "2006-02-25", "November 1916 – 25 February 2006", "1916年11月—2006年2月25日"),
    ],
)
def test_spans_are_printed_as_short_as_they_stay_clear(
    first: str, last: str, english: str, chinese: str
) -> None:
    span = parse(first), parse(last)
    assert spell_span(*span, "en") == english
    assert spell_span(*span, "zh-hans") == chinese


def test_dates_sort_through_both_eras_the_vaguer_first() -> None:
    order = ["-0550", "-0478", "-0478-09", "0000", "0014", "../1890", "1890-06~", "1981", "1981-01-01"]
    order += ["1981-12", "1981-12-08"]
    shuffled = random.Random(8).sample(order, len(order))
    assert [str(when) for when in sorted(map(parse, shuffled))] == order


def test_bounds_of_a_date_hold_all_that_it_may_mean() -> None:
    assert parse("before 479 BCE").last_day < parse("479 BCE").first_day
    assert parse("after 1900").first_day >= parse("1900").first_day
    assert parse("1900").first_day < parse("June 1900").first_day < parse("1900").last_day


def test_form_shows_a_curator_words_where_figures_mislead() -> None:
    field = HistoricalDateFormField()
    assert field.prepare_value(parse("-0478")) == "479 BCE"
    assert field.prepare_value(parse("1890~")) == "about 1890"
    assert field.prepare_value(parse("1981-12-08")) == "1981-12-08"
    assert field.prepare_value("what was typed") == "what was typed"
    assert not field.has_changed(parse("-0478"), "479 BCE")
