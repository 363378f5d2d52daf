"""An instant in words: on the clocks of the place, and on those of other cities where they show something else.

Pure: no Django, no clock of its own. All is computed from aware instants in IANA zones, so that summer time misleads
nobody; where a clock shows the same time twice in one night, the offset stands beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from sistercities.pages.dates import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHINESE_WEEKDAYS = "一二三四五六日"
# An event that ends after midnight still belongs to the evening on which it began.
ONE_EVENING = timedelta(hours=12)


@dataclass(frozen=True)
class Clock:
    """The clocks of a place: its name as the reader calls it, and its time zone."""

    place: str
    zone: tzinfo


def clock_of(zone: ZoneInfo, language: str) -> Clock:
    """The clocks of a time zone for which no city is on record: America/New_York is called New York."""
    return Clock("当地" if is_chinese(language) else zone.key.rpartition("/")[2].replace("_", " "), zone)


def is_chinese(language: str) -> bool:
    return language.startswith("zh")


def spell_weekday(day: date, language: str) -> str:
    """Tuesday, 星期二."""
    return f"星期{CHINESE_WEEKDAYS[day.weekday()]}" if is_chinese(language) else WEEKDAYS[day.weekday()]


def weekday_names(numbers: Iterable[int], language: str) -> list[tuple[str, str]]:
    """Days of the week, Monday being 0, in full and as the head of a column: Tuesday and Tue; 星期二 and 二."""
    if is_chinese(language):
        return [(f"星期{CHINESE_WEEKDAYS[number]}", CHINESE_WEEKDAYS[number]) for number in numbers]
    return [(WEEKDAYS[number], WEEKDAYS[number][:3]) for number in numbers]


def spell_month(day: date, language: str) -> str:
    """The month of a printed date: December 2026, 2026年12月."""
    return f"{day.year}年{day.month}月" if is_chinese(language) else f"{MONTHS[day.month - 1]} {day.year}"


def spell_day(day: date, language: str) -> str:
    """Tuesday 8 December 2026, 2026年12月8日（星期二）."""
    weekday = spell_weekday(day, language)
    if is_chinese(language):
        return f"{spell_month(day, language)}{day.day}日（{weekday}）"
    return f"{weekday} {day.day} {spell_month(day, language)}"


def spell_day_of_month(day: date, language: str) -> str:
    """Where the year stands above: Tuesday 8 December, 12月8日（星期二）."""
    weekday = spell_weekday(day, language)
    if is_chinese(language):
        return f"{day.month}月{day.day}日（{weekday}）"
    return f"{weekday} {day.day} {MONTHS[day.month - 1]}"


def spell_time(moment: datetime | time, language: str, *, exactly: bool = False) -> str:
    """The time of day: 6:30 pm, 18:30; ``exactly`` to the second where it is not a full minute.

    Twelve o'clock is called noon or midnight, for "12 pm" is read both ways.
    """
    offset = _offset(moment) if isinstance(moment, datetime) and _comes_twice(moment) else ""
    seconds = f":{moment.second:02d}" if exactly and moment.second else ""
    if is_chinese(language):
        return f"{moment.hour}:{moment.minute:02d}{seconds}" + (f"（{offset}）" if offset else "")
    if moment.minute == 0 and moment.hour in (0, 12) and not seconds:
        hour = "noon" if moment.hour else "midnight"
    else:
        hour = f"{moment.hour % 12 or 12}:{moment.minute:02d}{seconds} {'pm' if moment.hour >= 12 else 'am'}"
    return hour + (f" ({offset})" if offset else "")


def spell_instant(instant: datetime, zone: tzinfo, language: str, *, exactly: bool = False) -> str:
    """Tuesday 8 December 2026, 6:30 pm; 2026年12月8日（星期二）18:30."""
    local = instant.astimezone(zone)
    return _join(spell_day(local, language), spell_time(local, language, exactly=exactly), language)


def spell_span(starts: datetime, ends: datetime, zone: tzinfo, language: str) -> str:
    """From when to when on the clocks of the place, naming the second day only where there is one."""
    dash = "至" if is_chinese(language) else " – "
    return f"{spell_instant(starts, zone, language)}{dash}{_until(starts, ends, zone, language)}"


def spell_hours(starts: datetime, ends: datetime, zone: tzinfo, language: str) -> str:
    """The same for a list in which the first day stands already: 10:00 pm – 2:00 am on Sunday; 22:00至次日2:00."""
    dash = "至" if is_chinese(language) else " – "
    return f"{spell_time(starts.astimezone(zone), language)}{dash}{_until(starts, ends, zone, language)}"


def _until(starts: datetime, ends: datetime, zone: tzinfo, language: str) -> str:
    """The end on the clocks of the place, with its day where that is another."""
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    until = spell_time(last, language)
    if _is_midnight(last) and last.date() - first.date() == timedelta(days=1):
        until = "24:00" if is_chinese(language) else until
    elif first.date() != last.date() and ends.astimezone(UTC) - starts.astimezone(UTC) < ONE_EVENING:
        until = f"次日{until}" if is_chinese(language) else f"{until} on {spell_weekday(last, language)}"
    elif first.date() != last.date():
        until = spell_instant(ends, zone, language)
    return until


def spell_elsewhere(instant: datetime, home: Clock, others: Iterable[Clock], language: str) -> str:
    """The same moment on clocks that show something else; empty where none does.

    "6:30 pm in Los Angeles · 10:30 am on 9 December in Guangzhou"; 洛杉矶时间12月8日18:30，广州时间12月9日10:30.
    """
    return between_readings(language).join(readings(instant, home, others, language))


def spell_deadline(instant: datetime, lead: Clock, others: Iterable[Clock], language: str) -> str:
    """A last moment to the second, with its place: on the clocks that matter most, then on those that differ.

    "Tuesday 8 December 2026, 6:30 pm in Los Angeles (10:30 am on 9 December in Guangzhou)"
    """
    elsewhere = between_readings(language).join(readings(instant, lead, others, language, exactly=True)[1:])
    spelt = spell_instant(instant, lead.zone, language, exactly=True)
    if is_chinese(language):
        return f"{lead.place}时间{spelt}" + (f"（{elsewhere}）" if elsewhere else "")
    return f"{spelt} in {lead.place}" + (f" ({elsewhere})" if elsewhere else "")


def between_readings(language: str) -> str:
    return "，" if is_chinese(language) else " · "


def readings(
    instant: datetime, home: Clock, others: Iterable[Clock], language: str, *, exactly: bool = False
) -> list[str]:
    """What each clock shows, the one of the place first; none where all clocks agree."""
    here = instant.astimezone(home.zone)
    groups: dict[datetime, list[str]] = {here.replace(tzinfo=None): [home.place]}
    for clock in others:
        places = groups.setdefault(instant.astimezone(clock.zone).replace(tzinfo=None), [])
        if clock.place not in places:
            places.append(clock.place)
    if len(groups) == 1:
        return []
    spell = _reading_chinese if is_chinese(language) else _reading_english
    return [spell(read, places, here, exactly=exactly) for read, places in groups.items()]


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time(0)


def _reading_english(read: datetime, places: Sequence[str], here: datetime, *, exactly: bool) -> str:
    day = ""
    if read.date() != here.date():
        day = f" on {read.day} {MONTHS[read.month - 1]}" + (f" {read.year}" if read.year != here.year else "")
    listed = " and ".join([", ".join(places[:-1]), places[-1]] if len(places) > 1 else places)
    return f"{spell_time(read, 'en', exactly=exactly)}{day} in {listed}"


def _reading_chinese(read: datetime, places: Sequence[str], here: datetime, *, exactly: bool) -> str:
    year = f"{read.year}年" if read.year != here.year else ""
    hour = spell_time(read, "zh-hans", exactly=exactly)
    return f"{'、'.join(places)}时间{year}{read.month}月{read.day}日{hour}"


def _join(day: str, hour: str, language: str) -> str:
    return f"{day}{hour}" if is_chinese(language) else f"{day}, {hour}"


def _comes_twice(moment: datetime) -> bool:
    """Whether clocks show this time twice, because summer time ends in between."""
    return (
        moment.tzinfo is not None and moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    )


def _offset(moment: datetime) -> str:
    """The distance from universal time as people write it: UTC−7, UTC+5:30."""
    minutes = round((moment.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")
