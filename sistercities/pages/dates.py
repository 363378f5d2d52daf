"""Dates as history knows them: a day, a month, a year, about, before or after, in the era before Christ too.

Pure: no Django, no clock. Stored as text after ISO 8601-2 (EDTF), levels 0 and 1: ``1981-12-08``, ``2014-06``,
``1972``, ``1890~`` (about), ``../1900`` (before), ``1900/..`` (after), ``-0478`` (479 BCE: the year 0 is 1 BCE).
A historical date has no time zone: the eighth of December 1981 is what the signatories wrote, wherever one reads it.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

from sistercities.pages.date_doubts import Doubt, NotADate, doubt_about

MONTHS = ["January", "February", "March", "April", "May", "June"]
MONTHS += ["July", "August", "September", "October", "November", "December"]
OLDEST, NEWEST = -9999, 9999


class Sense(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    BEFORE = "before"
    AFTER = "after"


def days_of(year: int, month: int, day: int) -> int:
    """The running number of a day in the proleptic Gregorian calendar; 1970-01-01 is 0, years before 1 work."""
    year -= month <= 2
    era = year // 400
    year_of_era = year - era * 400
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def _month_length(year: int, month: int) -> int:
    # The calendar repeats every 400 years, so a year that the library cannot know has a twin that it can.
    return monthrange(year % 400 + 2000, month)[1]


@total_ordering
@dataclass(frozen=True)
class HistoricalDate:
    """A year with, where it is known, month and day, and how exactly it is meant."""

    year: int
    month: int | None = None
    day: int | None = None
    sense: Sense = Sense.EXACT

    def __post_init__(self) -> None:
        if not OLDEST <= self.year <= NEWEST:
            raise NotADate(f"year {self.year} is out of range", Doubt.OUT_OF_RANGE)
        if self.month is not None and not 1 <= self.month <= 12:
            raise NotADate(f"there is no month {self.month}", Doubt.NO_SUCH_MONTH)
        if self.day is not None and (
            self.month is None or not 1 <= self.day <= _month_length(self.year, self.month)
        ):
            raise NotADate(f"there is no day {self.day} in that month", Doubt.NO_SUCH_DAY)

    @property
    def first_day(self) -> int:
        """The earliest day it may mean, as a running number; the sort bound from below."""
        if self.sense is Sense.BEFORE:
            return days_of(OLDEST, 1, 1)
        return days_of(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> int:
        """The latest day it may mean, as a running number; the sort bound from above."""
        if self.sense is Sense.AFTER:
            return days_of(NEWEST, 12, 31)
        if self.sense is Sense.BEFORE:
            return days_of(self.year, self.month or 1, self.day or 1) - 1
        month = self.month or 12
        return days_of(self.year, month, self.day or _month_length(self.year, month))

    @property
    def sort_key(self) -> tuple[int, int]:
        """Where it stands in a chronology: by what is written, a vaguer date before a finer one."""
        return days_of(self.year, self.month or 1, self.day or 1), -1 if self.day is None else 0

    def __lt__(self, other: "HistoricalDate") -> bool:
        return self.sort_key < other.sort_key

    def __str__(self) -> str:
        sign, year = ("-", -self.year) if self.year < 0 else ("", self.year)
        text = f"{sign}{year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        frame = {Sense.ABOUT: "{}~", Sense.BEFORE: "../{}", Sense.AFTER: "{}/.."}.get(self.sense, "{}")
        return frame.format(text)

    @property
    def as_date(self) -> date | None:
        """The plain date, where a full and exact day of our era is known."""
        if self.day and self.month and self.year >= 1 and self.sense is Sense.EXACT:
            return date(self.year, self.month, self.day)
        return None

    @property
    def iso(self) -> str:
        """What the ``datetime`` attribute of an HTML time element may hold; empty where none is allowed."""
        return str(self) if self.sense is Sense.EXACT and self.year >= 1 else ""


def from_date(day: date) -> HistoricalDate:
    return HistoricalDate(day.year, day.month, day.day)


def spell(when: HistoricalDate, language: str) -> str:
    """A date in words: "8 December 1981", "about 1890", "479 BCE"; 1981年12月8日, 约1890年, 公元前479年."""
    return _spell_chinese(when) if language.startswith("zh") else _spell_english(when)


def written(when: HistoricalDate, language: str) -> str:
    """A date as a form shows it to a curator: in figures where these are plain, else in words; ``parse`` reads both."""
    return str(when) if when.sense is Sense.EXACT and when.year >= 1 else spell(when, language)


def _era(year: int) -> str:
    """A year before Christ says so; one of two digits says that it is none of our century."""
    return "BCE" if year < 1 else "CE" if year < 100 else ""


def _number(year: int) -> int:
    return year if year > 0 else 1 - year


def _spell_english(when: HistoricalDate) -> str:
    text = " ".join(part for part in (_day_and_month(when), str(_number(when.year)), _era(when.year)) if part)
    return text if when.sense is Sense.EXACT else f"{when.sense.value} {text}"


def _day_and_month(when: HistoricalDate) -> str:
    month = MONTHS[when.month - 1] if when.month else ""
    return f"{when.day} {month}" if when.day else month


def _spell_chinese(when: HistoricalDate) -> str:
    era = {"BCE": "公元前", "CE": "公元"}.get(_era(when.year), "")
    text = f"{era}{_number(when.year)}年{_month_and_day(when)}"
    return {Sense.ABOUT: f"约{text}", Sense.BEFORE: f"{text}以前", Sense.AFTER: f"{text}以后"}.get(
        when.sense, text
    )


def _month_and_day(when: HistoricalDate) -> str:
    return (f"{when.month}月" if when.month else "") + (f"{when.day}日" if when.day else "")


def spell_span(start: HistoricalDate | None, end: HistoricalDate | None, language: str) -> str:
    """A span in words, as short as it stays clear: "16–17 May 2016", "551–479 BCE"; 2016年5月16日至17日."""
    if not start or not end or start == end:
        known = start or end
        return spell(known, language) if known else ""
    return _span_chinese(start, end) if language.startswith("zh") else _span_english(start, end)


def _are_alike(start: HistoricalDate, end: HistoricalDate) -> bool:
    """Whether both are meant exactly, are known as finely, and lie in one era: then the first can be shortened."""
    shape = [(when.sense, when.month is None, when.day is None, _era(when.year)) for when in (start, end)]
    return shape[0] == shape[1] and start.sense is Sense.EXACT


def _span_english(start: HistoricalDate, end: HistoricalDate) -> str:
    if not _are_alike(start, end) or (start.month and start.year != end.year):
        return f"{spell(start, 'en')} – {spell(end, 'en')}"
    if start.day and start.month == end.month:
        return f"{start.day}–{spell(end, 'en')}"
    gap = " " if start.day else ""
    return f"{_day_and_month(start) or _number(start.year)}{gap}–{gap}{spell(end, 'en')}"


def _span_chinese(start: HistoricalDate, end: HistoricalDate) -> str:
    """Within a year 至; from year to year a dash (GB/T 15834), and two years before Christ name the era once."""
    first = spell(start, "zh")
    if _are_alike(start, end) and start.month and start.year == end.year:
        rest = f"{end.day}日" if start.day and start.month == end.month else _month_and_day(end)
        return f"{first}至{rest}"
    last = spell(end, "zh")
    return f"{first}—{last.removeprefix('公元') if end.year < 1 else last}"


_STORED = re.compile(
    r"(?P<before>\.\./)?(?P<year>-?\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<about>~)?(?P<after>/\.\.)?"
)
_FIGURES = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?(?P<era>)")
_DAY_FIRST = re.compile(
    r"(?:(?:(?P<day>\d{1,2}) )?(?P<month>[a-z]{3,9})\.? )?(?P<year>\d{1,4})(?: ?(?P<era>bce|ce))?"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2}) (?P<year>\d{1,4})(?: ?(?P<era>bce|ce))?"
)
_CHINESE = re.compile(
    r"(?:(?P<era>[公西]元前|前|[公西]元))?(?P<year>\d{1,4})(?:年(?:(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2})[日号])?)?)?"
)
_SENSES = (
    (
        Sense.ABOUT,
        re.compile(
            r"(?:about|around|approximately|approx\.?|circa|ca?\.?(?= ?\d)|~|大约|约) ?(.+)|(.+?)(?:前后|左右|~)"
        ),
    ),
    (Sense.BEFORE, re.compile(r"(?:before|<|\.\./) ?(.+)|(.+?)(?:以前|之前|前)")),
    (Sense.AFTER, re.compile(r"(?:after|>) ?(.+)|(.+?)(?:以后|之后|后|/\.\.)")),
)
# What may be written and says nothing more: (pattern, what stands for it), applied in this order.
_TIDIED = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"(?<=\d)(?:st|nd|rd|th)\b"), ""),
    (
        re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? | ?\(?(?:星期|周)[一二三四五六日天]\)?$"),
        "",
    ),
    (re.compile(r" ?, ?| of "), " "),
    (re.compile(r" ?([年月日号前后约]) ?"), r"\1"),
    (re.compile(r"\bb\.? ?c\.?(?: ?e\.?)?(?![a-z])"), "bce"),
    (re.compile(r"(?<=[\d ])(?:c\. ?e\.?|a\.? ?d\.?)$"), "ce"),
    (re.compile(r"\b(?:a\.? ?d\.?|ce) (\d+)$"), r"\1 ce"),
    (re.compile(r"\bbce (\d+)$"), r"\1 bce"),
)
_FIGURE = {figure: str(value) for value, figure in enumerate("〇一二三四五六七八九")} | {"零": "0"}


def parse(text: str) -> HistoricalDate:
    """Read a date as stored or as a person types it: 1981-12-08, 8 December 1981, about 1890, 479 BCE, 1981年12月8日.

    Raises NotADate where it is none, or names a day that never was.
    """
    if match := _STORED.fullmatch(text):
        return _from_stored(match)
    plain, sense = _tidied(text), Sense.EXACT
    for candidate, pattern in _SENSES:
        if match := pattern.fullmatch(plain):
            plain, sense = (match.group(1) or match.group(2)).strip(), candidate
            break
    for pattern in (_FIGURES, _CHINESE, _MONTH_FIRST, _DAY_FIRST):
        if match := pattern.fullmatch(plain):
            return _from_match(match, sense)
    raise NotADate(f"{text!r} is not a date", doubt_about(plain))


def _tidied(text: str) -> str:
    """The same with narrow figures and small letters, and without what says nothing more."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if "年" in plain:
        plain = re.sub("[〇零一二三四五六七八九十]+(?=[年月日号])", _in_figures, plain)
    for pattern, instead in _TIDIED:
        plain = pattern.sub(instead, plain)
    return plain.strip()


def _in_figures(match: re.Match[str]) -> str:
    """一九八一 is 1981, 十二 is 12, 三十一 is 31."""
    tens, ten, ones = match.group().partition("十")
    digits = ["".join(_FIGURE.get(each, "") for each in part) for part in (tens, ones)]
    return f"{digits[0] or '1'}{digits[1] or '0'}" if ten else digits[0]


def _from_stored(match: re.Match[str]) -> HistoricalDate:
    found = match.groupdict()
    senses = [sense for sense in (Sense.BEFORE, Sense.ABOUT, Sense.AFTER) if found[sense.value]]
    if len(senses) > 1:
        raise NotADate(f"{match.group()!r} is not a date")
    month, day = (int(found[name]) if found[name] else None for name in ("month", "day"))
    return HistoricalDate(int(found["year"]), month, day, senses[0] if senses else Sense.EXACT)


def _from_match(match: re.Match[str], sense: Sense) -> HistoricalDate:
    found = match.groupdict()
    year, era = int(found["year"]), found["era"] or ""
    if year == 0:
        raise NotADate("1 BCE is followed by 1 CE", Doubt.YEAR_ZERO)
    if era in ("bce", "公元前", "西元前", "前"):
        year = 1 - year
    elif not era and year < 100 and len(found["year"]) < 4:
        raise NotADate(f"{match.group()!r} may be of any century", Doubt.SHORT_YEAR)
    day = int(found["day"]) if found.get("day") else None
    return HistoricalDate(year, _month_number(found.get("month")), day, sense)


def _month_number(text: str | None) -> int | None:
    if text is None or text.isdigit():
        return int(text) if text else None
    for number, name in enumerate(MONTHS, start=1):
        if name.lower().startswith(text):
            return number
    raise NotADate(f"there is no month {text!r}", doubt_about(text))
